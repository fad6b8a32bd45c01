import { describe, expect, test } from "vitest";
import { capacityOf } from "./capacity";
import { compile, type ReferredThings } from "./compile";
import { bytes, request, rule, visible, webAcl } from "./inspect.test-helper";
import type { Token, WafRequest } from "./request";
import type { InspectionResult } from "./result";
import type { Rule, RuleAction, RuleGroup, Statement, WebACL } from "./types";

const yes = bytes("/", { UriPath: {} });
const no = bytes("nowhere", { UriPath: {} });
const ARN = "arn:aws:wafv2:us-east-1:111122223333:regional/rulegroup/G/1";
const groupOf = (Rules: Rule[], more: Partial<RuleGroup> = {}): ReferredThings => ({ ruleGroups: { [ARN]: { Name: "G", ARN, Capacity: 50, Rules, VisibilityConfig: visible("G"), ...more } } });
const reference = (more: object = {}): Statement => ({ RuleGroupReferenceStatement: { ARN, ...more } });
const label = (Key: string): Statement => ({ LabelMatchStatement: { Scope: "LABEL", Key } });
const run = (rules: Rule[], referred?: ReferredThings, more: Partial<WafRequest> = {}, acl: Partial<WebACL> = {}): InspectionResult => {
  const compiled = compile(webAcl(rules, acl), referred);
  const [plain, { walk, ...walked }] = [compiled.inspect(request(more), { details: true }), compiled.inspect(request(more), { walk: true })];
  expect(walked).toEqual(plain);
  expect(walk).toBeDefined();
  return plain;
};
const names = (result: InspectionResult): string[] => result.labels.map(({ name }) => name);

describe("order and actions", () => {
  test("the lowest Priority is first, whatever the list's order", () => {
    const rules = [rule("b", yes, { Allow: {} }, { Priority: 9 }), rule("a", yes, { Block: {} }, { Priority: 3 })];
    expect(run(rules)).toMatchObject({ action: "BLOCK", terminatingRuleId: "a" });
  });
  test.each<[RuleAction, string, string]>([
    [{ Allow: {} }, "ALLOW", "first"], [{ Block: {} }, "BLOCK", "first"], [{ Count: {} }, "BLOCK", "last"], [{ Captcha: {} }, "CAPTCHA", "first"], [{ Challenge: {} }, "CHALLENGE", "first"],
  ])("%j", (action, outcome, by) => expect(run([rule("first", yes, action), rule("last", yes)])).toMatchObject({ action: outcome, terminatingRuleId: by }));
  test.each<[WebACL["DefaultAction"], string]>([[{ Allow: {} }, "ALLOW"], [{ Block: {} }, "BLOCK"]])("default %j", (DefaultAction, action) =>
    expect(run([rule("r", no)], {}, {}, { DefaultAction })).toMatchObject({ action, terminatingRuleId: "Default_Action", terminatingRuleType: "REGULAR" }));
  test("counted rules are told", () => expect(run([rule("c", yes, { Count: {} })]).nonTerminatingMatchingRules).toMatchObject([{ ruleId: "c", action: "COUNT" }]));
  test("rule groups of Firewall Manager run first and last", () => {
    const managed = { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesAdminProtectionRuleSet" } };
    const of = (Name: string) => [{ Name, Priority: 0, FirewallManagerStatement: managed, OverrideAction: { None: {} }, VisibilityConfig: visible(Name) }];
    const allow = [rule("allow", yes, { Allow: {} }, { Priority: 0 })];
    expect(run(allow, {}, { uri: "/admin/" }, { PreProcessFirewallManagerRuleGroups: of("pre") })).toMatchObject({ action: "BLOCK", terminatingRuleId: "pre" });
    expect(run(allow, {}, { uri: "/admin/" }, { PostProcessFirewallManagerRuleGroups: of("post") })).toMatchObject({ action: "ALLOW" });
  });
});

describe("CAPTCHA and Challenge", () => {
  const now = request().timestamp;
  const solved = (seconds: number): Token => ({ state: "accepted", captchaSolvedAt: now - seconds * 1_000, challengeSolvedAt: now - seconds * 1_000 });
  test.each<[string, Token | undefined, Partial<Rule>, "CAPTCHA" | "ALLOW", string | undefined]>([
    ["no token", undefined, {}, "CAPTCHA", "TOKEN_MISSING"],
    ["absent", { state: "absent" }, {}, "CAPTCHA", "TOKEN_MISSING"],
    ["invalid", { state: "rejected", reason: "TOKEN_INVALID" }, {}, "CAPTCHA", "TOKEN_INVALID"],
    ["another domain", { state: "rejected", reason: "TOKEN_DOMAIN_MISMATCH" }, {}, "CAPTCHA", "TOKEN_DOMAIN_MISMATCH"],
    ["solved 300 s ago", solved(300), {}, "ALLOW", undefined],
    ["solved 301 s ago", solved(301), {}, "CAPTCHA", "TOKEN_EXPIRED"],
    ["an immunity of 60 s", solved(61), { CaptchaConfig: { ImmunityTimeProperty: { ImmunityTime: 60 } } }, "CAPTCHA", "TOKEN_EXPIRED"],
    ["only a challenge solved", { state: "accepted", challengeSolvedAt: now }, {}, "CAPTCHA", "TOKEN_MISSING"],
  ])("%s", (_, token, more, action, failureReason) => {
    const result = run([rule("c", yes, { Captcha: {} }, more)], {}, { token });
    expect(result.action).toBe(action);
    expect(result.captchaResponse).toMatchObject(failureReason ? { responseCode: 405, failureReason } : { responseCode: 0 });
  });
  test("with a good token it is like Count: labels, headers, and the evaluation goes on", () => {
    const captcha = rule("c", yes, { Captcha: { CustomRequestHandling: { InsertHeaders: [{ Name: "seen", Value: "1" }] } } }, { RuleLabels: [{ Name: "human" }] });
    const result = run([captcha, rule("next", label("human"), { Allow: {} })], {}, { token: solved(1) });
    expect(result).toMatchObject({ action: "ALLOW", terminatingRuleId: "next", requestHeadersInserted: [{ name: "x-amzn-waf-seen", value: "1" }] });
  });
  test("each action's answer is told, also where another one ended it", () => {
    const result = run([rule("h", yes, { Challenge: {} }), rule("c", yes, { Captcha: {} })], {}, { token: { state: "accepted", challengeSolvedAt: now } });
    expect(result).toMatchObject({ action: "CAPTCHA", challengeResponse: { responseCode: 0 }, captchaResponse: { failureReason: "TOKEN_MISSING" } });
  });
  test("the web ACL's immunity time counts where the rule has none", () =>
    expect(run([rule("c", yes, { Captcha: {} })], {}, { token: solved(500) }, { CaptchaConfig: { ImmunityTimeProperty: { ImmunityTime: 600 } } }).action).toBe("ALLOW"));
  test.each<[RuleAction, [string, string][], number, string, boolean]>([
    [{ Captcha: {} }, [["Accept", "text/html,*/*"]], 405, "captcha", true],
    [{ Captcha: {} }, [["Accept", "application/json"]], 405, "captcha", false],
    [{ Challenge: {} }, [["Accept", "text/html"]], 202, "challenge", true],
    [{ Challenge: {} }, [], 202, "challenge", false],
  ])("answer to %j %j", (action, headers, status, word, page) => {
    const { response } = run([rule("c", yes, action)], {}, { headers });
    expect(response).toMatchObject({ status });
    expect(response!.headers).toContainEqual(["x-amzn-waf-action", word]);
    expect(response!.body !== "").toBe(page);
  });
});

describe("custom responses and headers", () => {
  const CustomResponseBodies = { no: { ContentType: "APPLICATION_JSON", Content: '{"no":1}' } } as const;
  test("a blocked request gets 403", () => expect(run([rule("r", yes)]).response).toMatchObject({ status: 403 }));
  test("code, headers and body", () => {
    const action: RuleAction = { Block: { CustomResponse: { ResponseCode: 429, CustomResponseBodyKey: "no", ResponseHeaders: [{ Name: "x-why", Value: "rate" }] } } };
    expect(run([rule("r", yes, action)], {}, {}, { CustomResponseBodies }).response).toEqual({ status: 429, headers: [["x-why", "rate"], ["content-type", "application/json"]], body: '{"no":1}' });
  });
  test("of the default action", () => expect(run([], {}, {}, { DefaultAction: { Block: { CustomResponse: { ResponseCode: 404 } } } }).response).toMatchObject({ status: 404, body: "" }));
  test("inserted headers have the prefix; of a blocked request none is sent", () => {
    const count = rule("c", yes, { Count: { CustomRequestHandling: { InsertHeaders: [{ Name: "a", Value: "1" }] } } });
    const allow = rule("d", yes, { Allow: { CustomRequestHandling: { InsertHeaders: [{ Name: "b", Value: "2" }] } } });
    expect(run([count, allow]).requestHeadersInserted).toEqual([{ name: "x-amzn-waf-a", value: "1" }, { name: "x-amzn-waf-b", value: "2" }]);
    expect(run([count, rule("e", yes)]).requestHeadersInserted).toEqual([]);
  });
});

describe("labels", () => {
  const adds = (Name: string, action: RuleAction = { Count: {} }): Rule => rule(`adds ${Name}`, yes, action, { RuleLabels: [{ Name }] });
  test("later rules see a label, the rule itself and earlier ones do not", () => {
    expect(run([rule("early", label("x")), adds("x"), rule("late", label("x"))])).toMatchObject({ terminatingRuleId: "late" });
    const self = rule("self", { AndStatement: { Statements: [yes, { NotStatement: { Statement: label("x") } }] } }, { Count: {} }, { RuleLabels: [{ Name: "x" }] });
    expect(names(run([self]))).toEqual(["awswaf:111122223333:webacl:T:x"]);
  });
  test("a rule that does not match adds none", () => expect(names(run([rule("r", no, { Count: {} }, { RuleLabels: [{ Name: "x" }] })]))).toEqual([]));
  test("the ending rule's labels are told", () => expect(names(run([adds("x", { Block: {} })]))).toEqual(["awswaf:111122223333:webacl:T:x"]));
  test("a web ACL's rule needs the full prefix for a group's label", () => {
    const referred = groupOf([adds("x")]);
    const group = rule("g", reference());
    expect(run([group, rule("short", label("x"))], referred).action).toBe("ALLOW");
    expect(run([group, rule("full", label("awswaf:111122223333:rulegroup:G:x"))], referred)).toMatchObject({ action: "BLOCK", terminatingRuleId: "full" });
  });
  test("inside the group the short key is enough, also for later rules of it", () =>
    expect(run([rule("g", reference())], groupOf([adds("x"), rule("inner", label("x"))]))).toMatchObject({ ruleWithinGroup: "inner" }));
});

describe("rule groups", () => {
  const two = (): ReferredThings => groupOf([rule("first", yes, { Block: {} }, { RuleLabels: [{ Name: "one" }] }), rule("second", yes, { Block: {} }, { RuleLabels: [{ Name: "two" }] })]);
  const override = (name: string, ActionToUse: RuleAction) => reference({ RuleActionOverrides: [{ Name: name, ActionToUse }] });

  test("the first match ends it", () => expect(run([rule("g", reference())], two())).toMatchObject({ action: "BLOCK", terminatingRuleId: "g", terminatingRuleType: "GROUP", ruleWithinGroup: "first" }));
  test("a rule's override to Count: the group goes on", () => {
    const result = run([rule("g", override("first", { Count: {} }))], two());
    expect(result).toMatchObject({ action: "BLOCK", ruleWithinGroup: "second" });
    expect(result.groups[0].nonTerminatingMatchingRules).toMatchObject([{ ruleId: "first", action: "COUNT", overriddenAction: "BLOCK" }]);
  });
  test("OverrideAction Count: the group still ends at its first match, the web ACL goes on", () => {
    const result = run([rule("g", reference(), undefined, { OverrideAction: { Count: {} } }), rule("next", yes, { Allow: {} })], two());
    expect(result).toMatchObject({ action: "ALLOW", terminatingRuleId: "next" });
    expect(result.nonTerminatingMatchingRules).toMatchObject([{ ruleId: "g", action: "COUNT", overriddenAction: "BLOCK" }]);
    expect(result.groups[0]).toMatchObject({ terminatingRule: { ruleId: "first", action: "BLOCK" }, nonTerminatingMatchingRules: [] });
    expect(names(result)).toEqual(["awswaf:111122223333:rulegroup:G:one"]);
  });
  test("ExcludedRules is the old spelling of Count", () => {
    const result = run([rule("g", reference({ ExcludedRules: [{ Name: "first" }] }))], two());
    expect(result).toMatchObject({ ruleWithinGroup: "second", groups: [{ excludedRules: [{ ruleId: "first", action: "COUNT", overriddenAction: "BLOCK" }] }] });
  });
  test("an override to Allow ends the evaluation", () => expect(run([rule("g", override("first", { Allow: {} })), rule("never", yes)], two())).toMatchObject({ action: "ALLOW", ruleWithinGroup: "first" }));
  test("an override of a rule that the group has not is passed over", () => expect(run([rule("g", override("unknown", { Count: {} }))], two())).toMatchObject({ ruleWithinGroup: "first" }));
  test("a group's Allow ends the web ACL's evaluation", () => expect(run([rule("g", reference()), rule("never", yes)], groupOf([rule("ok", yes, { Allow: {} })]))).toMatchObject({ action: "ALLOW", terminatingRuleId: "g" }));
  test("its own custom response bodies", () => {
    const blocks = rule("b", yes, { Block: { CustomResponse: { ResponseCode: 429, CustomResponseBodyKey: "k" } } });
    expect(run([rule("g", reference())], groupOf([blocks], { CustomResponseBodies: { k: { ContentType: "TEXT_PLAIN", Content: "slow" } } })).response).toMatchObject({ status: 429, body: "slow" });
  });
  test("an override names the web ACL's custom response bodies", () => {
    const group = rule("g", override("b", { Block: { CustomResponse: { ResponseCode: 429, CustomResponseBodyKey: "k" } } }));
    const referred = groupOf([rule("b", yes)], { CustomResponseBodies: { k: { ContentType: "TEXT_PLAIN", Content: "the group's" } } });
    expect(run([group], referred, {}, { CustomResponseBodies: { k: { ContentType: "TEXT_PLAIN", Content: "the web ACL's" } } }).response).toMatchObject({ status: 429, body: "the web ACL's" });
  });
  const managed = (more: object = {}): Statement => ({ ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesAdminProtectionRuleSet", ...more } });
  test("a managed group's scope-down statement", () => {
    const scoped = (inner: Statement) => run([rule("m", managed({ ScopeDownStatement: inner }))], {}, { uri: "/phpmyadmin/" });
    expect(scoped(yes)).toMatchObject({ action: "BLOCK", terminatingRuleType: "MANAGED_RULE_GROUP", groups: [{ ruleGroupId: "AWS#AWSManagedRulesAdminProtectionRuleSet" }] });
    expect(scoped(no)).toMatchObject({ action: "ALLOW", groups: [] });
  });
  test("its rule overridden", () => {
    const result = run([rule("m", managed({ RuleActionOverrides: [{ Name: "AdminProtection_URIPATH", ActionToUse: { Captcha: {} } }] }))], {}, { uri: "/phpmyadmin/" });
    expect(result).toMatchObject({ action: "CAPTCHA", terminatingRule: { overriddenAction: "BLOCK" } });
  });
  test("a web ACL's capacity is what CheckCapacity answers for its rules", () => {
    const rules = [rule("m", managed()), rule("g", reference()), rule("b", yes, { Count: {} }, { RuleLabels: [{ Name: "x" }] })];
    expect(compile(webAcl(rules), two()).capacity).toBe(capacityOf(rules, { ruleGroup: () => 50 }));
  });
});

describe("the walk", () => {
  const walk = (rules: Rule[], more: Partial<WafRequest> = {}) => compile(webAcl(rules)).inspect(request(more), { walk: true }).walk!;
  test("each transformation with before and after, and the bytes that matched", () => {
    const [{ statement }] = walk([rule("r", bytes("<script", { QueryString: {} }, "CONTAINS", "URL_DECODE", "LOWERCASE"))], { uri: "/?q=%3CSCRIPT%3E" });
    expect(statement).toMatchObject({ matched: true, field: "QueryString" });
    expect(statement!.texts![0]).toEqual({
      text: { text: "q=%3CSCRIPT%3E", length: 14 },
      steps: [
        { type: "URL_DECODE", before: { text: "q=%3CSCRIPT%3E", length: 14 }, after: { text: "q=<SCRIPT>", length: 10 } },
        { type: "LOWERCASE", before: { text: "q=<SCRIPT>", length: 10 }, after: { text: "q=<script>", length: 10 } },
      ],
      found: { offset: 2, length: 7, text: "<script" },
    });
  });
  test("parts that were not needed are told as such, rules after the end are not there", () => {
    const all = walk([rule("a", { OrStatement: { Statements: [yes, no] } }), rule("b", yes)]);
    expect(all).toHaveLength(1);
    expect(all[0].statement!.children).toMatchObject([{ evaluated: true, matched: true }, { evaluated: false }]);
  });
  test("why not", () => {
    expect(walk([rule("r", bytes("a", { SingleHeader: { Name: "x-none" } }))])[0].statement).toMatchObject({ matched: false, why: "No match: the component is absent." });
    expect(walk([rule("r", bytes("a", { Body: { OversizeHandling: "MATCH" } }))], { body: "b".repeat(9_000) })[0].statement).toMatchObject({ matched: true, why: "Not inspected: oversize; the rule says MATCH." });
  });
  test("names of arguments, headers and JSON pointers; long texts are cut", () => {
    expect(walk([rule("r", bytes("1", { AllQueryArguments: {} }))], { uri: "/?first=0&second=1" })[0].statement!.texts!.map(({ name }) => name)).toEqual(["first", "second"]);
    const json = bytes("x", { JsonBody: { MatchPattern: { All: {} }, MatchScope: "VALUE" } });
    expect(walk([rule("r", json)], { body: '{"a":[{"b":"x"}]}' })[0].statement!.texts![0].name).toBe("/a/0/b");
    expect(walk([rule("r", bytes("x", { Body: {} }))], { body: "y".repeat(8_000) })[0].statement!.texts![0].text).toEqual({ text: "y".repeat(2_048), length: 8_000 });
  });
  test("a group that is only listed says so", () =>
    expect(walk([rule("a", { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesATPRuleSet" } })])[0]).toMatchObject({ matched: false, why: expect.stringMatching(/^Listed only/) }));
  test("it is plain data", () => {
    const all = walk([rule("r", yes, { Count: {} }), rule("m", { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesCommonRuleSet" } })]);
    expect(JSON.parse(JSON.stringify(all))).toEqual(all);
  });
});
