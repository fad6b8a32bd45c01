import type { Db } from "../../types";
import { type MetricCount, metricCounts } from "../inspect/metrics";
import type { InspectionResult, RuleMatch } from "../inspect/result";
import type { WebACL } from "../inspect/types";
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

const said = (matches: readonly RuleMatch[]): string => matches.map(({ ruleId, action }) => `${ruleId} ${action}`).join();

/** All that a result's counts depend on. Names have no blanks and commas. */
const kindOf = ({ action, terminatingRule, nonTerminatingMatchingRules, groups, labels }: InspectionResult): string =>
  [
    action, terminatingRule ? said([terminatingRule]) : "", said(nonTerminatingMatchingRules),
    ...groups.map((group) => [group.rule, group.terminatingRule ? said([group.terminatingRule]) : "", said(group.nonTerminatingMatchingRules), said(group.excludedRules)].join(" / ")),
    labels.map((label) => `${label.name} ${label.action}`).join(),
  ].join("\n");

/** The counts of many requests of one web ACL: those of which the same came are counted up once. */
export function countsOf(webAcl: Pick<WebACL, "VisibilityConfig">, results: readonly InspectionResult[], region?: string): MetricCount[] {
  const kinds = new Map<string, { result: InspectionResult; times: number }>();
  for (const result of results) {
    const key = kindOf(result);
    const kind = kinds.get(key);
    if (kind) kind.times++;
    else kinds.set(key, { result, times: 1 });
  }
  return [...kinds.values()].flatMap(({ result, times }) => metricCounts(webAcl, result, region).map((count) => ({ ...count, Value: count.Value * times })));
}
