import { type Lab, type Snapshot, checkSnapshot, snapshotVersion } from "../engine/lab";
import type { Change, Json } from "../engine/types";
import { type Recorded, isBookkeeping } from "./steps";

/**
 * A lab as a file: `{ keyhole: "lab", format, version, exported, labTime, sum, lab: { snapshot, journal, undone } }`. The
 * snapshot holds the clock. `sum` tells whether the file is as it was written; it keeps nobody from writing another.
 */
const format = 1;

export interface LabInFile {
  snapshot: Snapshot;
  journal: Recorded[];
  undone: Recorded[][];
}

/** The file's text, in pieces for a `Blob`: the middle one is large. `exported` is real time, ms. */
export function labText(lab: Lab, undone: readonly (readonly Recorded[])[], exported: number): string[] {
  const body = JSON.stringify({ snapshot: lab.snapshot(), journal: lab.journal, undone });
  const head = { keyhole: "lab", format, version: snapshotVersion, exported: new Date(exported).toISOString(), labTime: new Date(lab.now()).toISOString(), sum: sumOf(body) };
  return [`${JSON.stringify(head).slice(0, -1)},"lab":`, body, "}\n"];
}

/** `keyhole-lab-2026-11-24-0915.keyhole.json` */
export const labFileName = (exported: number): string => `keyhole-lab-${new Date(exported).toISOString().slice(0, 16).replace("T", "-").replace(":", "")}.keyhole.json`;

/** Reads a file's text. What cannot be trusted is refused with one sentence. */
export function readLabText(text: string): { lab: LabInFile } | { problem: string } {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return { problem: text.trimStart().startsWith("{") ? "This file is cut short or damaged: it is not JSON." : "This file is not a Keyhole lab." };
  }
  if (!isObject(file) || file.keyhole !== "lab" || !isObject(file.lab)) return { problem: "This file is not a Keyhole lab." };
  const { lab } = file;
  const newer = Number(file.format) > format ? `file format ${String(file.format)}` : Number(file.version) > snapshotVersion ? `version ${String(file.version)}` : undefined;
  if (newer) return { problem: `This lab was saved by a newer Keyhole (${newer}); this page cannot open it.` };
  if (file.sum !== sumOf(JSON.stringify(lab))) return { problem: "This file was changed or damaged after it was saved; it is not opened." };
  const problem =
    checkSnapshot(lab.snapshot) ??
    checkJournal(lab.journal, (lab.snapshot as Snapshot).seq) ??
    checkUndone(lab.undone) ??
    checkAgreement(lab.snapshot as Snapshot, lab.journal as Recorded[], lab.undone as Recorded[][]);
  return problem ? { problem: `This lab cannot be opened: ${problem}.` } : { lab: lab as unknown as LabInFile };
}

/** 64 bits, by FNV-1a over UTF-16 units with two starts: damage is found, forgery is not. */
function sumOf(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b);
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}

// ---------------------------------------------------------------- is it a journal?

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
const areTexts = (from: Record<string, unknown>, ...members: string[]): boolean => members.every((member) => typeof from[member] === "string");

function checkJournal(journal: unknown, seq: number): string | undefined {
  if (!Array.isArray(journal)) return "its journal is not a list";
  const wrong = journal.findIndex((entry, i) => !isEntry(entry) || (entry as Recorded).seq !== seq - journal.length + 1 + i);
  return wrong < 0 ? undefined : `entry ${wrong + 1} of its journal cannot be read`;
}

function checkUndone(undone: unknown): string | undefined {
  const fits = Array.isArray(undone) && undone.every((step) => Array.isArray(step) && step.length > 0 && step.every(isEntry));
  return fits ? undefined : "what was taken back in it cannot be read";
}

function isEntry(entry: unknown): boolean {
  if (!isObject(entry) || !areTexts(entry, "door", "requestId", "entropy")) return false;
  const { kind, seq, at, call, by, job, account, outside, reply, changes, trace, group } = entry;
  const own =
    (kind === "call" && isObject(call) && areTexts(call, "service", "operation") && isObject(call.caller)) ||
    (kind === "advance" && Number.isFinite(by)) ||
    (kind === "job" && typeof job === "string") ||
    (kind === "account" && typeof account === "string");
  return (
    own &&
    Number.isInteger(seq) &&
    Number.isFinite(at) &&
    Array.isArray(outside) &&
    isObject(reply) &&
    (reply.ok === true ? isObject(reply.output) : isObject(reply.error) && areTexts(reply.error, "code")) &&
    Array.isArray(changes) &&
    changes.every(isChange) &&
    isTrace(trace, 0) &&
    (group === undefined || (isObject(group) && areTexts(group, "id")))
  );
}

const isRow = (row: unknown): boolean => row === undefined || isObject(row);
const isChange = (change: unknown): boolean => isObject(change) && areTexts(change, "account", "region", "service", "table", "id") && isRow(change.before) && isRow(change.after);

const stepKinds = new Set(["shape", "caller", "decision", "call", "crypto", "lookup", "check", "outside", "change", "event", "job", "match"]);

function isTrace(trace: unknown, depth: number): boolean {
  if (!isObject(trace) || depth > 20 || !areTexts(trace, "requestId", "service", "operation", "region", "account")) return false;
  const { via, at, steps, outcome, cost } = trace;
  return (
    Array.isArray(via) &&
    Number.isFinite(at) &&
    isObject(outcome) &&
    (outcome.ok === true || areTexts(outcome, "stage", "code")) &&
    Array.isArray(cost) &&
    cost.every((line) => isObject(line) && typeof line.item === "string" && Number.isFinite(line.quantity)) &&
    Array.isArray(steps) &&
    steps.every((step) => isObject(step) && stepKinds.has(step.kind as string) && (step.kind !== "call" || isTrace(step.trace, depth + 1)) && (step.kind !== "decision" || isDecision(step.decision)))
  );
}

function isDecision(decision: unknown): boolean {
  if (!isObject(decision) || !areTexts(decision, "effect", "action", "resource", "principal")) return false;
  const { context, layers, because } = decision;
  return (
    isObject(context) &&
    isObject(because) &&
    Array.isArray(layers) &&
    layers.every((layer) => isObject(layer) && areTexts(layer, "kind", "outcome") && Array.isArray(layer.policies) && layer.policies.every(isPolicy))
  );
}

const isPolicy = (policy: unknown): boolean =>
  isObject(policy) &&
  areTexts(policy, "name") &&
  Array.isArray(policy.statements) &&
  policy.statements.every(
    (statement) =>
      isObject(statement) && areTexts(statement, "Effect") && Array.isArray(statement.parts) && statement.parts.every((part) => isObject(part) && Array.isArray(part.wanted) && Array.isArray(part.got)),
  );

/**
 * What the journal says last of a row is what the row is, each entry begins where the one before it ended, and what was
 * taken back begins where the lab stands: else undo or redo would make another lab.
 */
function checkAgreement({ records }: Snapshot, journal: readonly Recorded[], undone: readonly (readonly Recorded[])[]): string | undefined {
  const tables = new Map<string, Map<string, unknown>>();
  const rowOf = ({ account, region, service, table, id }: Change): unknown => {
    const place = [account, region, service, table].join("\n");
    if (!tables.has(place)) tables.set(place, new Map(records[account]?.[region]?.[service]?.[table] ?? []));
    return tables.get(place)!.get(id);
  };
  /** Follows changes from the lab as it stands; says which entry does not fit. */
  const follow = (entries: readonly Recorded[], from: "before" | "after", to: "before" | "after"): string | undefined => {
    const rows = new Map<string, string | undefined>();
    for (const { seq, changes } of entries)
      for (const change of to === "before" ? changes.toReversed() : changes) {
        // Looks keep their books too, and come between what was taken back and the lab as it stands.
        if (to === "after" && isBookkeeping(change)) continue;
        const name = JSON.stringify([change.account, change.region, change.service, change.table, change.id]);
        if (sorted(change[from]) !== (rows.has(name) ? rows.get(name) : sorted(rowOf(change)))) return `entry ${seq} does not agree with ${change.service} ${change.table} ${change.id}`;
        rows.set(name, sorted(change[to]));
      }
    return undefined;
  };
  return follow(journal.toReversed(), "after", "before") ?? follow(undone.toReversed().flat(), "before", "after");
}

/** Text by which equal rows are known, whatever the order of their members. */
const sorted = (row: unknown): string | undefined =>
  JSON.stringify(row, (_, value: Json) => (isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value));
