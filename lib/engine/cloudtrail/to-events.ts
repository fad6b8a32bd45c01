import { type CloudTrailRecord, cloudTrailEvents } from "./records";
import type { CloudEvent, Context, Db, JournalEntry, JsonObject } from "../types";

/**
 * CloudTrail's records on their way to EventBridge. They are made only while some rule could want them: `wants` has a row for
 * each account and Region (`<account> <region>`) with such a rule, kept by EventBridge (`events/wants.ts`). AWS sends them only
 * where a trail logs management events; a lab has no trails, and acts as if each account had one.
 * Sources: EventBridge User Guide, AWS service events delivered via AWS CloudTrail; Receiving read-only management events from AWS services.
 */
export interface WantsRow {
  /** Whether a rule wants reading calls as well. */
  all: boolean;
}

/** Where EventBridge says which places want records: at this place of its own, for all accounts. */
export const wantsOf = (db: Db) => db.table<WantsRow>("wants");

/** Calls that read, by their names, and are sent only to rules that want all. STS's two give out credentials. */
export const isReading = (eventName: string): boolean => /^(Describe|Get|List)/.test(eventName) && eventName !== "GetFederationToken" && eventName !== "GetSessionToken";

export const CALL = "AWS API Call via CloudTrail";
export const SERVICE_EVENT = "AWS Service Event via CloudTrail";

/** The events of an entry, each with the place whose default bus gets it. */
export function toEvents(entry: JournalEntry, db: Db): { account: string; region: string; event: Parameters<Context["emit"]>[0] }[] {
  const wants = wantsOf(db);
  if (!wants.size) return [];
  // What a service has sent by itself is not sent again.
  const sent = new Set(entry.changes.flatMap(({ service, table, after }) => (service === "events" && table === "log" && after ? [(after as CloudEvent).detail.eventID] : [])));
  return cloudTrailEvents(entry).flatMap((record) => {
    const { recipientAccountId: account, awsRegion: region } = record;
    const wanted = wants.get(`${account} ${region}`);
    return wanted && !sent.has(record.eventID) && (wanted.all || !isReading(record.eventName)) ? [{ account, region, event: eventOf(record) }] : [];
  });
}

const eventOf = (record: CloudTrailRecord): Parameters<Context["emit"]>[0] => ({
  source: `aws.${record.eventSource.split(".")[0]}`,
  detailType: record.eventType === "AwsServiceEvent" ? SERVICE_EVENT : CALL,
  detail: JSON.parse(JSON.stringify(record)) as JsonObject,
});
