"use client";

import { useEffect, useRef, useState } from "react";
import type { JournalEntry } from "@/lib/engine/types";
import { type Applied, doneSince, tryAgain, undoFlip } from "@/lib/store/flip";
import { useLab } from "@/lib/store/react";
import { openWhy } from "@/lib/store/why";
import { DecisionMark } from "../ui/decision";
import { TickGlyph, UndoGlyph } from "../ui/glyphs";
import { Difference } from "./flip-card";

/** A change that stands: the call can be tried with it, and the change be taken back with what was tried. */
export function AppliedChange({ entry, applied, onUndone }: { entry: JournalEntry; applied: Applied; onUndone(): void }) {
  const { flip, tried } = applied;
  const since = useLab(({ journal }) => doneSince(applied, journal));
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  // The button that was pressed is gone: what one does next stands in its place.
  useEffect(() => first.current?.focus(), []);

  async function run(work: () => Promise<unknown>) {
    setBusy(true);
    await work().catch(() => undefined);
    setBusy(false);
  }
  async function back() {
    if (await undoFlip(entry)) onUndone();
  }
  const changesLab = flip.edits.length > 0;
  return (
    <div data-testid="flip-applied" className="border-y border-rule py-3">
      <p role="status" className="flex items-start gap-2">
        <TickGlyph size={16} className="mt-0.5 text-allow" />
        <span className="min-w-0 [overflow-wrap:anywhere]">
          <span className="font-medium">{changesLab ? "Applied" : "Called so"}.</span> {flip.sentence}
        </span>
      </p>
      {flip.documents.length ? (
        <div className="mt-3 space-y-3">
          {flip.documents.map((document) => (
            <Difference key={document.where} document={document} />
          ))}
        </div>
      ) : null}
      {tried ? (
        <p role="status" className="mt-3 flex flex-wrap items-center gap-2" data-testid="flip-tried" data-ok={tried.ok}>
          The call again: <DecisionMark verdict={tried.ok ? "Allow" : "ExplicitDeny"}>{tried.ok ? "done" : tried.code}</DecisionMark>
          <button type="button" className="rounded-sm text-brass underline underline-offset-2" onClick={() => openWhy(tried.seq)}>
            Why? <span className="sr-only">of the call made again</span>
          </button>
        </p>
      ) : null}
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <button ref={first} type="button" className="button button-next" disabled={busy} onClick={() => void run(() => tryAgain(entry))}>
          Try the call again
        </button>
        <button
          type="button"
          className="button"
          disabled={busy || since !== undefined}
          onClick={() => void run(back)}
          aria-describedby={since ? "flip-since" : undefined}
        >
          <UndoGlyph size={18} /> Undo
        </button>
      </div>
      {since ? (
        <p id="flip-since" className="mt-2 text-[0.8125rem] text-soft">
          Something else was done since ({since.trace.service}:{since.trace.operation}), so this cannot be taken back by itself. Undo in the
          strip takes back the newest first.
        </p>
      ) : null}
    </div>
  );
}
