"use client";

import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { Flip, FlipOutcome, Flips } from "@/lib/engine/flip";
import type { JournalEntry } from "@/lib/engine/types";
import { applyFlip, flipStore } from "@/lib/store/flip";
import { theLab } from "@/lib/store/lab-store";
import { useLab } from "@/lib/store/react";
import { AppliedChange } from "./applied-change";
import { FlipCard } from "./flip-card";
import { count } from "./sentences";

/** How many changes are shown before one asks for more. */
const shown = 3;

/**
 * What would give this call another answer: changes that were run on a copy of the lab, the least first. For a call that
 * was refused or failed they are looked for when Why? opens; for one that was allowed, when somebody asks.
 */
export function WhatWouldChange({ entry }: { entry: JournalEntry }) {
  const { outcome } = entry.trace;
  const applied = useStore(flipStore, (state) => state.applied[entry.requestId]);
  const there = useLab(({ journal }) => applied !== undefined && journal.some(({ requestId }) => requestId === applied.made[0]));
  const [asked, setAsked] = useState(!outcome.ok);
  const head = useRef<HTMLHeadingElement>(null);
  // What the API's shapes refused, no permission helps.
  if (!entry.call || (!outcome.ok && (outcome.stage === "operation" || outcome.stage === "shape"))) return null;
  return (
    <section aria-labelledby="why-flip" className="relative" data-testid="why-flip">
      <h3 id="why-flip" ref={head} tabIndex={-1} className="overline mb-3 outline-none">
        What would change this answer
      </h3>
      {applied && there ? (
        <AppliedChange entry={entry} applied={applied} onUndone={() => head.current?.focus()} />
      ) : asked ? (
        <Looking entry={entry} />
      ) : (
        <button type="button" className="button" onClick={() => setAsked(true)} data-testid="flip-ask">
          Find the smallest change that would have it refused
        </button>
      )}
    </section>
  );
}

/** A breath between two candidates: what was typed or pressed comes first. */
const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function useFlips(entry: JournalEntry): Flips | "looking" | "failed" {
  const [found, setFound] = useState<Flips | "looking" | "failed">("looking");
  const versions = useLab((state) => state.versions);
  const status = useLab((state) => state.status);
  useEffect(() => {
    const lab = theLab();
    if (!lab || status !== "ready") return;
    let wanted = true;
    setFound("looking");
    import("@/lib/engine/flip")
      .then(({ flips }) => flips(lab, entry, { pause: breath, wanted: () => wanted }))
      .then(
        (flips) => wanted && setFound(flips),
        () => wanted && setFound("failed"),
      );
    return () => void (wanted = false);
  }, [entry, versions, status]);
  return found;
}

function Looking({ entry }: { entry: JournalEntry }) {
  const found = useFlips(entry);
  const [all, setAll] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  if (found === "looking")
    return (
      <p role="status" className="text-soft">
        Changes are being tried on a copy of the lab…
      </p>
    );
  if (found === "failed") return <p className="text-soft">The changes could not be tried: something went wrong in Keyhole itself.</p>;
  if (!found.same) return <p data-testid="flip-other-today">{otherToday(found)}</p>;

  async function apply(flip: Flip) {
    setBusy(true);
    setProblem(await applyFlip(entry, flip));
    setBusy(false);
  }
  const { flips } = found;
  return (
    <>
      <p role="status" className="mb-3 text-soft" data-testid="flip-summary">
        {summary(found)}
      </p>
      {problem ? (
        <p role="alert" className="mb-3 border-l-2 border-deny pl-3">
          It could not be applied, and nothing was changed: <span className="[overflow-wrap:anywhere]">{problem}</span>
        </p>
      ) : null}
      <ol className="divide-y divide-rule border-y border-rule">
        {flips.slice(0, all ? undefined : shown).map((flip, i) => (
          <FlipCard key={flip.id} flip={flip} least={i === 0} onApply={() => void apply(flip)} disabled={busy} />
        ))}
      </ol>
      {flips.length > shown && !all ? (
        <button type="button" className="button button-quiet mt-2" onClick={() => setAll(true)}>
          Show {count(flips.length - shown, "more change")}
        </button>
      ) : null}
    </>
  );
}

const words = (outcome: FlipOutcome): string => (outcome.ok ? "is allowed" : `ends with ${outcome.code}`);

function otherToday({ today }: Flips): string {
  return `The lab has changed since: today the same call ${words(today)}. There is nothing to change about that old answer; make the call again for a new one.`;
}

function summary({ flips, wanted, tried, note, today }: Flips): string {
  if (!flips.length) return note ?? "No change was found.";
  const goal = wanted === "allow" ? "the call would be done" : "the call would be refused";
  const now = wanted === "deny" && !today.ok ? ` (today it ends with ${today.code}, which is no refusal)` : "";
  return `Each of these was run on a copy of the lab, and the same call after it: ${goal}${now}. ${count(tried, "change")} ${tried === 1 ? "was" : "were"} tried; the least comes first.`;
}
