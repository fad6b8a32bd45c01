import type { JsonObject } from "../../types";
import { Parts } from "./parts";
import type { WafRequest } from "./request";
import type { InspectionResult, RuleMatch, TokenAnswer } from "./result";
import type { WebACL } from "./types";

/** Items of GetSampledRequests. Source: AWS WAFV2 API Reference, SampledHTTPRequest. */

export interface Sample {
  /** The RuleMetricName that it is asked by: a rule's, or `Default_Action`. */
  metricName: string;
  /** A SampledHTTPRequest. */
  item: JsonObject;
}

const answer = (token: TokenAnswer | undefined, name: string): JsonObject =>
  token ? { [name]: { ResponseCode: token.responseCode, ...(token.solveTimestamp !== undefined && { SolveTimestamp: token.solveTimestamp }), ...(token.failureReason && { FailureReason: token.failureReason }) } } : {};

/** What the request adds to the samples: one item for what ended its evaluation and one for each rule that counted it, where the rule samples. */
export function sampledRequests(webAcl: Pick<WebACL, "VisibilityConfig">, request: WafRequest, result: InspectionResult): Sample[] {
  const { headers, method } = new Parts(request, 0, false);
  const common: JsonObject = {
    Request: {
      ClientIP: request.clientIp,
      Country: request.country ?? "-",
      URI: request.uri,
      Method: method,
      HTTPVersion: request.httpVersion ?? "HTTP/1.1",
      Headers: headers.map(({ name, value }) => ({ Name: name, Value: value })),
    },
    Weight: 1,
    Timestamp: request.timestamp / 1_000,
    ...(result.labels.length && { Labels: result.labels.slice(0, 100).map(({ name }) => ({ Name: name })) }),
  };
  const own = (match: RuleMatch | undefined, action: string, within: string | undefined): JsonObject => ({
    ...common,
    Action: action,
    ...(within && { RuleNameWithinRuleGroup: within }),
    ...(match?.overriddenAction && { OverriddenAction: match.overriddenAction }),
    ...answer(match?.captchaResponse, "CaptchaResponse"),
    ...answer(match?.challengeResponse, "ChallengeResponse"),
  });
  const withinGroup = (rule: string, name: string | undefined): string | undefined => {
    const group = result.groups.find((each) => each.rule === rule);
    return group && name !== undefined ? `${group.managed ? group.ruleGroupId : group.name}#${name}` : undefined;
  };
  const samples: Sample[] = [];
  const end = result.terminatingRule;
  if ((end?.visibility ?? webAcl.VisibilityConfig).SampledRequestsEnabled)
    samples.push({
      metricName: end?.visibility.MetricName ?? "Default_Action",
      item: {
        ...own(end, result.action, withinGroup(result.terminatingRuleId, result.ruleWithinGroup)),
        ...(result.requestHeadersInserted.length && { RequestHeadersInserted: result.requestHeadersInserted.map(({ name, value }) => ({ Name: name, Value: value })) }),
        ...(result.response && { ResponseCodeSent: result.response.status }),
      },
    });
  for (const match of result.nonTerminatingMatchingRules)
    if (match.visibility.SampledRequestsEnabled) {
      const group = result.groups.find((each) => each.rule === match.ruleId);
      samples.push({ metricName: match.visibility.MetricName, item: own(match, match.action, withinGroup(match.ruleId, group?.terminatingRule?.ruleId)) });
    }
  for (const { rule, nonTerminatingMatchingRules, excludedRules } of result.groups)
    for (const match of [...nonTerminatingMatchingRules, ...excludedRules])
      if (match.visibility.SampledRequestsEnabled) samples.push({ metricName: match.visibility.MetricName, item: own(match, match.action, withinGroup(rule, match.ruleId)) });
  return samples;
}
