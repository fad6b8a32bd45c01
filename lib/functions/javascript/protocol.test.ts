import fc from "fast-check";
import { expect, test } from "vitest";
import { limits } from "../limits";
import { readMessage } from "./protocol";

// A realm runs what anybody wrote: what comes from it is a message, or it is nothing.

const request = { kind: "request", id: 1, method: "POST", url: "/", headers: { Host: "x" }, body: "" };

test.each<[what: string, message: unknown, is: boolean]>([
  ["ready", { kind: "ready" }, true],
  ["memory", { kind: "memory" }, true],
  ["print", { kind: "print", text: "x" }, true],
  ["print of no text", { kind: "print", text: 1 }, false],
  ["sleep", { kind: "sleep", ms: 5.5 }, true],
  ["sleep backwards", { kind: "sleep", ms: -1 }, false],
  ["sleep for ever", { kind: "sleep", ms: 1e300 }, false],
  ["sleep of nothing", { kind: "sleep", ms: null }, false],
  ["exit", { kind: "exit", code: -1 }, true],
  ["exit with a half", { kind: "exit", code: 1.5 }, false],
  ["done", { kind: "done", outcome: "returned", payload: "null", over: false }, true],
  ["done otherwise", { kind: "done", outcome: "timed-out", payload: "null" }, false],
  ["a request", request, true],
  ["a request to elsewhere", { ...request, url: "https://example.com/" }, false],
  ["a request of no id", { ...request, id: 0 }, false],
  ["a request with a header of no text", { ...request, headers: { a: {} } }, false],
  ["a request with many headers", { ...request, headers: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`h${i}`, "x"])) }, false],
  ["a database's", { kind: "database", id: 1, operation: "Execute", input: {} }, true],
  ["a database's own", { kind: "database", id: 1, operation: "CreateServer", input: {} }, false],
  ["another", { kind: "eval", text: "1" }, false],
  ["a list", [], false],
  ["nothing", null, false],
])("%s", (_, message, is) => expect(readMessage(JSON.stringify(message)) !== undefined).toBe(is));

test("what is no text, no JSON, or too long", () => {
  expect(readMessage({ kind: "ready" })).toBeUndefined();
  expect(readMessage("{")).toBeUndefined();
  expect(readMessage(JSON.stringify({ kind: "print", text: "x".repeat(limits.message + 1) }))).toBeUndefined();
  expect(readMessage(" ".repeat(3 * limits.message + 1))).toBeUndefined();
});

test("whatever it is, it is read without a fall", () => {
  fc.assert(
    fc.property(fc.record({ kind: fc.constantFrom("print", "request", "database", "done", "exit", "sleep"), id: fc.anything(), text: fc.anything(), url: fc.anything(), headers: fc.anything(), input: fc.anything(), code: fc.anything(), ms: fc.anything(), payload: fc.anything(), outcome: fc.anything(), method: fc.anything(), body: fc.anything(), operation: fc.anything() }, { requiredKeys: ["kind"] }), (message) => {
      let text: string;
      try {
        text = JSON.stringify(message);
      } catch {
        return;
      }
      readMessage(text);
    }),
    { seed: 7, numRuns: 500 },
  );
});
