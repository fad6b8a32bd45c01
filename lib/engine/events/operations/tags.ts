import type { Failure } from "../../errors";
import { ok } from "../../errors";
import { parseArn } from "../../arn";
import type { AuthRequest, ConditionContext, Context, Operation } from "../../types";
import { type Tag, askBus, askRule, requestTags } from "../authorise";
import { eventErrors, isFailure } from "../errors";
import { editBus, findBus, ruleInArn } from "../names";
import { ruleId, rules } from "../state";
import { shownTags, withTags } from "../tags";

interface Tagged {
  ResourceARN: string;
}

/** The name of the bus that an ARN means; undefined where it means none. */
const busInArn = (text: string): string | undefined => /^event-bus\/(.+)$/.exec(parseArn(text)?.resource ?? "")?.[1];

const isOwn = (ctx: Context, text: string): boolean => {
  const parsed = parseArn(text);
  return parsed?.service === "events" && parsed.account === ctx.account && parsed.region === ctx.region;
};

function question(ctx: Context, action: string, text: string, context: ConditionContext = {}): AuthRequest {
  const rule = ruleInArn(text);
  if (rule && isOwn(ctx, text)) return askRule(ctx, action, rule.name, rule.bus, context);
  const bus = busInArn(text);
  return bus && isOwn(ctx, text) ? askBus(ctx, action, bus, context) : { action: `events:${action}`, resource: text, context };
}

/** The tags of a rule or bus, and how to change them. Errors: ResourceNotFoundException, ValidationException. */
function tagsAt(ctx: Context, text: string): { tags: Readonly<Record<string, string>>; put(tags: Record<string, string>): void } | Failure {
  const rule = ruleInArn(text);
  const bus = busInArn(text);
  if (!parseArn(text) || (!rule && !bus)) return eventErrors.invalid("Parameter ResourceARN is not valid. Reason: Provided Arn is not in correct format.");
  if (!isOwn(ctx, text)) return eventErrors.noResource(text);
  if (rule) {
    const id = ruleId(rule.bus, rule.name);
    const row = rules(ctx.db).get(id);
    return row ? { tags: row.tags, put: (tags) => void (rules(ctx.db).edit(id).tags = tags) } : eventErrors.noRule(rule.name, rule.bus);
  }
  const row = findBus(ctx.db, bus!);
  return row ? { tags: row.tags, put: (tags) => void (editBus(ctx.db, bus!, ctx.now).tags = tags) } : eventErrors.noBus(bus!);
}

/** Errors: ResourceNotFoundException, ValidationException, LimitExceededException. Source: EventBridge API, TagResource. */
export const TagResource: Operation = {
  name: "TagResource",
  authorise: ({ ResourceARN, Tags }: Tagged & { Tags: Tag[] }, ctx) => question(ctx, "TagResource", ResourceARN, requestTags(Tags)),
  handle({ ResourceARN, Tags }: Tagged & { Tags: Tag[] }, ctx) {
    const found = tagsAt(ctx, ResourceARN);
    if (isFailure(found)) return found;
    const tags = withTags(found.tags, Tags);
    if (isFailure(tags)) return tags;
    found.put(tags);
    return ok({});
  },
};

/** Errors: ResourceNotFoundException, ValidationException. Source: EventBridge API, UntagResource. */
export const UntagResource: Operation = {
  name: "UntagResource",
  authorise: ({ ResourceARN, TagKeys }: Tagged & { TagKeys: string[] }, ctx) => question(ctx, "UntagResource", ResourceARN, { "aws:TagKeys": TagKeys }),
  handle({ ResourceARN, TagKeys }: Tagged & { TagKeys: string[] }, ctx) {
    const found = tagsAt(ctx, ResourceARN);
    if (isFailure(found)) return found;
    found.put(Object.fromEntries(Object.entries(found.tags).filter(([key]) => !TagKeys.includes(key))));
    return ok({});
  },
};

/** Errors: ResourceNotFoundException, ValidationException. Source: EventBridge API, ListTagsForResource. */
export const ListTagsForResource: Operation = {
  name: "ListTagsForResource",
  authorise: ({ ResourceARN }: Tagged, ctx) => question(ctx, "ListTagsForResource", ResourceARN),
  handle({ ResourceARN }: Tagged, ctx) {
    const found = tagsAt(ctx, ResourceARN);
    return isFailure(found) ? found : ok({ Tags: shownTags(found.tags) });
  },
};
