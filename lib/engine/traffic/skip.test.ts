import { expect, test } from "vitest";
import { presets } from "./presets";
import type { Scenario, Source } from "./scenario";
import { type TrafficState, next, shifted, skipTo, startTraffic } from "./traffic";

const start = 1_780_272_000_000;
const mixed = presets.find(({ id }) => id === "mixed")!;

function until(state: TrafficState, ms: number) {
  const step = next(state, ms, 1_000_000);
  expect(step.reached).toBe(true);
  return step;
}

test("what is skipped does not come, and the rest comes as often as it would", () => {
  const state = until(startTraffic(mixed, 3, start), start + 100_000).state;
  const before = JSON.stringify(state);
  const skipped = skipTo(state, start + 1_000_000);
  expect(JSON.stringify(state)).toBe(before);
  const { requests, network, state: after } = until(skipped, start + 1_060_000);
  expect(requests[0].at).toBeGreaterThanOrEqual(start + 1_000_000);
  const often = (id: string): number => requests.filter(({ from }) => from === id).length;
  // 200, 10 and 20 a second, for a minute.
  expect([often("botnet") / 12_000, often("users") / 600, often("stuffing") / 1_200].every((share) => share > 0.85 && share < 1.15)).toBe(true);
  // Seconds of packets stay whole: SYN has ended by then, NTP goes on until 1,100 s.
  expect(new Set(network.map(({ from }) => from))).toEqual(new Set(["ntp"]));
  expect(network.map(({ at }) => (at - start) / 1_000)).toEqual(Array.from({ length: 60 }, (_, n) => 1_000 + n));
  expect(after.nowMs).toBe(start + 1_060_000);
});

test("skipped beyond its end a stream is over; backwards nothing happens", () => {
  const state = startTraffic(mixed, 3, start);
  expect(until(skipTo(state, start + 365 * 86_400_000), start + 366 * 86_400_000)).toMatchObject({ requests: [], network: [], over: true });
  expect(skipTo(state, start)).toBe(state);
  expect(JSON.parse(JSON.stringify(skipTo(state, start + 1)))).toEqual(skipTo(state, start + 1));
});

test("later it is the same stream", () => {
  const source = (more: object): Source => ({ id: "a", name: "A", startSec: 5, endSec: 60, rate: 20, clients: 30, ...more }) as Source;
  const scenario: Scenario = { version: 1, id: "t", title: "t", what: "For tests.", host: "h", sources: [source({ kind: "http-flood", path: "/", random: true }), source({ id: "b", kind: "network-flood", vector: "SYN", clients: undefined })] };
  const half = until(startTraffic(scenario, 1, start), start + 20_000).state;
  const plain = until(half, start + 90_000);
  const late = until(shifted(half, 7_000_000), start + 7_090_000);
  expect(late.requests.map(({ at, ...rest }) => ({ ...rest, at: at - 7_000_000 }))).toEqual(plain.requests.map(({ at, ...rest }) => ({ ...rest, at })));
  expect(late.network).toEqual(plain.network.map((second) => ({ ...second, at: second.at + 7_000_000 })));
  expect(late.over && plain.over).toBe(true);
});
