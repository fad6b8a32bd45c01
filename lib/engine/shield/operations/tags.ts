import { ok } from "../../errors";
import type { Context, Operation } from "../../types";
import { findByArn } from "../authorise";
import { isFailure, shieldErrors } from "../errors";
import { type Tag, groups, protections } from "../state";
import { readTags, requestTags, resourceTags, withTags } from "../tags";

/** Tags of protections and protection groups. Source: AWS Shield Advanced API Reference, TagResource, UntagResource, ListTagsForResource. */

interface Named {
  ResourceARN: string;
}

const about = (ctx: Context, action: string, { ResourceARN }: Named, more = {}) => ({ action: `shield:${action}`, resource: ResourceARN, context: { ...resourceTags(findByArn(ctx, ResourceARN)?.row.tags), ...more } });

function editTags(ctx: Context, found: NonNullable<ReturnType<typeof findByArn>>, tags: Tag[]): void {
  if (found.kind === "protection") protections(ctx.db).edit(found.row.Id).tags = tags;
  else groups(ctx.db).edit(found.row.ProtectionGroupId).tags = tags;
}

/** Errors: ResourceNotFoundException, InvalidParameterException. */
export const TagResource: Operation = {
  name: "TagResource",
  authorise: (input: Named & { Tags: Tag[] }, ctx) => about(ctx, "TagResource", input, requestTags(input.Tags)),
  handle({ ResourceARN, Tags }: Named & { Tags: Tag[] }, ctx) {
    const found = findByArn(ctx, ResourceARN);
    if (!found) return shieldErrors.noResource(ResourceARN);
    const added = readTags(Tags);
    if (isFailure(added)) return added;
    const tags = withTags(found.row.tags, added);
    if (isFailure(tags)) return tags;
    editTags(ctx, found, tags);
    return ok({});
  },
};

/** Errors: ResourceNotFoundException. */
export const UntagResource: Operation = {
  name: "UntagResource",
  authorise: (input: Named & { TagKeys: string[] }, ctx) => about(ctx, "UntagResource", input, input.TagKeys.length ? { "aws:TagKeys": input.TagKeys } : {}),
  handle({ ResourceARN, TagKeys }: Named & { TagKeys: string[] }, ctx) {
    const found = findByArn(ctx, ResourceARN);
    if (!found) return shieldErrors.noResource(ResourceARN);
    editTags(ctx, found, found.row.tags.filter(({ Key }) => !TagKeys.includes(Key)));
    return ok({});
  },
};

/** Errors: ResourceNotFoundException. */
export const ListTagsForResource: Operation = {
  name: "ListTagsForResource",
  authorise: (input: Named, ctx) => about(ctx, "ListTagsForResource", input),
  handle({ ResourceARN }: Named, ctx) {
    const found = findByArn(ctx, ResourceARN);
    return found ? ok({ Tags: structuredClone(found.row.tags) as object[] }) : shieldErrors.noResource(ResourceARN);
  },
};
