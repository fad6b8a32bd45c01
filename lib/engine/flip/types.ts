import type { Lab } from "../lab";
import type { Call, Caller, Db, Decision, JournalEntry, JsonObject, Principal, Reply, Trace } from "../types";

/** What the search for the smallest change works with, and what it hands out. All that is handed out is plain data. */

/** One thing that is done. A call may hold what an earlier edit answers: see `answers.ts`. */
export type FlipEdit = { kind: "call"; call: Call } | { kind: "wait"; ms: number };

export interface DiffLine {
  kind: "same" | "added" | "removed" | "gap";
  text: string;
}

/** A document, or a call's input, before and after. */
export interface FlipDocument {
  /** Where it is kept: `the key policy of the key …1a2b`. */
  where: string;
  before: string;
  after: string;
  /** The difference, line by line, with two lines around it. */
  lines: DiffLine[];
  /** The text itself is on one line; `lines` shows it on several. */
  unfolded?: true;
}

/** A change that gives the call another answer: it was run on a copy of the lab, and the call after it. */
export interface Flip {
  /** The same for the same edits. */
  id: string;
  /** What to do, in one sentence. */
  sentence: string;
  edits: FlipEdit[];
  /** Who would make the edits: `admin of 111122223333`. Empty where only the call itself changes. */
  by: string[];
  /** The call that has the other answer: the same one, or with the change to its input. May hold references to edits. */
  again: Call;
  documents: FlipDocument[];
  /** How many elements are changed. */
  size: number;
  /** How many of the other questions that were put changed their answers with this. Not the call's own. */
  breadth: number;
  /** What these questions were, summed up; `alsoMore` further ones are left out. */
  also: string[];
  alsoMore: number;
  /** It changes more than is needed: answers of other questions too, or more of them than the least change does. */
  broader: boolean;
  /** The call asks for something else then (ciphertext in place of plaintext, another key). */
  asksOtherwise?: true;
}

export type FlipOutcome = { ok: true } | { ok: false; code: string; message?: string };

export interface Flips {
  /** The answer that is looked for. */
  wanted: "allow" | "deny";
  then: FlipOutcome;
  /** The same call on a copy of the lab as it is now. */
  today: FlipOutcome;
  /** False: today's answer is another one already; then there is nothing to flip, and `flips` is empty. */
  same: boolean;
  /** The least first. */
  flips: Flip[];
  /** How many changes were run. */
  tried: number;
  /** What has to be said beside: why nothing flips, what stands in the way behind the permission. */
  note?: string;
  /** The search was left before its end. */
  stopped?: true;
}

export interface FlipOptions {
  /** Awaited between two candidates, so that a page stays smooth. */
  pause?(): Promise<void>;
  /** Asked between two candidates: false leaves the search with what it has. */
  wanted?(): boolean;
  /** How many candidates are run at most. Default 40. */
  most?: number;
  /** How many are handed out. Default 12. */
  shown?: number;
}

/** What is asked: an entry of the journal, or a call with the trace that it left. */
export type FlipQuestion = JournalEntry | { call: Call; trace: Trace };

// ---------------------------------------------------------------- inside the search

/** What a change does to the call itself. */
export interface CallPatch {
  /** Members to set; undefined takes one away. */
  input?: JsonObject;
  region?: string;
  caller?: Caller;
  secureTransport?: boolean;
}

/** One change, before it is run. */
export interface Step {
  /** Without the full stop. */
  sentence: string;
  edits: FlipEdit[];
  patch?: CallPatch;
  documents: Omit<FlipDocument, "lines" | "unfolded">[];
  size: number;
  asksOtherwise?: true;
  /** Lets somebody into a statement that allows more than what is asked. */
  broad?: true;
}

/** A refused call on a copy of the lab: what the steps are made from. */
export interface Scene {
  /** The copy, with the edits made so far. */
  lab: Lab;
  db: Db;
  /** The call as it was made, with the patches so far. */
  call: Call;
  reply: Reply;
  principal: Principal;
  /** The journal of the lab that the copy is of, newest last: who assumed a role, what a ciphertext was made with. */
  journal: readonly JournalEntry[];
  /** How many edits are made so far. */
  edited: number;
}

/** A decision in a trace, with the call that it was about. */
export interface Asked {
  decision: Decision;
  trace: Trace;
  /** Whether the call itself was asked, and not one that a service made for it. */
  own: boolean;
}
