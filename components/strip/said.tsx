"use client";

import { useEffect } from "react";
import { unsay } from "@/lib/store/lab-store";
import { useLab } from "@/lib/store/react";

/** How long a line about undo or the clock stays, in ms. */
const stays = 7_000;

/** What undo, redo or the clock just did: over the strip for a while, and read aloud. */
export function Said() {
  const said = useLab((state) => state.said);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(unsay, stays);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <>
      <p role="status" aria-live="polite" className="sr-only" data-testid="said">
        {said?.words}
      </p>
      {said ? (
        <p
          aria-hidden
          className="floats pointer-events-none absolute bottom-full right-3 z-30 mb-2 max-w-[min(30rem,calc(100vw-1.5rem))] px-3.5 py-2 text-[0.8125rem] leading-snug phone:right-4"
        >
          {said.words}
        </p>
      ) : null}
    </>
  );
}
