import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FunctionRun } from "../engine/types";
import { limits } from "./limits";
import { warmInterpreters } from "./warm";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const runOf = (functionName: string, more: Partial<FunctionRun> = {}): FunctionRun =>
  ({ account: "111122223333", region: "us-east-1", functionName, functionVersion: "$LATEST", codeSha256: "a", logStream: "s", ...more }) as FunctionRun;
const interpreter = (name: string, closed: string[]) => ({ name, close: () => void closed.push(name) });

test("an interpreter is for the environment in which it was, and for one at a time", () => {
  const warm = warmInterpreters<ReturnType<typeof interpreter>>();
  const closed: string[] = [];
  warm.give(runOf("f"), interpreter("f", closed));
  for (const other of [runOf("g"), runOf("f", { codeSha256: "b" }), runOf("f", { logStream: "t" }), runOf("f", { region: "eu-west-1" }), runOf("f", { functionVersion: "1" })]) expect(warm.take(other)).toBe(undefined);
  expect(warm.take(runOf("f"))?.name).toBe("f");
  expect(warm.take(runOf("f"))).toBe(undefined);
  expect(closed).toEqual([]);
});

test("the one used longest ago goes when there are too many, all when nothing is run", () => {
  const warm = warmInterpreters<ReturnType<typeof interpreter>>(2);
  const closed: string[] = [];
  for (const name of ["a", "b", "c"]) warm.give(runOf(name), interpreter(name, closed));
  expect(closed).toEqual(["a"]);
  vi.advanceTimersByTime(limits.idleFor);
  expect(closed).toEqual(["a", "b", "c"]);
  expect(warm.take(runOf("c"))).toBe(undefined);
});
