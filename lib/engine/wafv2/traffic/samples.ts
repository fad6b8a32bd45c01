import type { Db, JsonObject } from "../../types";
import { type SamplesRow, bucketMs, mostSamples, sampled, sampledId, samples, samplesId, samplesLast, samplesPrefix } from "./state";
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
  const rowOf = (metric: string, id: string): SamplesRow => {
    const known = rows.get(metric);
    if (known) return known;
    const there = samples(db).get(id);
    if (!there) forgetSamples(db, samplesPrefix(aclId, metric), now - samplesLast - bucketMs);
    const row: SamplesRow = there ? { ...there } : { start, count: 0 };
    samples(db).put(id, row);
    rows.set(metric, row);
    return row;
  };
  for (const { metricName, item } of list) {
    const id = samplesId(aclId, metricName, start);
    const row = rowOf(metricName, id);
    const at = row.count < mostSamples ? row.count : Math.floor(chance() * (row.count + 1));
    if (at < mostSamples) sampled(db).put(sampledId(id, at), { sample: item });
    row.count++;
  }
}

/** Takes away the samples whose id begins so and whose half hour began before, ms. */
export function forgetSamples(db: Db, prefix: string, before = Infinity): void {
  for (const id of samples(db).ids({ prefix })) {
    if (samples(db).get(id)!.start >= before) continue;
    for (const one of sampled(db).ids({ prefix: `${id}\0` })) sampled(db).delete(one);
    samples(db).delete(id);
  }
}

/** AWS looks at the first so many requests of the time that is asked for. Source: WAFV2 API Reference, GetSampledRequests. */
const mostLooked = 5_000;

/**
 * Of a rule and a time, ms: how many requests there were, and those that are kept, newest first, with what each stands for.
 * `to` is earlier than it was asked for where 5,000 came before.
 */
export function samplesBetween(db: Db, aclId: string, metric: string, from: number, to: number): { population: number; found: JsonObject[]; to: number } {
  let population = 0;
  const found: JsonObject[] = [];
  const at = ({ Timestamp }: JsonObject): number => (Timestamp as number) * 1000;
  // Oldest buckets first.
  for (const id of samples(db).ids({ prefix: samplesPrefix(aclId, metric) })) {
    const row = samples(db).get(id)!;
    if (row.start + bucketMs <= from || row.start > to) continue;
    const all = sampled(db).ids({ prefix: `${id}\0` }).map((one) => sampled(db).get(one)!.sample);
    if (!all.length) continue;
    const weight = row.count / all.length;
    const inside = all.filter((sample) => at(sample) >= from && at(sample) <= to).sort((a, b) => at(a) - at(b));
    const left = Math.ceil((mostLooked - population) / weight);
    const looked = inside.slice(0, left);
    population += Math.round(looked.length * weight);
    for (const sample of looked) found.push({ ...sample, Weight: Math.max(1, Math.round(weight)) });
    if (looked.length < inside.length || population >= mostLooked) {
      to = Math.min(to, at(looked.at(-1)!));
      break;
    }
  }
  return { population: Math.min(population, mostLooked), found: found.sort((a, b) => at(b) - at(a)), to };
}
