"use client";

import { useProgress } from "@/lib/store/progress";
import { TickGlyph } from "../ui/glyphs";

/** The lesson's hands-on steps as a row of signs; each leads to its place. */
export function StepCount({ lesson, steps }: { lesson: string; steps: { id: string; title: string }[] }) {
  const done = useProgress((progress) => steps.filter(({ id }) => `${lesson}/${id}` in progress.steps).length);
  const marks = useProgress((progress) => progress.steps);
  if (!steps.length) return null;
  return (
    <span className="flex items-center gap-2">
      <span className="flex gap-1">
        {steps.map(({ id, title }) => {
          const ticked = `${lesson}/${id}` in marks;
          return (
            <a
              key={id}
              href={`#step-${id}`}
              title={title}
              aria-label={`Step: ${title}${ticked ? ", done" : ""}`}
              className={`grid size-[18px] place-items-center rounded-full border ${ticked ? "border-allow bg-allow-tint text-allow" : "border-rule-strong text-transparent hover:border-brass"}`}
            >
              <TickGlyph size={11} />
            </a>
          );
        })}
      </span>
      {done} of {steps.length} {steps.length === 1 ? "step" : "steps"} done
    </span>
  );
}
