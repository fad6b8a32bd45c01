import { fromBase64, isBase64, strictUtf8Text, toBase64, utf8 } from "../crypto/bytes";
import type { Failure } from "../errors";

/** Without MaxResults there are 20 entries in an answer. Source: AWS Shield Advanced API Reference, ListProtections. */
const usual = 20;

/**
 * Paging. A token holds the list's name and the place of the last entry, so that what is made or deleted in between makes
 * nothing come twice. `places` are in order. A MaxResults of 0 is none. Errors: `bad`, for a token of another list.
 */
export function takePage(list: string, { NextToken, MaxResults }: { NextToken?: string; MaxResults?: number }, places: readonly string[], bad: () => Failure): { shown: string[]; more: { NextToken?: string } } | Failure {
  const after = NextToken === undefined ? undefined : readToken(NextToken, list);
  if (after === "wrong") return bad();
  const left = after ? places.filter((place) => place > after.place) : places;
  const shown = left.slice(0, MaxResults || usual);
  return { shown, more: left.length > shown.length ? { NextToken: toBase64(utf8(`${list}\0${shown.at(-1)}`)) } : {} };
}

function readToken(token: string, list: string): { place: string } | "wrong" {
  const text = isBase64(token) ? strictUtf8Text(fromBase64(token)) : undefined;
  return text?.startsWith(`${list}\0`) ? { place: text.slice(list.length + 1) } : "wrong";
}
