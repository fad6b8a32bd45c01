"use client";
import Button from "@cloudscape-design/components/button";
import type { JournalEntry } from "@/lib/engine/types";
import { openWhy } from "../../frame/lab";

/** Opens Why? for an entry of the journal. */
export function WhyButton({ entry, what, label = "Why?", inline }: { entry?: JournalEntry; what: string; label?: string; inline?: boolean }) {
  return (
    <Button variant={inline ? "inline-link" : "normal"} disabled={!entry} onClick={() => entry && openWhy(entry.seq)} ariaLabel={label === "Why?" ? `Why? ${what}` : undefined} data-testid="lab-event-why">
      {label}
    </Button>
  );
}
