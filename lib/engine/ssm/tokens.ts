import { fromBase64, isBase64, strictUtf8Text, toBase64, utf8 } from "../crypto/bytes";
import type { Failure } from "../errors";
import { invalidNextToken, isFailure } from "./errors";

/**
 * Paging. A token holds what list it belongs to and the last id that was looked at, so that what is written or deleted
 * in between makes nothing come twice. AWS does not say what is in its tokens.
 */

export const makeToken = (list: string, after: string): string => toBase64(utf8(JSON.stringify([list, after])));

/** The id after which to go on; undefined at the beginning. Errors: InvalidNextToken. */
export function readToken(token: string | undefined, list: string): { after?: string } | Failure {
  if (token === undefined) return {};
  const text = isBase64(token) ? strictUtf8Text(fromBase64(token)) : undefined;
  try {
    const parts: unknown = JSON.parse(text ?? "");
    if (Array.isArray(parts) && parts.length === 2 && parts[0] === list && typeof parts[1] === "string") return { after: parts[1] };
  } catch {
    // Not ours: refused below.
  }
  return invalidNextToken();
}

/**
 * Takes up to `limit` items of a stream that begins after `after`, and a token if at least one more is there.
 * Errors: InvalidNextToken.
 */
export function takePage<T>(token: string | undefined, list: string, limit: number, stream: (after?: string) => Iterable<[id: string, item: T]>): { items: T[]; next?: string } | Failure {
  const start = readToken(token, list);
  if (isFailure(start)) return start;
  const items: T[] = [];
  let last = "";
  for (const [id, item] of stream(start.after)) {
    if (items.length === limit) return { items, next: makeToken(list, last) };
    items.push(item);
    last = id;
  }
  return { items };
}
