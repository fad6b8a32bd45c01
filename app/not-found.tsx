import type { Metadata } from "next";
import Link from "next/link";

export const metadata: Metadata = { title: "Nothing here" };

export default function NotFound() {
  return (
    <main id="main" className="mx-auto w-full max-w-xl px-6 py-24">
      <h1 className="font-serif text-[2.25rem] font-semibold leading-tight tracking-[-0.02em]">There is nothing at this address</h1>
      <p className="mt-3 text-soft">It may have moved, or it is not built yet.</p>
      <p className="mt-6">
        <Link href="/#course" className="button button-next">
          To the course
        </Link>
      </p>
    </main>
  );
}
