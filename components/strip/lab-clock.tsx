"use client";

import { theLab } from "@/lib/store/lab-store";
import { useLab } from "@/lib/store/react";
import { ClockGlyph } from "../ui/glyphs";
import { relative, useNow } from "../ui/when";
import { jobWords } from "./job-words";

const labNow = (): number => theLab()?.now() ?? Date.now();

/** The lab’s clock, and what it will do next. */
export function LabClock() {
  const now = useNow(labNow);
  useLab((state) => state.journal);
  const ready = useLab((state) => state.status === "ready");
  if (!now) return null;
  const next = ready ? theLab()?.upcoming(1)[0] : undefined;
  const date = new Date(now);
  return (
    <p
      className="flex shrink-0 items-center gap-1.5 whitespace-nowrap text-[0.8125rem] tabular-nums text-soft"
      title={`The lab's clock: ${date.toUTCString()}`}
    >
      <ClockGlyph size={16} className="text-faint" />
      <time dateTime={date.toISOString()}>
        <span className="hidden phone:inline">
          {date.toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" })}{" "}
        </span>
        {date.toISOString().slice(11, 16)} <span className="text-faint">UTC</span>
      </time>
      {next ? (
        <span className="hidden text-faint lab:inline">
          next: {jobWords(next.service, next.kind)} {relative(next.due - now)}
        </span>
      ) : null}
    </p>
  );
}
