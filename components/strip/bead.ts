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
  /** `kms:ListKeys` */
  operation: string;
  /** Looks that a console made one after another are one bead: how many, and which operations. */
  looks?: { count: number; operations: string[] };
}

export function beadOf(entry: JournalEntry): Bead {
  const { trace } = entry;
  const outcome = outcomeOf(trace);
  const small = outcome === "Allow" && entry.changes.every(isBookkeeping) && /^(List|Describe|Lookup|Get(?!Parameter))/.test(trace.operation);
  return { seq: entry.seq, outcome, small, keyArn: keyOf(trace), sentence: entrySentence(entry), operation: `${trace.service}:${trace.operation}` };
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

/** Beads as far as they have been made: what comes next is strung on, and what is there stays as it is. */
interface Strung {
  entries: readonly JournalEntry[];
  beads: Bead[];
  /** The last bead takes in a further look of a console. */
  open: boolean;
}

const nothing: Strung = { entries: [], beads: [], open: false };

function stringOn({ beads: before, open }: Strung, entries: readonly JournalEntry[], from: number): Strung {
  const beads = before.slice();
  for (let at = from; at < entries.length; at++) {
    const bead = beadFor(entries[at]);
    const look = bead.small && entries[at].door === "console";
    if (look && open) beads[beads.length - 1] = together(beads[beads.length - 1], bead);
    else beads.push(bead);
    open = look;
  }
  return { entries, beads, open };
}

/** The beads of a journal. What a console asked for by itself, to show a page, is one small bead however much it was. */
export const beadsOf = (entries: readonly JournalEntry[]): Bead[] => stringOn(nothing, entries, 0).beads;

/**
 * The beads of a journal that grows: only what is new in it is looked at. After an undo, and when the journal lets go of
 * its oldest entries (hundreds at once), the beads are made anew.
 */
export function growingBeads(): (entries: readonly JournalEntry[]) => readonly Bead[] {
  let strung = nothing;
  return (entries) => {
    const { length } = strung.entries;
    const grown = length > 0 && length <= entries.length && entries[0] === strung.entries[0] && entries[length - 1] === strung.entries[length - 1];
    if (!grown) strung = stringOn(nothing, entries, 0);
    else if (length < entries.length) strung = stringOn(strung, entries, length);
    return strung.beads;
  };
}

function together(run: Bead, look: Bead): Bead {
  const { seq, outcome, small } = run;
  const { count, operations: before } = run.looks ?? { count: 1, operations: [run.operation] };
  const operations = before.includes(look.operation) ? before : [...before, look.operation];
  const named = operations.slice(0, 4).join(", ") + (operations.length > 4 ? " and others" : "");
  return { seq, outcome, small, operation: run.operation, sentence: `The console looked ${count + 1} times: ${named}. Nothing changed.`, looks: { count: count + 1, operations } };
}
