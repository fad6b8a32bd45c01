import type { Failure } from "../errors";
import type { Context } from "../types";
import { isFailure, logsErrors } from "./errors";
import { type BatchRow, batches, groups, streamId } from "./state";

/** One log event where it stands: by time, and of the same time as they came in. */
export interface Event {
  stream: string;
  timestamp: number;
  message: string;
  ingestionTime: number;
  /** Sorts as the event does, and is different for each. */
  id: string;
}

const DAY_MS = 86_400_000;

/** Events older than this are gone, though nobody has taken them away yet; 0 where a group keeps all. */
export function expiredBefore(ctx: Context, group: string): number {
  const days = groups(ctx.db).get(group)?.retentionInDays;
  return days === undefined ? 0 : ctx.now - days * DAY_MS;
}

/** AWS's ids have 56 digits too; what is in them it does not say. */
const idOf = (timestamp: number, batch: number, index: number): string => `${String(timestamp).padStart(20, "0")}${String(batch).padStart(26, "0")}${String(index).padStart(10, "0")}`;

function* eventsOf({ stream, number, ingestionTime, events }: Readonly<BatchRow>, from: number, to: number): Generator<Event> {
  for (let index = 0; index < events.length; index++) {
    const [timestamp, message] = events[index];
    if (timestamp >= from && timestamp < to) yield { stream: stream.slice(stream.indexOf("\0") + 1), timestamp, message, ingestionTime, id: idOf(timestamp, number, index) };
  }
}

/** Events of a group, or of one stream of it, by time. `to` is the first moment that does not count. */
export function eventsIn(ctx: Context, group: string, { stream, from = 0, to = Infinity }: { stream?: string; from?: number; to?: number } = {}): Event[] {
  const table = batches(ctx.db);
  const rows = stream === undefined ? table.ids({ prefix: `${group}\0` }).map((id) => table.get(id)!) : table.having("stream", streamId(group, stream));
  const start = Math.max(from, expiredBefore(ctx, group));
  return rows.flatMap((row) => [...eventsOf(row, start, to)]).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The group that a request names, by name or by ARN. Errors: InvalidParameterException. */
export function groupName({ logGroupName, logGroupIdentifier }: { logGroupName?: string; logGroupIdentifier?: string }): string | Failure {
  if (logGroupName !== undefined && logGroupIdentifier !== undefined) return logsErrors.invalid("Only one of logGroupName and logGroupIdentifier can be specified.");
  const given = logGroupName ?? logGroupIdentifier;
  if (given === undefined) return logsErrors.invalid("Either logGroupName or logGroupIdentifier must be specified.");
  return nameIn(given);
}

/** The name in a log group's ARN, with or without `:*`; a name is itself. */
export const nameIn = (given: string): string => /^arn:aws[a-z-]*:logs:[^:]*:\d{12}:log-group:([^:]*)(?::\*)?$/.exec(given)?.[1] ?? given;

export const orEmpty = (name: string | Failure): string => (isFailure(name) ? "" : name);
