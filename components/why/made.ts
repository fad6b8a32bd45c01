import type { Call, JournalEntry, Trace } from "@/lib/engine/types";

/** Calls that a function's code made, in order, those of functions that it invoked among them. */
export function callsMade({ steps }: Trace): { call: Call; trace: Trace }[] {
  return steps.flatMap((step) => (step.kind === "call" ? [...(step.made ? [{ call: step.made, trace: step.trace }] : []), ...callsMade(step.trace)] : []));
}

/** The nth of them, from 1, as an entry of its own would be: what Why? shows, and what a change of the answer is looked for. */
export function madeIn(entry: JournalEntry, n: number): JournalEntry | undefined {
  const made = callsMade(entry.trace)[n - 1];
  if (!made) return undefined;
  const { call, trace } = made;
  const { outcome, requestId } = trace;
  const reply: JournalEntry["reply"] = outcome.ok ? { ok: true, output: {} } : { ok: false, error: { code: outcome.code, message: outcome.message } };
  return { ...entry, kind: "call", door: "lambda", call, trace, reply, requestId, outside: [], changes: [] };
}
