import { fromBase64, isBase64, strictUtf8Text, toBase64, utf8 } from "../crypto/bytes";
import type { Failure } from "../errors";
import { lambdaErrors } from "./errors";

/** As many as a page has, whatever the request asks. Source: Lambda API, ListFunctions (MaxItems). */
const most = 50;

/** A page of rows that stand in the order of their ids. The marker holds the last id. Errors: InvalidParameterValueException. */
export function page<T>(ids: readonly string[], row: (id: string) => T, { Marker, MaxItems = most }: { Marker?: string; MaxItems?: number }): { items: T[]; NextMarker?: string } | Failure {
  const after = Marker === undefined || Marker === "" ? "" : isBase64(Marker) ? strictUtf8Text(fromBase64(Marker)) : undefined;
  if (after === undefined) return lambdaErrors.invalid("Could not decode the marker.");
  const rest = ids.filter((id) => id > after);
  const taken = rest.slice(0, Math.min(MaxItems, most));
  return { items: taken.map(row), ...(rest.length > taken.length ? { NextMarker: toBase64(utf8(taken.at(-1)!)) } : {}) };
}
