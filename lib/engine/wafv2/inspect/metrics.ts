import type { ActionName, InspectionResult, RuleMatch } from "./result";
import type { VisibilityConfig, WebACL } from "./types";

/**
 * What a request adds to CloudWatch, namespace AWS/WAFV2, statistic Sum. A value that stays 0 is not reported.
 * Source: AWS WAF Developer Guide, AWS WAF metrics and dimensions.
 */
export interface MetricCount {
  MetricName:
    | "AllowedRequests" | "BlockedRequests" | "CountedRequests" | "CaptchaRequests" | "RequestsWithValidCaptchaToken" | "ChallengeRequests"
    | "RequestsWithValidChallengeToken" | "PassedRequests";
  Dimensions: Record<string, string>;
  Value: number;
}

export const metricNamespace = "AWS/WAFV2";
const mostLabels = 100;

const ending: Record<ActionName, MetricCount["MetricName"]> = { ALLOW: "AllowedRequests", BLOCK: "BlockedRequests", COUNT: "CountedRequests", CAPTCHA: "CaptchaRequests", CHALLENGE: "ChallengeRequests" };
const passing: Record<ActionName, MetricCount["MetricName"]> = { ...ending, CAPTCHA: "RequestsWithValidCaptchaToken", CHALLENGE: "RequestsWithValidChallengeToken" };

/**
 * The counts of one inspection. `region` is absent for CloudFront's web ACLs, whose metrics have no Region dimension. The web ACL's dimension is
 * its MetricName; the default action counts as rule Default_Action; ALL sums up the web ACL (a rule group) once for each metric.
 */
export function metricCounts(webAcl: Pick<WebACL, "VisibilityConfig">, result: InspectionResult, region?: string): MetricCount[] {
  const counts = new Map<string, MetricCount>();
  const add = (MetricName: MetricCount["MetricName"], dimensions: Record<string, string>, once = false): void => {
    const Dimensions = { ...(region && { Region: region }), ...dimensions };
    const key = JSON.stringify([MetricName, Dimensions]);
    const there = counts.get(key);
    if (!there) counts.set(key, { MetricName, Dimensions, Value: 1 });
    else if (!once) there.Value++;
  };
  const WebACL = webAcl.VisibilityConfig.MetricName;
  const ofWebAcl = (name: MetricCount["MetricName"], visibility: VisibilityConfig | undefined): void => {
    if (visibility ? visibility.CloudWatchMetricsEnabled : webAcl.VisibilityConfig.CloudWatchMetricsEnabled) add(name, { WebACL, Rule: visibility?.MetricName ?? "Default_Action" });
    if (webAcl.VisibilityConfig.CloudWatchMetricsEnabled) add(name, { WebACL, Rule: "ALL" }, true);
  };
  ofWebAcl(ending[result.action], result.terminatingRule?.visibility);
  for (const match of result.nonTerminatingMatchingRules) ofWebAcl(passing[match.action], match.visibility);

  for (const { visibility, terminatingRule, nonTerminatingMatchingRules, excludedRules } of result.groups) {
    const RuleGroup = visibility.MetricName;
    const ofGroup = (name: MetricCount["MetricName"], match: RuleMatch | undefined): void => {
      if (match?.visibility.CloudWatchMetricsEnabled) {
        add(name, { RuleGroup, Rule: match.visibility.MetricName });
        // A rule whose action the web ACL overrides is also listed under the web ACL.
        if (match.overriddenAction) add(name, { WebACL, RuleGroup, Rule: match.visibility.MetricName });
      }
      if (visibility.CloudWatchMetricsEnabled) add(name, { RuleGroup, Rule: "ALL" }, true);
    };
    if (terminatingRule) ofGroup(ending[terminatingRule.action], terminatingRule);
    for (const match of [...nonTerminatingMatchingRules, ...excludedRules]) ofGroup(passing[match.action], match);
    if (!terminatingRule && !nonTerminatingMatchingRules.length && !excludedRules.length) ofGroup("PassedRequests", undefined);
  }
  if (webAcl.VisibilityConfig.CloudWatchMetricsEnabled)
    for (const { name, action } of result.labels.slice(0, mostLabels)) {
      const at = name.lastIndexOf(":");
      const ended = result.terminatingRule?.action === action || action === "ALLOW" || action === "BLOCK";
      add((ended ? ending : passing)[action], { WebACL, LabelNamespace: name.slice(0, at), Label: name.slice(at + 1) });
    }
  return [...counts.values()];
}
