import type { Failure } from "../errors";
import type { Tag } from "./authorise";
import { eventErrors } from "./errors";

const most = 50;

/** Errors: ValidationException, LimitExceededException. Source: EventBridge API, TagResource; EventBridge User Guide, Tagging in Amazon EventBridge. */
export function withTags(before: Readonly<Record<string, string>>, tags: readonly Tag[]): Record<string, string> | Failure {
  const keys = tags.map(({ Key }) => Key);
  if (new Set(keys).size < keys.length) return eventErrors.invalid("Invalid parameter: Duplicated keys are not allowed.");
  if (keys.some((key) => /^aws:/i.test(key))) return eventErrors.invalid("Invalid parameter: Tag keys that start with aws: are reserved.");
  const after = Object.fromEntries([...Object.entries(before), ...tags.map(({ Key, Value }): [string, string] => [Key, Value])]);
  return Object.keys(after).length > most ? eventErrors.limit() : after;
}

export const shownTags = (tags: Readonly<Record<string, string>>): Tag[] => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
