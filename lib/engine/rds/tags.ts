import type { Failure } from "../errors";
import { rdsErrors } from "./errors";
import type { Tag } from "./state";

/** The tags of a request. Errors: InvalidParameterValue. Source: Amazon RDS User Guide, "Tagging Amazon RDS resources". */
export function readTags(input: readonly { Key?: string; Value?: string }[] | undefined): Tag[] | Failure {
  const tags: Tag[] = [];
  for (const { Key = "", Value = "" } of input ?? []) {
    if (!Key) return rdsErrors.value("Tag keys must not be empty.");
    if (/^(aws|rds):/i.test(Key)) return rdsErrors.value(`Tag keys must not begin with aws: or rds:. Invalid tag key: ${Key}`);
    if (Key.length > 128 || Value.length > 256) return rdsErrors.value("Tag keys must have at most 128 characters, tag values at most 256.");
    if (/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/u.test(Key + Value)) return rdsErrors.value("Tag keys and values may contain letters, numbers, spaces and _ . : / = + - @ only.");
    if (tags.some((tag) => tag.Key === Key)) return rdsErrors.value(`Duplicate tag key: ${Key}`);
    tags.push({ Key, Value });
  }
  return tags.length > 50 ? rdsErrors.value("A resource can have at most 50 tags.") : tags;
}

export function withTags(tags: readonly Tag[], added: readonly Tag[]): Tag[] | Failure {
  const out = new Map(tags.map(({ Key, Value }) => [Key, Value]));
  for (const { Key, Value } of added) out.set(Key, Value);
  return out.size > 50 ? rdsErrors.value("A resource can have at most 50 tags.") : [...out].map(([Key, Value]) => ({ Key, Value }));
}
