import { utf8 } from "../../crypto/bytes";
import { arn } from "../../arn";
import { ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { ask } from "../authorise";
import { isFailure, logsErrors } from "../errors";
import { expiredBefore, groupName, orEmpty } from "../read";
import { type BatchRow, type StreamRow, batchId, batches, groups, streamId, streams } from "../state";
import { makeToken, readToken } from "../tokens";

interface Named {
  logGroupName: string;
  logStreamName: string;
}

const askStream =
  (action: string) =>
  ({ logGroupName, logStreamName }: Named, ctx: Context) =>
    ask(ctx, action, logGroupName, logStreamName);

/** Errors: ResourceNotFoundException, ResourceAlreadyExistsException. Source: CloudWatch Logs API, CreateLogStream. */
export const CreateLogStream: Operation = {
  name: "CreateLogStream",
  authorise: askStream("CreateLogStream"),
  handle({ logGroupName, logStreamName }: Named, ctx) {
    if (!groups(ctx.db).get(logGroupName)) return logsErrors.noGroup();
    const id = streamId(logGroupName, logStreamName);
    if (streams(ctx.db).get(id)) return logsErrors.streamExists();
    streams(ctx.db).put(id, { logGroupName, logStreamName, creationTime: ctx.now });
    return ok({});
  },
};

/** Errors: ResourceNotFoundException. Source: CloudWatch Logs API, DeleteLogStream. */
export const DeleteLogStream: Operation = {
  name: "DeleteLogStream",
  authorise: askStream("DeleteLogStream"),
  handle({ logGroupName, logStreamName }: Named, ctx) {
    if (!groups(ctx.db).get(logGroupName)) return logsErrors.noGroup();
    const id = streamId(logGroupName, logStreamName);
    if (!streams(ctx.db).get(id)) return logsErrors.noStream();
    for (const batch of batches(ctx.db).having("stream", id)) drop(ctx, logGroupName, batch);
    streams(ctx.db).delete(id);
    return ok({});
  },
};

interface Describe {
  logGroupName?: string;
  logGroupIdentifier?: string;
  logStreamNamePrefix?: string;
  orderBy?: "LogStreamName" | "LastEventTime";
  descending?: boolean;
  limit?: number;
  nextToken?: string;
}

const shown = (ctx: Context, row: Readonly<StreamRow>): JsonObject => {
  const { logGroupName, logStreamName, creationTime, firstEventTimestamp, lastEventTimestamp, lastIngestionTime } = row;
  return {
    logStreamName, creationTime,
    ...(firstEventTimestamp === undefined ? {} : { firstEventTimestamp, lastEventTimestamp, lastIngestionTime }),
    uploadSequenceToken: sequenceToken,
    arn: arn("logs", ctx.region, ctx.account, `log-group:${logGroupName}:log-stream:${logStreamName}`),
    storedBytes: 0,
  };
};

/** Source: CloudWatch Logs API, DescribeLogStreams. Errors: ResourceNotFoundException, InvalidParameterException. */
export const DescribeLogStreams: Operation = {
  name: "DescribeLogStreams",
  authorise: (input: Describe, ctx) => ask(ctx, "DescribeLogStreams", orEmpty(groupName(input))),
  handle(input: Describe, ctx) {
    const group = groupName(input);
    if (isFailure(group)) return group;
    if (!groups(ctx.db).get(group)) return logsErrors.noGroup();
    const { logStreamNamePrefix = "", orderBy = "LogStreamName", descending = false, limit = 50, nextToken } = input;
    if (orderBy === "LastEventTime" && logStreamNamePrefix) return logsErrors.invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
    const list = `streams ${group} ${orderBy} ${descending} ${logStreamNamePrefix}`;
    const after = readToken(nextToken, list);
    if (isFailure(after)) return after;
    const prefix = streamId(group, logStreamNamePrefix);
    const key = (row: Readonly<StreamRow>): string => (orderBy === "LogStreamName" ? row.logStreamName : `${String(row.lastEventTimestamp ?? 0).padStart(15, "0")} ${row.logStreamName}`);
    const all = streams(ctx.db).ids({ prefix }).map((id) => streams(ctx.db).get(id)!).sort((a, b) => (key(a) < key(b) ? -1 : 1));
    if (descending) all.reverse();
    const rest = after === "" ? all : all.filter((row) => (descending ? key(row) < after : key(row) > after));
    const page = rest.slice(0, limit);
    return ok({ logStreams: page.map((row) => shown(ctx, row)), ...(rest.length > page.length ? { nextToken: makeToken(list, key(page.at(-1)!)) } : {}) });
  },
};

// ---------------------------------------------------------------- writing

/** Tokens are no longer looked at, and still given. Source: CloudWatch Logs API, PutLogEvents (sequenceToken). */
const sequenceToken = "49590302210930275493019502930194859201948572019384756201";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Source: CloudWatch Logs API, PutLogEvents. */
const limits = { batchBytes: 1_048_576, eventOverhead: 26, newest: 2 * HOUR_MS, oldest: 14 * DAY_MS };
/** A lab keeps so much of a group, and forgets the oldest first. */
const groupBytes = 2 * 1024 * 1024;

interface Put extends Named {
  logEvents: { timestamp: number; message: string }[];
}

/**
 * Errors: InvalidParameterException, ResourceNotFoundException. Events that are too old or too new are left out, and the answer
 * says which. A lab keeps 2 MB of a log group; AWS keeps all.
 * Source: CloudWatch Logs API, PutLogEvents.
 */
export const PutLogEvents: Operation = {
  name: "PutLogEvents",
  authorise: askStream("PutLogEvents"),
  handle({ logGroupName, logStreamName, logEvents }: Put, ctx) {
    if (!groups(ctx.db).get(logGroupName)) return logsErrors.noGroup();
    const id = streamId(logGroupName, logStreamName);
    if (!streams(ctx.db).get(id)) return logsErrors.noStream();
    if (logEvents.some(({ timestamp }, i) => i > 0 && timestamp < logEvents[i - 1].timestamp)) return logsErrors.invalid("Log events in a single PutLogEvents request must be in chronological order.");
    if (logEvents.length && logEvents.at(-1)!.timestamp - logEvents[0].timestamp > DAY_MS) return logsErrors.invalid("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
    const sizes = logEvents.map(({ message }) => utf8(message).length + limits.eventOverhead);
    const size = sizes.reduce((sum, bytes) => sum + bytes, 0);
    if (size > limits.batchBytes) return logsErrors.invalid(`Upload too large: ${size} bytes exceeds limit of ${limits.batchBytes}`);

    const expired = expiredBefore(ctx, logGroupName);
    const oldest = Math.max(expired, ctx.now - limits.oldest);
    const kept = logEvents.filter(({ timestamp }) => timestamp >= oldest && timestamp <= ctx.now + limits.newest);
    if (kept.length) keep(ctx, id, logGroupName, kept);
    const tooNew = logEvents.findIndex(({ timestamp }) => timestamp > ctx.now + limits.newest);
    const tooOld = logEvents.findLastIndex(({ timestamp }) => timestamp < ctx.now - limits.oldest);
    const gone = logEvents.findLastIndex(({ timestamp }) => timestamp < expired);
    const rejected: JsonObject = {
      ...(tooNew >= 0 ? { tooNewLogEventStartIndex: tooNew } : {}),
      ...(tooOld >= 0 ? { tooOldLogEventEndIndex: tooOld + 1 } : {}),
      ...(gone >= 0 ? { expiredLogEventEndIndex: gone + 1 } : {}),
    };
    return ok({ nextSequenceToken: sequenceToken, ...(Object.keys(rejected).length ? { rejectedLogEventsInfo: rejected } : {}) });
  },
};

function keep(ctx: Context, stream: string, group: string, events: Put["logEvents"]): void {
  const row = groups(ctx.db).edit(group);
  const bytes = events.reduce((sum, { message }) => sum + utf8(message).length + limits.eventOverhead, 0);
  const batch: BatchRow = { stream, number: row.next++, ingestionTime: ctx.now, bytes, events: events.map(({ timestamp, message }) => [timestamp, message]) };
  batches(ctx.db).put(batchId(group, batch.number), batch);
  row.storedBytes += bytes;
  ctx.charge({ item: "logs:ingested-gb", quantity: bytes / 2 ** 30 });
  const seen = streams(ctx.db).edit(stream);
  seen.firstEventTimestamp = Math.min(seen.firstEventTimestamp ?? Infinity, events[0].timestamp);
  seen.lastEventTimestamp = Math.max(seen.lastEventTimestamp ?? 0, events.at(-1)!.timestamp);
  seen.lastIngestionTime = ctx.now;
  forget(ctx, group);
}

/** Batches that have gone out of their time, and the oldest of a group that has more than a lab keeps. */
function forget(ctx: Context, group: string): void {
  const expired = expiredBefore(ctx, group);
  for (const id of batches(ctx.db).ids({ prefix: `${group}\0` })) {
    const batch = batches(ctx.db).get(id)!;
    if (groups(ctx.db).get(group)!.storedBytes <= groupBytes && batch.events.at(-1)![0] >= expired) return;
    drop(ctx, group, batch);
  }
}

function drop(ctx: Context, group: string, { number, bytes }: Readonly<BatchRow>): void {
  batches(ctx.db).delete(batchId(group, number));
  groups(ctx.db).edit(group).storedBytes -= bytes;
}
