import type { Db } from "../../types";
import type { MetricCount } from "../inspect/metrics";
import { minuteId, minutes, mostMetrics } from "./state";

/** Adds what a web ACL's requests counted to the minute of `now`, ms. */
export function addCounts(db: Db, aclId: string, now: number, counts: readonly MetricCount[]): void {
  if (!counts.length) return;
  const time = Math.floor(now / 60_000) * 60_000;
  const table = minutes(db);
  const id = minuteId(time, aclId);
  const sums = new Map<string, MetricCount>();
  for (const count of [...(table.get(id)?.counts ?? []), ...counts]) {
    const key = JSON.stringify([count.MetricName, count.Dimensions]);
    const sum = sums.get(key);
    if (sum) sum.Value += count.Value;
    else sums.set(key, { ...count });
  }
  table.put(id, { time, counts: [...sums.values()] });
  if (table.size > mostMetrics) for (const old of table.ids({ limit: table.size - mostMetrics })) table.delete(old);
}
