import type { LookedUpEvent } from "@/lib/engine/cloudtrail/lookup-events";
import { type CloudTrailRecord, cloudTrailEvents } from "@/lib/engine/cloudtrail/records";
import type { JournalEntry, JsonObject } from "@/lib/engine/types";
import type { Ask } from "../frame/use-load";

export type { CloudTrailRecord, LookedUpEvent };

/** Attributes that LookupEvents finds by, as the console calls them. */
export const ATTRIBUTES = [
  { value: "ReadOnly", label: "Read-only", values: ["false", "true"] },
  { value: "EventId", label: "Event ID" },
  { value: "EventName", label: "Event name", values: ["Decrypt", "Encrypt", "GenerateDataKey", "CreateKey", "PutKeyPolicy", "ScheduleKeyDeletion", "GetParameter", "PutParameter", "AssumeRole"] },
  { value: "EventSource", label: "Event source", values: ["kms.amazonaws.com", "ssm.amazonaws.com", "iam.amazonaws.com", "sts.amazonaws.com", "organizations.amazonaws.com", "cloudtrail.amazonaws.com"] },
  { value: "ResourceName", label: "Resource name" },
  { value: "ResourceType", label: "Resource type", values: ["AWS::KMS::Key", "AWS::KMS::Alias", "AWS::SSM::Parameter", "AWS::IAM::User", "AWS::IAM::Role", "AWS::IAM::Policy", "AWS::IAM::AccessKey"] },
  { value: "Username", label: "User name" },
  { value: "AccessKeyId", label: "AWS access key" },
] as const satisfies readonly { value: string; label: string; values?: readonly string[] }[];

export type AttributeKey = (typeof ATTRIBUTES)[number]["value"];

/** Time ranges by their length in minutes; 0 is all of the 90 days. */
export const RANGES = [
  { value: "0", label: "Last 90 days" },
  { value: "30", label: "Last 30 minutes" },
  { value: "60", label: "Last hour" },
  { value: "180", label: "Last 3 hours" },
  { value: "720", label: "Last 12 hours" },
  { value: "1440", label: "Last day" },
  { value: "10080", label: "Last 7 days" },
] as const;

export interface HistoryForm {
  attribute: AttributeKey;
  value: string;
  /** Minutes, or `own` for the two times below. */
  range: string;
  /** `2026-11-24T02:51`, UTC. */
  from: string;
  to: string;
}

/** As the AWS console begins: what changed something. */
export const initialForm: HistoryForm = { attribute: "ReadOnly", value: "false", range: "0", from: "", to: "" };

const secondsOf = (text: string): number | undefined => {
  const ms = Date.parse(`${text}Z`);
  return text && Number.isFinite(ms) ? ms / 1000 : undefined;
};

/** The form as LookupEvents' input; `now` in ms. An empty value looks for everything. */
export function lookupInput({ attribute, value, range, from, to }: HistoryForm, now: number): JsonObject {
  const input: JsonObject = {};
  if (value.trim()) input.LookupAttributes = [{ AttributeKey: attribute, AttributeValue: value.trim() }];
  const minutes = Number(range);
  const start = range === "own" ? secondsOf(from) : minutes ? Math.floor(now / 1000) - minutes * 60 : undefined;
  const end = range === "own" ? secondsOf(to) : undefined;
  if (start !== undefined) input.StartTime = start;
  // The minute that the field names counts to its end.
  if (end !== undefined) input.EndTime = end + 59;
  return input;
}

/** More pages than the lab's journal can fill are never there. */
const mostPages = 80;

export interface History {
  events: LookedUpEvent[];
  /** There were more than were asked for. */
  cut: boolean;
}

/** Events newest first, page by page. */
export async function lookUp(ask: Ask, input: JsonObject, pages = mostPages): Promise<History> {
  const events: LookedUpEvent[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < pages; page++) {
    const answer = await ask<{ Events: LookedUpEvent[]; NextToken?: string }>("cloudtrail", "LookupEvents", { ...input, ...(NextToken ? { NextToken } : {}) });
    events.push(...answer.Events);
    NextToken = answer.NextToken;
    if (!NextToken) break;
  }
  return { events, cut: NextToken !== undefined };
}

export const recordOf = ({ CloudTrailEvent }: LookedUpEvent): CloudTrailRecord => JSON.parse(CloudTrailEvent) as CloudTrailRecord;

/** The journal's entry that an event records, and the event; undefined when the journal has forgotten it. */
export function entryOf(journal: readonly JournalEntry[], eventId: string): { entry: JournalEntry; record: CloudTrailRecord } | undefined {
  for (let i = journal.length - 1; i >= 0; i--) {
    const record = cloudTrailEvents(journal[i]).find(({ eventID }) => eventID === eventId);
    if (record) return { entry: journal[i], record };
  }
  return undefined;
}
