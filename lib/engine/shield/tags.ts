import type { Failure } from "../errors";
import type { ConditionContext } from "../types";
import { shieldErrors } from "./errors";
import type { Tag } from "./state";

/** Source: AWS WAF Developer Guide, Tag restrictions. */
const most = 50;

/** The tags of a request; a key that comes twice is refused. Errors: InvalidParameterException. Source: AWS Shield Advanced API Reference, TagResource. */
export function readTags(input: readonly { Key?: string; Value?: string }[] = []): Tag[] | Failure {
  const tags: Tag[] = [];
  for (const { Key, Value = "" } of input) {
    if (Key === undefined) return shieldErrors.parameter("A tag must have a key.", "tags");
    if (/^aws:/i.test(Key)) return shieldErrors.parameter("Tag keys must not begin with aws:, which is reserved.", "tags");
    if (tags.some((tag) => tag.Key === Key)) return shieldErrors.parameter(`The tag key ${Key} comes more than once.`, "tags");
    tags.push({ Key, Value });
  }
  return tags.length > most ? tooMany() : tags;
}

const tooMany = (): Failure => shieldErrors.parameter(`A resource can have at most ${most} tags.`, "tags");

/** The tags with others put over them. */
export function withTags(tags: readonly Tag[], added: readonly Tag[]): Tag[] | Failure {
  const out = new Map(tags.map(({ Key, Value }) => [Key, Value]));
  for (const { Key, Value } of added) out.set(Key, Value);
  return out.size > most ? tooMany() : [...out].map(([Key, Value]) => ({ Key, Value }));
}

export const resourceTags = (tags: readonly Tag[] = []): ConditionContext => Object.fromEntries(tags.map(({ Key, Value }) => [`aws:ResourceTag/${Key}`, Value]));

export function requestTags(tags: readonly { Key?: string; Value?: string }[] = []): ConditionContext {
  const context: ConditionContext = Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [`aws:RequestTag/${Key}`, Value]));
  if (tags.length) context["aws:TagKeys"] = tags.map(({ Key = "" }) => Key);
  return context;
}
