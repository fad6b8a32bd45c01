import { ok } from "../../errors";
import type { Operation } from "../../types";
import { ask } from "../authorise";
import { isFailure, logsErrors } from "../errors";
import { compile } from "../filter";
import { type Event, eventsIn, groupName, orEmpty } from "../read";
import { groups, streamId, streams } from "../state";
import { makeToken, readToken } from "../tokens";

interface Get {
  logGroupName?: string;
  logGroupIdentifier?: string;
  logStreamName: string;
  startTime?: number;
  endTime?: number;
  nextToken?: string;
  limit?: number;
  startFromHead?: boolean;
}

/** A page has as many as fit into 1 MB, and 10,000 at most. */
const most = 10_000;

const shown = ({ timestamp, message, ingestionTime }: Event) => ({ timestamp, message, ingestionTime });

/**
 * Events of one stream: the newest, or with `startFromHead` the oldest first. At an end the token that comes back is the one
 * that was sent.
 * Errors: ResourceNotFoundException, InvalidParameterException. Source: CloudWatch Logs API, GetLogEvents.
 */
export const GetLogEvents: Operation = {
  name: "GetLogEvents",
  authorise: (input: Get, ctx) => ask(ctx, "GetLogEvents", orEmpty(groupName(input)), input.logStreamName),
  handle(input: Get, ctx) {
    const group = groupName(input);
    if (isFailure(group)) return group;
    const { logStreamName, startTime, endTime, nextToken, limit = most, startFromHead = false } = input;
    if (!groups(ctx.db).get(group)) return logsErrors.noGroup();
    if (!streams(ctx.db).get(streamId(group, logStreamName))) return logsErrors.noStream();
    const direction = nextToken?.[0];
    if (nextToken !== undefined && !/^[fb]\//.test(nextToken)) return logsErrors.badToken();
    const at = readToken(nextToken?.slice(2), "events");
    if (isFailure(at)) return at;
    const all = eventsIn(ctx, group, { stream: logStreamName, from: startTime, to: endTime });
    const rest = direction === undefined ? all : all.filter(({ id }) => (direction === "f" ? id > at : id < at));
    const page = direction === "f" || (direction === undefined && startFromHead) ? rest.slice(0, limit) : rest.slice(Math.max(0, rest.length - limit));
    const [first, last] = page.length ? [page[0].id, page.at(-1)!.id] : [at, at];
    return ok({ events: page.map(shown), nextForwardToken: `f/${makeToken("events", last)}`, nextBackwardToken: `b/${makeToken("events", first)}` });
  },
};

interface Filter {
  logGroupName?: string;
  logGroupIdentifier?: string;
  logStreamNames?: string[];
  logStreamNamePrefix?: string;
  startTime?: number;
  endTime?: number;
  filterPattern?: string;
  nextToken?: string;
  limit?: number;
}

/**
 * Events of a group's streams that a pattern fits, oldest first.
 * Errors: ResourceNotFoundException, InvalidParameterException, NotSimulated. Source: CloudWatch Logs API, FilterLogEvents.
 */
export const FilterLogEvents: Operation = {
  name: "FilterLogEvents",
  authorise: (input: Filter, ctx) => ask(ctx, "FilterLogEvents", orEmpty(groupName(input))),
  handle(input: Filter, ctx) {
    const group = groupName(input);
    if (isFailure(group)) return group;
    const { logStreamNames, logStreamNamePrefix, startTime, endTime, filterPattern, nextToken, limit = most } = input;
    if (!groups(ctx.db).get(group)) return logsErrors.noGroup();
    if (logStreamNames && logStreamNamePrefix !== undefined) return logsErrors.invalid("LogStreamNamePrefix and LogStreamNames are mutually exclusive parameters.");
    if (logStreamNames?.some((name) => !streams(ctx.db).get(streamId(group, name)))) return logsErrors.noStream();
    const matches = compile(filterPattern);
    if (isFailure(matches)) return matches;
    const list = `filter ${group} ${filterPattern ?? ""}`;
    const after = readToken(nextToken, list);
    if (isFailure(after)) return after;
    const streamFits = ({ stream }: Event): boolean => (logStreamNames ? logStreamNames.includes(stream) : logStreamNamePrefix === undefined || stream.startsWith(logStreamNamePrefix));
    // `endTime` counts here, unlike in GetLogEvents.
    const found = eventsIn(ctx, group, { from: startTime, to: endTime === undefined ? undefined : endTime + 1 }).filter((event) => event.id > after && streamFits(event) && matches(event.message));
    const page = found.slice(0, limit);
    return ok({
      events: page.map((event) => ({ logStreamName: event.stream, ...shown(event), eventId: event.id })),
      searchedLogStreams: [],
      ...(found.length > page.length ? { nextToken: makeToken(list, page.at(-1)!.id) } : {}),
    });
  },
};
