import { describe, expect, test } from "vitest";
import { pairsOf, pairsProblem, textOf } from "./pairs";

describe("pairs of a secret", () => {
  test.each([
    ['{"a":"1","b":"é"}', [{ key: "a", value: "1" }, { key: "b", value: "é" }]],
    ['{"port":3306,"on":true}', [{ key: "port", value: "3306" }, { key: "on", value: "true" }]],
    ["{}", []],
    ["no JSON", undefined],
    ["[1]", undefined],
    ["null", undefined],
    ['{"a":{"b":1}}', undefined],
    ['"text"', undefined],
  ])("%s", (text, pairs) => expect(pairsOf(text)).toEqual(pairs));

  test.each(['{"a":"1"}', '{"port":3306,"on":true,"name":"x"}', '{"__proto__":"p"}', '{"quo\\"te":"\\n"}'])("%s comes back as it was", (text) => {
    expect(JSON.parse(textOf(pairsOf(text)!, text))).toEqual(JSON.parse(text));
    expect(textOf(pairsOf(text)!, text)).toBe(text);
  });

  test("a number that was changed becomes text", () => expect(textOf([{ key: "port", value: "x" }], '{"port":1}')).toBe('{"port":"x"}'));

  test.each([
    [[], "Enter at least one pair."],
    [[{ key: "", value: "v" }], "Each pair needs a key."],
    [[{ key: "a", value: "1" }, { key: "a", value: "2" }], "The key a stands there twice."],
    [[{ key: "a", value: "" }], undefined],
  ])("%j", (pairs, problem) => expect(pairsProblem(pairs)).toBe(problem));
});
