"use client";

import { useEffect, useRef, useState } from "react";
import { durationMs } from "@/lib/lessons/duration";
import { advance, openLab, say } from "@/lib/store/lab-store";
import { openWhy } from "@/lib/store/why";
import type { Happening } from "../strip/job-words";
import { ClockGlyph } from "../ui/glyphs";

/** Time that a lesson lets pass: the lab's clock goes ahead, and what happened on the way is told. `time` is `10 minutes`, `29 days`. */
export function Wait({ time }: { time: string }) {
  const [state, setState] = useState<"ready" | "going">("ready");
  const [happened, setHappened] = useState<Happening[]>();
  const there = useRef(true);
  useEffect(() => {
    there.current = true;
    return () => void (there.current = false);
  }, []);

  async function go() {
    setState("going");
    try {
      const lab = await openLab();
      // The strip's words come with the strip, not with the lesson's first script.
      const [entries, { happenings }] = await Promise.all([advance(durationMs(time)), import("../strip/job-words")]);
      if (!there.current) return;
      setHappened(happenings(entries, lab, "did"));
      say(`The lab’s clock was moved ${time} ahead.`);
    } finally {
      if (there.current) setState("ready");
    }
  }

  const told = happened?.slice(0, 6);
  return (
    <div className="block max-w-full rounded-md border border-rule bg-raised font-sans text-[0.875rem]">
      <div className="flex flex-wrap items-center gap-2 px-1.5 py-1">
        <button type="button" className="button button-quiet min-h-8 text-brass" onClick={() => void go()} disabled={state === "going"} aria-busy={state === "going"}>
          <ClockGlyph size={16} />
          {state === "going" ? "Moving the clock …" : `Let ${time} pass`}
        </button>
        <span className="text-[0.8125rem] text-soft">on the lab’s clock</span>
      </div>
      {happened ? (
        <div role="status" className="border-t border-rule px-3 py-2 text-[0.8125rem]">
          {told!.length ? (
            <ul className="space-y-1">
              {told!.map(({ seq, sentence }) => (
                <li key={seq} className="flex items-baseline justify-between gap-3">
                  <span>{sentence}</span>
                  <button type="button" className="shrink-0 text-brass underline" onClick={() => openWhy(seq)}>
                    Why?
                  </button>
                </li>
              ))}
            </ul>
          ) : (
            <p className="text-soft">Nothing was due on the way.</p>
          )}
          {happened.length > 6 ? <p className="mt-1 text-soft">and {happened.length - 6} more in the strip.</p> : null}
        </div>
      ) : null}
    </div>
  );
}
