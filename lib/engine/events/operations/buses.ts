import { ok } from "../../errors";
import type { JsonObject, Operation } from "../../types";
import { type Tag, askAll, askBus, requestTags } from "../authorise";
import { eventErrors, isFailure } from "../errors";
import { busArn, busReference, findBus, ownBus } from "../names";
import { type BusRow, DEFAULT, buses, rules } from "../state";
import { withTags } from "../tags";
import { page } from "../tokens";

/** In an account and Region. Source: EventBridge User Guide, Amazon EventBridge quotas. */
const mostBuses = 100;

interface Creation {
  Name: string;
  EventSourceName?: string;
  Description?: string;
  KmsKeyIdentifier?: string;
  DeadLetterConfig?: { Arn?: string };
  LogConfig?: JsonObject;
  Tags?: Tag[];
}

/** Parts of a bus that this lab does not have. */
const missing = ({ EventSourceName, KmsKeyIdentifier, DeadLetterConfig, LogConfig }: Creation): string | undefined => {
  if (EventSourceName !== undefined) return "partner event buses (EventSourceName)";
  if (KmsKeyIdentifier !== undefined) return "event buses under a customer managed key (KmsKeyIdentifier)";
  if (DeadLetterConfig?.Arn !== undefined) return "dead-letter queues of event buses (DeadLetterConfig); a rule's targets can have one";
  return LogConfig === undefined ? undefined : "logs of event buses (LogConfig)";
};

/** Errors: ResourceAlreadyExistsException, LimitExceededException, ValidationException, NotSimulated. Source: EventBridge API, CreateEventBus. */
export const CreateEventBus: Operation = {
  name: "CreateEventBus",
  authorise: ({ Name, Tags }: Creation, ctx) => [askBus(ctx, "CreateEventBus", Name, requestTags(Tags)), ...(Tags?.length ? [askBus(ctx, "TagResource", Name, requestTags(Tags))] : [])],
  handle(input: Creation, ctx) {
    const { Name, Description, Tags = [] } = input;
    const absent = missing(input);
    if (absent) return eventErrors.notSimulated(absent);
    if (Name.includes("/")) return eventErrors.invalid("Event bus name must not contain '/'.");
    if (findBus(ctx.db, Name)) return eventErrors.busExists(Name);
    if (buses(ctx.db).size >= mostBuses) return eventErrors.limit();
    const tags = withTags({}, Tags);
    if (isFailure(tags)) return tags;
    const row: BusRow = { Name, ...(Description === undefined ? {} : { Description }), CreationTime: ctx.now, LastModifiedTime: ctx.now, tags };
    buses(ctx.db).put(Name, row);
    return ok({ EventBusArn: busArn({ account: ctx.account, region: ctx.region, name: Name }), ...(Description === undefined ? {} : { Description }) });
  },
};

/** A bus that is not there is as good as deleted. Errors: ValidationException. Source: EventBridge API, DeleteEventBus. */
export const DeleteEventBus: Operation = {
  name: "DeleteEventBus",
  authorise: ({ Name }: { Name: string }, ctx) => askBus(ctx, "DeleteEventBus", Name),
  handle({ Name }: { Name: string }, ctx) {
    if (Name === DEFAULT) return eventErrors.invalid("Cannot delete event bus default.");
    if (rules(ctx.db).ids({ prefix: `${Name}\0`, limit: 1 }).length) return eventErrors.invalid("EventBus can't be deleted since it has rules.");
    buses(ctx.db).delete(Name);
    return ok({});
  },
};

const shown = (place: { account: string; region: string }, { Name, Description, Policy, CreationTime, LastModifiedTime }: Readonly<BusRow>): JsonObject => ({
  Name,
  Arn: busArn({ ...place, name: Name }),
  ...(Description === undefined ? {} : { Description }),
  ...(Policy === undefined ? {} : { Policy }),
  ...(CreationTime ? { CreationTime: CreationTime / 1000, LastModifiedTime: LastModifiedTime / 1000 } : {}),
});

/** Errors: ResourceNotFoundException, NotSimulated. Source: EventBridge API, DescribeEventBus. */
export const DescribeEventBus: Operation = {
  name: "DescribeEventBus",
  authorise: ({ Name }: { Name?: string }, ctx) => askBus(ctx, "DescribeEventBus", Name),
  handle({ Name }: { Name?: string }, ctx) {
    const row = ownBus(ctx, Name);
    return "ok" in row ? row : ok(shown(busReference(ctx, Name), row));
  },
};

interface List {
  NamePrefix?: string;
  NextToken?: string;
  Limit?: number;
}

/** Errors: ValidationException. Source: EventBridge API, ListEventBuses. */
export const ListEventBuses: Operation = {
  name: "ListEventBuses",
  authorise: (_input, ctx) => askAll(ctx, "ListEventBuses", "event-bus"),
  handle({ NamePrefix = "", ...paging }: List, ctx) {
    const names = [...new Set([...buses(ctx.db).ids(), DEFAULT])].filter((name) => name.startsWith(NamePrefix)).sort();
    const part = page(`buses ${NamePrefix}`, names, (name) => shown(ctx, findBus(ctx.db, name)!), paging);
    return isFailure(part) ? part : ok({ EventBuses: part.items, ...(part.NextToken === undefined ? {} : { NextToken: part.NextToken }) });
  },
};
