"use client";

import { useProgress } from "@/lib/store/progress";
import { TickGlyph } from "../ui/glyphs";

/** How far a lesson is: an empty ring, one that fills with the steps, a tick when all is done and read. */
export function Done({ lesson, steps }: { lesson: string; steps: string[] }) {
  const done = useProgress((progress) => steps.filter((step) => `${lesson}/${step}` in progress.steps).length);
  const read = useProgress((progress) => lesson in progress.read);
  const parts = steps.length + 1;
  const share = (done + Number(read)) / parts;
  const words = share === 1 ? "Done" : share === 0 ? "Not begun" : `${read ? "Read, " : ""}${done} of ${steps.length} steps done`;
  if (share === 1)
    return (
      <span className="mt-0.5 grid size-[18px] shrink-0 place-items-center rounded-full bg-allow text-raised" title={words}>
        <TickGlyph size={12} label={words} />
      </span>
    );
  const round = 2 * Math.PI * 7.5;
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" role="img" aria-label={words} className="mt-0.5 shrink-0 -rotate-90">
      <circle cx="9" cy="9" r="7.5" fill="none" stroke="var(--rule-strong)" strokeWidth="1.5" opacity={share ? 0.4 : 1} />
      {share ? (
        <circle cx="9" cy="9" r="7.5" fill="none" stroke="var(--allow)" strokeWidth="2.5" strokeDasharray={`${round * share} ${round}`} />
      ) : null}
    </svg>
  );
}
