import { type Failure, ok } from "../../errors";
import type { Context, Operation } from "../../types";
import { askArn, requestTags } from "../authorise";
import { isFailure, wafErrors } from "../errors";
import { findByArn, readEntityArn } from "../names";
import { takePage } from "../page";
import { type Entity, type Tag, entities, entityId } from "../state";
import { checkTags, withTags } from "../tags";

/** Tags of web ACLs, rule groups and sets. Source: WAFV2 API Reference, TagResource, UntagResource, ListTagsForResource. */

interface Named {
  ResourceARN: string;
}

/** Of this account and Region. Errors: WAFInvalidParameterException (RESOURCE_ARN), WAFNonexistentItemException. */
function tagged(ctx: Context, { ResourceARN }: Named): Readonly<Entity> | Failure {
  const named = readEntityArn(ResourceARN);
  if (!named) return wafErrors.arn(ResourceARN);
  const row = named.account === ctx.account && named.region === ctx.region ? findByArn(ctx, ResourceARN, named.kind) : undefined;
  return row ?? wafErrors.notFound();
}

function putTags(ctx: Context, { ARN, Scope, Name }: Readonly<Entity>, tags: Tag[]): void {
  entities(ctx.db, readEntityArn(ARN)!.kind).edit(entityId(Scope, Name)).tags = tags;
}

export const TagResource: Operation = {
  name: "TagResource",
  authorise: ({ ResourceARN, Tags }: Named & { Tags: Tag[] }, ctx) => askArn(ctx, "TagResource", ResourceARN, requestTags(Tags)),
  handle(input: Named & { Tags: Tag[] }, ctx) {
    const row = tagged(ctx, input);
    if (isFailure(row)) return row;
    const tags = checkTags(input.Tags) ?? withTags(row.tags, input.Tags);
    if (isFailure(tags)) return tags;
    putTags(ctx, row, tags);
    return ok({});
  },
};

export const UntagResource: Operation = {
  name: "UntagResource",
  authorise: ({ ResourceARN, TagKeys }: Named & { TagKeys: string[] }, ctx) => askArn(ctx, "UntagResource", ResourceARN, { "aws:TagKeys": TagKeys }),
  handle(input: Named & { TagKeys: string[] }, ctx) {
    const row = tagged(ctx, input);
    if (isFailure(row)) return row;
    putTags(ctx, row, row.tags.filter(({ Key }) => !input.TagKeys.includes(Key)));
    return ok({});
  },
};

export const ListTagsForResource: Operation = {
  name: "ListTagsForResource",
  authorise: ({ ResourceARN }: Named, ctx) => askArn(ctx, "ListTagsForResource", ResourceARN),
  handle(input: Named & { NextMarker?: string; Limit?: number }, ctx) {
    const row = tagged(ctx, input);
    if (isFailure(row)) return row;
    const tags = row.tags.toSorted((a, b) => (a.Key < b.Key ? -1 : 1));
    const page = takePage("ListTagsForResource", input, tags.map(({ Key }) => Key), (key) => tags.find(({ Key }) => Key === key)!);
    return isFailure(page) ? page : ok({ ...page.more, TagInfoForResource: { ResourceARN: row.ARN, TagList: page.entries } });
  },
};
