import type { Context, Service } from "../types";
import { type Outcome, connect } from "./connect";
import { type ApplicationRow, type ConnectionRow, type WatchRow, applications, connectJob, connectionId, connections, keptConnections, watchId, watches } from "./state";

/**
 * An application's time has come: it connects, and plans the next time. While its connections are alike and nobody tells of a
 * change, the pauses grow, and the connections that would have been made in between are counted as alike; so a clock that is
 * moved by days does not fill the journal.
 */

/** As often as it should before the pauses begin to grow, and by how much they do; less and more where the clock is moved far. */
const growth = { near: { calm: 3, factor: 4 }, far: { calm: 1, factor: 16 } };
const far = 60 * 60_000;
const longestPause = 6 * 60 * 60_000;

function tick({ ApplicationName: Name }: { ApplicationName: string }, ctx: Context): void {
  if (applications(ctx.db).get(Name)?.State !== "Running") return;
  const row = applications(ctx.db).edit(Name);
  if (ctx.now >= row.stopsAt) return stop(ctx, row, `It has run for ${Math.round((row.stopsAt - row.startedAt) / 3_600_000)} hours.`);
  connectOnce(ctx, row);
  planNext(ctx, row);
}

/** Connects now, and writes down what came of it; `row` is being edited. */
export function connectOnce(ctx: Context, row: ApplicationRow): Readonly<ConnectionRow> {
  countBetween(ctx, row);
  const { memory, ...outcome } = connect(ctx, row);
  ctx.note({ kind: "check", what: "the application connects", ok: outcome.ok, detail: inWords(outcome) });
  if (memory) row.memory = memory;
  const last = lastEntry(ctx, row);
  row.calm = last && alike(last, outcome) ? row.calm + 1 : 0;
  row.lastAt = ctx.now;
  if (outcome.ok) row.succeeded++;
  else row.failed++;
  const entry: ConnectionRow = { Name: row.Name, at: ctx.now, ...outcome, alike: 0, lastAt: ctx.now };
  connections(ctx.db).put(connectionId(row.Name, row.entries), entry);
  const gone = connectionId(row.Name, row.entries - keptConnections);
  if (connections(ctx.db).get(gone)) connections(ctx.db).delete(gone);
  row.entries++;
  watch(ctx, row);
  return entry;
}

const lastEntry = (ctx: Context, { Name, entries }: ApplicationRow): Readonly<ConnectionRow> | undefined => connections(ctx.db).get(connectionId(Name, entries - 1));

const alike = (a: Readonly<ConnectionRow>, b: Outcome): boolean => a.ok === b.ok && a.User === b.User && a.VersionId === b.VersionId && a.error?.code === b.error?.code;

const inWords = ({ ok, User, VersionId, From, error }: Outcome): string =>
  `${User === undefined ? "" : `${User}, ${From === "memory" ? "version in memory" : From} ${VersionId?.slice(0, 8)}: `}${ok ? "accepted" : `${error?.code}: ${error?.message}`}`;

/** The connections that were due since the last one and were not made. */
function countBetween(ctx: Context, row: ApplicationRow): void {
  const missed = missedBy(row, ctx.now - 1);
  if (!missed) return;
  const id = connectionId(row.Name, row.entries - 1);
  if (!connections(ctx.db).get(id)) return;
  const entry = connections(ctx.db).edit(id);
  entry.alike += missed;
  entry.lastAt = row.lastAt! + missed * row.IntervalSeconds * 1000;
  if (entry.ok) row.succeeded += missed;
  else row.failed += missed;
}

/** How many connections would have been made by `now` (ms) since the last one that is written down. */
export const missedBy = ({ lastAt, IntervalSeconds, State }: Readonly<ApplicationRow>, now: number): number => (lastAt === undefined || State !== "Running" ? 0 : Math.max(0, Math.floor((now - lastAt) / (IntervalSeconds * 1000))));

export function planNext(ctx: Context, row: ApplicationRow): void {
  const interval = row.IntervalSeconds * 1000;
  const { calm, factor } = ctx.until - ctx.now > far ? growth.far : growth.near;
  row.pause = row.calm < calm || rotating(ctx, row) ? interval : Math.max(interval, Math.min(row.pause * factor, longestPause - (longestPause % interval)));
  ctx.schedule({ id: connectJob(row.Name), due: Math.min(ctx.now + row.pause, row.stopsAt), kind: "Connect", args: { ApplicationName: row.Name } });
}

/** A rotation takes seconds: one that began longer ago has failed, or waits for a secret that is to be deleted. */
const longestRotation = 60_000;

/** A rotation of its secret is under way. */
function rotating(ctx: Context, { memory }: ApplicationRow): boolean {
  const [, , , region, account, , name] = memory?.ARN.split(":") ?? [];
  if (!name) return false;
  const run = ctx.db.at({ account, region, service: "secretsmanager" }).table<{ ARN: string; rotation?: { startedAt: number; failure?: string } }>("secrets").get(name.slice(0, -7))?.rotation;
  return run !== undefined && run.failure === undefined && ctx.now - run.startedAt < longestRotation;
}

/** Keeps who is to be woken by what. */
function watch(ctx: Context, { Name, memory, Host }: ApplicationRow): void {
  const id = watchId(ctx.account, ctx.region, Name);
  const row: WatchRow = { account: ctx.account, region: ctx.region, Name, secret: memory?.ARN ?? "", host: (Host ?? memory?.login.host ?? "").toLowerCase() };
  const known = watches(ctx.db).get(id);
  if (known?.secret !== row.secret || known.host !== row.host) watches(ctx.db).put(id, row);
}

/** `row` is being edited. */
export function stop(ctx: Context, row: ApplicationRow, why: string): void {
  countBetween(ctx, row);
  row.State = "Stopped";
  row.StoppedBecause = why;
  ctx.unschedule(connectJob(row.Name));
  watches(ctx.db).delete(watchId(ctx.account, ctx.region, row.Name));
}

export const jobs: NonNullable<Service["jobs"]> = { Connect: tick };
