import { expect, test } from "vitest";
import { jsonProblem } from "./json-check";

test.each([['{"a": [1, -2.5e3, true, null, "x\\n", {}], "b": {}}'], ['"text"'], [" 0 "]])("%s is JSON", (text) =>
  expect(jsonProblem(text)).toBeUndefined(),
);

test.each([
  ["", 1, 1, /no JSON/],
  ['{\n  "a": nope\n}', 2, 8, /value must be here/],
  ['{"a": 1,}', 1, 9, /comma too many/],
  ["[1,]", 1, 4, /comma too many/],
  ['{"a" 1}', 1, 6, /colon/],
  ['{"a": 1\n "b": 2}', 2, 2, /comma or }/],
  ['{"a": "open\n}', 1, 7, /does not end/],
  ["{a: 1}", 1, 2, /name in double quotes/],
  ['{"a": [1, 2}', 1, 12, /comma or \]/],
  ['{"a": {"b": 1}', 1, 15, /ends before its }/],
  ["{} x", 1, 4, /after the end/],
  ['{"a": 01}', 1, 7, /value must be here/],
  ["'x'", 1, 1, /value must be here/],
])("%j breaks at %d:%d", (text, line, column, message) => {
  const problem = jsonProblem(text);
  expect([problem?.line, problem?.column]).toEqual([line, column]);
  expect(problem?.message).toMatch(message);
});

test("depth is no danger", () => expect(jsonProblem("[".repeat(200_000))).toMatchObject({ column: 200_001 }));
