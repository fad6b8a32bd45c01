import { beforeAll, describe, expect, test } from "vitest";
import { toBase64 } from "../../crypto/bytes";
import type { JsonObject } from "../../types";
import { bytesOf } from "../inspect/bytes";
import type { InspectionResult } from "../inspect/result";
import { admin, labOf, none, rule } from "../wafv2.test-helper";
import { labRequest, readRequest } from "./index";
import { showBytes } from "./show-bytes";

/** What nobody should paste, through every door that the bench has: readers, the lab, what is shown. Nothing hangs, throws or is cut in silence. */

const megabyte = "a".repeat(1_048_576);
const deep = (open: string, close: string, inner = "1"): string => open.repeat(10_000) + inner + close.repeat(10_000);

const within = <T>(most: number, work: () => T): T => {
  const start = performance.now();
  const value = work();
  expect(performance.now() - start).toBeLessThan(most);
  return value;
};

describe("pasted as a request", () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ["nothing", "", /no request here/],
    ["noise", "\x01\x02\x03 / HTTP/1.1", /no method/],
    ["NUL bytes", "GET /\0\0 HTTP/1.1\nHost: a", /write them percent-encoded/],
    ["a NUL in a header", "GET / HTTP/1.1\nHost: a\0b", /NUL or a line end/],
    ["invalid UTF-8 in the first line", bytesOf("GE\xff / HTTP/1.1\n"), /no method/],
    ["half a character", "GET /\ud83d HTTP/1.1", /lone surrogate/],
    ["a header of a megabyte", `GET / HTTP/1.1\nX: ${megabyte}`, /1,048,576 bytes/],
    ["headers of a megabyte", `GET / HTTP/1.1\n${"X: y\n".repeat(200_000)}`, /more than 1,000 headers/],
    ["a megabyte of header names", `GET / HTTP/1.1\n${megabyte}: y`, /up to 1,024 bytes/],
    ["more than is read", megabyte + megabyte + megabyte, /shorten it/],
    ["a megabyte of carriage returns", `GET / HTTP/1.1${"\r".repeat(1_000_000)}`, /./],
    ["markup", "<script>alert(1)</script>", /no method/],
    ["a request inside a request", "POST / HTTP/1.1\nHost: a\nContent-Length: 4\nTransfer-Encoding: chunked\n\n0\n\nGET /admin HTTP/1.1", /smuggling/],
    ["curl with a quote left open", `curl 'https://a/${"x".repeat(100_000)}`, /./],
    ["curl with ten thousand substitutions", `curl https://a/${"$(".repeat(10_000)}`, /./],
    ["a HAR file", '{"log":{"entries":[]}}', /HAR file/],
  ])("%s: refused in one sentence", (_, text, says) => {
    const read = within(2_000, () => readRequest(text));
    expect(read.ok ? "taken" : read.problem.message).toMatch(says);
    if (!read.ok) expect(read.problem.message.length).toBeLessThan(400);
  });
  test.each<[string, string | Uint8Array]>([
    ["invalid UTF-8 in a body", bytesOf("POST / HTTP/1.1\nHost: a\nContent-Length: 4\n\n\xff\xfe\0\xc3")],
    ["JSON that is nested ten thousand deep", `POST / HTTP/1.1\nHost: a\n\n${deep("[", "]")}`],
    ["a body of a megabyte", `POST / HTTP/1.1\nHost: a\n\n${megabyte}`],
    ["a thousand headers", `GET / HTTP/1.1\n${"X: y\n".repeat(1_000)}`],
  ])("%s: taken, and every byte is there", (_, text) => {
    const read = within(2_000, () => readRequest(text));
    expect(read.ok).toBe(true);
    if (!read.ok) return;
    const body = typeof text === "string" ? text.slice(text.indexOf("\n\n") + 2) : "\xff\xfe\0\xc3";
    if (read.value.message.method === "POST") expect(read.value.message.body).toBe(body);
    else expect(read.value.message.headers).toHaveLength(1_000);
  });
});

describe("tried against a web ACL", () => {
  const { lab, acl, call } = labOf();
  const FieldToMatch = { Body: { OversizeHandling: "CONTINUE" } };
  const json = { JsonBody: { MatchPattern: { All: {} }, MatchScope: "ALL", InvalidFallbackBehavior: "EVALUATE_AS_STRING", OversizeHandling: "CONTINUE" } };
  const bomb = (RegexString: string, at: number): JsonObject => rule(`bomb-${at}`, { RegexMatchStatement: { RegexString, FieldToMatch, TextTransformations: none } }, { Count: {} });
  let arn = "";
  beforeAll(async () => {
    const bombs = ["(a+)+$", "(a|a)*b", "(.*a){20}b", "([a-z]*)*\\d"].map(bomb);
    const detectors = [FieldToMatch, json].flatMap((field, at) => [
      rule(`sqli-${at}`, { SqliMatchStatement: { FieldToMatch: field, TextTransformations: none } }, { Count: {} }),
      rule(`xss-${at}`, { XssMatchStatement: { FieldToMatch: field, TextTransformations: none } }, { Count: {} }),
    ]);
    const all = { MatchPattern: { All: {} }, MatchScope: "ALL", OversizeHandling: "CONTINUE" };
    arn = (await acl("hostile", [...bombs, ...detectors, rule("headers", { SqliMatchStatement: { FieldToMatch: { Headers: all }, TextTransformations: none } }, { Count: {} })])).ARN;
  });
  const sent = (body: string, headers: [string, string][] = []): JsonObject => labRequest({ method: "POST", uri: "/", httpVersion: "HTTP/1.1", headers, body }, { ip: "192.0.2.1" });
  test.each<[string, JsonObject]>([
    ["a body for bombs", sent("a".repeat(16_000))],
    ["a body of a megabyte", sent(megabyte)],
    ["any bytes", sent(Array.from({ length: 4_096 }, (_, at) => String.fromCharCode((at * 7) % 256)).join(""))],
    ["arrays, ten thousand deep", sent(deep("[", "]"))],
    ["objects, ten thousand deep", sent(deep('{"a":', "}"))],
    ["JSON left open, ten thousand deep", sent("[".repeat(10_000))],
    ["headers as large as they come", sent("x", Array.from({ length: 60 }, (_, at): [string, string] => [`x-${at}`, "' or ".repeat(3_400)]))],
  ])("%s: inspected, with the walk, and shown in a few pieces", async (_, request) => {
    const start = performance.now();
    const reply = await lab.call({ service: "traffic", operation: "TryRequests", input: { WebACLArn: arn, ResourceType: "API_GATEWAY", Requests: [request], Walk: true }, caller: admin });
    expect(reply.ok).toBe(true);
    expect(performance.now() - start).toBeLessThan(5_000);
    const step = reply.trace.steps.find(({ kind }) => kind === "inspection") as unknown as { result: InspectionResult };
    expect(step.result.walk).toHaveLength(9);
    for (const { statement } of step.result.walk!) {
      for (const { text, steps } of statement?.texts ?? []) {
        expect(text.text.length).toBeLessThanOrEqual(2_048);
        const { pieces, before, after } = showBytes(steps.at(-1)?.after.text ?? text.text, [], 400, text.length);
        expect(pieces.map((each) => each.text).join("")).not.toMatch(/\p{C}/u);
        expect(before + after).toBeGreaterThanOrEqual(text.length - 403);
      }
    }
  });
  test.each<[string, JsonObject, RegExp]>([
    ["more body than the lab takes", { Uri: "/", ClientIp: "192.0.2.1", Body: toBase64(bytesOf(`${megabyte}a`)) }, /^ValidationException: /],
    ["no base64", { Uri: "/", ClientIp: "192.0.2.1", Body: "?" }, /^SerializationException: /],
    ["an address of blanks", { Uri: "/", ClientIp: "" }, /^ValidationException: /],
    ["no address at all", { Uri: "/" }, /^ValidationException: /],
    ["a header as a number", { Uri: "/", ClientIp: "192.0.2.1", Headers: [{ Name: 1, Value: "" }] as unknown as JsonObject[] }, /^SerializationException: /],
  ])("%s: refused", async (_, request, says) => expect(await call("traffic", "TryRequests", { WebACLArn: arn, Requests: [request] })).toMatch(says));
});

describe("saved as a web ACL", () => {
  const { acl, call } = labOf();
  let keys: JsonObject = {};
  beforeAll(async () => {
    const { Id, LockToken } = await acl("w", []);
    keys = { Name: "w", Id, LockToken, Scope: "REGIONAL", DefaultAction: { Allow: {} }, VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: "w" } };
  });
  const nested = (depth: number): JsonObject => {
    let statement: JsonObject = { GeoMatchStatement: { CountryCodes: ["DE"] } };
    for (let at = 0; at < depth; at++) statement = { NotStatement: { Statement: statement } };
    return rule("deep", statement);
  };
  test.each<[string, unknown, RegExp]>([
    ["a number for rules", 1, /^SerializationException: /],
    ["an object for rules", {}, /^SerializationException: /],
    ["lists in the list", [[]], /^SerializationException: /],
    ["an empty rule", [{}], /^ValidationException: /],
    ["a rule without a statement", [rule("r", {})], /^WAFInvalidParameterException: /],
    ["a statement that there is not", [rule("r", { NoSuchStatement: {} })], /^WAFInvalidParameterException: /],
    ["two statements in one", [rule("r", { GeoMatchStatement: { CountryCodes: ["DE"] }, NotStatement: { Statement: { GeoMatchStatement: { CountryCodes: ["DE"] } } } })], /^WAFInvalidParameterException: /],
    ["a pattern that is none", [rule("r", { RegexMatchStatement: { RegexString: "(", FieldToMatch: { UriPath: {} }, TextTransformations: none } })], /^WAFInvalidParameterException: /],
    ["a pattern longer than AWS takes", [rule("r", { RegexMatchStatement: { RegexString: "a".repeat(513), FieldToMatch: { UriPath: {} }, TextTransformations: none } })], /^(ValidationException|WAFInvalidParameterException): /],
    ["ten thousand statements inside each other", [nested(10_000)], /^SerializationException: Structures are nested more than 500 deep/],
  ])("%s: refused with AWS's own code", async (_, Rules, says) => expect(await call("wafv2", "UpdateWebACL", { ...keys, Rules } as JsonObject)).toMatch(says));
});
