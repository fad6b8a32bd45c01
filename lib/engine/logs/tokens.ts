import { fromBase64, isBase64, strictUtf8Text, toBase64, utf8 } from "../crypto/bytes";
import type { Failure } from "../errors";
import { logsErrors } from "./errors";

/** Tokens hold what list they belong to and where it goes on. AWS does not say what is in its own. */
export const makeToken = (list: string, after: string): string => toBase64(utf8(JSON.stringify([list, after])));

/** Where to go on; "" at the beginning. Errors: InvalidParameterException. */
export function readToken(token: string | undefined, list: string): string | Failure {
  if (token === undefined) return "";
  try {
    const parts: unknown = JSON.parse((isBase64(token) ? strictUtf8Text(fromBase64(token)) : undefined) ?? "");
    if (Array.isArray(parts) && parts.length === 2 && parts[0] === list && typeof parts[1] === "string") return parts[1];
  } catch {
    // Not ours: refused below.
  }
  return logsErrors.badToken();
}
