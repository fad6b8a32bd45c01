import { type ApplicationRow, type ConnectionRow, connectionId } from "@/lib/engine/application/state";
import { applicationView, entriesAt, outagesOf, type Outage } from "@/lib/engine/application/view";
import type { SecretRow } from "@/lib/engine/secretsmanager/state";
import type { Change, Db, JournalEntry } from "@/lib/engine/types";
import type { RotationStep } from "../detail/rotation-steps";

/** What a program lived through, from the lab's records and journal. All times are lab time, ms. */

export interface Place {
  account: string;
  region: string;
}

/** One login, or several in a row that were alike. */
export interface Login {
  number: number;
  at: number;
  /** Of the last one alike. */
  until: number;
  count: number;
  ok: boolean;
  user?: string;
  versionId?: string;
  from?: ConnectionRow["From"];
  /** It was not the first that was tried. */
  again: boolean;
  error?: { code: string; message: string };
  /** The journal's entry; undefined where the journal has forgotten it. */
  seq?: number;
}

/** A secret's version while it had these labels. `to` is undefined for as it is now. */
export interface LabelSpan {
  versionId: string;
  labels: string[];
  from: number;
  to?: number;
}

/** A stretch of time that is worth a look. */
export interface Window {
  id: string;
  label: string;
  from: number;
  to: number;
}

const isAt = ({ account, region }: Place, service: string, table: string) => (change: Change): boolean =>
  change.service === service && change.table === table && change.account === account && change.region === region;

/** The logins that are kept of an application, oldest first, with those that would have been made by now. */
export function loginsOf(db: Db, row: Readonly<ApplicationRow>, now: number, journal: readonly JournalEntry[], place: Place): Login[] {
  const rows = entriesAt(db, row, now);
  const made = isAt(place, "application", "connections");
  const seqs = new Map<string, number>();
  for (const { seq, changes } of journal) for (const change of changes) if (made(change) && change.after && !change.before) seqs.set(change.id, seq);
  return rows.map(({ at, lastAt, alike, ok, User, VersionId, From, again, error }, index) => {
    const number = row.entries - rows.length + index;
    return { number, at, until: lastAt, count: alike + 1, ok, user: User, versionId: VersionId, from: From, again: again === true, error, seq: seqs.get(connectionId(row.Name, number)) };
  });
}

export const outagesAt = (db: Db, row: Readonly<ApplicationRow>, now: number): Outage[] => outagesOf(entriesAt(db, row, now));

/** Where the secret is that a program reads: its ARN says it; before it was read, its own account and Region. */
export function secretOf(read: (place: Place & { service: string }) => Db, { SecretId, memory }: Readonly<ApplicationRow>, own: Place): { place: Place; row: Readonly<SecretRow> } | undefined {
  const id = memory?.ARN ?? SecretId;
  const arn = id.startsWith("arn:") ? id.split(":") : undefined;
  const place = arn ? { region: arn[3], account: arn[4] } : own;
  const table = read({ ...place, service: "secretsmanager" }).table<SecretRow>("secrets");
  const row = arn ? (table.get(arn[6].slice(0, -7)) ?? table.get(arn[6])) : table.get(id);
  return row && { place, row };
}

/**
 * Which labels each version of a secret had, and when, oldest first; versions without a label are left out. What was before
 * the journal begins is taken to have been so since `since`.
 */
export function labelSpans(journal: readonly JournalEntry[], { place, row }: { place: Place; row: Readonly<SecretRow> }, since: number): LabelSpan[] {
  const ours = isAt(place, "secretsmanager", "secrets");
  const states: { at: number; labels: SecretRow["labels"] }[] = [];
  let earliest: SecretRow["labels"] | undefined;
  for (const { at, changes } of journal)
    for (const change of changes) {
      if (!ours(change) || change.id !== row.Name) continue;
      const before = change.before as SecretRow | undefined;
      const after = change.after as SecretRow | undefined;
      if (!states.length) earliest = before?.labels ?? [];
      states.push({ at, labels: after?.ARN === row.ARN ? after.labels : [] });
    }
  const all = [{ at: since, labels: earliest ?? row.labels }, ...states];
  const spans: LabelSpan[] = [];
  for (const [index, { at, labels }] of all.entries()) {
    const to = all[index + 1]?.at;
    for (const versionId of new Set(labels.map(([, id]) => id))) {
      const own = labels.flatMap(([label, id]) => (id === versionId ? [label] : [])).sort();
      const open = spans.findLast((span) => span.versionId === versionId);
      if (open && open.to === at && open.labels.join() === own.join()) open.to = to;
      else spans.push({ versionId, labels: own, from: at, to });
    }
  }
  return spans.filter(({ from, to }) => to === undefined || to > from);
}

/** The labels of a version at a time; undefined where it had none. */
export const labelsAt = (spans: readonly LabelSpan[], versionId: string | undefined, at: number): string[] | undefined =>
  spans.findLast((span) => span.versionId === versionId && span.from <= at && (span.to === undefined || at < span.to))?.labels;

/** The steps of a rotation belong together: each begins with createSecret, and so does another attempt. */
export function rotationsIn(steps: readonly RotationStep[]): RotationStep[][] {
  const runs: RotationStep[][] = [];
  for (const step of steps) {
    if (step.step === "createSecret" || !runs.length) runs.push([]);
    runs.at(-1)!.push(step);
  }
  return runs;
}

export const clockTime = (ms: number): string => new Date(ms).toISOString().slice(11, 19);

/** What can be looked at: each rotation that the program lived through, newest first; the last minute; everything. */
export function windowsOf(steps: readonly RotationStep[], logins: readonly Login[], row: Pick<ApplicationRow, "IntervalSeconds" | "startedAt">, now: number): Window[] {
  const begin = logins[0]?.at ?? row.startedAt;
  const pad = Math.max(4_000, row.IntervalSeconds * 2_000);
  const rotations = rotationsIn(steps)
    .filter((run) => run.at(-1)!.at >= begin)
    .map((run): Window => {
      const [first, last] = [run[0].at, run.at(-1)!.at];
      return { id: `rotation-${run[0].seq}`, label: `Rotation of ${new Date(first).toISOString().slice(0, 10)}, ${clockTime(first)} UTC`, from: first - pad, to: Math.min(Math.max(now, first + pad), last + 2 * pad) };
    })
    .reverse();
  const minute = Math.max(60_000, row.IntervalSeconds * 30_000);
  return [...rotations, { id: "latest", label: minute === 60_000 ? "The last minute" : `The last ${lengthOf(minute)}`, from: now - minute, to: now }, { id: "all", label: "All that is kept", from: begin, to: Math.max(now, begin + 1_000) }];
}

/** `4 s`, `12 min`, `3 h`, `29 days`: what an outage lasts. */
export function lengthOf(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400).toLocaleString("en")} days`;
}

/** Where the login came from, and what its version was called at that time. */
export function loginSource({ from, versionId, at }: Pick<Login, "from" | "versionId" | "at">, spans: readonly LabelSpan[]): string {
  if (from === undefined) return "-";
  if (from !== "memory") return from;
  const labels = labelsAt(spans, versionId, at);
  return labels ? `Memory (${labels.join(", ")} by then)` : "Memory (no label any more)";
}

const short = (versionId: string): string => versionId.slice(0, 8);
const many = (count: number, one: string): string => `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`;

/** The last step that was done before a time, within what is looked at. */
const after = (steps: readonly RotationStep[], at: number): string => {
  const step = steps.findLast((one) => one.at <= at);
  return step ? `, after ${step.step}${step.ok ? "" : " failed"}` : "";
};

/** What the drawing shows, in sentences. */
export function sentencesOf({ logins, steps, outages, spans, window }: { logins: readonly Login[]; steps: readonly RotationStep[]; outages: readonly Outage[]; spans: readonly LabelSpan[]; window: Window }): string[] {
  const inside = logins.filter(({ at, until }) => until >= window.from && at <= window.to);
  const done = steps.filter(({ at }) => at >= window.from && at <= window.to);
  if (!inside.length) return ["No login in this time."];
  const refused = inside.filter(({ ok }) => !ok);
  const sentences = [refused.length ? "Some logins were refused." : `No login failed.`];
  const failed = done.find(({ ok }) => !ok);
  if (failed) sentences.push(`The rotation failed at ${failed.step}.`);
  for (const { from, until, failed: count } of outages) {
    if ((until ?? window.to) < window.from || from > window.to) continue;
    sentences.push(
      until === undefined
        ? `From ${clockTime(from)}${after(done, from)}, no login has succeeded: ${many(count, "login")} refused so far.`
        : `From ${clockTime(from)}${after(done, from)}, to ${clockTime(until)}${after(done, until)}, no login succeeded: ${lengthOf(until - from)}, ${many(count, "login")} refused.`,
    );
  }
  const last = inside.at(-1)!;
  if (last.versionId) {
    const labels = labelsAt(spans, last.versionId, Math.min(last.until, window.to));
    sentences.push(`At the end it ${last.ok ? "logs in" : "is refused"} with version ${short(last.versionId)}, ${labels ? `which is ${labels.join(" and ")}` : "which has no label any more"}.`);
  }
  return sentences;
}

/** Logins so far, those counted that would have been made since the last one. */
export function countsOf(db: Db, row: Readonly<ApplicationRow>, now: number): { succeeded: number; failed: number } {
  const { Succeeded, Failed } = applicationView(db, row, now);
  return { succeeded: Number(Succeeded), failed: Number(Failed) };
}
