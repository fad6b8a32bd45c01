import { ok } from "../../errors";
import type { ConditionContext } from "../../types";
import { editKey, managesKey, nothing } from "../manage";
import { isFailure, page, type PageInput } from "../pagination";
import type { KeyRow } from "../state";
import { checkTags, requestTags, tagged } from "../tags";

/** Adds tags, or gives new values to old ones. Source: KMS API, TagResource. */
export const TagResource = managesKey<{ KeyId: string; Tags: KeyRow["tags"] }>("TagResource", {
  validate: ({ Tags }) => checkTags(Tags),
  context: ({ Tags }) => requestTags(Tags),
  handle({ Tags }, found) {
    const tags = tagged(found.key.tags, Tags);
    if (isFailure(tags)) return tags;
    editKey(found).tags = tags;
    return nothing();
  },
});

/** A key that has no such tag is no error. Source: KMS API, UntagResource. */
export const UntagResource = managesKey<{ KeyId: string; TagKeys: string[] }>("UntagResource", {
  context: ({ TagKeys }): ConditionContext => (TagKeys.length ? { "aws:TagKeys": TagKeys } : {}),
  handle({ TagKeys }, found) {
    editKey(found).tags = found.key.tags.filter(({ TagKey }) => !TagKeys.includes(TagKey));
    return nothing();
  },
});

/** In the order of the tag keys. Source: KMS API, ListResourceTags. */
export const ListResourceTags = managesKey<{ KeyId: string } & PageInput>("ListResourceTags", {
  handle(input, { key }) {
    const listed = page(key.tags, input, { usual: 50, most: 50, list: `ListResourceTags ${key.KeyId}`, place: ({ TagKey }) => TagKey });
    return isFailure(listed) ? listed : ok({ Tags: listed.entries, ...listed.rest });
  },
});
