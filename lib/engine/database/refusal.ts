import type { AwsError, JsonObject, Result } from "../types";

/** What Execute's server refused, whichever way it was said; undefined where it did as it was told. */
export function refusalOf(reply: Result): AwsError | undefined {
  if (!reply.ok) return reply.error;
  if (!reply.output.Error) return undefined;
  const { Code, Message, ...fields } = reply.output.Error as JsonObject;
  return { code: String(Code), message: String(Message), fields };
}
