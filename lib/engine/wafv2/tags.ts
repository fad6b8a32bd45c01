import type { Failure } from "../errors";
import { invalid, wafErrors } from "./errors";
import type { Tag } from "./state";

/** Source: AWS WAF Developer Guide, Tag restrictions. */
const most = 50;

/**
 * The tags of a request. Errors: WAFInvalidParameterException (TAGS), WAFLimitsExceededException; the reasons are unverified.
 * Source: WAFV2 API Reference, TagResource.
 */
export function checkTags(tags: readonly Tag[] | undefined): Failure | undefined {
  const keys = (tags ?? []).map(({ Key }) => Key);
  const own = keys.find((key) => /^aws:/i.test(key));
  if (own !== undefined) return invalid("TAGS", own, "You can't use tag keys that begin with aws:, which is reserved for AWS.");
  if (new Set(keys).size < keys.length) return invalid("TAGS", keys.find((key, at) => keys.indexOf(key) < at)!, "You can't use the same tag key more than once.");
  return keys.length > most ? tooMany() : undefined;
}

const tooMany = (): Failure => wafErrors.limit();

/** The tags with others put over them, in the order in which their keys came. */
export function withTags(tags: readonly Tag[], added: readonly Tag[]): Tag[] | Failure {
  const out = new Map(tags.map(({ Key, Value }) => [Key, Value]));
  for (const { Key, Value } of added) out.set(Key, Value);
  return out.size > most ? tooMany() : [...out].map(([Key, Value]) => ({ Key, Value }));
}
