import { format as nodeFormat } from "node:util";
import { describe, expect, test } from "vitest";
import { format, table } from "@/lib/functions/javascript/guest/format";
import { type Level, limits } from "@/lib/store/code/protocol";
import { makeConsole } from "./console";

const options = { stackOf: (error: Error) => `${error.name}: ${error.message}` };

describe("format", () => {
  test.each<[what: string, args: unknown[]]>([
    ["nothing", []],
    ["texts and things", ["a", 1, { b: 2 }]],
    ["a thing first", [{ b: 2 }, "a"]],
    ["%s and %d", ["%s is %d", "x", "42", "rest"]],
    ["%i and %f", ["%i %f", "42.9", "1.5"]],
    ["%j", ["%j", { a: [1] }]],
    ["%%", ["100%% of %s", "it"]],
    ["%c takes its style away", ["%cred", "color: red"]],
    ["too few", ["%s and %s", "one"]],
  ])("%s", (_, args) => expect(format(args, options)).toBe(nodeFormat(...args)));
});

test("a table, drawn", () => {
  expect(table([{ a: 1, b: "x" }, { a: 22 }], options)).toBe(
    [
      "┌─────────┬────┬─────┐",
      "│ (index) │ a  │ b   │",
      "├─────────┼────┼─────┤",
      "│ 0       │ 1  │ 'x' │",
      "│ 1       │ 22 │     │",
      "└─────────┴────┴─────┘",
    ].join("\n"),
  );
  expect(table(["p", "q"], options)).toContain("Values");
  expect(table("no table", options)).toBeUndefined();
});

function recorded() {
  const lines: [Level, string][] = [];
  let muted = 0;
  let now = 0;
  const made = makeConsole(
    (level, text) => lines.push([level, text]),
    () => muted++,
    options,
    () => (now += 5),
  );
  return { made, lines, muted: () => muted };
}

test("groups, counts, times, assertions", () => {
  const { made, lines } = recorded();
  made.group("outer");
  made.log("in\ntwo lines");
  made.groupEnd();
  made.count();
  made.count();
  made.time("t");
  made.timeEnd("t");
  made.assert(1 === 1, "not shown");
  made.assert(false, "shown");
  made.warn("careful");
  expect(lines).toEqual([
    ["log", "outer"],
    ["log", "  in\n  two lines"],
    ["log", "default: 1"],
    ["log", "default: 2"],
    ["log", "t: 5.000ms"],
    ["error", "Assertion failed: shown"],
    ["warn", "careful"],
  ]);
});

test("a run writes so many lines and no more, and says so once", () => {
  const { made, lines, muted } = recorded();
  const counted = {
    looks: 0,
    get a() {
      return ++this.looks;
    },
  };
  for (let i = 0; i < limits.lines + 500; i++) made.log(i);
  expect(lines.length).toBe(limits.lines);
  expect(muted()).toBe(1);
  made.log(counted);
  expect(counted.looks).toBe(0);
});

test("a long line is cut", () => {
  const { made, lines } = recorded();
  made.log("x".repeat(limits.text * 3));
  expect(lines[0][1].length).toBeLessThan(limits.text + 100);
  expect(lines[0][1]).toContain("cut");
});
