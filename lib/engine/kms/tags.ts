import { fail, type Failure } from "../errors";
import type { ConditionContext } from "../types";
import type { KeyRow } from "./state";

type Tags = KeyRow["tags"];

/** Source: KMS Developer Guide, Tags in AWS KMS; AWS General Reference, Tag quotas. */
const mostTags = 50;

/** TagException for tags that a request may not bring. Texts recorded from AWS (2025-01). */
export function checkTags(tags: Tags): Failure | undefined {
  if (tags.length > mostTags) return tooMany();
  if (new Set(tags.map(({ TagKey }) => TagKey)).size < tags.length) return fail("TagException", "Duplicate tag keys");
  if (tags.some(({ TagKey }) => /^aws:/i.test(TagKey))) return fail("TagException", "Tags beginning with aws: are reserved");
  return undefined;
}

const tooMany = (): Failure => fail("TagException", "Too many tags");

/** The key's tags with these put over them, or too many of them. */
export function tagged(old: Tags, tags: Tags): Tags | Failure {
  const merged = new Map(old.map((tag) => [tag.TagKey, tag]));
  for (const tag of tags) merged.set(tag.TagKey, { TagKey: tag.TagKey, TagValue: tag.TagValue });
  return merged.size > mostTags ? tooMany() : [...merged.values()];
}

/** `aws:RequestTag/<key>` and `aws:TagKeys`. Source: IAM User Guide, AWS global condition context keys. */
export function requestTags(tags: Tags | undefined): ConditionContext {
  if (!tags?.length) return {};
  const context: ConditionContext = { "aws:TagKeys": tags.map(({ TagKey }) => TagKey) };
  for (const { TagKey, TagValue } of tags) context[`aws:RequestTag/${TagKey}`] = TagValue;
  return context;
}
