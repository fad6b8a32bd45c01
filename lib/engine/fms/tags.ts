import type { Failure } from "../errors";
import { fmsErrors } from "./errors";
import type { Tag } from "./state";

/** Source: AWS WAF Developer Guide, Tag restrictions. */
const most = 50;

/** The tags of a request. Errors: InvalidInputException, LimitExceededException. Source: AWS Firewall Manager API Reference, TagResource. */
export function readTags(tags: readonly Tag[]): readonly Tag[] | Failure {
  const keys = tags.map(({ Key }) => Key);
  if (keys.some((key) => /^aws:/i.test(key))) return fmsErrors.input("Tag keys must not begin with aws:, which is reserved.");
  if (new Set(keys).size < keys.length) return fmsErrors.input("A tag key comes more than once.");
  return tags.length > most ? fmsErrors.limit("tags of a resource", most) : tags;
}

/** The tags with others put over them. Errors: LimitExceededException. */
export function withTags(tags: readonly Tag[], added: readonly Tag[]): Tag[] | Failure {
  const out = new Map(tags.map(({ Key, Value }) => [Key, Value]));
  for (const { Key, Value } of added) out.set(Key, Value);
  return out.size > most ? fmsErrors.limit("tags of a resource", most) : [...out].map(([Key, Value]) => ({ Key, Value }));
}
