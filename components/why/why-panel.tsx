"use client";

import { useEffect, useMemo } from "react";
import { dollars } from "@/lib/engine/pricing";
import type { JournalEntry } from "@/lib/engine/types";
import { openLab } from "@/lib/store/lab-store";
import { useLab } from "@/lib/store/react";
import { closeWhy, openWhy } from "@/lib/store/why";
import { BeadSign } from "../strip/beads";
import { GoBack } from "../strip/go-back";
import { Dialog } from "../ui/dialog";
import { RightGlyph } from "../ui/glyphs";
import { madeIn } from "./made";
import { OtherWords } from "./other-words";
import { allCosts, count, entrySentence, outcomeOf } from "./sentences";
import { Steps } from "./steps";
import { WhatWouldChange } from "./what-would-change";

/** Why a call went as it did: everything that the engine noted on the way, and the same call in other words. */
export function WhyPanel({ seq, made }: { seq: number; made?: number }) {
  const journal = useLab((state) => state.journal);
  const status = useLab((state) => state.status);
  useEffect(() => void openLab().catch(() => undefined), []);
  const at = journal.findIndex((entry) => entry.seq === seq);
  const around = journal[at];
  // The same object while the entry is: whoever looks for changes looks once.
  const entry = useMemo(() => (made === undefined || !around ? around : madeIn(around, made)), [around, made]);

  return (
    <Dialog
      open
      onClose={closeWhy}
      place="side"
      title={entry ? titleOf(entry) : "Why?"}
      aside={
        entry ? (
          <span className="flex shrink-0">
            <Turn to={journal[at - 1]} label="The call before" turned />
            <Turn to={journal[at + 1]} label="The call after" />
          </span>
        ) : null
      }
    >
      {entry ? (
        <Answer entry={entry} around={entry === around ? undefined : around} key={entry.requestId} />
      ) : (
        <p className="px-5 py-6 text-soft">
          {status === "ready"
            ? `This lab’s journal has no call ${seq}. It may have been taken back, or belong to another lab.`
            : status === "failed"
              ? "The lab could not be opened."
              : "Opening the lab…"}
        </p>
      )}
    </Dialog>
  );
}

const titleOf = ({ trace, kind }: JournalEntry): string =>
  kind === "call" || kind === "job" ? `${trace.service}:${trace.operation}` : kind === "advance" ? "The clock" : "A new account";

function Turn({ to, label, turned }: { to: JournalEntry | undefined; label: string; turned?: boolean }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={!to}
      onClick={() => to && openWhy(to.seq)}
      className="grid size-8 place-items-center rounded-md text-faint hover:bg-sunk hover:text-ink disabled:opacity-35"
    >
      <RightGlyph size={18} className={turned ? "rotate-180" : ""} />
    </button>
  );
}

/** `around`: the entry whose function made this call. */
function Answer({ entry, around }: { entry: JournalEntry; around?: JournalEntry }) {
  const { trace, reply } = entry;
  const outcome = outcomeOf(trace);
  const costs = allCosts(trace);
  const sum = dollars(costs);
  return (
    <div className="space-y-8 px-5 py-5 text-[0.875rem]" data-testid="why">
      <section aria-label="In short">
        {around ? (
          <p className="mb-3 text-soft">
            Made by the code that <code>{titleOf(around)}</code> ran.{" "}
            <button type="button" className="rounded-sm text-brass underline underline-offset-2" onClick={() => openWhy(around.seq)}>
              Back to {around.kind === "call" ? "the invocation" : "what ran it"}
            </button>
          </p>
        ) : null}
        <p className="flex items-start gap-2.5 font-serif text-[1.125rem] leading-snug" data-testid="why-sentence">
          <span className="mt-1 shrink-0">
            <BeadSign outcome={outcome} />
          </span>
          {entrySentence(entry)}
        </p>
        {reply.ok ? null : (
          <blockquote className="mt-3 border-l-2 border-deny pl-3">
            <code className="block text-[0.8125rem] font-semibold">{reply.error.code}</code>
            {reply.error.message ? (
              <p className="mt-0.5 [overflow-wrap:anywhere]">{reply.error.message}</p>
            ) : (
              <p className="mt-0.5 text-faint">AWS says no more than that.</p>
            )}
          </blockquote>
        )}
        <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-[0.8125rem]">
          <Fact name="When">{`${new Date(trace.at).toISOString().replace("T", " ").slice(0, 19)} UTC, by the lab’s clock`}</Fact>
          {trace.principal ? (
            <Fact name="Caller" mono>
              {trace.principal}
            </Fact>
          ) : null}
          {trace.region ? (
            <Fact name="Region" mono>
              {trace.region}
            </Fact>
          ) : null}
          <Fact name="Request id" mono>
            {trace.requestId}
          </Fact>
          {costs.length ? (
            <Fact name="Cost">
              {sum
                ? `$${sum.toPrecision(2)} at list price as of November 2026, for ${count(costs.length, "request")}`
                : `nothing, for ${count(costs.length, "request")}`}
            </Fact>
          ) : null}
        </dl>
      </section>
      <section aria-labelledby="why-steps">
        <h3 id="why-steps" className="overline mb-3">
          What happened, in order
        </h3>
        <Steps trace={trace} seq={around ? undefined : entry.seq} />
      </section>
      <WhatWouldChange entry={entry} />
      {entry.call ? <OtherWords entry={entry} /> : null}
      {around ? null : <GoBack entry={entry} />}
    </div>
  );
}

function Fact({ name, mono, children }: { name: string; mono?: boolean; children: string }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className={`min-w-0 [overflow-wrap:anywhere] ${mono ? "font-mono text-xs leading-5" : ""}`}>{children}</dd>
    </>
  );
}
