import type { JournalEntry, Trace } from "@/lib/engine/types";
import { type Outcome, entrySentence, outcomeOf } from "../why/sentences";

/** An entry of the journal as the strip draws it. */
export interface Bead {
  seq: number;
  outcome: Outcome;
  /** A look at something that changed nothing: drawn smaller. */
  small: boolean;
  /** The key that did the work, on this call or on one that it made. */
  keyArn?: string;
  sentence: string;
}

export function beadOf(entry: JournalEntry): Bead {
  const { trace } = entry;
  const outcome = outcomeOf(trace);
  const small = outcome === "Allow" && entry.changes.length === 0 && /^(List|Describe|Get(?!Parameter))/.test(trace.operation);
  return { seq: entry.seq, outcome, small, keyArn: keyOf(trace), sentence: entrySentence(entry) };
}

function keyOf(trace: Trace): string | undefined {
  for (const step of trace.steps) {
    if (step.kind === "crypto" && step.keyArn) return step.keyArn;
    const inner = step.kind === "call" ? keyOf(step.trace) : undefined;
    if (inner) return inner;
  }
  return undefined;
}
