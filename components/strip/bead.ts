import type { JournalEntry, Trace } from "@/lib/engine/types";
import { isBookkeeping } from "@/lib/store/steps";
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
  /** Looks that a console made one after another are one bead: how many, and which operations. */
  looks?: { count: number; operations: string[] };
}

export function beadOf(entry: JournalEntry): Bead {
  const { trace } = entry;
  const outcome = outcomeOf(trace);
  const small = outcome === "Allow" && entry.changes.every(isBookkeeping) && /^(List|Describe|Lookup|Get(?!Parameter))/.test(trace.operation);
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

/** Entries never change, so what is said of one is worked out once. */
const known = new WeakMap<JournalEntry, Bead>();
function beadFor(entry: JournalEntry): Bead {
  let bead = known.get(entry);
  if (!bead) known.set(entry, (bead = beadOf(entry)));
  return bead;
}

/** The beads of a journal. What a console asked for by itself, to show a page, is one small bead however much it was. */
export function beadsOf(entries: readonly JournalEntry[]): Bead[] {
  const beads: Bead[] = [];
  let run: JournalEntry[] = [];
  const close = () => {
    if (run.length === 1) beads.push(beadFor(run[0]));
    else if (run.length) beads.push(looks(run));
    run = [];
  };
  for (const entry of entries) {
    if (entry.door === "console" && beadFor(entry).small) run.push(entry);
    else {
      close();
      beads.push(beadFor(entry));
    }
  }
  close();
  return beads;
}

function looks(run: readonly JournalEntry[]): Bead {
  const operations = [...new Set(run.map(({ trace }) => `${trace.service}:${trace.operation}`))];
  const { seq, outcome, small } = beadFor(run[0]);
  const named = operations.slice(0, 4).join(", ") + (operations.length > 4 ? " and others" : "");
  return { seq, outcome, small, sentence: `The console looked ${run.length} times: ${named}. Nothing changed.`, looks: { count: run.length, operations } };
}
