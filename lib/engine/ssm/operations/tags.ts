import { type Failure, fail, ok } from "../../errors";
import type { AuthRequest, ConditionContext, Context, Operation } from "../../types";
import { askOwn, everything, requestTags } from "../authorise";
import { malformedPath, notSimulated } from "../errors";
import { parseOwnName } from "../names";
import { type ParameterRow, type Tag, parameters } from "../state";
import { problemOfTags, withTags } from "../tags";

interface Target {
  ResourceType: string;
  ResourceId: string;
}

/** Tags of parameters; what else SSM tags is not here. */
const otherTypes = (input: Target): Failure | undefined => (input.ResourceType === "Parameter" ? undefined : notSimulated(`tags of the SSM resource type ${input.ResourceType}`));

function ask(ctx: Context, action: string, input: Target, context: ConditionContext = {}): AuthRequest {
  const name = parseOwnName(input.ResourceId);
  return typeof name === "string" ? askOwn(ctx, action, name, context) : { action: `ssm:${action}`, resource: everything(ctx), context };
}

/** Errors: ValidationException, InvalidResourceId. */
function target(ctx: Context, input: Target): Readonly<ParameterRow> | Failure {
  const name = parseOwnName(input.ResourceId);
  if (typeof name !== "string") return malformedPath();
  return parameters(ctx.db).get(name) ?? fail("InvalidResourceId");
}

const free = () => [];

/** Errors: InvalidResourceId, TooManyTagsError, ValidationException. Source: SSM API, AddTagsToResource. */
export const addTagsToResource: Operation = {
  name: "AddTagsToResource",
  validate: otherTypes,
  authorise: (input: Target & { Tags: Tag[] }, ctx) => ask(ctx, "AddTagsToResource", input, requestTags(input.Tags)),
  handle(input: Target & { Tags: Tag[] }, ctx) {
    const row = target(ctx, input);
    if ("ok" in row) return row;
    const tags = withTags(row.tags, input.Tags);
    const wrong = problemOfTags(input.Tags, tags.length);
    if (wrong) return wrong;
    parameters(ctx.db).edit(row.Name).tags = tags;
    return ok({});
  },
  cost: free,
};

/** A key that is not there does not matter. Errors: InvalidResourceId. Source: SSM API, RemoveTagsFromResource. */
export const removeTagsFromResource: Operation = {
  name: "RemoveTagsFromResource",
  validate: otherTypes,
  authorise: (input: Target & { TagKeys: string[] }, ctx) => ask(ctx, "RemoveTagsFromResource", input, { "aws:TagKeys": input.TagKeys }),
  handle(input: Target & { TagKeys: string[] }, ctx) {
    const row = target(ctx, input);
    if ("ok" in row) return row;
    parameters(ctx.db).edit(row.Name).tags = row.tags.filter(({ Key }) => !input.TagKeys.includes(Key));
    return ok({});
  },
  cost: free,
};

/** Errors: InvalidResourceId. Source: SSM API, ListTagsForResource. */
export const listTagsForResource: Operation = {
  name: "ListTagsForResource",
  validate: otherTypes,
  authorise: (input: Target, ctx) => ask(ctx, "ListTagsForResource", input),
  handle(input: Target, ctx) {
    const row = target(ctx, input);
    return "ok" in row ? row : ok({ TagList: row.tags.map(({ Key, Value }) => ({ Key, Value })) });
  },
  cost: free,
};
