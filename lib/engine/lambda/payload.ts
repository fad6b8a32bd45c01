import { fromBase64, strictUtf8Text, utf8 } from "../crypto/bytes";
import type { Failure } from "../errors";
import { isFailure, lambdaErrors } from "./errors";

/** Bytes. Source: Lambda Developer Guide, Lambda quotas (invocation payload: 6 MB synchronous, 1 MB asynchronous). */
const most = { RequestResponse: 6 * 1024 * 1024, DryRun: 6 * 1024 * 1024, Event: 1024 * 1024 } as const;

export type InvocationType = keyof typeof most;

/** The event's JSON text; `{}` where the request has no body. Errors: RequestTooLargeException, InvalidRequestContentException. */
export function eventOf(payload: string | undefined, type: InvocationType): string | Failure {
  const bytes = fromBase64(payload ?? "");
  if (bytes.length > most[type]) return lambdaErrors.tooLarge(`${bytes.length} byte payload is too large for the ${type} invocation type (limit ${most[type]} bytes)`);
  if (!bytes.length) return "{}";
  const text = strictUtf8Text(bytes);
  if (text === undefined) return lambdaErrors.badPayload("Could not parse request body into json: Could not parse payload into json: Invalid UTF-8");
  try {
    JSON.parse(text);
    return text;
  } catch {
    return lambdaErrors.badPayload(`Could not parse request body into json: Could not parse payload into json: ${complaint(text)}`);
  }
}

export const isEvent = (event: string | Failure): event is string => !isFailure(event);

const expected = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/** What the service's parser says of a text that does not begin as JSON does; for other mistakes, where it ends. */
function complaint(text: string): string {
  const source = (column: number): string => `\n at [Source: (byte[])"${text.slice(0, 500)}"; line: 1, column: ${column}]`;
  const token = /^\s*([A-Za-z_$][\w$]*)/.exec(text);
  if (token && !["null", "true", "false"].includes(token[1])) return `Unrecognized token '${token[1]}': was expecting ${expected}${source(token[0].length + 1)}`;
  const first = text.trimStart()[0];
  if (first !== undefined && !/[{["\d-]/.test(first) && !token) return `Unexpected character ('${first}' (code ${first.charCodeAt(0)})): expected a valid value ${expected}${source(text.indexOf(first) + 2)}`;
  return `Unexpected end-of-input or character${source(utf8(text).length + 1)}`;
}
