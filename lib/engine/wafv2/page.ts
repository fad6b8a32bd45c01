import { fromBase64, isBase64, strictUtf8Text, toBase64, utf8 } from "../crypto/bytes";
import type { Failure } from "../errors";
import { wafErrors } from "./errors";

/**
 * Paging. A marker holds the list's name and the place of the last entry, so that what is made or deleted in between makes
 * nothing come twice. AWS does not say what is in its markers. Without a Limit there are 100 entries at most.
 * Errors: WAFInvalidParameterException for a marker of another list. Source: WAFV2 API Reference, ListWebACLs.
 */
export function takePage<T>(list: string, { NextMarker, Limit = 100 }: { NextMarker?: string; Limit?: number }, places: readonly string[], entry: (place: string) => T): { entries: T[]; more: { NextMarker?: string } } | Failure {
  const after = NextMarker === undefined ? undefined : readMarker(NextMarker, list);
  if (typeof after === "object") return after;
  const left = after === undefined ? places : places.filter((place) => place > after);
  const shown = left.slice(0, Limit);
  return { entries: shown.map(entry), more: left.length > shown.length ? { NextMarker: toBase64(utf8(`${list}\0${shown.at(-1)}`)) } : {} };
}

function readMarker(marker: string, list: string): string | Failure {
  const text = isBase64(marker) ? strictUtf8Text(fromBase64(marker)) : undefined;
  return text?.startsWith(`${list}\0`) ? text.slice(list.length + 1) : wafErrors.marker(marker);
}
