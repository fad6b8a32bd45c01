import type { Db } from "../../types";
import type { MetricCount } from "../inspect/metrics";
import { metricId, metricRows, mostMetrics } from "./state";

/** Adds what requests counted to the minute of `now`, ms. */
export function addCounts(db: Db, now: number, counts: readonly MetricCount[]): void {
  const time = Math.floor(now / 60_000) * 60_000;
  const sums = new Map<string, MetricCount>();
  for (const count of counts) {
    const id = metricId(time, count.MetricName, count.Dimensions);
    const sum = sums.get(id);
    if (sum) sum.Value += count.Value;
    else sums.set(id, { ...count });
  }
  const table = metricRows(db);
  for (const [id, { MetricName, Dimensions, Value }] of sums) {
    if (table.get(id)) table.edit(id).value += Value;
    else table.put(id, { MetricName, Dimensions, time, value: Value });
  }
  if (table.size > mostMetrics) for (const id of table.ids({ limit: table.size - mostMetrics })) table.delete(id);
}
