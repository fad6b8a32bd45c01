"use client";
import { useMemo } from "react";
import Button from "@cloudscape-design/components/button";
import { openWhy, useJournal } from "../frame/lab";
import { entryOf } from "./lookup";

/** Opens Why? for the call that an event records. */
export function WhyButton({ eventId, what, inline }: { eventId: string; what: string; inline?: boolean }) {
  const journal = useJournal();
  const seq = useMemo(() => entryOf(journal, eventId)?.entry.seq, [journal, eventId]);
  return (
    <Button
      variant={inline ? "inline-link" : "normal"}
      disabled={seq === undefined}
      onClick={() => seq !== undefined && openWhy(seq)}
      ariaLabel={`Why? ${what}`}
      data-testid="event-why"
    >
      Why?
    </Button>
  );
}
