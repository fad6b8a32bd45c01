import { describe, expect, test } from "vitest";
import { capacityOf } from "./capacity";
import { bytes, recorded, rule, transformations } from "./inspect.test-helper";
import type { FieldToMatch, Statement } from "./types";

const all: FieldToMatch = { AllQueryArguments: {} };
const query: FieldToMatch = { QueryString: {} };
const json: FieldToMatch = { JsonBody: { MatchPattern: { All: {} }, MatchScope: "ALL" } };
const geo: Statement = { GeoMatchStatement: { CountryCodes: ["DE"] } };
const sqli = (FieldToMatch: FieldToMatch, SensitivityLevel: "LOW" | "HIGH", ...types: Parameters<typeof transformations>): Statement => ({ SqliMatchStatement: { FieldToMatch, SensitivityLevel, TextTransformations: transformations(...types) } });
const xss = (FieldToMatch: FieldToMatch): Statement => ({ XssMatchStatement: { FieldToMatch, TextTransformations: transformations() } });
const set = "arn:aws:wafv2:us-east-1:111122223333:regional/ipset/s/1";
const forwarded = (Position: "FIRST" | "LAST" | "ANY"): Statement => ({ IPSetReferenceStatement: { ARN: set, IPSetForwardedIPConfig: { HeaderName: "X-Forwarded-For", FallbackBehavior: "MATCH", Position } } });

test.each<[string, Statement, number]>([
  // What                                             statement                                         WCU (DG: each statement's page)
  ["string match, exact",                              bytes("x", query, "EXACTLY"),                      2],
  ["string match, start",                              bytes("x", query, "STARTS_WITH"),                  2],
  ["string match, end",                                bytes("x", query, "ENDS_WITH"),                    2],
  ["string match, contains",                           bytes("x", query, "CONTAINS"),                     10],
  ["string match, word",                               bytes("x", query, "CONTAINS_WORD"),                10],
  ["two transformations",                              bytes("x", query, "EXACTLY", "LOWERCASE", "URL_DECODE"), 22],
  ["NONE costs nothing",                               bytes("x", query, "EXACTLY", "NONE"),              2],
  ["all query arguments",                              bytes("x", all, "EXACTLY"),                        12],
  ["JSON body doubles the base",                       bytes("x", json, "CONTAINS", "LOWERCASE"),         30],
  ["regex",                                            { RegexMatchStatement: { RegexString: "a", FieldToMatch: query, TextTransformations: transformations() } }, 3],
  ["regex set",                                        { RegexPatternSetReferenceStatement: { ARN: "a", FieldToMatch: query, TextTransformations: transformations() } }, 25],
  ["size",                                             { SizeConstraintStatement: { FieldToMatch: query, Size: 1, ComparisonOperator: "GT", TextTransformations: transformations() } }, 1],
  ["SQLi LOW",                                         sqli(query, "LOW"),                                20],
  ["SQLi HIGH",                                        sqli(query, "HIGH"),                               30],
  ["SQLi LOW, all arguments, two transformations",     sqli(all, "LOW", "URL_DECODE", "HTML_ENTITY_DECODE"), 50],
  ["SQLi HIGH in JSON",                                sqli(json, "HIGH"),                                60],
  ["XSS",                                              xss(query),                                        40],
  ["XSS in JSON",                                      xss(json),                                         80],
  ["geo",                                              geo,                                               1],
  ["ASN",                                              { AsnMatchStatement: { AsnList: [64496] } },       1],
  ["label",                                            { LabelMatchStatement: { Scope: "LABEL", Key: "x" } }, 1],
  ["IP set",                                           { IPSetReferenceStatement: { ARN: set } },         1],
  ["IP set, forwarded first",                          forwarded("FIRST"),                                1],
  ["IP set, forwarded any",                            forwarded("ANY"),                                  5],
  ["and",                                              { AndStatement: { Statements: [geo, xss(query)] } }, 41],
  ["or",                                               { OrStatement: { Statements: [geo, geo, geo] } },  3],
  ["not",                                              { NotStatement: { Statement: geo } },              1],
  ["rate",                                             { RateBasedStatement: { Limit: 100, AggregateKeyType: "IP" } }, 2],
  ["rate with scope-down",                             { RateBasedStatement: { Limit: 100, AggregateKeyType: "IP", ScopeDownStatement: xss(query) } }, 42],
  ["rate with two keys",                               { RateBasedStatement: { Limit: 100, AggregateKeyType: "CUSTOM_KEYS", CustomKeys: [{ IP: {} }, { HTTPMethod: {} }] } }, 62],
  ["managed group",                                    { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesCommonRuleSet" } }, 700],
  ["managed group with scope-down",                    { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesSQLiRuleSet", ScopeDownStatement: geo } }, 201],
  ["rule group",                                       { RuleGroupReferenceStatement: { ARN: "g" } },     77],
])("%s", (_, statement, units) => expect(capacityOf([rule("r", statement)], { ruleGroup: () => 77 })).toBe(units));

test.each([[0, 1], [1, 2], [5, 2], [6, 3]])("%i labels: %i", (labels, units) =>
  expect(capacityOf([rule("r", geo, undefined, { RuleLabels: Array.from({ length: labels }, (_, n) => ({ Name: `l${n}` })) })])).toBe(units));

test("however deep", () => {
  let deep = geo;
  for (let n = 0; n < 100_000; n++) deep = { NotStatement: { Statement: deep } };
  expect(capacityOf([rule("r", deep)])).toBe(1);
});

const cases = recorded("wafv2_capacity");
describe.runIf(cases.length)("as recorded", () => {
  test.each(cases.map(({ id, step }, at) => [`${id} ${at}`, step] as const))("%s", (_, step) => expect(capacityOf(step.in.Rules!)).toBe(step.expect.values!.Capacity));
});
