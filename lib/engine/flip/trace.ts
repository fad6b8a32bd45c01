import type { Decision, Principal, Trace } from "../types";
import type { Asked, FlipOutcome } from "./types";

/** What a trace says of a call's answer. */

export const outcomeOf = ({ outcome }: Trace): FlipOutcome =>
  outcome.ok || outcome.code === "DryRunOperationException"
    ? { ok: true }
    : { ok: false, code: outcome.code, ...(outcome.message ? { message: outcome.message } : {}) };

/** The decision that refused a call: its own, or one of a call that a service made for it. */
export function refusedOf(trace: Trace, own = true): Asked | undefined {
  for (const step of trace.steps.toReversed()) {
    if (step.kind === "decision" && step.decision.effect !== "Allow") return { decision: step.decision, trace, own };
    if (step.kind === "call" && !step.trace.outcome.ok) {
      const inner = refusedOf(step.trace, false);
      if (inner) return inner;
    }
  }
  return undefined;
}

/** Every decision of a call and of the calls made for it. */
export function askedIn(trace: Trace, own = true): Asked[] {
  return trace.steps.flatMap((step): Asked[] =>
    step.kind === "decision" ? [{ decision: step.decision, trace, own }] : step.kind === "call" ? askedIn(step.trace, false) : [],
  );
}

export function principalIn(trace: Trace): Principal | undefined {
  const step = trace.steps.find(({ kind }) => kind === "caller");
  return step?.kind === "caller" ? step.principal : undefined;
}

/** The innermost call that failed, and why. */
export function failureOf(trace: Trace): { trace: Trace; code: string; message: string } | undefined {
  const inner = trace.steps.findLast((step) => step.kind === "call" && !step.trace.outcome.ok);
  if (inner?.kind === "call") return failureOf(inner.trace);
  return trace.outcome.ok ? undefined : { trace, code: trace.outcome.code, message: trace.outcome.message ?? "" };
}

/** Two refusals with the same mark are the same refusal: a change that leads from one to the other leads nowhere. */
export function markOf(trace: Trace): string {
  const decision = refusedOf(trace)?.decision;
  const failed = failureOf(trace);
  return decision
    ? JSON.stringify([decision.effect, decision.action, decision.resource, decision.missing, deniedBy(decision), grantsOf(decision)])
    : JSON.stringify([failed?.code, failed?.message.replace(/Request ID: [0-9a-f-]+/, "")]);
}

const deniedBy = ({ effect, because, layers }: Decision): unknown =>
  effect === "ExplicitDeny" && because.policy !== undefined ? [because, layers[because.layer].policies[because.policy].name] : undefined;

/** A grant that does not help for one reason may not help for another. */
const grantsOf = ({ layers }: Decision): unknown => layers.find(({ kind }) => kind === "Grant")?.grants?.map(({ id, why }) => [id, why]);
