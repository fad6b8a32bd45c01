import { fail, type Failure } from "../errors";
import { fromBase64, isBase64, strictUtf8Text, toBase64, utf8 } from "../crypto/bytes";

/** What every listing operation of KMS takes. */
export interface PageInput {
  Limit?: number;
  Marker?: string;
}

/** How a list is cut. */
export interface PageRule<T> {
  /** Entries when the request has no Limit. */
  usual: number;
  /** The largest Limit: KMS has a lower one for some lists than its shapes say. */
  most: number;
  /** What is listed (operation, key, filter). A marker is good for the same list only. */
  list: string;
  /** An entry's place in the list: entries are in code-unit order of it, and it never changes. */
  place(entry: T): string;
}

export interface Page<T> {
  entries: T[];
  /** The members that the answer has beside its list: Truncated, and NextMarker when there is more. */
  rest: { Truncated: boolean; NextMarker?: string };
}

/**
 * KMS never says what is in a marker. Ours holds the list it belongs to and the last entry that was shown, so a page
 * after something was made or deleted in between neither repeats nor skips what stayed.
 * Errors: ValidationException for a Limit over the list's own, InvalidMarkerException.
 * Source: KMS API, ListAliases, ListGrants, ListKeys, ListResourceTags (Limit, Marker); the marker error's text is the API's description of it.
 */
export function page<T>(entries: readonly T[], input: PageInput, rule: PageRule<T>): Page<T> | Failure {
  return pageFrom(
    (after, most) =>
      entries
        .map((entry) => ({ entry, place: rule.place(entry) }))
        .filter(({ place }) => after === undefined || place > after)
        .sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0))
        .slice(0, most)
        .map(({ entry }) => entry),
    input,
    rule,
  );
}

/** The same for a list that is too long to be read whole: `read` gives at most so many entries after a place, in order. */
export function pageFrom<T>(
  read: (after: string | undefined, most: number) => T[],
  { Limit, Marker }: PageInput,
  rule: PageRule<T>,
): Page<T> | Failure {
  if (Limit !== undefined && Limit > rule.most)
    return fail(
      "ValidationException",
      `1 validation error detected: Value '${Limit}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to ${rule.most}`,
    );
  const after = Marker === undefined ? undefined : readMarker(Marker, rule.list);
  if (Marker !== undefined && after === undefined)
    return fail(
      "InvalidMarkerException",
      "The request was rejected because the marker that specifies where pagination should next begin is not valid.",
    );
  const limit = Limit ?? rule.usual;
  // One more than is shown: is there more?
  const found = read(after, limit + 1);
  const entries = found.slice(0, limit);
  const Truncated = found.length > limit;
  return { entries, rest: Truncated ? { NextMarker: makeMarker(rule.list, rule.place(entries[entries.length - 1])), Truncated } : { Truncated } };
}

export const isFailure = (value: object): value is Failure => "ok" in value && value.ok === false;

const makeMarker = (list: string, place: string): string => toBase64(utf8(JSON.stringify([list, place])));

function readMarker(marker: string, list: string): string | undefined {
  if (!isBase64(marker)) return undefined;
  const text = strictUtf8Text(fromBase64(marker));
  if (text === undefined) return undefined;
  try {
    const parts: unknown = JSON.parse(text);
    return Array.isArray(parts) && parts.length === 2 && parts[0] === list && typeof parts[1] === "string" ? parts[1] : undefined;
  } catch {
    return undefined;
  }
}
