import { utf8, utf8Text, toBase64, parseBase64 } from "../crypto/bytes";
import { iamErrors } from "./errors";
import type { Failure } from "../errors";

/** A list's part as IAM gives it: 100 items unless told, and a marker of the last one. Source: IAM API, ListUsers (Marker, MaxItems). */
export function page<T>(
  items: readonly T[],
  id: (item: T) => string,
  { Marker, MaxItems = 100 }: { Marker?: string; MaxItems?: number },
): { ok: true; items: T[]; rest: { IsTruncated: boolean; Marker?: string } } | Failure {
  let from = 0;
  if (Marker !== undefined) {
    const bytes = parseBase64(Marker);
    const after = bytes ? utf8Text(bytes) : undefined;
    if (after === undefined || !after.startsWith("after ")) return iamErrors.invalidMarker();
    const last = after.slice(6);
    from = items.findIndex((item) => id(item) > last);
    if (from < 0) from = items.length;
  }
  const part = items.slice(from, from + MaxItems);
  const more = from + part.length < items.length;
  return {
    ok: true,
    items: part,
    rest: more ? { IsTruncated: true, Marker: toBase64(utf8(`after ${id(part[part.length - 1])}`)) } : { IsTruncated: false },
  };
}

/** Items in the order of their ids, which `page` needs. */
export const inOrder = <T>(items: readonly T[], id: (item: T) => string): T[] =>
  [...items].sort((a, b) => (id(a) < id(b) ? -1 : id(a) > id(b) ? 1 : 0));
