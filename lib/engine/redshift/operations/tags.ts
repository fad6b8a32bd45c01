import { parseArn } from "../../arn";
import type { Failure } from "../../errors";
import { ok } from "../../errors";
import type { AuthRequest, Context, Operation } from "../../types";
import { about, clusterArn, requestTags } from "../authorise";
import { isFailure, redshiftErrors } from "../errors";
import { type ClusterRow, type Tag, clusters } from "../state";
import { readTags, withTags } from "../tags";

/** The cluster that an ARN names. Errors: ResourceNotFoundFault, InvalidParameterValue; NotSimulated. */
function clusterOf(ctx: Context, name: string): Readonly<ClusterRow> | Failure {
  const arn = parseArn(name);
  const [kind, id = ""] = arn?.resource.split(":") ?? [];
  if (!arn || arn.service !== "redshift" || arn.account !== ctx.account || arn.region !== ctx.region) return redshiftErrors.value(`Invalid ARN: ${name}`);
  if (kind !== "cluster") return redshiftErrors.notSimulated(`tags of ${kind}`);
  return clusters(ctx.db).get(id) ?? redshiftErrors.noResource(name);
}

const ask = (ctx: Context, action: string, name: string, tags?: readonly Tag[]): AuthRequest => ({ ...about(ctx, action, name.split(":cluster:")[1] ?? "", requestTags(tags)), ...(name.includes(":cluster:") ? {} : { resource: name }) });

/** Source: Redshift API, CreateTags. */
export const CreateTags: Operation = {
  name: "CreateTags",
  authorise: ({ ResourceName, Tags }: { ResourceName: string; Tags: Tag[] }, ctx) => ask(ctx, "CreateTags", ResourceName, Tags),
  handle({ ResourceName, Tags }: { ResourceName: string; Tags: Tag[] }, ctx) {
    const row = clusterOf(ctx, ResourceName);
    if (isFailure(row)) return row;
    const added = readTags(Tags);
    if (isFailure(added)) return added;
    const tags = withTags(row.tags, added);
    if (isFailure(tags)) return tags;
    clusters(ctx.db).edit(row.ClusterIdentifier).tags = tags;
    return ok({});
  },
};

/** Source: Redshift API, DeleteTags. */
export const DeleteTags: Operation = {
  name: "DeleteTags",
  authorise: ({ ResourceName, TagKeys }: { ResourceName: string; TagKeys: string[] }, ctx) => {
    const request = ask(ctx, "DeleteTags", ResourceName);
    return { ...request, context: { ...request.context, "aws:TagKeys": TagKeys } };
  },
  handle({ ResourceName, TagKeys }: { ResourceName: string; TagKeys: string[] }, ctx) {
    const row = clusterOf(ctx, ResourceName);
    if (isFailure(row)) return row;
    clusters(ctx.db).edit(row.ClusterIdentifier).tags = structuredClone(row.tags as Tag[]).filter(({ Key }) => !TagKeys.includes(Key));
    return ok({});
  },
};

/** Source: Redshift API, DescribeTags. All come on one page. */
export const DescribeTags: Operation = {
  name: "DescribeTags",
  authorise: ({ ResourceName }: { ResourceName?: string }, ctx) => ask(ctx, "DescribeTags", ResourceName ?? clusterArn(ctx, "*")),
  handle({ ResourceName, ResourceType, TagKeys = [], TagValues = [] }: { ResourceName?: string; ResourceType?: string; TagKeys?: string[]; TagValues?: string[] }, ctx) {
    const one = ResourceName === undefined ? undefined : clusterOf(ctx, ResourceName);
    if (isFailure(one)) return one;
    const rows = one ? [one] : ResourceType === undefined || /^cluster$/i.test(ResourceType) ? clusters(ctx.db).all() : [];
    return ok({
      TaggedResources: rows.flatMap((row) =>
        row.tags
          .filter(({ Key, Value }) => (!TagKeys.length || TagKeys.includes(Key)) && (!TagValues.length || TagValues.includes(Value)))
          .map(({ Key, Value }) => ({ Tag: { Key, Value }, ResourceName: clusterArn(ctx, row.ClusterIdentifier), ResourceType: "cluster" })),
      ),
    });
  },
};
