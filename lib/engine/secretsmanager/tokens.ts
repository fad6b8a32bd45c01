import { fromBase64, isBase64, strictUtf8Text, toBase64, utf8 } from "../crypto/bytes";
import { type Failure, fail } from "../errors";

/**
 * Paging. A token holds what list it belongs to and the place of the last entry, so that what is made or deleted in
 * between makes nothing come twice. AWS does not say what is in its tokens.
 */
const makeToken = (list: string, place: string): string => toBase64(utf8(JSON.stringify([list, place])));

/** The words are unverified. */
const invalidToken = (): Failure => fail("InvalidNextTokenException", "The NextToken value is invalid.");

function readToken(token: string, list: string): string | Failure {
  const text = isBase64(token) ? strictUtf8Text(fromBase64(token)) : undefined;
  try {
    const parts: unknown = JSON.parse(text ?? "");
    if (Array.isArray(parts) && parts.length === 2 && parts[0] === list && typeof parts[1] === "string") return parts[1];
  } catch {
    // Not ours: refused below.
  }
  return invalidToken();
}

/** Up to `limit` entries of a stream that begins after a place, and a token if there is one more. Errors: InvalidNextTokenException. */
export function takePage<T>(token: string | undefined, list: string, limit: number, stream: (after?: string) => Iterable<[place: string, entry: T]>): { entries: T[]; next?: string } | Failure {
  const after = token === undefined ? undefined : readToken(token, list);
  if (typeof after === "object") return after;
  const entries: T[] = [];
  let last = "";
  for (const [place, entry] of stream(after)) {
    if (entries.length === limit) return { entries, next: makeToken(list, last) };
    entries.push(entry);
    last = place;
  }
  return { entries };
}
