import { type Failure, fail } from "../errors";
import { invalid } from "./errors";
import type { Tag } from "./state";

const maxTags = 50;

/** Errors: ValidationException, TooManyTagsError. Source: SSM API, AddTagsToResource. The first text is unverified. */
export function problemOfTags(tags: readonly Tag[], total = tags.length): Failure | undefined {
  if (tags.some(({ Key }) => /^aws:/i.test(Key))) return invalid("Tag keys can't begin with aws:, which is reserved.");
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) return invalid("A tag key is given more than once.");
  return total > maxTags ? fail("TooManyTagsError") : undefined;
}

/** Tags with others added or put in their place, in the order in which their keys came. */
export function withTags(tags: readonly Tag[], added: readonly Tag[]): Tag[] {
  const out = new Map(tags.map(({ Key, Value }) => [Key, Value]));
  for (const { Key, Value } of added) out.set(Key, Value);
  return [...out].map(([Key, Value]) => ({ Key, Value }));
}
