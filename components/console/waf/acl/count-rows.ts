import type { Db } from "@/lib/engine/types";
import { metricRows } from "@/lib/engine/wafv2/traffic/state";
import { inOrder } from "../rule/shape";
import type { WebAcl } from "../waf-types";

/** Source: AWS WAF Developer Guide, AWS WAF metrics and dimensions. */
export const metricColumns = [
  { id: "AllowedRequests", header: "Allowed" },
  { id: "BlockedRequests", header: "Blocked" },
  { id: "CountedRequests", header: "Counted" },
  { id: "CaptchaRequests", header: "CAPTCHA" },
  { id: "RequestsWithValidCaptchaToken", header: "Valid CAPTCHA token" },
  { id: "ChallengeRequests", header: "Challenge" },
  { id: "RequestsWithValidChallengeToken", header: "Valid challenge token" },
] as const;

export interface CountRow {
  /** The metric's name: the dimension Rule. */
  rule: string;
  label: string;
  counts: Record<string, number | undefined>;
}

/** Sums since a time (ms) of a web ACL's rules, in their order, with its default action and all together; none where nothing came. */
export function countRows(db: Db, acl: WebAcl, since: number): CountRow[] {
  const sums = new Map<string, Record<string, number>>();
  for (const { MetricName, Dimensions, time, value } of metricRows(db).all()) {
    if (time < since || Dimensions.WebACL !== acl.VisibilityConfig.MetricName || Dimensions.Rule === undefined) continue;
    const sum = sums.get(Dimensions.Rule) ?? {};
    sum[MetricName] = (sum[MetricName] ?? 0) + value;
    sums.set(Dimensions.Rule, sum);
  }
  const known = [
    { rule: "ALL", label: "All rules" },
    ...inOrder(acl.Rules ?? []).map(({ Name, VisibilityConfig: { MetricName } }) => ({ rule: MetricName, label: Name })),
    { rule: "Default_Action", label: "Default action" },
  ];
  return sums.size === 0 ? [] : known.map((row) => ({ ...row, counts: sums.get(row.rule) ?? {} }));
}
