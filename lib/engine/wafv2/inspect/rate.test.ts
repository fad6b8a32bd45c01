import { describe, expect, test } from "vitest";
import { compile } from "./compile";
import { bytes, request, rule, transformations, webAcl } from "./inspect.test-helper";
import { managedKeys } from "./rate";
import { countRequest, mostCounted, mostLimited, newRateState, type RateRuleState } from "./rate-state";
import type { WafRequest } from "./request";
import type { RateBasedStatement, RateBasedStatementCustomKey, Rule } from "./types";

const start = 1_780_000_000_000;
const rateRule = (more: Partial<RateBasedStatement> = {}, rest: Partial<Rule> = {}): Rule => rule("rate", { RateBasedStatement: { Limit: 100, EvaluationWindowSec: 60, AggregateKeyType: "IP", ...more } }, undefined, rest);

/** Sends requests on a clock of its own. */
function lab(rules: Rule[], exactRates = false) {
  const rates: Record<string, RateRuleState> = {};
  const acl = compile(webAcl(rules));
  let now = start;
  return {
    rates,
    wait: (seconds: number) => void (now += seconds * 1_000),
    now: () => now,
    send: (more: Partial<WafRequest> = {}) => acl.inspect(request({ timestamp: now, ...more }), { rates, exactRates }),
    burst(n: number, more: Partial<WafRequest> = {}) {
      let last = this.send(more);
      for (let at = 1; at < n; at++) last = this.send(more);
      return last.action;
    },
  };
}

describe("a rate-based rule", () => {
  test("limits from the next look, not at once, and releases when the window has passed", () => {
    const site = lab([rateRule()]);
    expect(site.burst(200)).toBe("ALLOW");
    site.wait(10);
    expect(site.burst(1)).toBe("BLOCK");
    site.wait(70);
    expect(site.burst(1)).toBe("ALLOW");
    const [entry] = site.rates.rate.history;
    expect(entry).toMatchObject({ key: '["192.0.2.44"]', detectedAt: start + 10_000, releasedAt: start + 80_000 });
  });
  test("an even rate at the limit is not limited, one above is", () => {
    for (const [perTick, expected] of [[16, "ALLOW"], [18, "BLOCK"]] as const) {
      const site = lab([rateRule()]);
      let last = "";
      for (let tick = 0; tick < 12; tick++) {
        last = site.burst(perTick);
        site.wait(10);
      }
      expect(last).toBe(expected);
    }
  });
  test("recent requests weigh more", () => {
    const limitedAfter = (waits: number[]): string => {
      const site = lab([rateRule({ Limit: 100 })]);
      site.burst(100);
      for (const wait of waits) site.wait(wait);
      return site.burst(1);
    };
    expect(limitedAfter([10])).toBe("BLOCK");
    expect(limitedAfter([50])).toBe("ALLOW");
  });
  test("exact: the request above the limit is the first one limited, and the window slides by the second", () => {
    const site = lab([rateRule()], true);
    expect(site.burst(100)).toBe("ALLOW");
    expect(site.burst(1)).toBe("BLOCK");
    site.wait(59);
    expect(site.burst(1)).toBe("BLOCK");
    site.wait(1);
    expect(site.burst(1)).toBe("ALLOW");
  });
  test.each([60, 120, 300, 600])("looks back %i seconds", (EvaluationWindowSec) => {
    const site = lab([rateRule({ EvaluationWindowSec })], true);
    site.burst(100);
    site.wait(EvaluationWindowSec - 1);
    expect(site.burst(1)).toBe("BLOCK");
    site.wait(2);
    expect(site.burst(1)).toBe("ALLOW");
  });
  test("only what its scope-down statement matches is counted and limited", () => {
    const site = lab([rateRule({ ScopeDownStatement: bytes("/login", { UriPath: {} }, "STARTS_WITH") })], true);
    site.burst(500, { uri: "/" });
    expect(site.burst(100, { uri: "/login" })).toBe("ALLOW");
    expect(site.burst(1, { uri: "/login" })).toBe("BLOCK");
    expect(site.burst(1, { uri: "/" })).toBe("ALLOW");
  });
  test("each address for itself", () => {
    const site = lab([rateRule()], true);
    expect(site.burst(101, { clientIp: "192.0.2.1" })).toBe("BLOCK");
    expect(site.burst(1, { clientIp: "192.0.2.2" })).toBe("ALLOW");
  });
  test("its labels are added only while it limits", () => {
    const site = lab([rateRule({}, { RuleLabels: [{ Name: "fast" }], Action: { Count: {} } })], true);
    site.burst(100);
    expect(site.rates.rate.limited).toEqual({});
    expect(site.send().labels).toMatchObject([{ name: "awswaf:111122223333:webacl:T:fast" }]);
  });
  test("another setting counts anew", () => {
    const rates: Record<string, RateRuleState> = {};
    const send = (rules: Rule[], n: number): string => {
      const acl = compile(webAcl(rules));
      let action = "";
      for (let at = 0; at < n; at++) action = acl.inspect(request(), { rates, exactRates: true }).action;
      return action;
    };
    const [before, after] = [[rateRule()], [rateRule({ Limit: 50 })]];
    expect(send(before, 101)).toBe("BLOCK");
    expect(send(after, 50)).toBe("ALLOW");
    expect(send(after, 1)).toBe("BLOCK");
  });
  test("the walk shows the estimate; walking counts as once", () => {
    const rates: Record<string, RateRuleState> = {};
    const acl = compile(webAcl([rateRule()]));
    for (let n = 0; n < 5; n++) acl.inspect(request(), { rates, walk: true });
    const { walk } = acl.inspect(request(), { rates, walk: true, exactRates: false });
    expect(walk![0].statement!.rate).toMatchObject({ key: '["192.0.2.44"]', estimate: 0, counted: 6, limit: 100, windowSec: 60, limiting: false });
    expect(rates.rate.instances['["192.0.2.44"]'][1]).toBe(6);
  });
  test("the state is plain data", () => {
    const site = lab([rateRule()]);
    site.burst(200);
    site.wait(10);
    site.burst(1);
    expect(JSON.parse(JSON.stringify(site.rates))).toEqual(site.rates);
  });
});

describe("what it counts by", () => {
  const custom = (...CustomKeys: RateBasedStatementCustomKey[]): Partial<RateBasedStatement> => ({ AggregateKeyType: "CUSTOM_KEYS", CustomKeys });
  const TextTransformations = transformations("LOWERCASE");
  const via = (value: string): Partial<WafRequest> => ({ headers: [["X-Forwarded-For", value]] });
  const config = { HeaderName: "X-Forwarded-For", FallbackBehavior: "NO_MATCH" } as const;
  test.each<[string, Partial<RateBasedStatement>, Partial<WafRequest>, string | undefined]>([
    ["IP", {}, {}, '["192.0.2.44"]'],
    ["IPv6", {}, { clientIp: "2001:db8::1" }, '["2001:db8::1"]'],
    ["forwarded, the first", { AggregateKeyType: "FORWARDED_IP", ForwardedIPConfig: config }, via("198.51.100.1, 192.0.2.9"), '["198.51.100.1"]'],
    ["forwarded, no header", { AggregateKeyType: "FORWARDED_IP", ForwardedIPConfig: config }, {}, undefined],
    ["forwarded, malformed", { AggregateKeyType: "FORWARDED_IP", ForwardedIPConfig: config }, via("x"), undefined],
    ["all that match", { AggregateKeyType: "CONSTANT", ScopeDownStatement: bytes("/", { UriPath: {} }) }, {}, "[]"],
    ["a header, transformed", custom({ Header: { Name: "X-Id", TextTransformations } }), { headers: [["x-id", "ABC"]] }, '["abc"]'],
    ["a missing header", custom({ Header: { Name: "X-Id", TextTransformations } }), {}, undefined],
    ["a cookie", custom({ Cookie: { Name: "sid", TextTransformations } }), { headers: [["Cookie", "a=1; sid=Q"]] }, '["q"]'],
    ["an argument", custom({ QueryArgument: { Name: "id", TextTransformations } }), { uri: "/?ID=7" }, '["7"]'],
    ["a missing argument", custom({ QueryArgument: { Name: "id", TextTransformations } }, { HTTPMethod: {} }), { uri: "/?x=7" }, undefined],
    ["the query", custom({ QueryString: { TextTransformations } }), { uri: "/?A=1" }, '["a=1"]'],
    ["path and method", custom({ UriPath: { TextTransformations } }, { HTTPMethod: {} }), { uri: "/A?b", method: "POST" }, '["/a","POST"]'],
    ["address and method", custom({ IP: {} }, { HTTPMethod: {} }), {}, '["192.0.2.44","GET"]'],
    ["ASN", custom({ ASN: {} }), { asn: 64_500 }, '["64500"]'],
    ["no ASN", custom({ ASN: {} }), {}, undefined],
    ["JA3", custom({ JA3Fingerprint: { FallbackBehavior: "NO_MATCH" } }), { ja3: "a".repeat(32) }, `["${"a".repeat(32)}"]`],
    ["no label", custom({ LabelNamespace: { Namespace: "awswaf:x:" } }), {}, undefined],
  ])("%s", (_, statement, more, key) => {
    const site = lab([rateRule(statement)]);
    expect(site.send(more).action).toBe("ALLOW");
    expect(Object.keys(site.rates.rate?.instances ?? {})).toEqual(key === undefined ? [] : [key]);
  });
  test("the ASN of a forwarded address", () => {
    const rates: Record<string, RateRuleState> = {};
    const acl = compile(webAcl([rateRule({ ...custom({ ASN: {} }), ForwardedIPConfig: config })]), { locate: (address) => (address === "198.51.100.1" ? { asn: 64_501 } : undefined) });
    acl.inspect(request({ ...via("198.51.100.1"), asn: 64_500 }), { rates });
    acl.inspect(request({ ...via("198.51.100.2"), asn: 64_500 }), { rates });
    expect(Object.keys(rates.rate.instances)).toEqual(['["64501"]']);
  });
  test("labels of earlier rules", () => {
    const labels = rule("l", bytes("/", { UriPath: {} }), { Count: {} }, { RuleLabels: [{ Name: "ns:a" }] });
    const site = lab([labels, rateRule(custom({ LabelNamespace: { Namespace: "awswaf:111122223333:webacl:T:ns:" } }))]);
    site.send();
    expect(Object.keys(site.rates.rate.instances)).toEqual(['["awswaf:111122223333:webacl:T:ns:a"]']);
  });
  test("a malformed address with the fallback MATCH gets the action", () => {
    const site = lab([rateRule({ AggregateKeyType: "FORWARDED_IP", ForwardedIPConfig: { ...config, FallbackBehavior: "MATCH" } })]);
    expect(site.send(via("x")).action).toBe("BLOCK");
  });
  test("a long value is kept by its beginning and digest", () => {
    const site = lab([rateRule(custom({ Header: { Name: "h", TextTransformations } }))]);
    site.send({ headers: [["h", "x".repeat(100_000)]] });
    site.send({ headers: [["h", `${"x".repeat(99_999)}y`]] });
    const keys = Object.keys(site.rates.rate.instances);
    expect(keys).toHaveLength(2);
    expect(keys[0].length).toBeLessThan(300);
  });
});

describe("bounds", () => {
  test("a bounded number of instances is counted, the busiest stay", () => {
    const state = newRateState("", 10, 60, false);
    for (let n = 0; n < 50; n++) countRequest(state, "busy", start);
    for (let n = 0; n < 3 * mostCounted; n++) countRequest(state, `["${n}"]`, start);
    expect(Object.keys(state.instances).length).toBe(state.size);
    expect(state.size).toBeLessThanOrEqual(mostCounted);
    expect(countRequest(state, "busy", start + 10_000).limiting).toBe(true);
  });
  test("at most 10,000 are limited, the highest rates", () => {
    const state = newRateState("", 10, 60, false);
    for (let n = 0; n < mostLimited + 500; n++) for (let k = 0; k < (n < 500 ? 12 : 20); k++) countRequest(state, `["${n}"]`, start);
    countRequest(state, "other", start + 10_000);
    expect(Object.keys(state.limited)).toHaveLength(mostLimited);
    expect(state.limited['["0"]']).toBeUndefined();
    expect(state.limited['["600"]']).toBeDefined();
  });
  test("the idle are forgotten", () => {
    const state = newRateState("", 10, 60, false);
    for (let n = 0; n < 1_000; n++) countRequest(state, `["${n}"]`, start);
    countRequest(state, "other", start + 90_000);
    expect(state.size).toBe(1);
    expect(Object.keys(state.instances)).toEqual(["other"]);
  });
  test("the limited addresses, as GetRateBasedStatementManagedKeys tells them", () => {
    const site = lab([rateRule()]);
    site.burst(200, { clientIp: "192.0.2.7" });
    site.burst(300, { clientIp: "2001:db8::7" });
    expect(managedKeys(site.rates.rate, site.now())).toEqual({ ipv4: [], ipv6: [] });
    expect(managedKeys(site.rates.rate, site.now() + 10_000)).toEqual({ ipv4: ["192.0.2.7/32"], ipv6: ["2001:db8::7/128"] });
    expect(managedKeys(site.rates.rate, site.now() + 80_000)).toEqual({ ipv4: [], ipv6: [] });
    expect(managedKeys(undefined, 0)).toEqual({ ipv4: [], ipv6: [] });
  });
});
