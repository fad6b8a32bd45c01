import type { Db, JsonObject } from "../types";
import { type ApplicationRow, type ConnectionRow, entriesOf } from "./state";
import { missedBy } from "./tick";

/** Times are epoch seconds, as everywhere at the door. */
const date = (member: string, ms: number | undefined): JsonObject => (ms === undefined ? {} : { [member]: ms / 1000 });

export function connectionView({ at, ok, User, VersionId, From, again, error, alike }: Readonly<ConnectionRow>): JsonObject {
  return {
    At: at / 1000,
    Succeeded: ok,
    ...(User === undefined ? {} : { User }),
    ...(VersionId === undefined ? {} : { VersionId }),
    ...(From === undefined ? {} : { From }),
    ...(again ? { TriedAgain: true } : {}),
    ...(error ? { ErrorCode: error.code, ErrorMessage: error.message } : {}),
    Alike: alike,
  };
}

/** Entries as they stand at `now` (ms): those alike that would have been made since the last one are counted. */
export function entriesAt(db: Db, row: Readonly<ApplicationRow>, now: number): Readonly<ConnectionRow>[] {
  const entries = entriesOf(db, row);
  const missed = missedBy(row, now);
  const last = entries.at(-1);
  return last && missed ? [...entries.slice(0, -1), { ...last, alike: last.alike + missed, lastAt: row.lastAt! + missed * row.IntervalSeconds * 1000 }] : entries;
}

export function applicationView(db: Db, row: Readonly<ApplicationRow>, now: number): JsonObject {
  const { Name, RoleName, SecretId, Strategy, IntervalSeconds, CacheSeconds, Host, Port, Database, Query, State, StoppedBecause, startedAt, stopsAt, succeeded, failed } = row;
  const last = entriesAt(db, row, now).at(-1);
  const missed = missedBy(row, now);
  return {
    Name, Role: RoleName, SecretId, Strategy, IntervalSeconds, CacheSeconds,
    ...(Host === undefined ? {} : { Host }),
    ...(Port === undefined ? {} : { Port }),
    ...(Database === undefined ? {} : { Database }),
    ...(Query === undefined ? {} : { Query }),
    State,
    ...(StoppedBecause === undefined ? {} : { StoppedBecause }),
    ...date("StartedAt", startedAt),
    ...date("StopsAt", stopsAt),
    Succeeded: succeeded + (last?.ok ? missed : 0),
    Failed: failed + (last && !last.ok ? missed : 0),
    ...(last ? { LastConnection: connectionView(last) } : {}),
  };
}

/** A time in which no connection succeeded: from the first that failed to the one that succeeded after it. */
export interface Outage {
  from: number;
  until?: number;
  failed: number;
  message: string;
}

export function outagesOf(entries: readonly Readonly<ConnectionRow>[]): Outage[] {
  const out: Outage[] = [];
  let open: Outage | undefined;
  for (const { ok, at, alike, error } of entries) {
    if (ok && open) open.until = at;
    if (ok) open = undefined;
    else if (open) open.failed += 1 + alike;
    else out.push((open = { from: at, failed: 1 + alike, message: error?.message ?? "" }));
  }
  return out;
}

export const outageView = ({ from, until, failed, message }: Outage): JsonObject => ({ ...date("From", from), ...date("Until", until), Failed: failed, ErrorMessage: message });
