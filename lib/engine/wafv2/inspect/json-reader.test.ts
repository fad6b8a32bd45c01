import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "./compile";
import { bytes, request, rule, webAcl } from "./inspect.test-helper";
import { pathTree, readJson } from "./json-reader";
import type { JsonBodyField } from "./types";

const doc = '{"a":{"b":[1,"two",{"c":null}],"d":true},"e/f":"x","n":-1.5e3}';

test.each<[string, "ALL" | "KEY" | "VALUE", string[] | undefined, string[]]>([
  [doc, "VALUE", undefined, ["1", "two", "null", "true", "x", "-1.5e3"]],
  [doc, "KEY", undefined, ["a", "b", "c", "d", "e/f", "n"]],
  [doc, "ALL", ["/a/b"], ["1", "two", "c", "null"]],
  [doc, "ALL", ["/a/b/1"], ["two"]],
  [doc, "KEY", ["/a"], ["b", "c", "d"]],
  [doc, "VALUE", ["/e~1f", "/n"], ["x", "-1.5e3"]],
  [doc, "ALL", ["/nowhere"], []],
  ["[]", "ALL", undefined, []],
  ['{"a":"\\u00e9\\ud83d\\ude00\\n"}', "VALUE", undefined, [Buffer.from("é😀\n", "utf8").toString("latin1")]],
  ['{"a" "1" "b"::"2" "c":3}', "ALL", undefined, ["a", "1", "b", "2", "c", "3"]],
  ["[1 2 [3]]", "VALUE", undefined, ["1", "2", "3"]],
])("%s %s %j", (text, scope, paths, texts) => expect(readJson(text, scope, paths && pathTree(paths))).toEqual({ texts, names: [] }));

test.each<[string, string, string[]]>([
  // text                     why it stops                 what was read before
  ['{"a":1,"a":2}',           "duplicate key",             ["a", "1"]],
  ['{"a":1,"b":',             "truncated",                 ["a", "1", "b"]],
  ['{"a":"x',                 "truncated",                 ["a"]],
  ['{"a":x}',                 "invalid character",         ["a"]],
  ['{"a":1}}',                "invalid character",         ["a", "1"]],
  ['{"a":1]',                 "invalid character",         ["a", "1"]],
  ["[1,,2]",                  "invalid character",         ["1"]],
  ["[1,]",                    "invalid character",         ["1"]],
  ['{"a":"\\x"}',             "invalid character",         ["a"]],
  ["{a:1}",                   "invalid character",         []],
  ['"text"',                  "not an object or array",    []],
  ["17",                      "not an object or array",    []],
  ["",                        "not an object or array",    []],
])("%s: %s", (text, why, texts) => expect(readJson(text, "ALL")).toMatchObject({ texts, error: { why } }));

test("10,000 deep and 200,000 deep, without recursion", () => {
  for (const depth of [10_000, 200_000]) {
    const found = readJson(`${"[".repeat(depth)}"x"${"]".repeat(depth)}`, "ALL", undefined, true);
    expect(found.texts).toEqual(["x"]);
    expect(found.error).toBeUndefined();
    expect(found.names[0].length).toBeLessThan(200);
    expect(readJson('{"a":'.repeat(depth), "VALUE").error?.why).toBe("truncated");
  }
});

test("time is linear", () => {
  for (const unit of ["[", '{"a":', '"', "\\", "1", " ", ",", '{"a":1}', "-"]) {
    const start = performance.now();
    readJson(`[${unit.repeat(300_000)}`, "ALL", pathTree(["/0/a/0/a"]), true);
    expect(performance.now() - start, unit).toBeLessThan(3_000);
  }
}, 30_000);

test("what JSON.parse takes is read whole, and as it reads it", () => {
  const leaves = (value: unknown): string[] =>
    value && typeof value === "object" ? Object.values(value).flatMap(leaves) : [typeof value === "string" ? Buffer.from(value, "utf8").toString("latin1") : JSON.stringify(value)];
  const safe = fc.object({ maxDepth: 4, key: fc.string({ unit: "binary" }), values: [fc.string({ unit: "binary" }), fc.integer(), fc.boolean(), fc.constant(null)] });
  fc.assert(
    fc.property(safe, (value) => {
      const text = JSON.stringify(value);
      const { texts, error } = readJson(Buffer.from(text, "utf8").toString("latin1"), "VALUE");
      expect(error).toBeUndefined();
      expect(texts).toEqual(leaves(JSON.parse(text)));
    }),
    { seed: 5, numRuns: 100 },
  );
}, 30_000);

test("never throws", () => {
  const unit = fc.constantFrom("{", "}", "[", "]", '"', ":", ",", "\\", "u", "1", "-", "e", " ", "a", "\xff", "\0");
  fc.assert(fc.property(fc.string({ unit, maxLength: 80 }), (text) => Array.isArray(readJson(text, "ALL", pathTree(["/a"]), true).texts)), { seed: 6, numRuns: 1_000 });
}, 30_000);

describe("JsonBody statements", () => {
  const run = (body: string | undefined, more: Partial<JsonBodyField>): string =>
    compile(webAcl([rule("r", bytes("evil", { JsonBody: { MatchPattern: { All: {} }, MatchScope: "ALL", ...more } }))])).inspect(request({ body })).action;
  test.each<[string, string | undefined, Partial<JsonBodyField>, string]>([
    ["a value", '{"a":"evil"}', {}, "BLOCK"],
    ["a key", '{"evil":1}', {}, "BLOCK"],
    ["a key, VALUE", '{"evil":1}', { MatchScope: "VALUE" }, "ALLOW"],
    ["on an included path", '{"a":{"b":"evil"}}', { MatchPattern: { IncludedPaths: ["/a"] } }, "BLOCK"],
    ["the path's own key", '{"evil":{"b":1}}', { MatchPattern: { IncludedPaths: ["/evil"] } }, "ALLOW"],
    ["escaped", '{"a":"\\u0065vil"}', {}, "BLOCK"],
    ["duplicate key, none", '{"a":1,"a":"evil"}', {}, "ALLOW"],
    ["duplicate key, MATCH", '{"a":1,"a":2}', { InvalidFallbackBehavior: "MATCH" }, "BLOCK"],
    ["duplicate key, NO_MATCH", '{"b":"evil","a":1,"a":2}', { InvalidFallbackBehavior: "NO_MATCH" }, "ALLOW"],
    ["duplicate key, EVALUATE_AS_STRING", '{"a":1,"a":"evil"}', { InvalidFallbackBehavior: "EVALUATE_AS_STRING" }, "BLOCK"],
    ["before the error, none", '{"b":"evil","a":1,"a":2}', {}, "BLOCK"],
    ["no JSON, as string", "evil", { InvalidFallbackBehavior: "EVALUATE_AS_STRING" }, "BLOCK"],
    ["no body", undefined, { InvalidFallbackBehavior: "MATCH" }, "ALLOW"],
    ["oversize, MATCH", `{"a":"${"x".repeat(8_192)}"}`, { OversizeHandling: "MATCH" }, "BLOCK"],
    ["oversize, CONTINUE", `{"b":"evil","a":"${"x".repeat(8_192)}"}`, {}, "BLOCK"],
  ])("%s", (_, body, more, action) => expect(run(body, more)).toBe(action));
});
