import { expect, test } from "vitest";
import { readMessage, readQuestion } from "./protocol";

test.each([
  [{ kind: "ready", memory: 30 }, true],
  [{ kind: "output", text: "x" }, true],
  [{ kind: "slept", ms: 1.5 }, true],
  [{ kind: "ask", text: "{}" }, true],
  [{ kind: "paused", on: true }, true],
  [{ kind: "done", outcome: "returned", payload: "1", memory: 30 }, true],
  [{ kind: "out-of-memory" }, true],
  [{ kind: "broken", why: "x" }, true],
  [undefined, false],
  [null, false],
  ["ready", false],
  [{ kind: "call" }, false],
  [{ kind: "ready" }, false],
  [{ kind: "output", text: 1 }, false],
  [{ kind: "slept", ms: -1 }, false],
  [{ kind: "slept", ms: "1" }, false],
  [{ kind: "slept", ms: NaN }, false],
  [{ kind: "ask" }, false],
  [{ kind: "paused" }, false],
  [{ kind: "done", outcome: "timed-out", payload: "", memory: 1 }, false],
  [{ kind: "done", outcome: "returned", payload: {}, memory: 1 }, false],
  [{ kind: "broken" }, false],
])("message %j: %s", (data, sound) => expect(readMessage(data) !== undefined).toBe(sound));

test.each([
  ['{"kind":"request","method":"POST","url":"/","headers":{},"body":""}', true],
  ['{"kind":"database","operation":"Connect","input":{}}', true],
  ["", false],
  ["null", false],
  ["[]", false],
  ['{"kind":"request","method":"POST","url":"/","headers":[],"body":""}', false],
  ['{"kind":"request","method":"POST","url":"/","headers":{}}', false],
  ['{"kind":"database","operation":"Connect","input":null}', false],
  ['{"kind":"read","path":"/etc/passwd"}', false],
])("question %s: %s", (text, sound) => expect(readQuestion(text) !== undefined).toBe(sound));
