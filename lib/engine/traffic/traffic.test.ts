import { describe, expect, test } from "vitest";
import { addressSet, parseAddress } from "../wafv2/inspect/ip";
import { compile } from "../wafv2/inspect/compile";
import { rule, webAcl } from "../wafv2/inspect/inspect.test-helper";
import { bytesOf } from "../wafv2/inspect/bytes";
import { readHttp, wafRequest, writeHttp } from "../wafv2/requests/index";
import { verdictOf } from "../wafv2/requests/verdict";
import { addressOf, countries, locate } from "./addresses";
import { Chance, chanceFrom } from "./chance";
import { presets } from "./presets";
import { busy, divide } from "./rate";
import { type Scenario, scenarioProblems, type Source } from "./scenario";
import { addRequest, newSeries } from "./series";
import { heldConnections, next, startTraffic, type NetworkCount, type TrafficRequest, type TrafficState } from "./traffic";

const start = 1_780_272_000_000; // 2026-06-01T00:00:00Z
const documentation = addressSet(["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"]);
const scenario = (...sources: Source[]): Scenario => ({ version: 1, id: "t", title: "t", what: "For tests.", host: "shop.example.com", sources });
const flood = (more: Partial<Source> = {}): Source => ({ kind: "http-flood", id: "botnet", name: "Botnet", startSec: 0, endSec: 100, rate: 50, clients: 40, path: "/search", random: true, ...more }) as Source;

function all(state: TrafficState, untilMs: number, budget = 500): { state: TrafficState; requests: TrafficRequest[]; network: NetworkCount[] } {
  const [requests, network]: [TrafficRequest[], NetworkCount[]] = [[], []];
  for (;;) {
    const step = next(state, untilMs, budget);
    state = step.state;
    requests.push(...step.requests);
    network.push(...step.network);
    expect(step.requests.length + step.network.length).toBeLessThanOrEqual(budget);
    if (step.reached) return { state, requests, network };
  }
}
const from = (id: string) => presets.find((each) => each.id === id)!;

describe("presets", () => {
  test.each(presets.map((each) => [each.id, each] as const))("%s", (_id, preset) => {
    expect(scenarioProblems(preset)).toEqual([]);
    expect(JSON.parse(JSON.stringify(preset))).toEqual(preset);
    const { requests } = all(startTraffic(preset, 7, start), start + 700_000);
    expect(requests.length).toBeGreaterThan(100);
    expect(requests.every(({ at }, place) => place === 0 || at >= requests[place - 1].at)).toBe(true);
    for (const { message, client, at } of requests.filter((_, place) => place % 37 === 0)) {
      expect(readHttp(bytesOf(writeHttp(message)))).toEqual({ ok: true, value: { message, notes: [] } });
      expect(documentation.has(parseAddress(client.ip)!)).toBe(true);
      expect(locate(client.ip)).toEqual({ country: client.country, region: client.region, asn: client.asn });
      expect(at).toBeGreaterThanOrEqual(start);
      expect(Number.isInteger(at)).toBe(true);
    }
  });
});

describe("one seed, one stream", () => {
  const mixed = from("mixed");
  const until = start + 720_000;
  test("however it is cut, and through JSON", () => {
    const whole = all(startTraffic(mixed, 11, start), until, 5_000);
    let state = startTraffic(mixed, 11, start);
    const [requests, network]: [TrafficRequest[], NetworkCount[]] = [[], []];
    for (let to = start; to <= until; to += 7_001) {
      const part = all(JSON.parse(JSON.stringify(state)) as TrafficState, Math.min(until, to), 97);
      state = part.state;
      requests.push(...part.requests);
      network.push(...part.network);
    }
    const last = all(state, until);
    requests.push(...last.requests);
    network.push(...last.network);
    expect(requests).toEqual(whole.requests);
    expect(network).toEqual(whole.network);
    expect(last.state).toEqual(whole.state);
  });
  test("the state that was given stays, and another seed gives another stream", () => {
    const state = startTraffic(mixed, 11, start);
    const before = JSON.stringify(state);
    const first = next(state, until, 50);
    expect(JSON.stringify(state)).toBe(before);
    expect(next(state, until, 50)).toEqual(first);
    expect(next(startTraffic(mixed, 12, start), until, 50).requests).not.toEqual(first.requests);
  });
  test("the first numbers of a seed are these, in every browser", () => {
    const chance = new Chance(chanceFrom(1, 0));
    expect([chance.below(1e9), chance.below(1e9), chance.below(1e9), Math.round(chance.wait() * 1e9)]).toEqual([321_252_633, 140_100_610, 47_498_039, 1_727_847_340]);
  });
});

describe("rates", () => {
  const count = (source: Source, untilSec: number, seed = 3) => all(startTraffic(scenario(source), seed, start), start + untilSec * 1_000, 100_000).requests;
  const near = (found: number, expected: number) => expect(Math.abs(found - expected)).toBeLessThan(4 * Math.sqrt(expected) + 1);
  test.each<[string, Partial<Source>, number, number]>([
    ["even", {}, 100, 5_000],
    ["half of the time", {}, 50, 2_500],
    ["from its start", { startSec: 40 }, 100, 3_000],
    ["with ramps", { ramp: { upSec: 40, downSec: 20 } }, 100, 3_500],
    ["only while it grows", { ramp: { upSec: 100, downSec: 0 } }, 50, 625],
    ["nothing after its end", {}, 10_000, 5_000],
  ])("%s", (_name, more, until, expected) => near(count(flood(more), until).length, expected));
  test("waits are as they should be: mean 1, variance 1", () => {
    const chance = new Chance(chanceFrom(5, 0));
    const waits = Array.from({ length: 40_000 }, () => chance.wait());
    const mean = waits.reduce((sum, each) => sum + each) / waits.length;
    const variance = waits.reduce((sum, each) => sum + (each - mean) ** 2, 0) / waits.length;
    expect(mean).toBeCloseTo(1, 1);
    expect(variance).toBeCloseTo(1, 1);
  });
  test("people sleep: few at four in the morning of their country, most at eight in the evening", () => {
    const users: Source = { kind: "users", id: "u", name: "U", startSec: 0, endSec: 86_400, rate: 0.5, clients: 100, countries: [{ country: "JP", share: 1 }], day: true };
    const list = count(users, 86_400);
    near(list.length, 43_200);
    const at = (hour: number) => list.filter((each) => new Date(each.at + 9 * 3_600_000).getUTCHours() === hour).length;
    expect(at(20)).toBeGreaterThan(5 * at(3));
    expect(Array.from({ length: 24 }, (_, hour) => busy(hour * 3_600_000, 0)).reduce((sum, each) => sum + each) / 24).toBeCloseTo(1, 6);
  });
  test("countries by their shares, and as many addresses as were asked for", () => {
    const source = flood({ clients: 500, rate: 400, countries: [{ country: "DE", share: 3 }, { country: "BR", share: 1 }] } as Partial<Source>);
    const list = count(source, 100);
    const german = list.filter(({ client }) => client.country === "DE").length / list.length;
    expect(german).toBeCloseTo(0.75, 1);
    expect(new Set(list.map(({ client }) => client.ip)).size).toBe(500);
    expect(new Set(list.map(({ message }) => message.uri)).size).toBeGreaterThan(list.length * 0.99);
    expect(divide({ clients: 16 }).map(({ from: low, to }) => to - low)).toEqual(Array(16).fill(1));
  });
  test("packets are counted by the second, with ramps, and bits follow", () => {
    const { network, requests } = all(startTraffic(scenario({ kind: "network-flood", id: "ntp", name: "NTP", startSec: 1, endSec: 11.5, rate: 1_000, ramp: { upSec: 4, downSec: 0 }, vector: "NTP" }), 1, start), start + 60_000, 3);
    expect(requests).toEqual([]);
    expect(network).toHaveLength(11);
    expect(network[10].ms).toBe(500);
    expect(network[0].packets).toBeLessThan(140);
    expect(network[6].packets).toBeGreaterThanOrEqual(950);
    for (const { packets, bits } of network) expect(bits).toBe(packets * 468 * 8);
  });
  test("slow requests hold connections", () => {
    const slow: Source = { kind: "slow", id: "s", name: "S", startSec: 0, endSec: 400, rate: 5, clients: 5, holdSec: 40 };
    const held = count(slow, 400).reduce((sum, { tookMs = 0 }) => sum + tookMs, 0) / 400_000;
    expect(heldConnections(slow, 100)).toBe(200);
    expect(Math.abs(held - 200)).toBeLessThan(20);
  });
});

test("a million requests in bounded memory and in seconds", () => {
  let state = startTraffic(scenario(flood({ rate: 20_000, endSec: 60, clients: 50_000 } as Partial<Source>), { kind: "users", id: "users", name: "Users", startSec: 0, endSec: 60, rate: 500, clients: 2_000, day: true }), 9, start);
  const series = newSeries(10_000);
  const passed = { outcome: "allowed" as const, action: "ALLOW" as const, decided: { rule: "Default_Action" }, counted: [] };
  const objects = (value: unknown): number => (typeof value === "object" && value !== null ? 1 + Object.values(value).reduce((sum: number, each) => sum + objects(each), 0) : 0);
  const kept = objects(state);
  let sent = 0;
  let lastAt = 0;
  const begun = performance.now();
  while (sent < 1_000_000) {
    const step = next(state, Infinity, 2_000);
    expect(step.requests.length).toBe(2_000);
    for (const { at, from: source, harmful } of step.requests) {
      if (at < lastAt) throw new Error("not in order");
      lastAt = at;
      addRequest(series, { at, from: source, harmful, verdict: passed });
    }
    sent += step.requests.length;
    state = step.state;
    if (sent % 100_000 === 0) expect([objects(state), JSON.stringify(state).length < 2_000]).toEqual([kept, true]);
  }
  const seconds = (performance.now() - begun) / 1_000;
  expect(state.sources.reduce((sum, each) => sum + each.sent, 0)).toBe(1_000_000);
  expect(objects(series)).toBeLessThan(100);
  expect(seconds).toBeLessThan(15);
});

test("a web ACL sees it: geo and rate rules work on what the generator sends", () => {
  const acl = compile(webAcl([
    rule("rate", { RateBasedStatement: { Limit: 100, EvaluationWindowSec: 60, AggregateKeyType: "IP" } }),
    rule("geo", { GeoMatchStatement: { CountryCodes: ["JP"] } }),
    rule("core", { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesSQLiRuleSet" } }),
  ]));
  const mix = scenario(flood({ rate: 40, clients: 4, countries: [{ country: "DE", share: 1 }] } as Partial<Source>), { kind: "users", id: "users", name: "Users", startSec: 0, endSec: 100, rate: 5, clients: 200, day: false }, { kind: "probes", id: "probes", name: "Probes", startSec: 0, endSec: 100, rate: 1, clients: 20, sqli: 1, xss: 0 });
  const series = newSeries(10_000);
  const rates = {};
  for (const { message, client, at, from: source, harmful } of all(startTraffic(mix, 5, start), start + 100_000).requests)
    addRequest(series, { at, from: source, harmful, verdict: verdictOf(acl.inspect(wafRequest(message, client, { source: "CLOUDFRONT", timestamp: at }), { rates })) });
  const { botnet, users, probes } = series.sources;
  expect(botnet.counts.blocked).toBeGreaterThan(3_000);
  expect(botnet.firstStoppedAt! - botnet.firstAt).toBeGreaterThan(5_000);
  expect(users.stoppedBy).toEqual({ geo: users.counts.blocked });
  expect(probes.counts.blocked).toBeGreaterThan(60);
});

test("addresses: each is of one country, and different ones differ", () => {
  const list = countries.flatMap((_, place) => [0, 7, 8, 15, 16, 70_000].flatMap((index) => (["visitors", "others"] as const).map((crowd) => [place, addressOf(place, index, crowd)] as const)));
  expect(new Set(list.map(([, ip]) => ip)).size).toBe(list.length);
  for (const [place, ip] of list) expect(locate(ip)?.country).toBe(countries[place].code);
  expect([locate("203.0.113.70")?.country, locate("8.8.8.8"), locate("2001:db8:bad::1"), locate("nonsense"), locate("2001:db9::1")]).toEqual(["US", undefined, undefined, undefined, undefined]);
});

test.each<[unknown, string]>([
  [null, "is an object"],
  [{ ...from("scan"), version: 2 }, "version"],
  [{ ...from("scan"), sources: [] }, "sources"],
  [{ ...from("scan"), host: "a b" }, "host"],
  [scenario({ ...flood(), kind: "ghosts" } as unknown as Source), "kind must be"],
  [scenario({ ...flood(), colour: "red" } as unknown as Source), "colour"],
  [scenario(flood(), flood()), "another source's too"],
  [scenario(flood({ endSec: 0 })), "the end after the start"],
  [scenario(flood({ rate: Infinity })), "rate must"],
  [scenario(flood({ rate: Number.NaN })), "rate must"],
  [scenario(flood({ ramp: { upSec: 90, downSec: 20 } })), "ramp must"],
  [scenario(flood({ clients: 1.5 } as Partial<Source>)), "whole number"],
  [scenario(flood({ countries: [{ country: "XX", share: 1 }] } as Partial<Source>)), "one of the lab's"],
  [scenario(flood({ countries: [{ country: "DE", share: 0 }] } as Partial<Source>)), "above 0"],
  [scenario(flood({ path: "a b" } as Partial<Source>)), "path must"],
  [scenario({ kind: "network-flood", id: "n", name: "N", startSec: 0, endSec: 1, rate: 1, vector: "toString" } as unknown as Source), "vector must"],
])("%#: a scenario that is none is refused by name", (given, says) => expect(scenarioProblems(given).join(" ")).toContain(says));
