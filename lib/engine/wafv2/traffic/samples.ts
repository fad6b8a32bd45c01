import type { Db, JsonObject } from "../../types";
import { type SamplesRow, bucketMs, mostSamples, samples, samplesId, samplesLast, samplesPrefix } from "./state";
import type { Sample } from "../inspect/sample";

/**
 * Samples of requests: of each half hour and rule, the first hundred, and then a chance for each that comes to take another's
 * place, so that any of them is as likely to be kept. Source: WAFV2 API Reference, GetSampledRequests.
 */

/** Every web ACL's own: all requests, whatever rule ended them. */
export const ALL = "ALL";
export const DEFAULT_ACTION = "Default_Action";

/** Keeps what came at `now`, ms. `chance` gives numbers from 0 up to 1. */
export function keepSamples(db: Db, aclId: string, now: number, list: readonly Sample[], chance: () => number): void {
  const start = Math.floor(now / bucketMs) * bucketMs;
  const rows = new Map<string, SamplesRow>();
  const rowOf = (metric: string): SamplesRow => {
    const known = rows.get(metric);
    if (known) return known;
    const id = samplesId(aclId, metric, start);
    for (const old of samples(db).ids({ prefix: samplesPrefix(aclId, metric) })) if (samples(db).get(old)!.start + bucketMs < now - samplesLast) samples(db).delete(old);
    const there = samples(db).get(id) !== undefined;
    const row: SamplesRow = there ? samples(db).edit(id) : { start, count: 0, samples: [] };
    if (!there) samples(db).put(id, row);
    rows.set(metric, row);
    return row;
  };
  for (const { metricName, item } of list) {
    const row = rowOf(metricName);
    const at = row.count < mostSamples ? row.count : Math.floor(chance() * (row.count + 1));
    if (at < mostSamples) row.samples[at] = item;
    row.count++;
  }
}

/** Of a rule and a time, ms: how many there were, and those that are kept, newest first, with what each stands for. */
export function samplesBetween(db: Db, aclId: string, metric: string, from: number, to: number): { population: number; found: JsonObject[] } {
  let population = 0;
  const found: JsonObject[] = [];
  for (const id of samples(db).ids({ prefix: samplesPrefix(aclId, metric) })) {
    const row = samples(db).get(id)!;
    if (row.start + bucketMs <= from || row.start > to) continue;
    const weight = row.count / row.samples.length;
    const inside = row.samples.filter(({ Timestamp }) => (Timestamp as number) * 1000 >= from && (Timestamp as number) * 1000 <= to);
    population += Math.round(inside.length * weight);
    for (const sample of inside) found.push({ ...sample, Weight: Math.max(1, Math.round(weight)) });
  }
  return { population, found: found.sort((a, b) => (b.Timestamp as number) - (a.Timestamp as number)) };
}
