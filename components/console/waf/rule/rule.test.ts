import { describe, expect, test } from "vitest";
import type { Rule, Statement } from "@/lib/engine/wafv2/inspect/types";
import { base64OfText, findProblem, print, printRule, readRule, toSent, toShown, unitsOf } from "./rule-json";
import { emptyLeaf, emptyRule, inOrder, kindOf, leafNames, moved, nextPriority, readMatch, withLeaf, withMode, withName, writeMatch, type Mode } from "./shape";
import { ruleText } from "./words";

const geo = (...CountryCodes: string[]): Statement => ({ GeoMatchStatement: { CountryCodes } });
const not = (statement: Statement): Statement => ({ NotStatement: { Statement: statement } });
const bytes = (SearchString: string): Statement => ({
  ByteMatchStatement: { SearchString, PositionalConstraint: "CONTAINS", FieldToMatch: { UriPath: {} }, TextTransformations: [{ Priority: 0, Type: "LOWERCASE" }] },
});
const rule = (statement: Statement, name = "r", priority = 0): Rule => ({ ...emptyRule("regular", priority), Name: name, Statement: statement, VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: name } });

describe("what the visual editor shows", () => {
  const a = geo("DE");
  const b = geo("FR");
  test.each<[string, Statement, Mode | undefined, boolean[]]>([
    ["one", a, "one", [false]],
    ["not one", not(a), "none", [false]],
    ["and", { AndStatement: { Statements: [a, not(b)] } }, "all", [false, true]],
    ["or", { OrStatement: { Statements: [not(a), b] } }, "any", [true, false]],
    ["and of one", { AndStatement: { Statements: [a] } }, "all", [false]],
    ["twice not", not(not(a)), undefined, []],
    ["or in and", { AndStatement: { Statements: [a, { OrStatement: { Statements: [a, b] } }] } }, undefined, []],
    ["not of and", not({ AndStatement: { Statements: [a, b] } }), undefined, []],
    ["an empty and", { AndStatement: { Statements: [] } }, undefined, []],
    ["two members", { ...a, XssMatchStatement: { FieldToMatch: { UriPath: {} }, TextTransformations: [] } }, undefined, []],
    ["no member", {}, undefined, []],
    ["no shape", { GeoMatchStatement: null } as unknown as Statement, undefined, []],
  ])("%s", (_, statement, mode, negated) => {
    const match = readMatch(statement);
    expect(match?.mode).toBe(mode);
    if (!match) return;
    expect(match.parts.map((part) => part.negated)).toEqual(negated);
    expect(writeMatch(match)).toEqual(statement);
  });

  test("another way to match keeps the first statement, and two are there where two are needed", () => {
    const one = readMatch(a)!;
    const all = withMode(one, "all");
    expect(all.parts).toHaveLength(2);
    expect(writeMatch(withMode(all, "none"))).toEqual(not(a));
  });

  test.each(leafNames)("%s begins as something that can be shown, and keeps the component from another kind", (name) => {
    expect(readMatch(emptyLeaf(name))?.mode).toBe("one");
    const next = withLeaf(bytes("x"), name)[name] as { FieldToMatch?: object; TextTransformations?: object[] };
    if ("FieldToMatch" in next) expect(next).toMatchObject({ FieldToMatch: { UriPath: {} }, TextTransformations: [{ Type: "LOWERCASE" }] });
  });
});

describe("rules in order", () => {
  const rules = [rule(geo("DE"), "c", 9), rule(geo("DE"), "a", 1), rule(geo("DE"), "b", 4)];
  const names = (list: readonly Rule[]) => inOrder(list).map(({ Name, Priority }) => `${Name}${Priority}`).join(" ");
  test.each<[number, -1 | 1, string]>([
    [0, 1, "b1 a4 c9"],
    [2, -1, "a1 c4 b9"],
    [0, -1, "a1 b4 c9"],
    [2, 1, "a1 b4 c9"],
  ])("the rule at %i by %i", (at, by, wanted) => expect(names(moved(rules, at, by))).toBe(wanted));
  test("a new one comes last", () => {
    expect(nextPriority(rules)).toBe(10);
    expect(nextPriority([])).toBe(0);
  });
  test("the metric goes with the name until it has its own", () => {
    expect(withName(rules[0], "d").VisibilityConfig.MetricName).toBe("d");
    expect(withName({ ...rules[0], VisibilityConfig: { ...rules[0].VisibilityConfig, MetricName: "own" } }, "d").VisibilityConfig.MetricName).toBe("own");
  });
});

describe("a rule as JSON", () => {
  test.each(["select", "größe", "a\0b", ""])("SearchString %j is text on the screen and Base64 at the door", (text) => {
    const sent = rule({ AndStatement: { Statements: [not(bytes(base64OfText(text))), geo("DE")] } });
    expect(printRule(sent)).toContain(`"SearchString": ${JSON.stringify(text)}`);
    expect(toSent(toShown(sent))).toEqual(sent);
  });
  test("bytes that are no text stay Base64", () => {
    const sent = rule(bytes("/9j/"));
    expect(printRule(sent)).toContain('"SearchStringBase64": "/9j/"');
    expect(toSent(toShown(sent))).toEqual(sent);
  });
  test.each<[string, string]>([
    ["{", "line 1"],
    ["[]", "JSON object"],
    ['"a"', "JSON object"],
    ["{\n  \"a\": 1,\n}", "line 3"],
  ])("%j is no rule", (text, words) => {
    const read = readRule(text);
    expect("problem" in read && read.problem).toContain(words);
  });
  test("what is printed is read again", () => {
    const read = readRule(print(toShown(rule(bytes(base64OfText("x"))))));
    expect("rule" in read && read.rule.Name).toBe("r");
  });
});

describe("what AWS would say", () => {
  const look = { kind: "WEB_ACL" } as const;
  test("of a rule that it takes, and what it costs", () => {
    expect(findProblem([rule(bytes("admin"))], look)).toBeUndefined();
    expect(unitsOf([rule(bytes("admin"))])).toBe(20);
  });
  test.each<[string, Rule, string]>([
    ["no country", rule(geo()), "GEO_MATCH_STATEMENT"],
    ["no action", { ...rule(geo("DE")), Action: {} }, "RULE_ACTION"],
    ["no metric", { ...rule(geo("DE")), VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: "" } }, "METRIC_NAME"],
  ])("%s", (_, wrong, field) => expect(findProblem([wrong], look)?.field).toBe(field));
  test("of what has lost its shape", () => {
    const broken = { ...rule(geo("DE")), Statement: { OrStatement: { Statements: 7 } } } as unknown as Rule;
    expect(findProblem([broken], look)?.message).toBeTruthy();
    expect(() => unitsOf([broken])).not.toThrow();
  });
});

test.each<[string, Rule, string]>([
  ["regular", rule({ OrStatement: { Statements: [geo("DE"), not(geo("FR"))] } }), "From DE or not (from FR)"],
  ["nested", rule(not(not(geo("DE")))), "Nested statements, see the JSON"],
  ["rate", emptyRule("rate", 0), "More than 100 requests in 5 min from one address"],
  ["managed", emptyRule("managed", 0), "Managed rule group AWS "],
])("a %s rule in words", (kind, each, words) => {
  expect(ruleText(each)).toBe(words);
  if (kind !== "nested") expect(kindOf(each)).toBe(kind);
});
