import { ok } from "../../errors";
import type { Operation } from "../../types";
import { askTagged, findTagged, requestTags } from "../authorise";
import { fmsErrors, isFailure } from "../errors";
import type { Tag } from "../state";
import { readTags, withTags } from "../tags";

/** Tags of policies and lists. Source: AWS Firewall Manager API Reference, TagResource, UntagResource, ListTagsForResource. */

interface Named {
  ResourceArn: string;
}

/** Errors: ResourceNotFoundException, InvalidInputException, LimitExceededException. */
export const TagResource: Operation = {
  name: "TagResource",
  authorise: ({ ResourceArn, TagList }: Named & { TagList: Tag[] }, ctx) => askTagged(ctx, "TagResource", ResourceArn, requestTags(TagList)),
  handle({ ResourceArn, TagList }: Named & { TagList: Tag[] }, ctx) {
    const found = findTagged(ctx, ResourceArn);
    if (!found) return fmsErrors.noResource(ResourceArn);
    const added = readTags(TagList);
    if (isFailure(added)) return added;
    const tags = withTags(found.tags, added);
    if (isFailure(tags)) return tags;
    found.put(tags);
    return ok({});
  },
};

/** Errors: ResourceNotFoundException. */
export const UntagResource: Operation = {
  name: "UntagResource",
  authorise: ({ ResourceArn, TagKeys }: Named & { TagKeys: string[] }, ctx) => askTagged(ctx, "UntagResource", ResourceArn, TagKeys.length ? { "aws:TagKeys": TagKeys } : {}),
  handle({ ResourceArn, TagKeys }: Named & { TagKeys: string[] }, ctx) {
    const found = findTagged(ctx, ResourceArn);
    if (!found) return fmsErrors.noResource(ResourceArn);
    found.put(found.tags.filter(({ Key }) => !TagKeys.includes(Key)));
    return ok({});
  },
};

/** Errors: ResourceNotFoundException. */
export const ListTagsForResource: Operation = {
  name: "ListTagsForResource",
  authorise: ({ ResourceArn }: Named, ctx) => askTagged(ctx, "ListTagsForResource", ResourceArn),
  handle({ ResourceArn }: Named, ctx) {
    const found = findTagged(ctx, ResourceArn);
    return found ? ok({ TagList: structuredClone(found.tags) as object[] }) : fmsErrors.noResource(ResourceArn);
  },
};
