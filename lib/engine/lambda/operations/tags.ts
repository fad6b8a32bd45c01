import type { Failure } from "../../errors";
import { ok } from "../../errors";
import type { ConditionContext, Context, Operation } from "../../types";
import { ask, requestTags } from "../authorise";
import { isFailure, lambdaErrors } from "../errors";
import { type Reference, functionArn, parseReference } from "../names";
import { functions } from "../state";
import { problemOfTags } from "../tags";

interface Input {
  Resource: string;
}

function referenceOf(ctx: Context, { Resource }: Input): Reference | Failure {
  if (!/:function:/.test(Resource)) return lambdaErrors.notSimulated("tags of what is no function");
  const reference = parseReference(Resource, undefined, ctx);
  if (isFailure(reference)) return reference;
  if (reference.qualifier !== undefined) return lambdaErrors.invalid("Tags on function aliases and versions are not supported. Please specify either a function name or an unqualified function ARN.");
  return reference.account === ctx.account && functions(ctx.db).get(reference.name) ? reference : lambdaErrors.notFound(functionArn(reference));
}

const question = (action: string, context: (input: any) => ConditionContext) => (input: Input, ctx: Context) => {
  const reference = referenceOf(ctx, input);
  return isFailure(reference) ? reference : ask(ctx, action, reference, { context: context(input) });
};

/** Errors: InvalidParameterValueException, ResourceNotFoundException. Source: Lambda API, TagResource. */
export const TagResource: Operation = {
  name: "TagResource",
  authorise: question("TagResource", ({ Tags }: { Tags: Record<string, string> }) => requestTags(Tags)),
  handle(input: Input & { Tags: Record<string, string> }, ctx) {
    const reference = referenceOf(ctx, input);
    if (isFailure(reference)) return reference;
    const row = functions(ctx.db).edit(reference.name);
    const tags = Object.fromEntries([...Object.entries(row.tags), ...Object.entries(input.Tags)]);
    const problem = problemOfTags(tags);
    if (problem) return problem;
    row.tags = tags;
    return ok({});
  },
};

/** Keys that are not there are no error. Source: Lambda API, UntagResource. */
export const UntagResource: Operation = {
  name: "UntagResource",
  authorise: question("UntagResource", ({ TagKeys }: { TagKeys: string[] }) => ({ "aws:TagKeys": TagKeys })),
  handle(input: Input & { TagKeys: string[] }, ctx) {
    const reference = referenceOf(ctx, input);
    if (isFailure(reference)) return reference;
    const row = functions(ctx.db).edit(reference.name);
    row.tags = Object.fromEntries(Object.entries(row.tags).filter(([key]) => !input.TagKeys.includes(key)));
    return ok({});
  },
};

/** Source: Lambda API, ListTags. Errors: ResourceNotFoundException. */
export const ListTags: Operation = {
  name: "ListTags",
  authorise: question("ListTags", () => ({})),
  handle(input: Input, ctx) {
    const reference = referenceOf(ctx, input);
    return isFailure(reference) ? reference : ok({ Tags: functions(ctx.db).get(reference.name)!.tags });
  },
};
