import type { Failure } from "../errors";
import { invalidParameter } from "./errors";
import type { Tag } from "./state";

const maxTags = 50;

/** A tag as it may come: the API's shape asks for neither member. */
export interface TagInput {
  Key?: string;
  Value?: string;
}

/**
 * The tags of a request; `owned` by an AWS service, whose own begin with `aws:`. Errors: InvalidParameterException; the texts are unverified.
 * Source: Secrets Manager API, TagResource; AWS General Reference, Tag quotas.
 */
export function readTags(input: readonly TagInput[] | undefined, owned = false): Tag[] | Failure {
  const tags: Tag[] = [];
  for (const { Key, Value } of input ?? []) {
    if (Key === undefined) return invalidParameter("You must provide a key for each tag.");
    if (!owned && /^aws:/i.test(Key)) return invalidParameter("Tag keys can't begin with aws:, which is reserved for AWS.");
    tags.push({ Key, Value: Value ?? "" });
  }
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) return invalidParameter("You can't use the same tag key more than once.");
  return tags.length > maxTags ? tooMany() : tags;
}

const tooMany = (): Failure => invalidParameter(`You can't attach more than ${maxTags} tags to a secret.`);

/** The tags with others put over them, in the order in which their keys came. */
export function withTags(tags: readonly Tag[], added: readonly Tag[]): Tag[] | Failure {
  const out = new Map(tags.map(({ Key, Value }) => [Key, Value]));
  for (const { Key, Value } of added) out.set(Key, Value);
  return out.size > maxTags ? tooMany() : [...out].map(([Key, Value]) => ({ Key, Value }));
}
