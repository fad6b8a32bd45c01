"use client";

import Link from "next/link";
import { useProgress } from "@/lib/store/progress";
import { RightGlyph } from "../ui/glyphs";

/** To the first lesson; for those who have begun, to the first that they have not read. */
export function GoOnButton({ lessons }: { lessons: { slug: string; title: string }[] }) {
  const read = useProgress((progress) => progress.read);
  const begun = lessons.some(({ slug }) => slug in read);
  const next = (begun ? lessons.find(({ slug }) => !(slug in read)) : undefined) ?? lessons[0];
  return (
    <p className="mt-8">
      <Link href={`/lessons/${next.slug}`} className="button button-next min-h-12 px-6 text-[1rem]">
        {begun ? `Go on: ${next.title}` : "Open the first lesson"}
        <RightGlyph size={18} />
      </Link>
    </p>
  );
}
