"use client";

import type { ReactNode } from "react";
import type { Step, Trace } from "@/lib/engine/types";
import { keyStyle } from "@/lib/store/hue";
import { openWhy } from "@/lib/store/why";
import { CrossGlyph, RightGlyph, TickGlyph } from "../ui/glyphs";
import { KeyChip, Sealed } from "../ui/sealed";
import { DecisionPicture } from "./decision-picture";
import { InspectionWalk } from "./inspection-walk";
import { callsMade } from "./made";
import { principalName, stepSentence } from "./sentences";

/**
 * The steps of a trace along a line; the calls that it made are set in, with steps of their own. `seq`: the entry whose
 * trace this is, so that calls of a function's code have a Why? of their own; `top` is its whole trace.
 */
export function Steps({ trace, failed = !trace.outcome.ok, seq, top = trace }: { trace: Trace; failed?: boolean; seq?: number; top?: Trace }) {
  return (
    <ol className="space-y-3 border-l border-rule pl-4">
      {trace.steps.map((step, i) => (
        <li key={i} className="relative">
          <StepView step={step} failed={failed} seq={seq} top={top} />
        </li>
      ))}
      {trace.outcome.ok ? null : (
        <li className="relative">
          <Mark ok={false} />
          <p>
            It ended with <code className="font-semibold">{trace.outcome.code}</code>.
          </p>
        </li>
      )}
    </ol>
  );
}

/** `failed`: the whole call did, so that what was allowed on the way matters less. */
function StepView({ step, failed, seq, top }: { step: Step; failed: boolean; seq?: number; top: Trace }): ReactNode {
  switch (step.kind) {
    case "decision":
      return (
        <>
          <Mark ok={step.decision.effect === "Allow"} />
          <DecisionPicture decision={step.decision} folded={failed && step.decision.effect === "Allow"} />
        </>
      );
    case "call": {
      const { trace, made } = step;
      // What a function's code was refused is no failure of the call that ran it.
      const nth = made ? callsMade(top).findIndex((each) => each.trace === trace) + 1 : 0;
      return (
        <>
          <Mark ok={trace.outcome.ok} />
          <details open className="group/call">
            <summary className="flex items-start gap-1 rounded-sm">
              <RightGlyph size={14} className="mt-1 text-faint transition-transform group-open/call:rotate-90" />
              <span>
                {made ? "The code" : (trace.via.at(-1) ?? "It")} called{" "}
                <code className="font-semibold">
                  {trace.service}:{trace.operation}
                </code>{" "}
                {made ? "as" : "for"} {principalName(trace.principal)}
                {trace.outcome.ok ? "" : `: ${trace.outcome.code}`}
              </span>
            </summary>
            {seq !== undefined && nth ? (
              <button type="button" className="mt-1 rounded-sm text-brass underline underline-offset-2" onClick={() => openWhy(seq, nth)} data-testid="why-made">
                {trace.outcome.ok ? "Why was it allowed?" : "Why, and what would change it?"}
              </button>
            ) : null}
            <div className="mt-3">
              <Steps trace={trace} failed={made ? !trace.outcome.ok : failed} seq={seq} top={top} />
            </div>
          </details>
        </>
      );
    }
    case "crypto":
      return (
        <div data-key="" style={keyStyle(step.keyArn)}>
          <Mark ok />
          <p>
            {stepSentence(step)} {step.keyArn ? <KeyChip keyId={step.keyArn} /> : null}
          </p>
          {step.context && Object.keys(step.context).length ? (
            <dl className="mt-1.5 grid grid-cols-[auto_1fr] gap-x-3 font-mono text-xs leading-5" aria-label="Encryption context">
              {Object.entries(step.context).map(([name, value]) => (
                <div key={name} className="contents">
                  <dt className="text-faint">{name}</dt>
                  <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
                </div>
              ))}
            </dl>
          ) : null}
          {step.sample ? (
            <p className="mt-1.5">
              <Sealed keyId={step.keyArn}>{step.sample}…</Sealed>
            </p>
          ) : null}
        </div>
      );
    case "inspection":
      return (
        <>
          <Mark ok={step.result.action === "ALLOW"} />
          <p className="text-soft [overflow-wrap:anywhere]">{stepSentence(step)}</p>
          <InspectionWalk result={step.result} />
        </>
      );
    default: {
      const ok = "ok" in step ? step.ok : "found" in step ? step.found : "matched" in step ? step.matched : undefined;
      return (
        <>
          <Mark ok={ok} />
          <p className="text-soft [overflow-wrap:anywhere]">{stepSentence(step)}</p>
        </>
      );
    }
  }
}

/** On the line: a tick, a cross, or a point where nothing was decided. */
function Mark({ ok }: { ok: boolean | undefined }) {
  const place = "absolute -left-4 top-0.5 grid size-[18px] -translate-x-1/2 place-items-center rounded-full bg-raised";
  if (ok === undefined)
    return (
      <span className={place}>
        <span className="size-1.5 rounded-full bg-rule-strong" />
      </span>
    );
  return (
    <span className={`${place} ${ok ? "text-allow" : "text-deny"}`}>
      {ok ? <TickGlyph size={14} label="Passed:" /> : <CrossGlyph size={14} label="Stopped:" />}
    </span>
  );
}
