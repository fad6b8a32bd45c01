import { toBase64 } from "../crypto/bytes";
import { fail, ok } from "../errors";
import { deniedError } from "../iam/denied";
import type { AwsError, Context, Decision, JournalEntry, Operation } from "../types";
import { userNameOf } from "./identity";
import { type CloudTrailRecord, cloudTrailEvents } from "./records";
import { type ReferencedResource, referencedResources } from "./resources";

type AttributeKey = "EventId" | "EventName" | "ReadOnly" | "Username" | "ResourceType" | "ResourceName" | "EventSource" | "AccessKeyId";

interface Input {
  LookupAttributes?: { AttributeKey: AttributeKey; AttributeValue: string }[];
  /** Epoch seconds, as all times at the door; both ends count. */
  StartTime?: number;
  EndTime?: number;
  EventCategory?: "insight";
  /** 1–50, default 50. */
  MaxResults?: number;
  NextToken?: string;
}

/** One event as LookupEvents gives it. Source: CloudTrail API, Event. */
export interface LookedUpEvent {
  EventId: string;
  EventName: string;
  ReadOnly: "true" | "false";
  AccessKeyId?: string;
  EventTime: number;
  EventSource: string;
  Username?: string;
  Resources: ReferencedResource[];
  /** The whole record, JSON. */
  CloudTrailEvent: string;
}

const mostResults = 50;
const historyMs = 90 * 24 * 60 * 60 * 1000;

/**
 * The event history of the caller's account in this Region, newest first: management events of the last 90 days by the
 * lab's clock. It reads the lab's journal, so it knows as many calls as the journal keeps. An event is there at once,
 * where AWS needs some minutes; AWS's rate of two requests a second is not simulated. Without a trail there are no
 * Insights events, and asking for them finds none.
 *
 * Errors: InvalidLookupAttributesException, InvalidTimeRangeException, InvalidMaxResultsException,
 * InvalidNextTokenException, the codes as documented, the words ours.
 * Source: CloudTrail API, LookupEvents; CloudTrail User Guide, "Viewing recent management events with the AWS CLI".
 */
export const LookupEvents: Operation = {
  name: "LookupEvents",
  validate({ LookupAttributes = [], StartTime, EndTime, MaxResults }: Input) {
    if (MaxResults !== undefined && MaxResults > mostResults) return fail("InvalidMaxResultsException", `MaxResults must be from 1 to ${mostResults}.`);
    if (LookupAttributes.length > 1) return fail("InvalidLookupAttributesException", "A lookup takes one attribute.");
    const [attribute] = LookupAttributes;
    if (attribute?.AttributeKey === "ReadOnly" && !["true", "false"].includes(attribute.AttributeValue))
      return fail("InvalidLookupAttributesException", "The value of ReadOnly is true or false.");
    if (StartTime !== undefined && EndTime !== undefined && StartTime > EndTime) return fail("InvalidTimeRangeException", "The start time is after the end time.");
    return undefined;
  },
  authorise: () => ({ action: "cloudtrail:LookupEvents", resource: "*", denied }),
  cost: () => [],
  handle(input: Input, ctx) {
    const { LookupAttributes: [attribute] = [], StartTime = -Infinity, EndTime = Infinity, EventCategory, MaxResults = mostResults, NextToken } = input;
    const asked = fingerprint(ctx, input);
    const from = NextToken === undefined ? undefined : place(NextToken, asked);
    if (from === "strange") return fail("InvalidNextTokenException", "The token is not one that a request with these parameters was given.");
    if (EventCategory === "insight") return ok({ Events: [] });

    const earliest = Math.max(StartTime * 1000, ctx.now - historyMs);
    const events: LookedUpEvent[] = [];
    for (const { entry, nth, record } of newestFirst(ctx.journal, from)) {
      if (entry.at < Math.floor(earliest / 1000) * 1000) break;
      const seconds = Math.floor(entry.at / 1000);
      if (seconds > EndTime || seconds < StartTime || record.recipientAccountId !== ctx.account || record.awsRegion !== ctx.region) continue;
      const event = lookedUp(record, seconds);
      if (attribute && !fits(event, attribute.AttributeKey, attribute.AttributeValue)) continue;
      if (events.length === MaxResults) return ok({ Events: events, NextToken: tokenFor(entry.seq, nth, asked) });
      events.push(event);
    }
    return ok({ Events: events });
  },
};

/** CloudTrail names no resource where there is none; seen in refusals of LookupEvents quoted in public. */
function denied(decision: Decision): AwsError {
  const { message, ...error } = deniedError(decision, "cloudtrail");
  return { ...error, code: "AccessDeniedException", message: message?.replace(" on resource: *", "") };
}

/** A record among those of all entries. */
interface Place {
  seq: number;
  nth: number;
}

/** Records from the newest on, or from a place on. */
function* newestFirst(journal: readonly JournalEntry[], from?: Place): Generator<{ entry: JournalEntry; nth: number; record: CloudTrailRecord }> {
  for (let i = journal.length - 1; i >= 0; i--) {
    const entry = journal[i];
    if (from && entry.seq > from.seq) continue;
    const records = cloudTrailEvents(entry);
    for (let nth = records.length - 1; nth >= 0; nth--) if (!from || entry.seq < from.seq || nth <= from.nth) yield { entry, nth, record: records[nth] };
  }
}

/** A record as an event of the history; `seconds` is its time since the epoch. */
function lookedUp(record: CloudTrailRecord, seconds: number): LookedUpEvent {
  const { userIdentity } = record;
  const user = userNameOf(userIdentity);
  return {
    EventId: record.eventID,
    EventName: record.eventName,
    ReadOnly: record.readOnly ? "true" : "false",
    ...(typeof userIdentity.accessKeyId === "string" ? { AccessKeyId: userIdentity.accessKeyId } : {}),
    EventTime: seconds,
    EventSource: record.eventSource,
    ...(user === undefined ? {} : { Username: user }),
    Resources: referencedResources(record),
    CloudTrailEvent: JSON.stringify(record),
  };
}

/** Values are compared whole, and case counts. */
function fits(event: LookedUpEvent, key: AttributeKey, value: string): boolean {
  if (key === "ResourceType" || key === "ResourceName") return event.Resources.some((resource) => resource[key] === value);
  return event[key] === value;
}

/** What must be the same on the next page: everything but the page's size. */
function fingerprint(ctx: Context, { LookupAttributes = [], StartTime, EndTime, EventCategory }: Input): string {
  const text = JSON.stringify([ctx.account, ctx.region, LookupAttributes.map(({ AttributeKey, AttributeValue }) => [AttributeKey, AttributeValue]), StartTime, EndTime, EventCategory]);
  return toBase64(ctx.ciphers.sha256(new TextEncoder().encode(text)).subarray(0, 12));
}

/** Where the next page begins, and for which question. */
const tokenFor = (seq: number, nth: number, asked: string): string => btoa(`${asked} ${seq} ${nth}`);

function place(token: string, asked: string): Place | "strange" {
  let text: string;
  try {
    text = atob(token);
  } catch {
    return "strange";
  }
  const found = /^(\S{16}) (\d{1,15}) (\d{1,4})$/.exec(text);
  return found?.[1] === asked ? { seq: Number(found[2]), nth: Number(found[3]) } : "strange";
}
