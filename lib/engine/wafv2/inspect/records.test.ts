import { describe, expect, test } from "vitest";
import { compile } from "./compile";
import { bytes, request, rule, transformations, visible, webAcl } from "./inspect.test-helper";
import { isLogged, type LoggingFilter, logRecord } from "./log-record";
import { metricCounts } from "./metrics";
import type { WafRequest } from "./request";
import { sampledRequests } from "./sample";
import type { FieldToMatch, Rule, Statement, WebACL } from "./types";

const yes = bytes("/", { UriPath: {} });
const no = bytes("nowhere", { UriPath: {} });
const managed = (Name: string): Statement => ({ ManagedRuleGroupStatement: { VendorName: "AWS", Name } });
const count: Partial<Rule> = { OverrideAction: { Count: {} } };

function inspect(rules: Rule[], more: Partial<WafRequest> = {}, acl: Partial<WebACL> = {}) {
  const whole = webAcl(rules, acl);
  const sent = request(more);
  return { acl: whole, sent, result: compile(whole).inspect(sent, { details: true }) };
}
const record = (rules: Rule[], more: Partial<WafRequest> = {}, redacted: FieldToMatch[] = []) => {
  const { acl, sent, result } = inspect(rules, more);
  return logRecord(acl, sent, result, redacted) as Record<string, any>;
};

describe("the log record", () => {
  test("of an allowed request", () => {
    expect(record([], { uri: "/a?b=1#c", country: "DE", requestId: "id-1", sourceId: "app/x/1" })).toEqual({
      timestamp: 1_780_000_000_000, formatVersion: 1, webaclId: webAcl([]).ARN,
      terminatingRuleId: "Default_Action", terminatingRuleType: "REGULAR", action: "ALLOW", terminatingRuleMatchDetails: [],
      httpSourceName: "ALB", httpSourceId: "app/x/1", ruleGroupList: [], rateBasedRuleList: [], nonTerminatingMatchingRules: [], requestHeadersInserted: null, responseCodeSent: null,
      httpRequest: {
        clientIp: "192.0.2.44", country: "DE", headers: [{ name: "Host", value: "example.com" }, { name: "User-Agent", value: "Mozilla/5.0" }, { name: "Accept", value: "text/html" }],
        uri: "/a", args: "b=1", httpVersion: "HTTP/1.1", httpMethod: "GET", requestId: "id-1", fragment: "c", scheme: "https", host: "example.com",
      },
      requestBodySize: 0, requestBodySizeInspectedByWAF: 0,
    });
  });
  test("of SQL injection: what matched, by its detector's tokens", () => {
    const sqli: Statement = { SqliMatchStatement: { FieldToMatch: { QueryString: {} }, SensitivityLevel: "HIGH", TextTransformations: transformations("URL_DECODE") } };
    const made = record([rule("sql", sqli)], { uri: "/?q=1%27%20OR%20%271%27=%271" });
    expect(made).toMatchObject({ action: "BLOCK", terminatingRuleId: "sql", responseCodeSent: null });
    expect(made.terminatingRuleMatchDetails).toMatchObject([{ conditionType: "SQL_INJECTION", sensitivityLevel: "HIGH", location: "QUERY_STRING" }]);
    expect(Array.isArray(made.terminatingRuleMatchDetails[0].matchedData)).toBe(true);
  });
  test("a custom response's code is logged", () =>
    expect(record([rule("r", yes, { Block: { CustomResponse: { ResponseCode: 429 } } })])).toMatchObject({ responseCodeSent: 429 }));
  test("a JSON body's location is not known", () => {
    const xss: Statement = { XssMatchStatement: { FieldToMatch: { JsonBody: { MatchPattern: { All: {} }, MatchScope: "ALL" } }, TextTransformations: transformations() } };
    expect(record([rule("x", xss)], { body: '{"a":"<script>alert(1)</script>"}' }).terminatingRuleMatchDetails).toMatchObject([{ conditionType: "XSS", location: "UNKNOWN" }]);
  });
  test("of a managed group, by its rule", () => {
    expect(record([rule("m", managed("AWSManagedRulesKnownBadInputsRuleSet"))], { method: "PROPFIND" })).toMatchObject({
      terminatingRuleId: "m", terminatingRuleType: "MANAGED_RULE_GROUP",
      ruleGroupList: [{ ruleGroupId: "AWS#AWSManagedRulesKnownBadInputsRuleSet", terminatingRule: { ruleId: "PROPFIND_METHOD", action: "BLOCK" }, nonTerminatingMatchingRules: [], excludedRules: null }],
      labels: [{ name: "awswaf:managed:aws:known-bad-inputs:Propfind_Method" }],
    });
  });
  test("of a rate-based rule", () => {
    const whole = webAcl([rule("rate", { RateBasedStatement: { Limit: 10, EvaluationWindowSec: 60, AggregateKeyType: "CUSTOM_KEYS", CustomKeys: [{ IP: {} }, { Header: { Name: "x-id", TextTransformations: transformations() } }] } })]);
    const [acl, rates, sent] = [compile(whole), {}, request({ headers: [["X-Id", "7"]] })];
    for (let n = 0; n < 10; n++) acl.inspect(sent, { rates, exactRates: true });
    expect(logRecord(whole, sent, acl.inspect(sent, { rates, exactRates: true }))).toMatchObject({
      terminatingRuleType: "RATE_BASED",
      rateBasedRuleList: [{ rateBasedRuleName: "rate", limitKey: "CUSTOMKEYS", maxRateAllowed: 10, evaluationWindowSec: "60", customValues: [{ key: "IP", value: "192.0.2.44" }, { key: "HEADER", name: "x-id", value: "7" }] }],
    });
  });
  test("redacted fields", () => {
    const hidden: FieldToMatch[] = [{ SingleHeader: { Name: "USER-AGENT" } }, { UriPath: {} }, { QueryString: {} }, { Method: {} }];
    expect(record([], { uri: "/secret?token=1" }, hidden).httpRequest).toMatchObject({ uri: "REDACTED", args: "REDACTED", httpMethod: "REDACTED", headers: [{ value: "example.com" }, { value: "REDACTED" }, {}] });
  });
  test("oversize, fingerprints, ASN", () => {
    const made = record([rule("b", bytes("x", { Body: {} })), rule("a", { AsnMatchStatement: { AsnList: [1] } })], { body: "y".repeat(9_000), ja3: "j3", ja4: "j4", asn: 64_500 });
    expect(made).toMatchObject({ oversizeFields: ["REQUEST_BODY"], requestBodySize: 9_000, requestBodySizeInspectedByWAF: 8_192, ja3Fingerprint: "j3", ja4Fingerprint: "j4", clientAsn: 64_500 });
  });
  test("the first 100 labels are taken", () => {
    const rules = Array.from({ length: 101 }, (_, n) => rule(`r${n}`, yes, { Count: {} }, { RuleLabels: [{ Name: `l${n}` }] }));
    expect(record(rules).labels).toHaveLength(100);
    expect(inspect(rules).result.labels).toHaveLength(101);
  });
  test("it is plain data", () => {
    const made = record([rule("m", managed("AWSManagedRulesCommonRuleSet"), undefined, count)], { headers: [] });
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  });
});

describe("the logging filter", () => {
  const filter = (Behavior: "KEEP" | "DROP", Requirement: "MEETS_ALL" | "MEETS_ANY", ...Conditions: LoggingFilter["Filters"][number]["Conditions"]): LoggingFilter => ({ DefaultBehavior: Behavior === "KEEP" ? "DROP" : "KEEP", Filters: [{ Behavior, Requirement, Conditions }] });
  const [blocked, counted] = [{ ActionCondition: { Action: "BLOCK" } }, { ActionCondition: { Action: "COUNT" } }];
  const labelled = { LabelNameCondition: { LabelName: "awswaf:111122223333:webacl:T:x" } };
  const rules = [rule("c", yes, { Count: {} }, { RuleLabels: [{ Name: "x" }] })];
  test.each<[string, LoggingFilter | undefined, boolean]>([
    ["none", undefined, true],
    ["keep blocked", filter("KEEP", "MEETS_ANY", blocked), false],
    ["keep counted", filter("KEEP", "MEETS_ANY", blocked, counted), true],
    ["keep blocked and counted", filter("KEEP", "MEETS_ALL", blocked, counted), false],
    ["keep labelled", filter("KEEP", "MEETS_ALL", counted, labelled), true],
    ["drop labelled", filter("DROP", "MEETS_ANY", labelled), false],
  ])("%s", (_, with_, kept) => expect(isLogged(inspect(rules).result, with_)).toBe(kept));
});

describe("samples", () => {
  const samples = (rules: Rule[], more: Partial<WafRequest> = {}) => {
    const { acl, sent, result } = inspect(rules, more);
    return sampledRequests(acl, sent, result);
  };
  test("one for the end, one for each rule that counted", () => {
    const all = samples([rule("c", yes, { Count: {} }), rule("d", yes, { Count: {} }), rule("b", yes)], { country: "DE" });
    expect(all.map(({ metricName, item }) => [metricName, item.Action])).toEqual([["b", "BLOCK"], ["c", "COUNT"], ["d", "COUNT"]]);
    expect(all[0].item).toMatchObject({ Request: { ClientIP: "192.0.2.44", Country: "DE", URI: "/", Method: "GET", HTTPVersion: "HTTP/1.1" }, Weight: 1, Timestamp: 1_780_000_000, ResponseCodeSent: 403 });
  });
  test("of the default action", () => expect(samples([])).toMatchObject([{ metricName: "Default_Action", item: { Action: "ALLOW" } }]));
  test("a group's rule by its whole name", () =>
    expect(samples([rule("m", managed("AWSManagedRulesKnownBadInputsRuleSet"), undefined, count)], { method: "PROPFIND" })[1]).toMatchObject({ metricName: "m", item: { Action: "COUNT", OverriddenAction: "BLOCK", RuleNameWithinRuleGroup: "AWS#AWSManagedRulesKnownBadInputsRuleSet#PROPFIND_METHOD" } }));
  test("a rule that does not sample", () => expect(samples([rule("b", yes, undefined, { VisibilityConfig: { ...visible("b"), SampledRequestsEnabled: false } })])).toEqual([]));
});

describe("metrics", () => {
  const metrics = (rules: Rule[], more: Partial<WafRequest> = {}, region?: string) => {
    const { acl, result } = inspect(rules, more);
    return metricCounts(acl, result, region).map(({ MetricName, Dimensions, Value }) => [MetricName, Value, Dimensions]);
  };
  test("the default action", () =>
    expect(metrics([rule("r", no)], {}, "us-east-1")).toEqual([
      ["AllowedRequests", 1, { Region: "us-east-1", WebACL: "T", Rule: "Default_Action" }],
      ["AllowedRequests", 1, { Region: "us-east-1", WebACL: "T", Rule: "ALL" }],
    ]));
  test("CloudFront's have no Region", () => expect(metrics([])[0]).toEqual(["AllowedRequests", 1, { WebACL: "T", Rule: "Default_Action" }]));
  test("blocked and counted, labels", () =>
    expect(metrics([rule("c", yes, { Count: {} }, { RuleLabels: [{ Name: "ns:x" }] }), rule("d", yes, { Count: {} }), rule("b", yes)])).toEqual([
      ["BlockedRequests", 1, { WebACL: "T", Rule: "b" }],
      ["BlockedRequests", 1, { WebACL: "T", Rule: "ALL" }],
      ["CountedRequests", 1, { WebACL: "T", Rule: "c" }],
      ["CountedRequests", 1, { WebACL: "T", Rule: "ALL" }],
      ["CountedRequests", 1, { WebACL: "T", Rule: "d" }],
      ["CountedRequests", 1, { WebACL: "T", LabelNamespace: "awswaf:111122223333:webacl:T:ns", Label: "x" }],
    ]));
  test("a group: its rule, and passed", () => {
    const group = rule("m", managed("AWSManagedRulesKnownBadInputsRuleSet"));
    expect(metrics([group], { method: "PROPFIND" })).toEqual(expect.arrayContaining([
      ["BlockedRequests", 1, { WebACL: "T", Rule: "m" }],
      ["BlockedRequests", 1, { RuleGroup: "AWSManagedRulesKnownBadInputsRuleSet", Rule: "PROPFIND_METHOD" }],
    ]));
    expect(metrics([group])).toContainEqual(["PassedRequests", 1, { RuleGroup: "AWSManagedRulesKnownBadInputsRuleSet", Rule: "ALL" }]);
  });
  test("an excluded rule is counted", () => {
    const statement: Statement = { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesKnownBadInputsRuleSet", ExcludedRules: [{ Name: "PROPFIND_METHOD" }] } };
    expect(metrics([rule("m", statement)], { method: "PROPFIND" })).toContainEqual(["CountedRequests", 1, { RuleGroup: "AWSManagedRulesKnownBadInputsRuleSet", Rule: "PROPFIND_METHOD" }]);
  });
  test("tokens", () => {
    const now = request().timestamp;
    expect(metrics([rule("c", yes, { Captcha: {} })])).toContainEqual(["CaptchaRequests", 1, { WebACL: "T", Rule: "c" }]);
    expect(metrics([rule("c", yes, { Captcha: {} })], { token: { state: "accepted", captchaSolvedAt: now } })).toContainEqual(["RequestsWithValidCaptchaToken", 1, { WebACL: "T", Rule: "c" }]);
    expect(metrics([rule("c", yes, { Challenge: {} })], { token: { state: "accepted", challengeSolvedAt: now } })).toContainEqual(["RequestsWithValidChallengeToken", 1, { WebACL: "T", Rule: "c" }]);
  });
  test("a rule without metrics", () =>
    expect(metrics([rule("b", yes, undefined, { VisibilityConfig: { ...visible("b"), CloudWatchMetricsEnabled: false } })])).toEqual([["BlockedRequests", 1, { WebACL: "T", Rule: "ALL" }]]));
});
