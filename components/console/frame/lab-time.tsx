"use client";
import { useState } from "react";
import { useNow } from "./lab";
import { absoluteTime, relativeTime } from "./time-words";

/** A date of the lab, in epoch seconds: relative, and absolute on hover or focus. */
export function LabTime({ seconds }: { seconds: number | undefined }) {
  const now = useNow();
  const [near, setNear] = useState(false);
  if (seconds === undefined) return <>-</>;
  const absolute = absoluteTime(seconds * 1000);
  return (
    <time
      dateTime={new Date(seconds * 1000).toISOString()}
      title={absolute}
      tabIndex={0}
      onFocus={() => setNear(true)}
      onBlur={() => setNear(false)}
      onMouseEnter={() => setNear(true)}
      onMouseLeave={() => setNear(false)}
    >
      {near ? absolute : relativeTime(seconds * 1000, now)}
    </time>
  );
}

/** Both at once, where there is room for it. */
export function LabDate({ seconds }: { seconds: number | undefined }) {
  const now = useNow();
  if (seconds === undefined) return <>-</>;
  return (
    <time dateTime={new Date(seconds * 1000).toISOString()}>
      {absoluteTime(seconds * 1000)} ({relativeTime(seconds * 1000, now)})
    </time>
  );
}
