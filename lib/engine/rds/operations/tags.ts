import { parseArn } from "../../arn";
import type { Failure } from "../../errors";
import { ok } from "../../errors";
import type { AuthRequest, Context, Operation } from "../../types";
import { aboutCluster, aboutInstance, requestTags } from "../authorise";
import { isFailure, rdsErrors } from "../errors";
import { type Tag, clusters, instances } from "../state";
import { readTags, withTags } from "../tags";

interface Named {
  ResourceName: string;
}

/** The thing that an ARN names. Errors: InvalidParameterValue, DBInstanceNotFound, DBClusterNotFoundFault; NotSimulated. */
function thingOf(ctx: Context, name: string): { kind: "db" | "cluster"; id: string } | Failure {
  const arn = parseArn(name);
  const [kind, id] = arn?.resource.split(":") ?? [];
  if (!arn || arn.service !== "rds" || !id || arn.region !== ctx.region || arn.account !== ctx.account) return rdsErrors.value(`Invalid resource name: ${name}`);
  if (kind !== "db" && kind !== "cluster") return rdsErrors.notSimulated(`tags of ${kind}`);
  return { kind, id };
}

function ask(ctx: Context, action: string, { ResourceName }: Named, tags?: readonly Tag[]): AuthRequest | Failure {
  const thing = thingOf(ctx, ResourceName);
  if (isFailure(thing)) return thing;
  return thing.kind === "db" ? aboutInstance(ctx, action, thing.id, requestTags(tags)) : aboutCluster(ctx, action, thing.id, requestTags(tags));
}

function tagsOf(ctx: Context, { ResourceName }: Named): { tags: Tag[]; set(tags: Tag[]): void } | Failure {
  const thing = thingOf(ctx, ResourceName);
  if (isFailure(thing)) return thing;
  const { kind, id } = thing;
  const row = kind === "db" ? instances(ctx.db).get(id) : clusters(ctx.db).get(id);
  if (!row) return kind === "db" ? rdsErrors.noInstance(id) : rdsErrors.noCluster(id);
  return { tags: structuredClone(row.tags as Tag[]), set: (tags) => void ((kind === "db" ? instances(ctx.db) : clusters(ctx.db)).edit(id).tags = tags) };
}

/** Source: RDS API, AddTagsToResource. */
export const AddTagsToResource: Operation = {
  name: "AddTagsToResource",
  authorise: (input: Named & { Tags: Tag[] }, ctx) => ask(ctx, "AddTagsToResource", input, input.Tags),
  handle(input: Named & { Tags: Tag[] }, ctx) {
    const found = tagsOf(ctx, input);
    if (isFailure(found)) return found;
    const added = readTags(input.Tags);
    if (isFailure(added)) return added;
    const tags = withTags(found.tags, added);
    if (isFailure(tags)) return tags;
    found.set(tags);
    return ok({});
  },
};

/** Source: RDS API, RemoveTagsFromResource. */
export const RemoveTagsFromResource: Operation = {
  name: "RemoveTagsFromResource",
  authorise(input: Named & { TagKeys: string[] }, ctx) {
    const request = ask(ctx, "RemoveTagsFromResource", input);
    return isFailure(request) ? request : { ...request, context: { ...request.context, "aws:TagKeys": input.TagKeys } };
  },
  handle(input: Named & { TagKeys: string[] }, ctx) {
    const found = tagsOf(ctx, input);
    if (isFailure(found)) return found;
    found.set(found.tags.filter(({ Key }) => !input.TagKeys.includes(Key)));
    return ok({});
  },
};

/** Source: RDS API, ListTagsForResource. */
export const ListTagsForResource: Operation = {
  name: "ListTagsForResource",
  authorise: (input: Named, ctx) => ask(ctx, "ListTagsForResource", input),
  handle(input: Named, ctx) {
    const found = tagsOf(ctx, input);
    return isFailure(found) ? found : ok({ TagList: found.tags });
  },
};
