import { expect, test } from "vitest";
import type { Verdict } from "../wafv2/requests/verdict";
import { addNetwork, addRequest, newSeries, otherNames, outcomeSentences, points, type Series } from "./series";

const verdict = (outcome: Verdict["outcome"], rule = "Default_Action", counted: string[] = []): Verdict => ({ outcome, action: outcome === "blocked" ? "BLOCK" : outcome === "challenged" ? "CAPTCHA" : "ALLOW", decided: { rule }, counted: counted.map((name) => ({ rule: "group", within: name })) });
const add = (series: Series, at: number, from: string, harmful: boolean, said: Verdict) => addRequest(series, { at, from, harmful, verdict: said });

test("buckets by outcome, by rule and by source", () => {
  const series = newSeries(10_000);
  add(series, 10_001, "users", false, verdict("allowed"));
  add(series, 19_999, "botnet", true, verdict("blocked", "rate"));
  add(series, 20_000, "botnet", true, verdict("counted", "Default_Action", ["geo"]));
  add(series, 12_000, "botnet", true, verdict("challenged", "puzzle"));
  expect(series.buckets.map(({ at, all }) => [at, all])).toEqual([[10_000, { allowed: 1, blocked: 1, challenged: 1, counted: 0 }], [20_000, { allowed: 0, blocked: 0, challenged: 0, counted: 1 }]]);
  expect(series.buckets[0].byRule).toMatchObject({ Default_Action: { allowed: 1 }, rate: { blocked: 1 }, puzzle: { challenged: 1 } });
  expect(series.buckets[1].byRule).toMatchObject({ Default_Action: { allowed: 1 }, "group/geo": { counted: 1 } });
  expect(series.buckets[0].bySource).toMatchObject({ users: { allowed: 1 }, botnet: { blocked: 1, challenged: 1 } });
  expect(series.sources.botnet).toMatchObject({ firstAt: 12_000, lastAt: 20_000, firstStoppedAt: 12_000, lastThroughAt: 20_000, stoppedBy: { rate: 1, puzzle: 1 } });
});

test("packets by kind, and points without gaps", () => {
  const series = newSeries(60_000);
  addNetwork(series, { at: 60_000, from: "syn", vector: "SYN", ms: 1_000, packets: 10, bits: 4_800 });
  addNetwork(series, { at: 61_000, from: "syn", vector: "SYN", ms: 1_000, packets: 5, bits: 2_400 });
  expect(points(series, 0, 180_000).map(({ at, network }) => [at, network])).toEqual([[0, {}], [60_000, { SYN: { packets: 15, bits: 7_200 } }], [120_000, {}]]);
  expect(points(series, 0, 1e12)).toHaveLength(series.mostBuckets);
});

test("memory is bounded: buckets, rules, sources", () => {
  const series = newSeries(10_000, { mostBuckets: 5, mostNames: 3 });
  for (let at = 0; at < 2_000; at++) add(series, at * 1_000, `source-${at % 50}`, true, verdict("blocked", `rule-${at}`, [`inner-${at}`]));
  expect(series.buckets.map(({ at }) => at)).toEqual([1_950_000, 1_960_000, 1_970_000, 1_980_000, 1_990_000]);
  expect(Object.keys(series.sources)).toEqual(["source-0", "source-1", "source-2", otherNames]);
  expect(series.rules).toHaveLength(3);
  for (const { byRule, bySource } of series.buckets) expect(Math.max(Object.keys(byRule).length, Object.keys(bySource).length)).toBeLessThanOrEqual(4);
  expect(Object.values(series.sources).reduce((sum, { counts }) => sum + counts.blocked, 0)).toBe(2_000);
  add(series, 0, "source-0", true, verdict("blocked", "rule-0"));
  expect([series.late, series.sources["source-0"].counts.blocked]).toEqual([1, 41]);
  expect(JSON.parse(JSON.stringify(series))).toEqual(series);
});

test("sentences say what was counted, and no more", () => {
  const series = newSeries(10_000);
  for (let at = 0; at < 1_200; at++) add(series, at * 100, "botnet", true, at < 300 ? verdict("allowed") : verdict("blocked", "rate"));
  add(series, 5_000, "users", false, verdict("allowed"));
  add(series, 5_000, "ann", false, verdict("blocked", "sqli"));
  add(series, 6_000, "ann", false, verdict("counted", "Default_Action", ["geo"]));
  add(series, 5_000, "quiet", true, verdict("allowed"));
  expect(outcomeSentences(series, { botnet: "Botnet" })).toEqual([
    "Botnet: 900 of 1,200 requests were stopped, the first after 30 s, most of them by rate (900).",
    "users: all 1 request came through.",
    "ann: 1 of 2 requests was stopped though harmless, most of them by sqli (1). 1 of those that came through was counted.",
    "quiet: none of 1 request was stopped.",
  ]);
});
