"use client";

import { theLab } from "@/lib/store/lab-store";
import { openPanel } from "@/lib/store/panels";
import { useLab } from "@/lib/store/react";
import { days } from "@/lib/store/steps";
import { ClockGlyph } from "../ui/glyphs";
import { relative, useNow } from "../ui/when";
import { jobWords } from "./job-words";

export const labNow = (): number => theLab()?.now() ?? Date.now();

/** How far the lab's clock is ahead of the real one, ms; less than a second is nothing. */
export const ahead = (now: number): number => (now - Date.now() < 1_000 ? 0 : now - Date.now());

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const dayOfYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** The lab’s clock, how far it is ahead, and what it will do next. Opens the panel that moves it. */
export function LabClock() {
  const started = useNow(labNow) > 0;
  // A call or a move of the clock shows at once, not with the next second.
  useLab((state) => state.journal);
  const ready = useLab((state) => state.status === "ready");
  if (!started) return null;
  const now = labNow();
  const next = ready ? theLab()?.upcoming(1)[0] : undefined;
  const date = new Date(now);
  const offset = ahead(now);
  return (
    <button
      type="button"
      disabled={!ready}
      onClick={() => openPanel("clock")}
      aria-haspopup="dialog"
      data-testid="lab-clock"
      className="flex min-h-8 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-md px-1.5 text-[0.8125rem] tabular-nums text-soft enabled:hover:bg-sunk enabled:hover:text-ink"
      title={`The lab's clock: ${date.toUTCString()}${offset ? `, ${days(offset)} ahead of the real time` : ""}. Press to move it forward.`}
    >
      <ClockGlyph size={16} className="text-faint max-[375px]:hidden" />
      <span className="sr-only">The lab’s clock, move it forward:</span>
      <time dateTime={date.toISOString()}>
        <span className="hidden phone:inline">
          {(offset > 180 * 86_400_000 ? dayOfYear : day).format(date)}{" "}
        </span>
        {date.toISOString().slice(11, 16)} <span className="text-faint max-phone:hidden">UTC</span>
      </time>
      {offset ? <span className="rounded-sm bg-brass-tint px-1 text-xs font-medium text-brass" data-testid="clock-offset">+{short(offset)}</span> : null}
      {next ? (
        <span className="hidden text-faint xl:inline">
          next: {jobWords(next.service, next.kind)} {relative(next.due - now)}
        </span>
      ) : null}
    </button>
  );
}

/** `30 d`, `4 h`, `10 min`, `50 s`. */
function short(ms: number): string {
  for (const [unit, size] of [["d", 86_400_000], ["h", 3_600_000], ["min", 60_000]] as const) if (ms >= size) return `${Math.round(ms / size).toLocaleString("en")} ${unit}`;
  return `${Math.round(ms / 1_000)} s`;
}
