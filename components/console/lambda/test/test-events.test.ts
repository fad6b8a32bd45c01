import { expect, test } from "vitest";
import { jsonProblem } from "../../frame/json-check";
import { callWords } from "./call-words";
import { eventTemplates, problemOfEventName, readEvents, withEvent } from "./test-events";

test("a saved event takes the place of one of its name, else it comes last", () => {
  const one = { name: "a", text: "1" };
  const two = { name: "b", text: "2" };
  expect(withEvent([one, two], { name: "a", text: "3" })).toEqual([{ name: "a", text: "3" }, two]);
  expect(withEvent([one], two)).toEqual([one, two]);
  expect(readEvents(JSON.stringify([one, two]))).toEqual([one, two]);
});

test.each([[undefined], ["{"], ["{}"], ["null"], ['[1, null, {"name": 1}]']])("what is kept and is no list of events: %s", (text) => expect(readEvents(text)).toEqual([]));

test.each([
  ["MyEvent", true],
  ["a.b-c_d1", true],
  ["x".repeat(25), true],
  ["x".repeat(26), false],
  ["", false],
  ["a b", false],
  ["ä", false],
])("an event called %j", (name, fine) => expect(problemOfEventName(name) === undefined).toBe(fine));

test("each template is JSON with a name that can be saved", () => {
  for (const { name, text } of eventTemplates) expect([name, jsonProblem(text)]).toEqual([name, undefined]);
});

test.each([
  [{ Names: ["/a", "/b"], WithDecryption: true }, "/a, /b"],
  [{ Names: ["/a", "/b", "/c", "/d"] }, "/a, /b, /c, …"],
  [{ SecretId: "db", SecretString: "hunter2" }, "db"],
  [{ KeyId: "alias/k", Plaintext: "aGk=" }, "alias/k"],
  [{ CiphertextBlob: "AQID" }, ""],
  [{}, ""],
])("what a call with %j was about", (input, words) => expect(callWords({ service: "s", operation: "O", input, caller: { account: "111122223333", root: true } })).toBe(words));

test("a long name is cut", () => expect(callWords({ service: "s", operation: "O", input: { Name: "x".repeat(300) }, caller: { account: "111122223333", root: true } }).length).toBe(120));
