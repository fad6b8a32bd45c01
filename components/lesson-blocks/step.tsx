"use client";

import { type ReactNode, useEffect, useRef } from "react";
import type { Evidence, LessonStep } from "@/lib/lessons/types";
import { goalMet } from "@/lib/lessons/goals";
import { theLab } from "@/lib/store/lab-store";
import { openConsoleAt } from "@/lib/store/pane";
import { markStep, useStepDone } from "@/lib/store/progress";
import { useLab } from "@/lib/store/react";
import { ConsoleGlyph, TickGlyph } from "../ui/glyphs";
import styles from "./blocks.module.css";

interface StepProps {
  lesson: string;
  step: Pick<LessonStep, "id" | "title" | "goal" | "where">;
  children: ReactNode;
}

/** Asks a copy of the lab, so that a question of ours never stands in the learner's journal. */
const ask: Evidence["ask"] = (call) => theLab()!.fork().call({ ...call, door: "lesson", caller: { account: "111122223333", root: true } });

/** Something to do in the lab. It ticks itself when the lab says that it is done, by whatever door. */
export function StepBlock({ lesson, step, children }: StepProps) {
  const done = useStepDone(lesson, step.id);
  const journal = useLab((state) => state.journal);
  const latest = useRef(journal);
  latest.current = journal;

  useEffect(() => {
    if (done || journal.length === 0 || !theLab()) return;
    void goalMet(step.goal, { journal, ask }).then((met) => {
      // A fresh lab may have been opened while the question was out.
      if (met && latest.current.length >= journal.length) markStep(lesson, step.id);
    });
  }, [done, journal, lesson, step]);

  const { where } = step;
  return (
    <section id={`step-${step.id}`} aria-label={step.title} data-step={step.id} data-done={done} className="block max-w-[38rem] scroll-mt-20 border-l-2 border-rule pl-4 data-[done=true]:border-allow">
      <p className="flex min-h-7 items-center gap-2 font-sans text-[0.875rem] font-semibold leading-snug">
        <span className={`inline-grid size-5 shrink-0 place-items-center rounded-full border ${done ? "border-allow bg-allow-tint text-allow" : "border-rule-strong text-transparent"}`}>
          <TickGlyph size={13} />
        </span>
        {step.title}
        <span role="status" className="sr-only">
          {done ? "Done" : ""}
        </span>
        {where ? (
          <button type="button" className="button button-quiet ml-auto min-h-7 shrink-0 whitespace-nowrap text-xs text-soft" onClick={() => openConsoleAt(where.console)}>
            <ConsoleGlyph size={15} />
            <span>
              <span className="max-phone:sr-only">Show the console</span>
              <span className="phone:hidden" aria-hidden>
                Console
              </span>
            </span>
          </button>
        ) : null}
      </p>
      <div className={`mt-2 ${styles.stepBody}`}>{children}</div>
    </section>
  );
}
