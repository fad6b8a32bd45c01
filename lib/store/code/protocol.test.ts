import { describe, expect, test } from "vitest";
import { cut, limits, readMessage } from "./protocol";

const request = {
  kind: "request",
  id: 1,
  method: "POST",
  url: "/",
  headers: { Host: "kms.eu-west-2.amazonaws.com" },
  body: new Uint8Array([1]),
};
const many = Object.fromEntries(Array.from({ length: limits.headers + 1 }, (_, i) => [`x-${i}`, "1"]));

describe("messages of the sandbox", () => {
  test.each<[what: string, data: unknown, read: unknown]>([
    ["a line", { kind: "log", level: "warn", text: "hi" }, { kind: "log", level: "warn", text: "hi" }],
    ["a line with more in it", { kind: "log", level: "log", text: "hi", html: "<b>" }, { kind: "log", level: "log", text: "hi" }],
    ["the end", { kind: "idle" }, { kind: "idle" }],
    ["muted", { kind: "muted", count: {} }, { kind: "muted" }],
    [
      "an error with its place",
      { kind: "failed", text: "x", place: { line: 2, column: 3 } },
      { kind: "failed", text: "x", place: { line: 2, column: 3 } },
    ],
    ["an error with a place that is none", { kind: "failed", text: "x", place: { line: -1, column: "3" } }, { kind: "failed", text: "x" }],
    ["a request", request, { ...request, headers: Object.assign(Object.create(null), { host: "kms.eu-west-2.amazonaws.com" }) }],
  ])("%s is read", (_, data, read) => expect(readMessage(data)).toEqual(read));

  test.each<[what: string, data: unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a text", "log"],
    ["a number", 7],
    ["no kind", { text: "hi" }],
    ["another kind", { kind: "openWhy", seq: 1 }],
    ["a level that is none", { kind: "log", level: "html", text: "hi" }],
    ["a line that is no text", { kind: "log", level: "log", text: { toString: () => "hi" } }],
    ["a line above the limit", { kind: "log", level: "log", text: "x".repeat(limits.text + 201) }],
    ["an error above the limit", { kind: "failed", text: "x".repeat(limits.text + 201) }],
    ["a request without a body", { ...request, body: undefined }],
    ["a request with a text as its body", { ...request, body: "{}" }],
    ["a body above the limit", { ...request, body: new Uint8Array(limits.body + 1) }],
    ["another site's address", { ...request, url: "https://example.com/" }],
    ["a long address", { ...request, url: `/${"x".repeat(limits.url)}` }],
    ["too many headers", { ...request, headers: many }],
    ["a header that is no text", { ...request, headers: { host: ["a"] } }],
    ["a header above the limit", { ...request, headers: { a: "x".repeat(limits.header + 1) } }],
    ["no headers", { ...request, headers: null }],
    ["an id that is none", { ...request, id: 0 }],
    ["an id that is a fraction", { ...request, id: 1.5 }],
    ["a method that is none", { ...request, method: "x".repeat(9) }],
  ])("%s is not", (_, data) => expect(readMessage(data)).toBeUndefined());

  test("what was cut says how long it was, and stays within the limit", () => {
    expect(cut("abc")).toBe("abc");
    const long = cut("x".repeat(10_000_000));
    expect(long).toMatch(/^x{10000} … \(cut: 10,000,000 characters\)$/);
    expect(readMessage({ kind: "log", level: "log", text: long })).toBeDefined();
  });

  test("a header named as an object's own members is a header", () => {
    const read = readMessage({ ...request, headers: JSON.parse('{"__proto__":"a","constructor":"b"}') as object });
    expect(read?.kind === "request" && Object.entries(read.headers)).toEqual([
      ["__proto__", "a"],
      ["constructor", "b"],
    ]);
  });
});
