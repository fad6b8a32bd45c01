import { fromBase64, strictUtf8Text, toBase64, utf8 } from "../crypto/bytes";
import type { Failure } from "../errors";
import { rdsErrors } from "./errors";

/** Lists come in pages of 20 to 100; a Marker is good for the same list alone. Source: RDS API, DescribeDBInstances (MaxRecords, Marker). */
export function page<T>(all: readonly T[], { MaxRecords = 100, Marker }: { MaxRecords?: number; Marker?: string }, list: string, place: (one: T) => string): { entries: T[]; Marker?: string } | Failure {
  if (MaxRecords < 20 || MaxRecords > 100) return rdsErrors.value(`Invalid value ${MaxRecords} for MaxRecords. Must be between 20 and 100`);
  const prefix = `${list} `;
  let after: string | undefined;
  if (Marker) {
    const text = /^[A-Za-z0-9+/]*={0,2}$/.test(Marker) && Marker.length % 4 === 0 ? strictUtf8Text(fromBase64(Marker)) : undefined;
    if (!text?.startsWith(prefix)) return rdsErrors.value("The request contains an invalid value for Marker");
    after = text.slice(prefix.length);
  }
  const rest = after === undefined ? all : all.filter((one) => place(one) > after);
  const entries = rest.slice(0, MaxRecords);
  return rest.length > entries.length ? { entries, Marker: toBase64(utf8(prefix + place(entries.at(-1)!))) } : { entries };
}
