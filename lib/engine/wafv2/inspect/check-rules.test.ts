import { describe, expect, test } from "vitest";
import { checkRules, checkBodies, checkPattern } from "./check-rules";
import { base64, bytes, recorded, rule } from "./inspect.test-helper";
import type { FieldToMatch, Rule, RateBasedStatement, Statement } from "./types";

const geo: Statement = { GeoMatchStatement: { CountryCodes: ["DE"] } };
const managed: Statement = { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesSQLiRuleSet" } };
const rate = (more: Partial<RateBasedStatement> = {}): Statement => ({ RateBasedStatement: { Limit: 100, AggregateKeyType: "IP", ...more } });
const on = (FieldToMatch: FieldToMatch, constraint: "CONTAINS" | "EXACTLY" = "CONTAINS"): Statement => bytes("x", FieldToMatch, constraint);
const acl = { kind: "WEB_ACL" } as const;
const many = (statement: Statement, n: number): Rule[] => Array.from({ length: n }, (_, at) => rule(`r${at}`, statement));

test.each<[string, Rule[]]>([
  ["a plain rule", [rule("r", geo)]],
  ["a managed group", [rule("r", managed)]],
  ["a rate-based rule", [rule("r", rate())]],
  ["JA3 with EXACTLY", [rule("r", on({ JA3Fingerprint: { FallbackBehavior: "MATCH" } }, "EXACTLY"))]],
  ["ten transformations", [rule("r", bytes("x", { UriPath: {} }, "EXACTLY", ...Array<"LOWERCASE">(10).fill("LOWERCASE")))]],
  ["ten rate-based rules", many(rate(), 10)],
  ["ASN of a forwarded address", [rule("r", rate({ AggregateKeyType: "CUSTOM_KEYS", CustomKeys: [{ ASN: {} }], ForwardedIPConfig: { HeaderName: "X-Forwarded-For", FallbackBehavior: "MATCH" } }))]],
])("taken: %s", (_, rules) => expect(checkRules(rules, acl)).toBeUndefined());

test.each<[string, Rule[], string, string]>([
  ["no statement", [rule("r", {})], "STATEMENT", "Statement"],
  ["two statements", [rule("r", { ...geo, ...rate() })], "STATEMENT", "Statement"],
  ["And with one statement", [rule("r", { AndStatement: { Statements: [geo] } })], "AND_STATEMENT", "Statements"],
  ["Or with one statement", [rule("r", { OrStatement: { Statements: [geo] } })], "OR_STATEMENT", "Statements"],
  ["empty And", [rule("r", { AndStatement: { Statements: [] } })], "AND_STATEMENT", "Statements"],
  ["rate inside Not", [rule("r", { NotStatement: { Statement: rate() } })], "RATE_BASED_STATEMENT", "RateBasedStatement"],
  ["group inside Or", [rule("r", { OrStatement: { Statements: [geo, managed] } })], "MANAGED_RULE_SET_STATEMENT", "ManagedRuleGroupStatement"],
  ["group in scope-down", [rule("r", rate({ ScopeDownStatement: managed }))], "MANAGED_RULE_SET_STATEMENT", "ManagedRuleGroupStatement"],
  ["no action", [rule("r", geo, undefined, { Action: undefined })], "RULE", "Rule"],
  ["action and override", [rule("r", geo, undefined, { OverrideAction: { None: {} } })], "RULE", "Rule"],
  ["override on a plain rule", [rule("r", geo, undefined, { Action: undefined, OverrideAction: { None: {} } })], "RULE", "Rule"],
  ["action on a group", [rule("r", managed, undefined, { OverrideAction: undefined, Action: { Block: {} } })], "RULE", "Rule"],
  ["two actions", [rule("r", geo, { Block: {}, Allow: {} })], "RULE_ACTION", "RuleAction"],
  ["labels on a group", [rule("r", managed, undefined, { RuleLabels: [{ Name: "x" }] })], "RULE", "RuleLabels"],
  ["a forbidden word in a label", [rule("r", geo, undefined, { RuleLabels: [{ Name: "a:waf:b" }] })], "RULE", "a:waf:b"],
  ["six namespaces", [rule("r", geo, undefined, { RuleLabels: [{ Name: "a:b:c:d:e:f:g" }] })], "RULE", "a:b:c:d:e:f:g"],
  ["same priority", [rule("a", geo, undefined, { Priority: 1 }), rule("b", geo, undefined, { Priority: 1 })], "RULE", "Priority"],
  ["same name", [rule("a", geo), rule("a", geo)], "RULE", "Name"],
  ["reserved metric name", [rule("r", geo, undefined, { VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: "All" } })], "METRIC_NAME", "All"],
  ["no field", [rule("r", on({}))], "FIELD_TO_MATCH", "FieldToMatch"],
  ["two fields", [rule("r", on({ Method: {}, UriPath: {} }))], "FIELD_TO_MATCH", "FieldToMatch"],
  ["JA3 with CONTAINS", [rule("r", on({ JA3Fingerprint: { FallbackBehavior: "MATCH" } }))], "FIELD_TO_MATCH", "JA3Fingerprint"],
  ["201 bytes", [rule("r", bytes("x".repeat(201)))], "BYTE_MATCH_STATEMENT", "SearchString"],
  ["a word with a dash", [rule("r", bytes("a-b", { UriPath: {} }, "CONTAINS_WORD"))], "BYTE_MATCH_STATEMENT", "SearchString"],
  ["11 transformations", [rule("r", bytes("x", { UriPath: {} }, "EXACTLY", ...Array<"LOWERCASE">(11).fill("LOWERCASE")))], "TEXT_TRANSFORMATION", "TextTransformations"],
  ["same transformation priority", [rule("r", { XssMatchStatement: { FieldToMatch: { UriPath: {} }, TextTransformations: [{ Priority: 0, Type: "NONE" }, { Priority: 0, Type: "LOWERCASE" }] } })], "TEXT_TRANSFORMATION", "Priority"],
  ["51 countries", [rule("r", { GeoMatchStatement: { CountryCodes: Array<string>(51).fill("DE") } })], "GEO_MATCH_STATEMENT", "CountryCodes"],
  ["an ARN of another kind", [rule("r", { IPSetReferenceStatement: { ARN: "arn:aws:wafv2:us-east-1:111122223333:regional/regexpatternset/s/1" } })], "RULE", "Statement"],
  ["limit 9", [rule("r", rate({ Limit: 9 }))], "RATE_BASED_STATEMENT", "Limit"],
  ["window 90", [rule("r", rate({ EvaluationWindowSec: 90 }))], "RATE_BASED_STATEMENT", "EvaluationWindowSec"],
  ["CONSTANT without scope-down", [rule("r", rate({ AggregateKeyType: "CONSTANT" }))], "SCOPE_DOWN", "ScopeDownStatement"],
  ["FORWARDED_IP without its header", [rule("r", rate({ AggregateKeyType: "FORWARDED_IP" }))], "FORWARDED_IP_CONFIG", "ForwardedIPConfig"],
  ["IP as the only custom key", [rule("r", rate({ AggregateKeyType: "CUSTOM_KEYS", CustomKeys: [{ IP: {} }] }))], "CUSTOM_KEYS", "IP"],
  ["six custom keys", [rule("r", rate({ AggregateKeyType: "CUSTOM_KEYS", CustomKeys: Array(6).fill({ HTTPMethod: {} }) }))], "CUSTOM_KEYS", "CustomKeys"],
  ["namespace without colon", [rule("r", { LabelMatchStatement: { Scope: "NAMESPACE", Key: "a" } })], "LABEL_MATCH_STATEMENT", "a"],
  ["response code 599", [rule("r", geo, { Block: { CustomResponse: { ResponseCode: 599 } } })], "CUSTOM_RESPONSE", "ResponseCode"],
  ["unknown body key", [rule("r", geo, { Block: { CustomResponse: { ResponseCode: 403, CustomResponseBodyKey: "k" } } })], "CUSTOM_RESPONSE_BODY", "k"],
  ["unknown body key of an override", [rule("r", { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesSQLiRuleSet", RuleActionOverrides: [{ Name: "SQLi_BODY", ActionToUse: { Block: { CustomResponse: { ResponseCode: 403, CustomResponseBodyKey: "k" } } } }] } })], "CUSTOM_RESPONSE_BODY", "k"],
  ["content-type in a response", [rule("r", geo, { Block: { CustomResponse: { ResponseCode: 403, ResponseHeaders: [{ Name: "Content-Type", Value: "a" }] } } })], "HEADER_NAME", "Content-Type"],
  ["challenge immunity 299", [rule("r", geo, { Challenge: {} }, { ChallengeConfig: { ImmunityTimeProperty: { ImmunityTime: 299 } } })], "CHALLENGE_CONFIG", "ChallengeConfig"],
])("refused: %s", (_, rules, Field, Parameter) => expect(checkRules(rules, acl)).toMatchObject({ code: "WAFInvalidParameterException", Field, Parameter }));

test("a rule group holds no groups, and four rate-based rules", () => {
  expect(checkRules([rule("r", managed)], { kind: "RULE_GROUP" })).toMatchObject({ Field: "MANAGED_RULE_SET_STATEMENT" });
  expect(checkRules(many(rate(), 4), { kind: "RULE_GROUP" })).toBeUndefined();
  expect(checkRules(many(rate(), 5), { kind: "RULE_GROUP" })).toMatchObject({ code: "WAFLimitsExceededException" });
});

test("Bot Control's targeted level is refused by name", () => {
  const bots = (InspectionLevel: string): Statement => ({ ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesBotControlRuleSet", ManagedRuleGroupConfigs: [{ AWSManagedRulesBotControlRuleSet: { InspectionLevel } }] } });
  expect(checkRules([rule("r", bots("COMMON"))], acl)).toBeUndefined();
  expect(checkRules([rule("r", bots("TARGETED"))], acl)).toMatchObject({ code: "NotSimulated", message: expect.stringContaining("TARGETED") });
});

test("limits of a web ACL", () => {
  expect(checkRules(many(rate(), 11), acl)).toMatchObject({ code: "WAFLimitsExceededException" });
  expect(checkRules(many(managed, 51), acl)).toMatchObject({ code: "WAFLimitsExceededException" });
});

test("statements nested without end are refused, not run", () => {
  let deep = geo;
  for (let n = 0; n < 50_000; n++) deep = { NotStatement: { Statement: deep } };
  expect(checkRules([rule("r", deep)], acl)).toMatchObject({ Field: "STATEMENT" });
});

test("what does not exist", () => {
  const gone: Statement = { IPSetReferenceStatement: { ARN: "arn:aws:wafv2:us-east-1:111122223333:regional/ipset/s/1" } };
  expect(checkRules([rule("r", gone)], { ...acl, has: () => false })).toMatchObject({ message: "Error reason: A reference in your rule statement is not valid., field: RULE, parameter: Statement" });
  expect(checkRules([rule("r", managed)], { ...acl, managedRuleGroup: () => "unknown" })).toMatchObject({ code: "WAFNonexistentItemException" });
});

describe("regular expressions", () => {
  test.each(["(?i)select", "^/a(b|c)$", "\\bx\\b", "[[:alpha:]]+", "\\A.*\\Z", "\\h+", "a{1,1000}", "[^a]]", "\\Qa.b\\E", "(?:a|b)*?", "(?<n>a)", "\\x41\\x{42}", "[\\]a]"])("taken: %s", (pattern) =>
    expect(checkPattern(pattern, "RULE")).toBeUndefined());
  test.each(["(a)\\1", "\\k<n>", "(?R)", "(?1)", "(?(1)a|b)", "(*FAIL)", "\\C", "\\R", "a\\Kb", "(?C1)", "(?>a)", "a++", "a*+", "a?+", "a{2}+", "(?=a)", "(?<!a)", "[a", "(a", "a{1001}", "\\", "x".repeat(513)])("refused: %s", (pattern) =>
    expect(checkPattern(pattern, "RULE")).toMatchObject({ code: "WAFInvalidParameterException", Field: "RULE" }));
});

test("custom response bodies", () => {
  expect(checkBodies({ a: { ContentType: "TEXT_PLAIN", Content: "x" } })).toBeUndefined();
  expect(checkBodies({ a: { ContentType: "APPLICATION_JSON", Content: "{" } })).toMatchObject({ Parameter: "a" });
  expect(checkBodies({ a: { ContentType: "TEXT_PLAIN", Content: "x".repeat(10_241) } })).toMatchObject({ Parameter: "a" });
});

test("base64 of the test helper", () => expect(base64("a")).toBe("YQ=="));

const cases = ["wafv2_validation", "wafv2_web_acl", "wafv2_rule_group"].flatMap(recorded).filter(({ step }) => step.in.Rules);
describe.runIf(cases.length)("as recorded", () => {
  test.each(cases.map(({ id, step }, at) => [`${id} ${at}`, step] as const))("%s", (_, { call, in: { Rules }, expect: { error } }) => {
    const problem = checkRules(Rules!, { kind: call.includes("RuleGroup") ? "RULE_GROUP" : "WEB_ACL" });
    if (error?.message && error.code === "WAFInvalidParameterException") expect(problem).toMatchObject({ code: error.code, message: error.message });
    else expect(problem).toBeUndefined();
  });
});
