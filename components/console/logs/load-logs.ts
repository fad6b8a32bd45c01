import { allPages, type Ask } from "../frame/use-load";
import type { Sheet } from "../frame/use-pages";
import type { LogEvent, LogGroup, LogStream } from "./logs-types";

/** A page of groups; `pattern` is looked for anywhere in the name, as DescribeLogGroups does. */
export async function loadGroups(ask: Ask, pattern: string, nextToken?: string): Promise<Sheet<LogGroup>> {
  const page = await ask<{ logGroups: LogGroup[]; nextToken?: string }>("logs", "DescribeLogGroups", {
    ...(pattern && { logGroupNamePattern: pattern }),
    ...(nextToken && { nextToken }),
  });
  return { items: page.logGroups, ...(page.nextToken && { next: page.nextToken }) };
}

/** One group, by its whole name; undefined where there is none. */
export const loadGroup = async (ask: Ask, name: string): Promise<LogGroup | undefined> => {
  const found = await allPages<LogGroup>(async (nextToken) => {
    const page = await ask("logs", "DescribeLogGroups", { logGroupNamePrefix: name, ...(nextToken && { nextToken }) });
    const exact = (page.logGroups as LogGroup[]).filter(({ logGroupName }) => logGroupName === name);
    // Names come in order: the whole name stands before those that only begin with it.
    return { items: exact, next: exact.length ? undefined : page.nextToken };
  });
  return found[0];
};

/** A page of streams, those with the newest events first. */
export async function loadStreams(ask: Ask, logGroupName: string, nextToken?: string): Promise<Sheet<LogStream>> {
  const page = await ask<{ logStreams: LogStream[]; nextToken?: string }>("logs", "DescribeLogStreams", {
    logGroupName,
    orderBy: "LastEventTime",
    descending: true,
    ...(nextToken && { nextToken }),
  });
  return { items: page.logStreams, ...(page.nextToken && { next: page.nextToken }) };
}

export interface EventsAsked {
  group: string;
  stream?: string;
  /** Filter pattern; empty for all. */
  pattern: string;
  /** ms since the epoch. */
  from?: number;
}

/** So many at a time. */
export const AT_ONCE = 200;

export interface EventPage {
  /** Oldest first. */
  events: LogEvent[];
  /** Where older ones are read from (of one stream), or further matches. */
  next?: string;
}

/**
 * Events: the newest of a stream where no pattern is given, else those that the pattern fits, of one stream or of all.
 */
export async function loadEvents(ask: Ask, { group, stream, pattern, from }: EventsAsked, token?: string): Promise<EventPage> {
  const range = from === undefined ? {} : { startTime: from };
  if (stream !== undefined && !pattern.trim()) {
    const page = await ask("logs", "GetLogEvents", { logGroupName: group, logStreamName: stream, limit: AT_ONCE, ...range, ...(token ? { nextToken: token } : { startFromHead: false }) });
    // At the beginning of the stream the token that comes back is the one that was sent.
    const back = page.nextBackwardToken as string;
    return { events: page.events, ...(page.events.length === AT_ONCE && back !== token && { next: back }) };
  }
  const page = await ask("logs", "FilterLogEvents", {
    logGroupName: group,
    ...(stream !== undefined && { logStreamNames: [stream] }),
    ...(pattern.trim() && { filterPattern: pattern.trim() }),
    limit: AT_ONCE,
    ...range,
    ...(token && { nextToken: token }),
  });
  return { events: page.events, ...(page.nextToken && { next: page.nextToken }) };
}
