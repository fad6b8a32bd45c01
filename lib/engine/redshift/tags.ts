import type { Failure } from "../errors";
import { redshiftErrors } from "./errors";
import type { Tag } from "./state";

/** The tags of a request. Errors: InvalidTagFault, TagLimitExceededFault. Source: Redshift Management Guide, "Tagging requirements". */
export function readTags(input: readonly { Key?: string; Value?: string }[] | undefined): Tag[] | Failure {
  const tags: Tag[] = [];
  for (const { Key = "", Value = "" } of input ?? []) {
    if (!Key || Key.length > 128 || Value.length > 256 || /[^\p{L}\p{Z}\p{N}_.:/=+\-@]/u.test(Key + Value)) return redshiftErrors.tag(`The tag is invalid: ${Key}`);
    if (/^aws:/i.test(Key)) return redshiftErrors.tag("Tag keys cannot begin with aws:, which is reserved.");
    if (tags.some((tag) => tag.Key === Key)) return redshiftErrors.tag(`Duplicate tag key: ${Key}`);
    tags.push({ Key, Value });
  }
  return tags.length > 50 ? redshiftErrors.tagLimit() : tags;
}

export function withTags(tags: readonly Tag[], added: readonly Tag[]): Tag[] | Failure {
  const out = new Map(tags.map(({ Key, Value }) => [Key, Value]));
  for (const { Key, Value } of added) out.set(Key, Value);
  return out.size > 50 ? redshiftErrors.tagLimit() : [...out].map(([Key, Value]) => ({ Key, Value }));
}
