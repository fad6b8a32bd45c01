import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detectSqli, detectXss } from "../detect";
import { compile } from "./compile";
import { bytes, request, rule, transformations, webAcl } from "./inspect.test-helper";
import type { WafRequest } from "./request";
import { transformationTypes, type FieldToMatch, type Rule, type Statement } from "./types";

/** Requests as nobody sends them: any bytes, any size. */

const all = { MatchPattern: { All: {} }, MatchScope: "ALL", OversizeHandling: "CONTINUE" } as const;
const fields: FieldToMatch[] = [
  { Method: {} }, { UriPath: {} }, { QueryString: {} }, { AllQueryArguments: {} }, { SingleQueryArgument: { Name: "a" } }, { SingleHeader: { Name: "a" } }, { Headers: all }, { Cookies: all },
  { HeaderOrder: { OversizeHandling: "CONTINUE" } }, { Body: {} }, { JsonBody: { MatchPattern: { All: {} }, MatchScope: "ALL", InvalidFallbackBehavior: "EVALUATE_AS_STRING" } }, { UriFragment: {} },
];
const decide = (FieldToMatch: FieldToMatch, at: number): Statement[] => {
  const TextTransformations = transformations(transformationTypes[(at * 2) % 21], transformationTypes[(at * 2 + 1) % 21], "LOWERCASE");
  return [
    { RegexMatchStatement: { RegexString: "(?i)(a|b|ab)*c$", FieldToMatch, TextTransformations } },
    { SqliMatchStatement: { FieldToMatch, SensitivityLevel: "HIGH", TextTransformations } },
    { XssMatchStatement: { FieldToMatch, TextTransformations } },
    { SizeConstraintStatement: { FieldToMatch, ComparisonOperator: "EQ", Size: 17, TextTransformations } },
  ];
};
const groups = ["Common", "KnownBadInputs", "SQLi", "Linux", "Unix", "Windows", "PHP"].map((name) => `AWSManagedRules${name}RuleSet`);
const rules: Rule[] = [
  ...fields.flatMap(decide).map((statement, at) => rule(`r${at}`, statement, at % 7 === 6 ? { Captcha: {} } : { Count: {} }, { RuleLabels: [{ Name: `l${at % 5}` }] })),
  rule("not", { NotStatement: { Statement: bytes("a", { SingleHeader: { Name: "z" } }) } }, { Count: {} }),
  rule("geo", { GeoMatchStatement: { CountryCodes: ["DE"], ForwardedIPConfig: { HeaderName: "a", FallbackBehavior: "MATCH" } } }, { Count: {} }),
  rule("rate", { RateBasedStatement: { Limit: 10, AggregateKeyType: "CUSTOM_KEYS", CustomKeys: [{ Header: { Name: "a", TextTransformations: transformations() } }] } }, { Count: {} }),
  ...groups.map((Name) => rule(Name, { ManagedRuleGroupStatement: { VendorName: "AWS", Name } }, undefined, Name.includes("SQLi") ? {} : { OverrideAction: { Count: {} } })),
];
const acl = compile(webAcl(rules));

const text = fc.oneof(
  fc.string({ unit: fc.nat({ max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 60 }),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.string({ unit: fc.constantFrom("%", "2", "7", "\\", "<", ">", "script", "'", '"', " or ", "1", "=", "--", "/*", "*/", "&", ";", "{", "}", "[", ":", ",", "../", "\0", "\r\n", "\xc3", "\xa9", "$", "jndi", "="), maxLength: 30 }),
);
const requests: fc.Arbitrary<Partial<WafRequest>> = fc.record({
  method: fc.oneof(fc.constant("GET"), text),
  uri: text.map((each) => `/${each}`),
  headers: fc.array(fc.tuple(fc.oneof(fc.constantFrom("a", "Cookie", "host", "User-Agent"), text), text), { maxLength: 6 }),
  body: fc.oneof(fc.constant(undefined), text, fc.uint8Array({ maxLength: 80 }), fc.json()),
  clientIp: fc.oneof(fc.constant("192.0.2.1"), fc.ipV6(), text),
  source: fc.constantFrom("ALB", "CLOUDFRONT", "API_GATEWAY"),
});

describe("any request", () => {
  test("is inspected without a throw; with the walk the decision is the same; all is plain data", () => {
    fc.assert(
      fc.property(requests, (more) => {
        const sent = request(more);
        const plain = acl.inspect(sent, { details: true });
        const { walk, ...walked } = acl.inspect(sent, { walk: true });
        expect(walked).toEqual(plain);
        expect(JSON.parse(JSON.stringify(walk))).toEqual(walk);
      }),
      { seed: 21, numRuns: 150 },
    );
  }, 60_000);

  test("a header's case never matters", () => {
    fc.assert(
      fc.property(requests, (more) => {
        const flip = (name: string): string => name.replace(/[a-z]/gi, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));
        const sent = request(more);
        const { action, terminatingRuleId } = compile(webAcl(decide({ SingleHeader: { Name: "A" } }, 3).map((statement, at) => rule(`r${at}`, statement)))).inspect(sent);
        const other = compile(webAcl(decide({ SingleHeader: { Name: "a" } }, 3).map((statement, at) => rule(`r${at}`, statement)))).inspect({ ...sent, headers: sent.headers.map(([name, value]) => [flip(name), value]) });
        expect([other.action, other.terminatingRuleId]).toEqual([action, terminatingRuleId]);
      }),
      { seed: 22, numRuns: 60 },
    );
  }, 60_000);
});

test("what the statements do not show their detectors, those take for no attack", () => {
  const words = "select union or and sleep 1 0x41 a / _ script onload javascript svg eval alert drop table in like is null exec xp_cmdshell waitfor 1e5 from where n x q user version int case when insert not".split(" ");
  const one = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 9 }).map((parts) => parts.join("")).filter((each) => !/[^\w/]/.test(each));
  fc.assert(fc.property(one, (value) => !detectSqli(value, "LOW") && !detectXss(value)), { seed: 23, numRuns: 10_000 });
}, 30_000);

describe("large ones take linear time", () => {
  const timed = (more: Partial<WafRequest>, only = acl): number => {
    const start = performance.now();
    only.inspect(request({ source: "CLOUDFRONT", ...more }), { walk: true });
    return performance.now() - start;
  };
  test.each(["a", "%", "<", "'", "\\", "\0", "\xff", "[", "{\"a\":", "&a=", "; a=", "ab", "1 or ", "/*", "&#x", "<a onx=", "$(", "../"])("a megabyte of %j in the URI, a header and the body", (unit) => {
    const megabyte = unit.repeat(Math.ceil(1_000_000 / unit.length));
    expect(timed({ uri: `/${megabyte.slice(0, 100_000)}?${megabyte.slice(0, 100_000)}`, headers: [["a", megabyte.slice(0, 100_000)], ["Cookie", megabyte.slice(0, 100_000)]], body: megabyte })).toBeLessThan(20_000);
  }, 60_000);
  test("a header of a megabyte, by the rules of one header", () => {
    const one = compile(webAcl(decide({ SingleHeader: { Name: "a" } }, 1).map((statement, at) => rule(`r${at}`, statement, { Count: {} }))));
    for (const unit of ["ab", "' or "]) expect(timed({ headers: [["a", unit.repeat(Math.ceil(1_000_000 / unit.length))]] }, one)).toBeLessThan(10_000);
  }, 60_000);
  test.each(["(a+)+$", "(a|a)*b", "(.*a){20}", "(x+x+)+y", "([a-z]*)*\\d", "(?:a{0,30}){0,30}b"])("the bomb %s", (RegexString) => {
    const bomb = compile(webAcl([rule("r", { RegexMatchStatement: { RegexString, FieldToMatch: { Body: {} }, TextTransformations: transformations() } })]));
    expect(timed({ body: "a".repeat(16_000) }, bomb)).toBeLessThan(5_000);
  }, 30_000);
  test("100,000 headers, cookies and arguments", () => {
    const headers = Array.from({ length: 100_000 }, (_, n): [string, string] => [`h${n}`, "v"]);
    expect(timed({ headers })).toBeLessThan(5_000);
    expect(timed({ headers: [["Cookie", "a=b;".repeat(100_000)]], uri: `/?${"a=b&".repeat(30_000)}` })).toBeLessThan(20_000);
  }, 60_000);
});
