import { inspect as nodeInspect } from "node:util";
import { describe, expect, test } from "vitest";
import { inspect } from "./inspect";

const options = { stackOf: (error: Error) => `${error.name}: ${error.message}\n    at code.ts:1:1` };
const show = (value: unknown): string => inspect(value, options);

class Point {
  x = 1;
  hidden = () => 2;
}
const circle: Record<string, unknown> = { name: "c" };
circle.self = circle;

describe("as Node prints it", () => {
  test.each<[what: string, value: unknown]>([
    ["a number", 42],
    ["minus nought", -0],
    ["a big one", 12n],
    ["null", null],
    ["undefined", undefined],
    ["a symbol", Symbol("s")],
    ["a text in an array", ["it's", 'say "hi"', "a\nb\\c\u0001"]],
    ["an empty object", {}],
    ["an object", { a: 1, "b-c": [1, 2], $metadata: true }],
    ["depth", { a: { b: { c: { d: 1 } } } }],
    ["seven numbers", [1, 2, 3, 4, 5, 6, 7]],
    ["thirty numbers of many lengths", Array.from({ length: 30 }, (_, i) => i ** 4)],
    ["ten texts", ["a", "bb", "ccc", "dddd", "eeeee", "f", "gg", "hhh", "iiii", "jjjjj"]],
    ["long texts", Array.from({ length: 8 }, (_, i) => `arn:aws:kms:eu-west-2:111122223333:key/${i}`)],
    ["things", Array.from({ length: 8 }, (_, i) => ({ i }))],
    ["numbers in a thing", { list: Array.from({ length: 20 }, (_, i) => i), more: { list: Array.from({ length: 9 }, () => "word") } }],
    ["two hundred numbers", Array.from({ length: 200 }, (_, i) => i)],
    ["seventy bytes", new Uint8Array(70)],
    ["a hundred and fifty", new Uint16Array(150).fill(999)],
    ["nothing in depth", { a: { b: { c: {}, d: [], e: new Map() } } }],
    ["an array with holes", [undefined, , , 3, ,]],
    ["arrays in depth", [[[[1]]]]],
    ["a map", new Map([["a", { b: 1 }]])],
    ["a set", new Set([1, "x"])],
    ["a date", new Date(0)],
    ["a regular expression", /a+/gi],
    ["bytes", new Uint8Array([1, 2, 3])],
    ["no bytes", new Uint8Array()],
    ["an instance", new Point()],
    ["a function", function named() {}],
    ["a class", Point],
    ["no prototype", Object.assign(Object.create(null) as object, { a: 1 })],
    ["a getter", Object.defineProperty({}, "a", { get: () => 1, enumerable: true })],
    ["a symbol as a key", { [Symbol("k")]: 1 }],
    [
      "a long object",
      { KeyId: "1234abcd-12ab-34cd-56ef-1234567890ab", Arn: "arn:aws:kms:eu-west-2:111122223333:key/1234abcd", Enabled: true },
    ],
    [
      "an object in a long one",
      { KeyMetadata: { KeyId: "1234abcd-12ab-34cd-56ef-1234567890ab", Description: "some text that is long enough" } },
    ],
  ])("%s", (_, value) => expect(show(value)).toBe(nodeInspect(value)));
});

test("a circle ends", () => expect(show(circle)).toContain("self: [Circular]"));

test("an error of the SDK shows what it carries, and never its own stack", () => {
  const error = Object.assign(new Error("no"), { name: "AccessDeniedException", $fault: "client", $metadata: { httpStatusCode: 400 } });
  const text = show(error);
  expect(text).toMatch(/^AccessDeniedException: no\n {4}at code\.ts:1:1 \{/);
  expect(text).toContain("'$metadata': { httpStatusCode: 400 }");
  expect(show(new Error("outer", { cause: error }))).toContain("[cause]: AccessDeniedException: no");
});

test("what throws when it is looked at is named, not thrown", () => {
  const nasty = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error("mine");
      },
    },
  );
  expect(show([1, nasty])).toBe("[ 1, [Object that cannot be shown] ]");
});

test("much is cut short", () => {
  expect(show(Array.from({ length: 150 }, () => 1))).toContain("... 50 more items");
  expect(show(["x".repeat(20_000)])).toContain("... 10000 more characters");
  expect(show(new Uint8Array(300))).toContain("... 200 more items");
});
