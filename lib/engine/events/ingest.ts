import { hasRules, logEvent } from "../event-log";
import type { CloudEvent, Context } from "../types";

/** An event comes in at a place: it is written down, and delivered at once in a job of its own where there are rules. Returns its key. */
export function ingest(ctx: Context, place: { account: string; region: string }, event: CloudEvent): string {
  const db = ctx.db.at(place);
  const key = logEvent(db, ctx.now, event);
  ctx.note({ kind: "event", source: event.source, detailType: event["detail-type"] });
  if (hasRules(db)) ctx.schedule({ id: `deliver ${key}`, due: ctx.now, kind: "EventDelivery", ...place, args: { event: key, DetailType: event["detail-type"] }, chain: ctx.chain + 1 });
  return key;
}
