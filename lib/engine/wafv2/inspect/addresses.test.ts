import { describe, expect, test } from "vitest";
import { compile, type ReferredThings } from "./compile";
import { request, rule, webAcl } from "./inspect.test-helper";
import { addressSet, parseAddress, parseBlock } from "./ip";
import type { WafRequest } from "./request";
import type { Statement } from "./types";

const ARN = "arn:aws:wafv2:us-east-1:111122223333:regional/ipset/office/1";
const referred: ReferredThings = {
  ipSets: { [ARN]: { Addresses: ["192.0.2.0/24", "198.51.100.7/32", "2001:db8::/32"] } },
  locate: (address) => (address === "203.0.113.9" ? { country: "FR", region: "IDF", asn: 64_500 } : undefined),
};
const run = (statement: Statement, more: Partial<WafRequest>) => compile(webAcl([rule("r", statement)]), referred).inspect(request(more), { walk: true });
const set = (Position?: "FIRST" | "LAST" | "ANY", FallbackBehavior: "MATCH" | "NO_MATCH" = "NO_MATCH"): Statement => ({
  IPSetReferenceStatement: { ARN, ...(Position && { IPSetForwardedIPConfig: { HeaderName: "x-forwarded-for", Position, FallbackBehavior } }) },
});
const via = (value: string): Partial<WafRequest> => ({ headers: [["X-Forwarded-For", value]], clientIp: "203.0.113.1" });

describe("addresses", () => {
  test.each(["0.0.0.0", "255.255.255.255", "::", "::1", "2001:db8::1", "::ffff:192.0.2.1", "1:2:3:4:5:6:7:8"])("taken: %s", (text) => expect(parseAddress(text)).toBeDefined());
  test.each(["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4 ", "1.2.3.4:80", "1::2::3", ":::", "1:2:3:4:5:6:7", "g::", "12345::", "::1.2.3", "1:2:3:4:5:6:7:8::"])("refused: %j", (text) => expect(parseAddress(text)).toBeUndefined());
  test.each(["192.0.2.0/33", "192.0.2.0/x", "::/129", "a/8"])("no block: %s", (text) => expect(parseBlock(text)).toBeUndefined());

  test("10,000 blocks are found by a search, and as one by one", () => {
    const blocks = Array.from({ length: 10_000 }, (_, n) => `${10 + (n % 90)}.${(n * 7) % 256}.${(n * 13) % 256}.${(n * 29) % 256}/${20 + (n % 13)}`);
    const [found, ranges] = [addressSet(blocks), blocks.map((block) => parseBlock(block)!)];
    let hits = 0;
    for (let n = 0; n < 3_000; n++) {
      const address = n % 2 ? (n * 2_654_435_761) % 2 ** 32 : (ranges[n].low as number) + (n % 7) * 300 - 600;
      const slow = ranges.some(({ low, high }) => (low as number) <= address && address <= (high as number));
      expect(found.has(address)).toBe(slow);
      if (slow) hits++;
    }
    expect(hits).toBeGreaterThan(300);
    const start = performance.now();
    for (let n = 0; n < 100_000; n++) found.has((n * 2_654_435_761) % 2 ** 32);
    expect(performance.now() - start).toBeLessThan(2_000);
  }, 30_000);
  test("IPv6", () => {
    const six = addressSet(["2001:db8::/33", "::1/128"]);
    for (const [text, expected] of [["2001:db8:7fff::1", true], ["2001:db8:8000::", false], ["::1", true], ["::2", false]] as const) expect(six.has(parseAddress(text)!)).toBe(expected);
    expect(six.has(parseAddress("192.0.2.1")!)).toBe(false);
  });
});

describe("IP sets", () => {
  test.each<[string, Statement, Partial<WafRequest>, boolean]>([
    ["client in the set", set(), { clientIp: "192.0.2.200" }, true],
    ["client outside", set(), { clientIp: "198.51.100.8" }, false],
    ["IPv6 client", set(), { clientIp: "2001:db8:1::5" }, true],
    ["the connection's address alone counts", set(), via("192.0.2.1"), false],
    ["FIRST", set("FIRST"), via("192.0.2.1, 203.0.113.7"), true],
    ["FIRST is not the last", set("FIRST"), via("203.0.113.7, 192.0.2.1"), false],
    ["LAST", set("LAST"), via("203.0.113.7, 192.0.2.1"), true],
    ["ANY", set("ANY"), via("203.0.113.7, 192.0.2.1, 203.0.113.8"), true],
    ["ANY looks at the last ten", set("ANY"), via(["192.0.2.1", ...Array<string>(10).fill("203.0.113.7")].join(", ")), false],
    ["ANY, the tenth from the end", set("ANY"), via(["192.0.2.1", ...Array<string>(9).fill("203.0.113.7")].join(", ")), true],
    ["malformed, MATCH", set("FIRST", "MATCH"), via("192.0.2.1; 203.0.113.7"), true],
    ["malformed, NO_MATCH", set("FIRST"), via("unknown"), false],
    ["missing header: no fallback", set("FIRST", "MATCH"), { clientIp: "192.0.2.1" }, false],
  ])("%s", (_, statement, more, expected) => expect(run(statement, more).action).toBe(expected ? "BLOCK" : "ALLOW"));

  test("a missing header leaves the rule out, even under NOT", () => {
    const result = run({ NotStatement: { Statement: set("FIRST", "MATCH") } }, {});
    expect(result.action).toBe("ALLOW");
    expect(result.walk![0].why).toContain("Not applied");
  });
});

describe("geo and ASN", () => {
  const config = { HeaderName: "X-Forwarded-For", FallbackBehavior: "MATCH" } as const;
  const geo = (forwarded = false): Statement => ({ GeoMatchStatement: { CountryCodes: ["DE", "FR"], ...(forwarded && { ForwardedIPConfig: config }) } });
  const asn = (...AsnList: number[]): Statement => ({ AsnMatchStatement: { AsnList } });
  test.each<[string, Statement, Partial<WafRequest>, boolean]>([
    ["country", geo(), { country: "DE" }, true],
    ["another country", geo(), { country: "US" }, false],
    ["unknown country", geo(), {}, false],
    ["forwarded, the first address", geo(true), via("203.0.113.9, 192.0.2.1"), true],
    ["forwarded, unknown", geo(true), via("192.0.2.1, 203.0.113.9"), false],
    ["forwarded, malformed", geo(true), via("x"), true],
    ["ASN", asn(64_496), { asn: 64_496 }, true],
    ["ASN 0 is unknown", asn(0), {}, true],
    ["ASN by address", asn(64_500), { clientIp: "203.0.113.9" }, true],
  ])("%s", (_, statement, more, expected) => expect(run(statement, more).action).toBe(expected ? "BLOCK" : "ALLOW"));

  test.each<[Statement, Partial<WafRequest>, string[]]>([
    [geo(), { country: "US", region: "CA" }, ["awswaf:clientip:geo:country:US", "awswaf:clientip:geo:region:US-CA"]],
    [geo(), {}, ["awswaf:clientip:geo:country:XX", "awswaf:clientip:geo:region:XX-XX"]],
    [geo(true), via("203.0.113.9"), ["awswaf:forwardedip:geo:country:FR", "awswaf:forwardedip:geo:region:FR-IDF"]],
  ])("labels come with and without a match", (statement, more, labels) => expect(run(statement, more).labels.map(({ name }) => name)).toEqual(labels));

  test("geo's labels are seen by later rules only", () => {
    const label: Statement = { LabelMatchStatement: { Scope: "LABEL", Key: "awswaf:clientip:geo:country:US" } };
    const same = webAcl([rule("r", { AndStatement: { Statements: [{ NotStatement: { Statement: geo() } }, label] } })]);
    expect(compile(same).inspect(request({ country: "US" })).action).toBe("ALLOW");
    expect(compile(webAcl([rule("a", geo()), rule("b", label)])).inspect(request({ country: "US" })).terminatingRuleId).toBe("b");
  });
});
