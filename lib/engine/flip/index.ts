import type { Lab } from "../lab";
import type { Trace } from "../types";
import { begin, run, why } from "./search";
import { ordered } from "./order";
import { askedIn, outcomeOf, refusedOf } from "./trace";
import type { FlipOptions, FlipOutcome, FlipQuestion, Flips } from "./types";

export { filled } from "./answers";
export type { DiffLine, Flip, FlipDocument, FlipEdit, FlipOptions, FlipOutcome, FlipQuestion, Flips } from "./types";

/**
 * The smallest change that gives a call another answer. Candidates come from the trace of the decision: what was
 * missing, what denied, which part of which statement did not match. Each is run on a copy of the lab, by somebody who
 * may make it, and the call after it; only what really gives the other answer is handed out, the least first. The lab
 * itself is read, never changed.
 *
 * First the call is made on a copy of the lab as it is now: where today's answer is another one than the entry's,
 * `same` is false and nothing is offered.
 */
export async function flips(lab: Lab, question: FlipQuestion, options: FlipOptions = {}): Promise<Flips> {
  const { call, trace } = question;
  const then = outcomeOf(trace);
  const wanted = then.ok ? "deny" : "allow";
  const none: Flips = { wanted, then, today: then, same: true, flips: [], tried: 0 };
  if (!call) return { ...none, note: "The lab’s clock did this: nobody was asked." };

  const search = await begin(lab, question, call, wanted, options);
  const today = outcomeOf(search.today.trace);
  if (!comparable(then, today, search.today.trace)) return { ...none, today, same: false };
  await run(search);
  const list = ordered(search.found, options.shown ?? 12);
  const found: Flips = { ...none, today, flips: list, tried: search.tried };
  if (!list.length) found.note = why(search);
  if (search.stopped) found.stopped = true;
  return found;
}

/** An allowed call that cannot be made twice (the name is taken now) was still let through by the policies: that can be flipped. */
const comparable = (then: FlipOutcome, today: FlipOutcome, trace: Trace): boolean =>
  then.ok ? today.ok || (!refusedOf(trace) && askedIn(trace).length > 0) : !today.ok && then.code === today.code;
