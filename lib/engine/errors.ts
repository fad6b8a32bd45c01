import type { AwsError, JsonObject } from "./types";

export const ok = <T extends object>(output: T): { ok: true; output: T } => ({ ok: true, output });

/** AWS's code and words as a value; `fields` are further members of the error document. */
export function fail(code: string, message?: string, fields?: JsonObject, status?: number): { ok: false; error: AwsError } {
  const error: AwsError = { code };
  if (message !== undefined) error.message = message;
  if (fields) error.fields = fields;
  if (status) error.status = status;
  return { ok: false, error };
}

export type Failure = ReturnType<typeof fail>;
