import { utf8 } from "../../crypto/bytes";
import { ok } from "../../errors";
import type { AuthRequest, CloudEvent, Context, Json, JsonObject, Operation } from "../../types";
import { askReference } from "../authorise";
import { eventErrors } from "../errors";
import { ingest } from "../ingest";
import { busReference, findBus } from "../names";
import { DEFAULT } from "../state";

interface Entry {
  /** Epoch seconds. */
  Time?: number;
  Source?: string;
  Resources?: string[];
  DetailType?: string;
  Detail?: string;
  EventBusName?: string;
  TraceHeader?: string;
}

interface Input {
  Entries: Entry[];
  EndpointId?: string;
}

/**
 * Bytes of all entries together: 1 MB since January 2026, 256 KB before.
 * Sources: EventBridge User Guide, Calculating PutEvents event entry size; AWS Compute Blog, January 2026, on larger payloads.
 */
const mostBytes = 1_048_576;
const mostDetailType = 128;
const deepest = 1_000;

/** Source: EventBridge User Guide, Calculating PutEvents event entry size. */
function sizeOf({ Time, Source = "", DetailType = "", Detail = "", Resources = [] }: Entry): number {
  return (Time === undefined ? 0 : 14) + [Source, DetailType, Detail, ...Resources].reduce((sum, text) => sum + utf8(text).length, 0);
}

const invalid = (name: string, reason: string): JsonObject => ({ ErrorCode: "InvalidArgument", ErrorMessage: `Parameter ${name} is not valid. Reason: ${reason}` });

/** What a rule that sends an event on tells of where it comes from, in the entry's TraceHeader. */
export interface Origin {
  id: string;
  account: string;
  region: string;
  /** ARN of the rule. */
  rule: string;
}

/** A rule sends an event on: EventBridge itself says where it comes from. */
const originOf = (ctx: Context, { TraceHeader }: Entry): Origin | undefined => (ctx.via.at(-1) === "events" && TraceHeader ? (JSON.parse(TraceHeader) as Origin) : undefined);

function detailOf(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === "object" && value !== null && !Array.isArray(value) && depthOf(value) <= deepest ? value : undefined;
  } catch {
    return undefined;
  }
}

/** How deep a value is nested; no deeper than one more than is allowed. */
function depthOf(value: Json | undefined, depth = 0): number {
  if (typeof value !== "object" || value === null || depth > deepest) return depth;
  return Object.values(value).reduce<number>((most, item) => Math.max(most, depthOf(item, depth + 1)), depth + 1);
}

/** One entry: its event is on its bus, or why not. An event for a bus that is not there is taken, and nobody gets it. */
function put(ctx: Context, entry: Entry): JsonObject {
  const { Source, DetailType, Detail, Resources = [], Time, EventBusName } = entry;
  if (!Source) return invalid("Source", "Source is a required argument.");
  if (!DetailType) return invalid("DetailType", "DetailType is a required argument.");
  if (!Detail) return invalid("Detail", "Detail is a required argument.");
  const origin = originOf(ctx, entry);
  if (!origin && /^aws\./.test(Source)) return { ErrorCode: "NotAuthorizedForSourceException", ErrorMessage: "Not authorized for the source." };
  if (DetailType.length > mostDetailType) return invalid("DetailType", `DetailType must have length less than or equal to ${mostDetailType}.`);
  const detail = detailOf(Detail);
  if (!detail) return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
  const { account, region, name } = busReference(ctx, EventBusName);
  // In another Region an event is another one; between accounts it stays the same.
  const id = origin && origin.region === region ? origin.id : ctx.newId();
  const event: CloudEvent = {
    id, source: Source, "detail-type": DetailType, account: origin?.account ?? ctx.account, region: origin?.region ?? region,
    time: Time === undefined ? ctx.now : Time * 1000, resources: Resources, detail,
    ...(name === DEFAULT ? {} : { bus: name }),
    ...(origin ? { forwarded: origin.rule } : {}),
  };
  ctx.charge({ item: "events:custom", quantity: Math.max(1, Math.ceil(sizeOf(entry) / 65_536)) });
  if (findBus(ctx.db.at({ account, region }), name)) ingest(ctx, { account, region }, event);
  return { EventId: id };
}

/**
 * Sends events to buses, of this account or of one that lets it. Entries fail by themselves, in their order.
 * Errors: ValidationException, NotSimulated; of an entry InvalidArgument, MalformedDetail, NotAuthorizedForSourceException.
 * Source: EventBridge API, PutEvents; answers as recorded from AWS (see `errors.ts`).
 */
export const PutEvents: Operation = {
  name: "PutEvents",
  authorise({ Entries }: Input, ctx): AuthRequest[] {
    const questions = new Map<string, AuthRequest>();
    for (const { EventBusName, Source, DetailType } of Entries) {
      const name = JSON.stringify([EventBusName, Source, DetailType]);
      if (!questions.has(name)) {
        const context = { ...(Source ? { "events:source": Source } : {}), ...(DetailType ? { "events:detail-type": DetailType } : {}), "events:eventBusInvocation": String(ctx.via.at(-1) === "events") };
        questions.set(name, askReference(ctx, "PutEvents", busReference(ctx, EventBusName), context));
      }
    }
    return [...questions.values()];
  },
  cost: () => [],
  handle({ Entries, EndpointId }: Input, ctx) {
    if (EndpointId !== undefined) return eventErrors.notSimulated("global endpoints (EndpointId)");
    if (Entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > mostBytes) return eventErrors.invalid("Total size of the entries in the request is over the limit.");
    const answers = Entries.map((entry) => put(ctx, entry));
    return ok({ FailedEntryCount: answers.filter(({ ErrorCode }) => ErrorCode !== undefined).length, Entries: answers });
  },
};
