import { expect, test } from "vitest";
import { v8Words } from "./v8-words";

// What QuickJS says, by a line of code and a column in it (from 1), and what V8 says of the same.

test.each<[said: string, code: string | undefined, column: number, words: string | undefined]>([
  ["cannot read property 'foo' of undefined", undefined, 0, "Cannot read properties of undefined (reading 'foo')"],
  ["cannot read property 'a b' of null", undefined, 0, "Cannot read properties of null (reading 'a b')"],
  ["cannot set property 'x' of undefined", undefined, 0, "Cannot set properties of undefined (setting 'x')"],
  ["not a function", "  return tool.use();", 15, "tool.use is not a function"],
  ["not a function", "f()", 1, "f is not a function"],
  ["not a function", "a().b()", 5, "a(...).b is not a function"],
  ["not a function", "(1)()", 1, undefined],
  ["not a function", undefined, 0, undefined],
  ["'a' is read-only", undefined, 0, "Assignment to constant variable."],
  ["circular reference", undefined, 0, "Converting circular structure to JSON"],
  ["BigInt are forbidden in JSON.stringify", undefined, 0, "Do not know how to serialize a BigInt"],
  ["my own words", "f()", 1, undefined],
])("%s in %j", (said, code, column, words) => expect(v8Words("TypeError", said, code, column)).toBe(words));
