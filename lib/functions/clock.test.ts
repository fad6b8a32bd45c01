import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { functionClock } from "./clock";
import { limits } from "./limits";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const clockOf = (timeout: number) => {
  const over: string[] = [];
  return { over, clock: functionClock({ at: 1_000, timeout }, (why) => over.push(why), () => Date.now()) };
};

test("goes while the code computes, stands while its host answers, jumps where it sleeps", () => {
  const { clock, over } = clockOf(3);
  clock.go();
  vi.advanceTimersByTime(500);
  expect([clock.elapsed(), clock.now(), clock.left()]).toEqual([500, 1_500, 2_500]);
  clock.stand();
  vi.advanceTimersByTime(60_000);
  expect(clock.elapsed()).toBe(500);
  clock.go();
  clock.skip(2_000);
  expect(clock.left()).toBe(500);
  vi.advanceTimersByTime(499);
  expect(over).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(over).toEqual(["timed-out"]);
});

test("is over at once where it slept past the timeout", () => {
  const { clock, over } = clockOf(3);
  clock.go();
  clock.skip(5_000);
  vi.advanceTimersByTime(0);
  expect(over).toEqual(["timed-out"]);
});

test("code that computes for longer than a lab can wait is stopped, whatever its timeout", () => {
  const { clock, over } = clockOf(900);
  clock.go();
  clock.skip(600_000);
  vi.advanceTimersByTime(limits.computing - 1);
  expect(over).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(over).toEqual(["stopped"]);
});
