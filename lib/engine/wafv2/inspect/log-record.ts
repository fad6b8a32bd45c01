import type { JsonObject } from "../../types";
import { Parts } from "./parts";
import type { SourceKind, WafRequest } from "./request";
import type { GroupResult, InspectionResult, RuleMatch } from "./result";
import type { FieldToMatch, WebACL } from "./types";

/** The log record of an inspected request. Source: AWS WAF Developer Guide, Log fields for web ACL traffic. */

const sourceNames: Record<SourceKind, string> = {
  CLOUDFRONT: "CF", ALB: "ALB", API_GATEWAY: "APIGW", APPSYNC: "APPSYNC", COGNITO_USER_POOL: "COGNITOIDP", APP_RUNNER_SERVICE: "APPRUNNER",
  VERIFIED_ACCESS_INSTANCE: "VERIFIED_ACCESS", AMPLIFY: "AMPLIFY",
};
/** Logs take so many labels of a request. */
const mostLabels = 100;
const redacted = "REDACTED";

const matched = ({ ruleId, action, overriddenAction, ruleMatchDetails, captchaResponse, challengeResponse }: RuleMatch): JsonObject => ({
  ruleId,
  action,
  ...(overriddenAction && { overriddenAction }),
  ruleMatchDetails: ruleMatchDetails.map((detail) => ({ ...detail })),
  ...(captchaResponse && { captchaResponse: { ...captchaResponse } }),
  ...(challengeResponse && { challengeResponse: { ...challengeResponse } }),
});

const group = ({ ruleGroupId, terminatingRule, nonTerminatingMatchingRules, excludedRules }: GroupResult): JsonObject => ({
  ruleGroupId,
  terminatingRule: terminatingRule ? matched(terminatingRule) : null,
  nonTerminatingMatchingRules: nonTerminatingMatchingRules.map(matched),
  excludedRules: excludedRules.length ? excludedRules.map(({ ruleId }) => ({ ruleId, exclusionType: "EXCLUDED_AS_COUNT" })) : null,
});

/** What the redacted fields of a LoggingConfiguration hide: headers by name in lower case, and parts of the request line. */
function hidden(fields: readonly FieldToMatch[]) {
  return {
    headers: new Set(fields.flatMap(({ SingleHeader }) => SingleHeader?.Name.toLowerCase() ?? [])),
    uri: fields.some(({ UriPath }) => UriPath),
    args: fields.some(({ QueryString }) => QueryString),
    method: fields.some(({ Method }) => Method),
  };
}

/** The record of one request; `result` is to have been made with `details` or `walk`. Plain data, one line as JSON. */
export function logRecord(webAcl: Pick<WebACL, "ARN">, request: WafRequest, result: InspectionResult, redactedFields: readonly FieldToMatch[] = []): JsonObject {
  const { path, query = "", fragment, headers, method } = new Parts(request, 0, false);
  const hide = hidden(redactedFields);
  return {
    timestamp: request.timestamp,
    formatVersion: 1,
    webaclId: webAcl.ARN,
    terminatingRuleId: result.terminatingRuleId,
    terminatingRuleType: result.terminatingRuleType,
    action: result.action,
    terminatingRuleMatchDetails: (result.terminatingRule?.ruleMatchDetails ?? []).map((detail) => ({ ...detail })),
    httpSourceName: sourceNames[request.source],
    httpSourceId: request.sourceId ?? "-",
    ruleGroupList: result.groups.map(group),
    rateBasedRuleList: result.rates.map(({ evaluationWindowSec, customValues, ...rate }) => ({
      ...rate,
      evaluationWindowSec: String(evaluationWindowSec),
      ...(customValues && { customValues: customValues.map((value) => ({ ...value })) }),
    })),
    nonTerminatingMatchingRules: result.nonTerminatingMatchingRules.map(matched),
    requestHeadersInserted: result.requestHeadersInserted.length ? result.requestHeadersInserted.map((each) => ({ ...each })) : null,
    responseCodeSent: result.responseCodeSent ?? null,
    httpRequest: {
      clientIp: request.clientIp,
      country: request.country ?? "-",
      headers: headers.map(({ name, key, value }) => ({ name, value: hide.headers.has(key) ? redacted : value })),
      uri: hide.uri ? redacted : path,
      args: hide.args ? redacted : query,
      httpVersion: request.httpVersion ?? "HTTP/1.1",
      httpMethod: hide.method ? redacted : method,
      requestId: request.requestId ?? "-",
      fragment: fragment ?? "",
      scheme: request.scheme ?? "https",
      host: headers.find(({ key }) => key === "host")?.value ?? "",
    },
    ...(result.labels.length && { labels: result.labels.slice(0, mostLabels).map(({ name }) => ({ name })) }),
    ...(result.captchaResponse && { captchaResponse: { ...result.captchaResponse } }),
    ...(result.challengeResponse && { challengeResponse: { ...result.challengeResponse } }),
    ...(result.oversizeFields.length && { oversizeFields: [...result.oversizeFields] }),
    requestBodySize: result.requestBodySize,
    requestBodySizeInspectedByWAF: result.requestBodySizeInspectedByWAF,
    ...(request.ja3 !== undefined && { ja3Fingerprint: request.ja3 }),
    ...(request.ja4 !== undefined && { ja4Fingerprint: request.ja4 }),
    ...(result.clientAsn !== undefined && { clientAsn: result.clientAsn }),
  };
}

export interface LoggingFilter {
  DefaultBehavior: "KEEP" | "DROP";
  Filters: {
    Behavior: "KEEP" | "DROP";
    Requirement: "MEETS_ALL" | "MEETS_ANY";
    Conditions: { ActionCondition?: { Action: string }; LabelNameCondition?: { LabelName: string } }[];
  }[];
}

/** Whether the filter of a LoggingConfiguration keeps the record: its filters in order, else its default. Source: AWS WAFV2 API Reference, LoggingFilter. */
export function isLogged(result: InspectionResult, filter?: LoggingFilter): boolean {
  if (!filter) return true;
  const actions = new Set<string>([result.action]);
  for (const { action } of [...result.nonTerminatingMatchingRules, ...result.groups.flatMap((each) => each.nonTerminatingMatchingRules)]) actions.add(action);
  if (result.groups.some(({ excludedRules }) => excludedRules.length)) actions.add("EXCLUDED_AS_COUNT");
  const labels = new Set(result.labels.map(({ name }) => name));
  for (const { Behavior, Requirement, Conditions } of filter.Filters) {
    const meets = Conditions.map(({ ActionCondition, LabelNameCondition }) => (ActionCondition ? actions.has(ActionCondition.Action) : labels.has(LabelNameCondition?.LabelName ?? "")));
    if (Requirement === "MEETS_ALL" ? meets.every(Boolean) : meets.some(Boolean)) return Behavior === "KEEP";
  }
  return filter.DefaultBehavior === "KEEP";
}
