import { describe, expect, test } from "vitest";
import { compile } from "@/lib/engine/wafv2/inspect/compile";
import { bytes, request, rule, transformations, webAcl } from "@/lib/engine/wafv2/inspect/inspect.test-helper";
import type { InspectionResult } from "@/lib/engine/wafv2/inspect/result";
import type { Rule } from "@/lib/engine/wafv2/inspect/types";
import { endedBy, hitsOf, outcomeText, ruleLine, stateOf } from "./walk-words";

const of = (rules: Rule[], more: Parameters<typeof request>[0] = {}): InspectionResult => compile(webAcl(rules)).inspect(request(more), { walk: true });
const sqli: Rule = rule("sqli", { SqliMatchStatement: { FieldToMatch: { AllQueryArguments: {} }, TextTransformations: transformations("URL_DECODE", "NONE") } });
const attack = { uri: "/?id=1%27%20OR%20%271%27%3D%271" };
const open = rule("open", bytes("/", { UriPath: {} }, "STARTS_WITH"), { Allow: {} });
const first = (one: Rule, Priority = 0): Rule => ({ ...one, Priority });

describe("what came of it", () => {
  test.each<[string, Rule[], Parameters<typeof request>[0], string]>([
    ["nothing", [], {}, "Let through by the default action: there is no rule."],
    ["no match", [sqli], {}, "Let through by the default action: no rule ended it."],
    ["a detector", [sqli], attack, "Blocked by the rule sqli: SQL injection in query parameter id after URL decode."],
    ["the same, let through: the words follow the action", [{ ...sqli, Action: { Allow: {} } }], attack, "Let through by the rule sqli: SQL injection in query parameter id after URL decode."],
    ["counted", [{ ...sqli, Action: { Count: {} } }], attack, "Let through by the default action: no rule ended it. Counted on the way by sqli."],
    ["wrong order", [first(open, 0), first(sqli, 1)], attack, "Let through by the rule open: “/” in URI path."],
    ["right order", [first(open, 1), first(sqli, 0)], attack, "Blocked by the rule sqli: SQL injection in query parameter id after URL decode."],
    ["two parts", [rule("both", { AndStatement: { Statements: [bytes("a", { QueryString: {} }), bytes("GET", { Method: {} }, "EXACTLY")] } })], { uri: "/?a" }, "Blocked by the rule both: “a” in query string and “GET” in HTTP method."],
    ["not", [rule("no-agent", { NotStatement: { Statement: bytes("x", { SingleHeader: { Name: "x-none" } }) } })], {}, "Blocked by the rule no-agent: the part does not match, so NOT does."],
    ["a group", [rule("core", { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesCommonRuleSet" } }, undefined, { OverrideAction: { None: {} } })], { uri: "/?f=../../../../etc/passwd" }, "Blocked by the rule core (its rule GenericLFI_QUERYARGUMENTS): "],
    ["CAPTCHA", [{ ...sqli, Action: { Captcha: {} } }], attack, "Answered with a CAPTCHA by the rule sqli"],
  ])("%s", (_, rules, more, text) => expect(outcomeText(of(rules, { headers: [["Host", "a"], ["User-Agent", "b"]], ...more }))).toContain(text));
});

test("each rule's line follows from its walk", () => {
  const lines = (rules: Rule[]) => of(rules, attack).walk!.map((each) => [stateOf(each), ruleLine(each)]);
  expect(lines([first({ ...sqli, Action: { Count: {} } }, 0), first(rule("x", bytes("zzz", { UriPath: {} })), 1), first(open, 2), first(sqli, 3)])).toEqual([
    ["count", "Matches: counted, and on it goes"],
    ["none", "Does not match"],
    ["allow", "Matches: Allow ends it"],
  ]);
  expect(endedBy(of([open], attack).walk!).map(({ name }) => name)).toEqual(["open"]);
});

test("bytes that decided: a string's own, an attribute's where a detector points at it", () => {
  const text = (one: Rule, more: Parameters<typeof request>[0]) => of([one], more).walk![0].statement!.texts!.find(({ found }) => found)!;
  expect(hitsOf(text(rule("r", bytes("evil", { QueryString: {} })), { uri: "/?an-evil-one" }))).toEqual([{ start: 3, end: 7 }]);
  const xss = text(rule("r", { XssMatchStatement: { FieldToMatch: { QueryString: {} }, TextTransformations: transformations("NONE") } }), { uri: "/?q=<img/src=q/onerror=alert(1)>" });
  const [{ start, end }] = hitsOf(xss);
  expect(xss.text.text.slice(start, end)).toContain("onerror");
});
