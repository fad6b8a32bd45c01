import type { Call, JournalEntry, Json, JsonObject, Result, Trace } from "../engine/types";
import type { CallPattern, Evidence, Goal, Match } from "./types";

/**
 * Whether a step's goal is met in a lab, by any route. Pure: the same evidence gives the same answer, and nothing is changed.
 * Calls that set up a lesson (door `lesson`) and those of figures and proofs do not count: the learner did not make them.
 */
export async function goalMet(goal: Goal, evidence: Evidence): Promise<boolean> {
  if ("all" in goal) {
    for (const part of goal.all) if (!(await goalMet(part, evidence))) return false;
    return true;
  }
  if ("any" in goal) {
    for (const part of goal.any) if (await goalMet(part, evidence)) return true;
    return false;
  }
  if ("called" in goal) return evidence.journal.some((entry) => matchesCall(goal.called, entry));
  const reply = await evidence.ask({ ...goal.ask, input: goal.ask.input ?? {} });
  const wanted = goal.expect.outcome ?? "ok";
  if (wanted !== "ok") return !reply.ok && reply.error.code === wanted.error;
  return reply.ok && matchesAll(goal.expect.output, reply.output);
}

const notTheLearner = new Set(["lesson", "figure", "proof", "clock"]);

/** Whether one entry of the journal is a call of this form, or ran a function whose code made one. */
export function matchesCall(pattern: CallPattern, entry: Evidence["journal"][number]): boolean {
  if (entry.kind !== "call" || !entry.call || notTheLearner.has(entry.door)) return false;
  const { call, reply, trace } = entry;
  return fits(pattern, { call, reply, trace }) || madeBy(trace).some((made) => fits(pattern, made));
}

type Made = Pick<JournalEntry, "reply" | "trace"> & { call: Call };

/** Calls that a function's code made on the way. What they answered is not kept: a pattern with `output` fits none. */
function madeBy({ steps }: Trace): Made[] {
  return steps.flatMap((step) => {
    if (step.kind !== "call") return [];
    const { trace, made } = step;
    const reply: Result = trace.outcome.ok ? { ok: true, output: {} } : { ok: false, error: { code: trace.outcome.code } };
    return [...(made ? [{ call: made, reply, trace }] : []), ...madeBy(trace)];
  });
}

function fits(pattern: CallPattern, { call, reply, trace }: Made): boolean {
  if (call.service !== pattern.service) return false;
  if (!([] as string[]).concat(pattern.operation).includes(call.operation)) return false;
  if (pattern.region && call.region !== pattern.region) return false;
  if (pattern.by && !(trace.principal ?? "").split("/").slice(1).includes(pattern.by)) return false;
  const outcome = pattern.outcome ?? "ok";
  if (outcome === "ok" && !reply.ok) return false;
  if (outcome === "error" && reply.ok) return false;
  if (typeof outcome === "object" && (reply.ok || reply.error.code !== outcome.error)) return false;
  if (!matchesAll(pattern.input, call.input ?? {})) return false;
  return !pattern.output || (reply.ok && matchesAll(pattern.output, reply.output));
}

function matchesAll(wanted: Record<string, Match> | undefined, got: JsonObject): boolean {
  return Object.entries(wanted ?? {}).every(([path, match]) => matches(match, valueAt(got, path)));
}

/** A member by its path: `KeyMetadata.KeyId`, `Parameters.0.Name`, `Parameters.length`. */
export function valueAt(from: Json | undefined, path: string): Json | undefined {
  let value: any = from;
  for (const part of path.split(".")) {
    if (value === null || value === undefined) return undefined;
    // Own members only: a parameter may be called `constructor`.
    value = Object.hasOwn(Object(value), part) ? value[part] : undefined;
  }
  return value;
}

function matches(match: Match, value: Json | undefined): boolean {
  if (match !== null && typeof match === "object" && !Array.isArray(match)) {
    if ("matches" in match && typeof match.matches === "string") return typeof value === "string" && new RegExp(match.matches).test(value);
    if ("present" in match) return (value !== undefined) === match.present;
    if ("contains" in match) return Array.isArray(value) && value.some((item) => same(item, match.contains as Json));
    if ("atLeast" in match) return typeof value === "number" && value >= Number(match.atLeast);
  }
  return same(match as Json, value);
}

const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);
