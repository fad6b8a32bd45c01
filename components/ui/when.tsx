"use client";

import { useEffect, useState } from "react";

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600_000],
  ["month", 2_629_800_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** `in 3 days`, `2 hours ago`, `now`; from milliseconds. */
export function relative(ms: number): string {
  for (const [unit, size] of units)
    if (Math.abs(ms) >= size) return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.round(ms / size), unit);
  return Math.abs(ms) < 5_000 ? "now" : ms < 0 ? "less than a minute ago" : "in less than a minute";
}

/** The time by some clock, every second. 0 on the server and in the first paint. */
export function useNow(clock: () => number, everyMs = 1_000): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    const tick = () => setNow(clock());
    tick();
    const timer = setInterval(tick, everyMs);
    return () => clearInterval(timer);
  }, [clock, everyMs]);
  return now;
}
