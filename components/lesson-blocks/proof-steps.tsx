"use client";

import type { ProofResult, ProofStep } from "@/lib/lessons/types";
import { CrossGlyph, TickGlyph } from "../ui/glyphs";

/** Runs of steps that only differ in a number ("Write version 3" … "Write version 101") are drawn as one. */
function folded(steps: ProofStep[]): { step: ProofStep; more: number }[] {
  const out: { step: ProofStep; more: number; shape: string }[] = [];
  for (const step of steps) {
    const shape = `${step.say.replace(/\d+/g, "#")}${step.held}`;
    const last = out.at(-1);
    if (last && last.shape === shape && /\d/.test(step.say)) last.more++;
    else out.push({ step, more: 0, shape });
  }
  return out;
}

/** Each call of a proof: what was asked, what came back, what was expected, and whether it held. */
export function ProofSteps({ result, ms, again }: { result: ProofResult; ms: number; again(): void }) {
  const expectations = result.steps.flatMap((step) => step.expectations);
  const held = expectations.filter((each) => each.held).length;
  return (
    <>
      <p role="status" className={`flex items-center gap-2 rounded-md px-3 py-2 font-medium ${result.ok ? "bg-allow-tint text-allow" : "bg-deny-tint text-deny"}`}>
        {result.ok ? <TickGlyph size={18} /> : <CrossGlyph size={18} />}
        {result.ok ? "It holds" : "It does not hold"}: {held} of {expectations.length} expectations, in a fresh lab, {ms < 10 ? "under 10" : Math.round(ms)} ms.
        <button type="button" className="button button-quiet ml-auto" onClick={again}>
          Run again
        </button>
      </p>
      <ol className="mt-4 space-y-4">
        {folded(result.steps).map(({ step, more }, at) => (
          <li key={at} className="grid grid-cols-[1.5rem_1fr] gap-x-2">
            <span className={`mt-0.5 ${step.held ? "text-allow" : "text-deny"}`}>{step.held ? <TickGlyph size={16} label="held" /> : <CrossGlyph size={16} label="did not hold" />}</span>
            <div className="min-w-0">
              <p className="font-medium">
                {step.say}
                {more > 0 ? <span className="font-normal text-faint"> … and {more} more like it</span> : null}
              </p>
              {step.call ? (
                <p className="mt-0.5 font-mono text-xs leading-relaxed text-soft [overflow-wrap:anywhere]">
                  {step.call.caller} → {step.call.service}:{step.call.operation} <span className="text-faint">{shortJson(step.call.input)}</span>
                </p>
              ) : null}
              {step.reply ? <p className={`mt-1 rounded-sm bg-sunk px-2 py-1 font-mono text-xs leading-relaxed [overflow-wrap:anywhere] ${step.outcome === "ok" ? "" : "text-implicit"}`}>{step.reply}</p> : null}
              <ul className="mt-1 text-sm text-soft">
                {step.expectations.map((each) => (
                  <li key={each.words}>
                    {each.held ? "Held: " : "Did not hold: "}
                    {each.words}.
                  </li>
                ))}
              </ul>
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}

/** Long texts are cut and long lists counted. */
function shortJson(input: object): string {
  const text = JSON.stringify(input, (_name, value: unknown) => {
    if (typeof value === "string" && value.length > 160) return `${value.slice(0, 120)}… (${value.length} characters)`;
    return Array.isArray(value) && value.length > 20 ? [...value.slice(0, 2), `… ${value.length.toLocaleString("en")} in all`] : value;
  });
  return text === "{}" ? "" : text;
}
