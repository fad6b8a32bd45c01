import { base64Length, utf8 } from "../crypto/bytes";
import { type Failure } from "../errors";
import { secretErrors, validation } from "./errors";
import type { SecretValue } from "./secure";

/** Source: Secrets Manager API, CreateSecret (SecretString, SecretBinary). */
const maxBytes = 65_536;

export interface ValueInput {
  SecretString?: string;
  SecretBinary?: string;
}

/**
 * The value that a request gives; undefined for none.
 * Errors: InvalidParameterException for two of them, ValidationException for one that is too long in bytes (characters
 * are counted before that).
 */
export function valueOf({ SecretString, SecretBinary }: ValueInput): SecretValue | undefined | Failure {
  if (SecretString !== undefined && SecretBinary !== undefined) return secretErrors.bothValues();
  if (SecretString !== undefined) return utf8(SecretString).length > maxBytes ? tooLong("secretString") : { form: "SecretString", value: SecretString };
  if (SecretBinary !== undefined) return base64Length(SecretBinary) > maxBytes ? tooLong("secretBinary") : { form: "SecretBinary", value: SecretBinary };
  return undefined;
}

const tooLong = (member: string): Failure => validation(`1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${maxBytes}`);

/** A value as answers show it. */
export const shown = ({ form, value }: SecretValue): ValueInput => ({ [form]: value });
