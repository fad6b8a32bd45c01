import { describe, expect, test } from "vitest";
import { compile, type ReferredThings } from "./compile";
import { bytes, request, rule, transformations, webAcl } from "./inspect.test-helper";
import type { WafRequest } from "./request";
import type { ComparisonOperator, FieldToMatch, Statement } from "./types";

/** Whether one statement matches a request; the walk must say the same. */
function matches(statement: Statement, more: Partial<WafRequest>, referred?: ReferredThings): boolean {
  const acl = compile(webAcl([rule("r", statement)]), referred);
  const [plain, walked] = [acl.inspect(request(more)), acl.inspect(request(more), { walk: true })];
  expect(walked.action).toBe(plain.action);
  expect(walked.walk![0].matched).toBe(plain.action === "BLOCK");
  return plain.action === "BLOCK";
}

const size = (FieldToMatch: FieldToMatch, ComparisonOperator: ComparisonOperator, Size: number): Statement => ({ SizeConstraintStatement: { FieldToMatch, ComparisonOperator, Size, TextTransformations: transformations() } });
const regex = (RegexString: string, FieldToMatch: FieldToMatch = { UriPath: {} }): Statement => ({ RegexMatchStatement: { RegexString, FieldToMatch, TextTransformations: transformations() } });
const path = (uri: string): Partial<WafRequest> => ({ uri });
const headers = (...list: [string, string][]): Partial<WafRequest> => ({ headers: list });

describe("string match", () => {
  test.each<[string, "EXACTLY" | "STARTS_WITH" | "ENDS_WITH" | "CONTAINS" | "CONTAINS_WORD", string, boolean]>([
    ["/a", "EXACTLY", "/a", true], ["/a", "EXACTLY", "/ab", false], ["/a", "EXACTLY", "/A", false],
    ["/a", "STARTS_WITH", "/ab", true], ["b", "STARTS_WITH", "/ab", false],
    ["ab", "ENDS_WITH", "/ab", true], ["/a", "ENDS_WITH", "/ab", false],
    ["dm", "CONTAINS", "/admin", true], ["dx", "CONTAINS", "/admin", false],
    ["admin", "CONTAINS_WORD", "/admin", true], ["admin", "CONTAINS_WORD", "/admin-1/x", true], ["admin", "CONTAINS_WORD", "/admin1", false],
    ["admin", "CONTAINS_WORD", "/xadmin/admin", true], ["admin", "CONTAINS_WORD", "/_admin", false],
  ])("%s %s %s", (wanted, how, uri, expected) => expect(matches(bytes(wanted, { UriPath: {} }, how), path(uri))).toBe(expected));
});

describe("components", () => {
  const all = { MatchPattern: { All: {} }, OversizeHandling: "CONTINUE" } as const;
  test.each<[string, FieldToMatch, Partial<WafRequest>, boolean]>([
    ["method", { Method: {} }, { method: "xx" }, true],
    ["path has no query", { UriPath: {} }, path("/a?xx"), false],
    ["query", { QueryString: {} }, path("/a?b=xx"), true],
    ["query without ?", { QueryString: {} }, path("/xx"), false],
    ["query is not decoded", { QueryString: {} }, path("/?a=%78%78"), false],
    ["header, any case", { SingleHeader: { Name: "x-test" } }, headers(["X-Test", "xx"]), true],
    ["header's name is not its value", { SingleHeader: { Name: "xx" } }, headers(["xx", "a"]), false],
    ["second header of the name", { SingleHeader: { Name: "a" } }, headers(["a", "1"], ["A", "xx"]), true],
    ["argument, any case", { SingleQueryArgument: { Name: "ID" } }, path("/?id=xx"), true],
    ["repeated argument", { SingleQueryArgument: { Name: "id" } }, path("/?id=1&id=xx&id=2"), true],
    ["another argument", { SingleQueryArgument: { Name: "id" } }, path("/?di=xx"), false],
    ["all arguments", { AllQueryArguments: {} }, path("/?a=1&b=xx"), true],
    ["all arguments, not names", { AllQueryArguments: {} }, path("/?xx=1"), false],
    ["headers, value", { Headers: { ...all, MatchScope: "VALUE" } }, headers(["a", "xx"]), true],
    ["headers, key", { Headers: { ...all, MatchScope: "KEY" } }, headers(["a", "xx"]), false],
    ["headers, all", { Headers: { ...all, MatchScope: "ALL" } }, headers(["xx", "a"]), true],
    ["headers, cookies too", { Headers: { ...all, MatchScope: "VALUE" } }, headers(["Cookie", "a=xx"]), true],
    ["headers, included", { Headers: { ...all, MatchPattern: { IncludedHeaders: ["B"] }, MatchScope: "VALUE" } }, headers(["a", "xx"], ["b", "1"]), false],
    ["headers, excluded", { Headers: { ...all, MatchPattern: { ExcludedHeaders: ["A"] }, MatchScope: "VALUE" } }, headers(["a", "xx"]), false],
    ["cookies, value", { Cookies: { ...all, MatchScope: "VALUE" } }, headers(["Cookie", "a=1; b=xx"]), true],
    ["cookies, name with its case", { Cookies: { ...all, MatchPattern: { IncludedCookies: ["A"] }, MatchScope: "VALUE" } }, headers(["Cookie", "a=xx"]), false],
    ["body", { Body: {} }, { body: "axxb" }, true],
    ["body of bytes", { Body: {} }, { body: new Uint8Array([0, 0x78, 0x78, 0xff]) }, true],
    ["fragment", { UriFragment: { FallbackBehavior: "NO_MATCH" } }, path("/a?b#xx"), true],
    ["no fragment, MATCH", { UriFragment: { FallbackBehavior: "MATCH" } }, path("/a?xx"), true],
    ["fragment of API Gateway", { UriFragment: { FallbackBehavior: "NO_MATCH" } }, { uri: "/a#xx", source: "API_GATEWAY" }, false],
  ])("%s", (_, field, more, expected) => expect(matches(bytes("xx", field), more)).toBe(expected));

  test.each<[string, string, Partial<WafRequest>, boolean]>([
    ["order of headers", "host:user-agent:accept", headers(["Host", "a"], ["User-Agent", "b"], ["Accept", "c"]), true],
    ["another order", "host:user-agent:accept", headers(["Host", "a"], ["Accept", "c"], ["User-Agent", "b"]), false],
  ])("%s", (_, text, more, expected) => expect(matches(bytes(text, { HeaderOrder: { OversizeHandling: "CONTINUE" } }, "EXACTLY"), more)).toBe(expected));

  const ja3 = "a".repeat(32);
  test.each<[FieldToMatch, Partial<WafRequest>, boolean]>([
    [{ JA3Fingerprint: { FallbackBehavior: "NO_MATCH" } }, { ja3 }, true],
    [{ JA3Fingerprint: { FallbackBehavior: "MATCH" } }, {}, true],
    [{ JA3Fingerprint: { FallbackBehavior: "NO_MATCH" } }, { ja3, source: "API_GATEWAY" }, false],
    [{ JA4Fingerprint: { FallbackBehavior: "NO_MATCH" } }, { ja4: ja3 }, true],
  ])("fingerprint %j %j", (field, more, expected) => expect(matches(bytes(ja3, field, "EXACTLY"), more)).toBe(expected));
});

describe("size", () => {
  test.each<[FieldToMatch, ComparisonOperator, number, Partial<WafRequest>, boolean]>([
    [{ UriPath: {} }, "EQ", 9, path("/logo.jpg"), true],
    [{ UriPath: {} }, "NE", 9, path("/logo.jpg"), false],
    [{ UriPath: {} }, "GT", 8, path("/logo.jpg"), true],
    [{ UriPath: {} }, "GE", 9, path("/logo.jpg"), true],
    [{ UriPath: {} }, "LT", 9, path("/logo.jpg"), false],
    [{ UriPath: {} }, "LE", 9, path("/logo.jpg"), true],
    [{ QueryString: {} }, "GE", 0, path("/"), false],
    [{ Body: {} }, "EQ", 2, { body: "é", source: "ALB" }, false],
    [{ Body: {} }, "EQ", 2, { body: new TextEncoder().encode("é") }, true],
  ])("%j %s %i", (field, how, bytesWanted, more, expected) => expect(matches(size(field, how, bytesWanted), more)).toBe(expected));
});

describe("limits of what AWS WAF receives", () => {
  const body = (length: number): string => "a".repeat(length - 1) + "!";
  const over = (OversizeHandling: "CONTINUE" | "MATCH" | "NO_MATCH"): Statement => bytes("!", { Body: { OversizeHandling } }, "ENDS_WITH");
  test.each<[number, "CONTINUE" | "MATCH" | "NO_MATCH", boolean]>([
    [8_192, "CONTINUE", true], [8_192, "MATCH", true], [8_192, "NO_MATCH", true],
    [8_193, "CONTINUE", false], [8_193, "MATCH", true], [8_193, "NO_MATCH", false],
  ])("ALB, a body of %i bytes, %s: %s", (length, handling, expected) => expect(matches(over(handling), { body: body(length) })).toBe(expected));

  test.each<[WafRequest["source"], number]>([["ALB", 8_192], ["APPSYNC", 8_192], ["CLOUDFRONT", 16_384], ["API_GATEWAY", 16_384], ["COGNITO_USER_POOL", 16_384], ["APP_RUNNER_SERVICE", 16_384]])("%s: %i", (source, limit) => {
    expect(matches(over("NO_MATCH"), { body: body(limit), source })).toBe(true);
    expect(matches(over("NO_MATCH"), { body: body(limit + 1), source })).toBe(false);
  });

  test("the association's limit", () => {
    const acl = compile(webAcl([rule("r", over("NO_MATCH"))], { AssociationConfig: { RequestBody: { CLOUDFRONT: { DefaultSizeInspectionLimit: "KB_64" } } } }));
    expect(acl.inspect(request({ body: body(65_536), source: "CLOUDFRONT" })).action).toBe("BLOCK");
    const more = acl.inspect(request({ body: body(65_537), source: "CLOUDFRONT" }));
    expect(more).toMatchObject({ action: "ALLOW", oversizeFields: ["REQUEST_BODY"], requestBodySize: 65_537, requestBodySizeInspectedByWAF: 65_536 });
  });

  const many = (n: number): [string, string][] => Array.from({ length: n }, (_, at): [string, string] => [`h${at}`, at === n - 1 ? "last" : "1"]);
  const inHeaders = (OversizeHandling: "CONTINUE" | "MATCH" | "NO_MATCH"): Statement => bytes("last", { Headers: { MatchPattern: { All: {} }, MatchScope: "VALUE", OversizeHandling } });
  test.each<[number, "CONTINUE" | "MATCH" | "NO_MATCH", boolean]>([[200, "CONTINUE", true], [201, "CONTINUE", false], [201, "MATCH", true], [201, "NO_MATCH", false], [200, "NO_MATCH", true]])("%i headers, %s: %s", (n, handling, expected) =>
    expect(matches(inHeaders(handling), { headers: many(n) })).toBe(expected));
  test("headers beyond 8,192 bytes", () => {
    const list: [string, string][] = [["a", "x".repeat(8_190)], ["b", "last"]];
    expect(matches(inHeaders("CONTINUE"), { headers: list })).toBe(false);
    expect(matches(inHeaders("MATCH"), { headers: list })).toBe(true);
  });
  test("201 cookies", () => {
    const cookies = (n: number): [string, string][] => [["Cookie", Array.from({ length: n }, (_, at) => `c${at}=${at === n - 1 ? "last" : 1}`).join("; ")]];
    const field: FieldToMatch = { Cookies: { MatchPattern: { All: {} }, MatchScope: "VALUE", OversizeHandling: "CONTINUE" } };
    expect(matches(bytes("last", field), { headers: cookies(200) })).toBe(true);
    expect(matches(bytes("last", field), { headers: cookies(201) })).toBe(false);
  });
});

describe("regular expressions", () => {
  test.each<[string, string, boolean]>([
    ["^/a[0-9]+$", "/a12", true], ["(?i)ADMIN", "/admin", true], ["a$", "/a\n", true], ["\\bx\\b", "/x/", true], ["^(a|b)$", "/a", false], ["\\Q.*\\E", "/a.*b", true], ["[[:digit:]]{3}", "/123", true], ["\\xe9", "/\xe9", true], ["é", "/\xc3\xa9", true],
  ])("%s on %j", (pattern, uri, expected) => expect(matches(regex(pattern), path(uri))).toBe(expected));
  test("any pattern of a set", () => {
    const ARN = "arn:aws:wafv2:us-east-1:111122223333:regional/regexpatternset/s/1";
    const set: Statement = { RegexPatternSetReferenceStatement: { ARN, FieldToMatch: { UriPath: {} }, TextTransformations: transformations() } };
    const referred = { regexPatternSets: { [ARN]: { RegularExpressionList: [{ RegexString: "^/a" }, { RegexString: "b$" }] } } };
    expect(matches(set, path("/xb"), referred)).toBe(true);
    expect(matches(set, path("/x"), referred)).toBe(false);
    expect(matches(set, path("/xb"))).toBe(false);
  });
});

describe("logic", () => {
  const [yes, no] = [bytes("/", { UriPath: {} }), bytes("nowhere", { UriPath: {} })];
  const absent = bytes("a", { SingleHeader: { Name: "x-none" } });
  test.each<[string, Statement, boolean]>([
    ["and", { AndStatement: { Statements: [yes, yes] } }, true],
    ["and, one not", { AndStatement: { Statements: [yes, no] } }, false],
    ["or", { OrStatement: { Statements: [no, yes] } }, true],
    ["or, none", { OrStatement: { Statements: [no, no] } }, false],
    ["not", { NotStatement: { Statement: no } }, true],
    ["not with a missing component", { NotStatement: { Statement: absent } }, true],
    ["not, deep", { NotStatement: { Statement: { AndStatement: { Statements: [yes, { NotStatement: { Statement: yes } }] } } } }, true],
  ])("%s", (_, statement, expected) => expect(matches(statement, {})).toBe(expected));
});
