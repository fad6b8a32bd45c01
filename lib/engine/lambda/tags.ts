import type { Failure } from "../errors";
import { lambdaErrors } from "./errors";

/** Errors: InvalidParameterValueException. Source: Lambda API, TagResource; Lambda Developer Guide, Tag restrictions. */
export function problemOfTags(tags: Readonly<Record<string, string>>): Failure | undefined {
  const keys = Object.keys(tags);
  if (keys.some((key) => /^aws:/i.test(key))) return lambdaErrors.invalid("Tag keys starting with 'aws:' are reserved for system use");
  if (keys.some((key) => !key.length || key.length > 128)) return lambdaErrors.invalid("Tag keys must have between 1 and 128 characters.");
  if (Object.values(tags).some((value) => value.length > 256)) return lambdaErrors.invalid("Tag values must have at most 256 characters.");
  return keys.length > 50 ? lambdaErrors.invalid("A function can have at most 50 tags.") : undefined;
}
