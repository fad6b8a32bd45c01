import { describe, expect, test } from "vitest";
import type { StreamBucket } from "@/lib/engine/wafv2/traffic/stream/state";
import { busiestRules, length, markWords, perSecond, pointsOf, rateRuleWords, rateText, roomyTicks, roundUp, short, spanOf, ticksOf } from "./model";

const counts = (allowed = 0, blocked = 0, counted = 0, challenged = 0) => ({ allowed, blocked, counted, challenged });
const bucket = (at: number, more: Partial<StreamBucket> = {}): StreamBucket => ({ at, all: counts(), byRule: {}, bySource: {}, network: {}, limited: {}, ...more });

describe("points", () => {
  test("every bucket up to where the stream stands, with how much of it was sent", () => {
    const points = pointsOf([bucket(20_000, { all: counts(5) })], { startedAt: 14_000, sentUntil: 33_000, gaps: [{ from: 21_000, to: 25_000, paused: true }], harmful: {} });
    expect(points.map(({ at, seconds, all }) => [at, seconds, all.allowed])).toEqual([[10_000, 6, 0], [20_000, 6, 5], [30_000, 3, 0]]);
  });
  test("harmless sources are people served and harmed, what is not known is neither", () => {
    const [point] = pointsOf([bucket(0, { bySource: { users: counts(3, 1, 2, 4), botnet: counts(7, 7), "(others)": counts(9) } })], { startedAt: 0, sentUntil: 10_000, gaps: [], harmful: { users: false, botnet: true } });
    expect([point.served, point.harmed]).toEqual([5, 5]);
  });
  test("half an hour at the most, two minutes at the least", () => {
    expect(spanOf(3_000, 12_000)).toEqual({ from: 0, to: 120_000 });
    expect(spanOf(0, 7_200_000)).toEqual({ from: 5_400_000, to: 7_200_000 });
    expect(pointsOf([], { startedAt: 0, sentUntil: 7_200_000, gaps: [], harmful: {} })).toHaveLength(180);
  });
  test("rates are by what was sent, and a sliver makes no peak", () => {
    expect([perSecond(60, { seconds: 6 }), perSecond(5, { seconds: 0.2 }), perSecond(5, { seconds: 0 })]).toEqual([10, 5, 0]);
  });
  test("the busiest rules, without those that only let through", () => {
    const points = pointsOf([bucket(0, { byRule: { Default_Action: counts(90), a: counts(0, 2), b: counts(0, 0, 3), c: counts(0, 0, 0, 1) } })], { startedAt: 0, sentUntil: 10_000, gaps: [], harmful: {} });
    expect(busiestRules(points, 2)).toEqual(["b", "a"]);
  });
});

test.each([[0, 1], [0.3, 0.5], [1, 1], [1.1, 2], [23, 25], [26, 50], [99, 100], [300, 500], [NaN, 1]])("an axis for %d goes to %d", (value, top) => expect(roundUp(value)).toBeCloseTo(top));

test("ticks are round and few", () => {
  expect(ticksOf({ from: 5_000, to: 125_000 }, 4)).toEqual([30_000, 60_000, 90_000, 120_000]);
  // The first begins at the edge and reaches further in: what would stand in its words goes.
  expect(roomyTicks([0, 50, 100, 150], (at) => at, 0, 24)).toEqual([0, 100]);
  expect(roomyTicks([0, 60, 120], (at) => at + 40, 0, 24)).toEqual([0, 60, 120]);
  for (const to of [120_000, 600_000, 1_800_000]) expect(ticksOf({ from: 0, to }, 6).length).toBeLessThanOrEqual(7);
});

test.each([[0, "0:00"], [65.9, "1:05"], [3_605, "1:00:05"]])("%d s is %s", (seconds, text) => expect(length(seconds)).toBe(text));
test.each([[0, "0"], [0.04, "0.0"], [9.96, "10.0"], [12.6, "13"], [1234, "1,234"]])("%d a second is %s", (value, text) => expect(rateText(value)).toBe(text));

test.each([[0, "0"], [999, "999"], [1_500, "1.5k"], [2_000_000, "2.0M"], [12e9, "12G"]])("%d is short %s", (value, text) => expect(short(value)).toBe(text));

describe("words", () => {
  const limit = { name: "limit", action: "Block", things: "addresses", limit: 100, windowSec: 300 };
  const tripped = { at: 320_000, rule: "limit", what: "tripped" as const, limited: 1 };
  const released = { at: 950_000, rule: "limit", what: "released" as const, limited: 1_200 };
  test("of marks", () => {
    expect(markWords(tripped, [limit])).toBe("limit tripped: it limits 1 address.");
    expect(markWords(released, [limit])).toBe("limit released all that it limited (1,200 addresses at the last).");
    expect(markWords({ ...tripped, rule: "gone" }, [limit])).toBe("gone tripped: it limits 1 key.");
  });
  test.each([
    ["Block", 380, [tripped], "limit blocks what comes from 380 addresses that made more than 100 requests in 5 min, since 00:05:20."],
    ["Count", 380, [tripped], "limit counts, and lets through, what comes from 380 addresses that made more than 100 requests in 5 min, since 00:05:20."],
    ["Block", 0, [tripped, released], "limit limits nobody now; it released the last at 00:15:50."],
    ["Block", 0, [], "limit limits nobody: none of the addresses has made more than 100 requests in 5 min."],
  ])("of a rule that %s, %i limited", (action, limited, marks, words) => expect(rateRuleWords({ ...limit, action }, limited, marks)).toBe(words));
});
