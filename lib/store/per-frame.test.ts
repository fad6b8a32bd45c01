import { beforeEach, expect, test } from "vitest";
import { type StoreApi, createStore } from "zustand/vanilla";
import { perFrame } from "./per-frame";

interface State {
  journal: number;
  identity: string;
}

let store: StoreApi<State>;
let now: number;
let frames: (() => void)[];
let told: State[];
const drawFrame = (): void => {
  now += 16;
  for (const then of frames.splice(0)) then();
};

beforeEach(() => {
  store = createStore<State>(() => ({ journal: 0, identity: "admin" }));
  now = 1_000;
  frames = [];
  told = [];
  const subscribe = perFrame(store, (a, b) => a.identity === b.identity, { later: (then) => void frames.push(then), clock: () => now });
  subscribe((state) => void told.push(state));
});

test("of a hundred changes in a frame the first is told at once and the last with the frame", () => {
  for (let i = 1; i <= 100; i++) store.setState({ journal: i });
  expect(told.map(({ journal }) => journal)).toEqual([1]);
  drawFrame();
  expect(told.map(({ journal }) => journal)).toEqual([1, 100]);
  expect(frames).toEqual([]);
});

test("a thousand changes over ten frames are told some ten times", () => {
  for (let f = 0; f < 10; f++) {
    for (let i = 0; i < 100; i++) store.setState({ journal: f * 100 + i });
    drawFrame();
  }
  expect(told.length).toBeLessThanOrEqual(11);
  expect(told.at(-1)?.journal).toBe(999);
});

test("what may not wait is told at once, with what waited before it", () => {
  store.setState({ journal: 1 });
  store.setState({ journal: 2 });
  store.setState({ identity: "root" });
  expect(told).toEqual([
    { journal: 1, identity: "admin" },
    { journal: 2, identity: "root" },
  ]);
  drawFrame();
  expect(told).toHaveLength(2);
});

test("after a quiet time a change is told at once", () => {
  store.setState({ journal: 1 });
  drawFrame();
  now += 500;
  store.setState({ journal: 2 });
  expect(told.map(({ journal }) => journal)).toEqual([1, 2]);
});
