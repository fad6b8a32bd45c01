import type { Call, JournalEntry, Json, JsonObject, Reply } from "../engine/types";

/** The sections that are here, in the notes' order. */
export type Section = "encryption" | "kms" | "parameter-store" | "secrets-manager" | "shield" | "waf" | "firewall-manager" | "ddos";

export interface LessonMeta {
  /** One word in the address: `/lessons/<slug>`. */
  slug: string;
  /** Folder below content/lessons that holds index.mdx. */
  dir: string;
  title: string;
  section: Section;
  /** Place in the whole course, from 1. */
  order: number;
  /** Reading and doing, in minutes. */
  minutes: number;
  /** One sentence for the course map. */
  summary: string;
  steps: LessonStep[];
}

export interface LessonStep {
  /** Unique in the lesson; the page's anchor is `step-<id>`. */
  id: string;
  title: string;
  goal: Goal;
  /** One way to do it, run by the tests through `lab.call`. */
  solution: SolutionCall[];
  /** Address of the console's page where it can be done, if there is one. */
  where?: { console: string };
}

/**
 * A call of a solution. Strings that begin with `$` take a value from the reply of an earlier one, counted from 1
 * (`$1.KeyMetadata.KeyId`); `as` names who calls, the account's `admin` if not given.
 */
export interface SolutionCall {
  service: string;
  operation: string;
  input?: JsonObject;
  region?: string;
  as?: string;
  /** The error code with which it is meant to end. */
  error?: string;
  /** How long the lab's clock goes on before the call, ms. */
  after?: number;
}

/** What a call must look like to count. Members of `input` and `output` are compared with the call as it went through the door. */
export interface CallPattern {
  service: string;
  operation: string | string[];
  region?: string;
  input?: Record<string, Match>;
  output?: Record<string, Match>;
  outcome?: "ok" | "error" | { error: string };
  /** Name of the user or role that called. */
  by?: string;
}

/** A value that must be equal, or a rule for it. `is` are the names of rules that goals may use. */
export type Match = Json | { matches: string } | { present: boolean } | { contains: Json } | { atLeast: number };

/**
 * When a step counts as done: by what happened in the lab, whatever door it came through.
 * `ask` puts a read-only question to a copy of the lab, so that asking leaves no trace in the learner's journal.
 */
export type Goal =
  | { called: CallPattern }
  | { ask: { service: string; operation: string; input?: JsonObject; region?: string }; expect: { outcome?: "ok" | { error: string }; output?: Record<string, Match> } }
  | { all: Goal[] }
  | { any: Goal[] };

/** What a goal may look at. */
export interface Evidence {
  journal: readonly Pick<JournalEntry, "kind" | "door" | "call" | "reply" | "trace">[];
  /** Asks a copy of the lab, as the account's root user; nothing is written. */
  ask(call: Omit<Call, "caller">): Promise<Reply>;
}

// ---------------------------------------------------------------- claims and proofs

export interface Source {
  /** Title and place, short enough to print: "KMS API reference, Encrypt". */
  text: string;
  /** As exact as it is known: `2023-06`, `2026`. */
  date: string;
  url?: string;
}

/** What became of the notes' sentence of 2020. */
export type Verdict = "holds" | "changed" | "imprecise" | "wrong";

/** A checkable sentence. It has a proof, or a dated source, or both. */
export interface Claim {
  /** As in the fact list (`KMS-23`); `N-…` for what the notes say there beside. */
  id: string;
  sentence: string;
  verdict: Verdict;
  proof?: Program;
  source?: Source;
}

/** A short program against a fresh lab: calls, and what must be true of each answer. */
export type Program = (lab: ProofHand) => Promise<void>;

/** What must be true of a reply; `words` is what the page prints. */
export interface Expectation {
  words: string;
  holds(reply: Reply): boolean;
}

export interface ProofHand {
  /** Makes the call in a fresh lab and compares the answer. The program ends at the first that does not hold. */
  call<T = any>(say: string, call: ProofCall, ...expectations: Expectation[]): Promise<T>;
  /** Moves the lab's clock. */
  wait(say: string, ms: number): Promise<void>;
  /** A fact that follows from values which earlier calls returned. */
  follows(words: string, held: boolean): void;
}

export interface ProofCall {
  service: string;
  operation: string;
  input?: JsonObject;
  region?: string;
  /** `admin` (AdministratorAccess) unless given: the name of a user that the program made, or `root`. */
  as?: string;
  account?: string;
  /** False: the call came without TLS. */
  secureTransport?: boolean;
}

export interface ProofStep {
  say: string;
  call?: { service: string; operation: string; input: JsonObject; region: string; caller: string };
  /** `ok`, or the error code; undefined where nothing was called. */
  outcome?: string;
  /** A few members of what came back, cut short; never more than the page can show. */
  reply?: string;
  requestId?: string;
  expectations: { words: string; held: boolean }[];
  held: boolean;
}

export interface ProofResult {
  ok: boolean;
  steps: ProofStep[];
}

// ---------------------------------------------------------------- coverage

/** What stands for a run of lines of the notes. `hash` is of those lines, so that a change of the notes is seen. */
export interface CoverageEntry {
  from: number;
  to: number;
  hash: string;
  /** Our own few words for what stands there. */
  label: string;
  kind?: "heading" | "markup" | "blank";
  lesson?: string;
  /** An id in the lesson's page: a heading, `claim-KMS-23`, `step-…`, `figure-SSMPS`. */
  anchor?: string;
  claims?: string[];
  /** Services without which the hands-on part of the line cannot be done here yet. */
  needs?: string[];
  /** The picture of the line: a figure's id, and whether it is drawn. */
  figure?: { id: string; drawn: boolean };
}

export interface Coverage {
  section: Section;
  title: string;
  from: number;
  to: number;
  entries: CoverageEntry[];
}
