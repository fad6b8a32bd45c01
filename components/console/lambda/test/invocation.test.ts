import { describe, expect, test } from "vitest";
import { arnOf, functionLab } from "@/lib/engine/lambda/lambda.test-helper";
import { callsMade } from "../../../why/made";
import { explainFailure } from "./explain-failure";
import { errorIn, invocationOf, placeIn, placeOfError, reportIn, spanOfLine } from "./invocation";

const last = (lab: { journal: readonly unknown[] }) => lab.journal.at(-1) as never;

describe("an invocation, as the engine recorded it", () => {
  test("that returned", async () => {
    const { lab, make, call } = await functionLab(async () => ({ payload: '{"a":1}', output: "line\n", duration: 12.3, memoryUsed: 41, initDuration: 100 }));
    await make();
    await call("Invoke", { FunctionName: arnOf("f1"), LogType: "Tail", Payload: "e30=" });
    const found = invocationOf(last(lab), "f1")!;
    expect(found).toMatchObject({ failed: false, asynchronous: false, version: "$LATEST", payload: '{\n  "a": 1\n}' });
    expect(found.report).toEqual({ duration: 12.3, billed: 113, memorySize: 128, memoryUsed: 41, init: 100 });
    expect(found.log).toContain("line\n");
    expect(invocationOf(last(lab), "f2")).toBeUndefined();
    expect(invocationOf(undefined, "f1")).toBeUndefined();
  });

  test("that raised: the document, its stack, and the line to go to", async () => {
    const payload = JSON.stringify({ errorMessage: "'DEV_OR_PROD'", errorType: "KeyError", stackTrace: ['  File "/var/task/lambda_function.py", line 6, in <module>\n    x\n'] });
    const { lab, make, call } = await functionLab(async () => ({ outcome: "raised", payload }));
    await make();
    await call("Invoke", { FunctionName: "f1", LogType: "Tail" });
    const { error, failed } = invocationOf(last(lab), "f1")!;
    expect(failed).toBe(true);
    expect(placeOfError(error!)).toEqual({ path: "lambda_function.py", line: 6 });
    expect(explainFailure(error!, (last(lab) as { trace: never }).trace)?.at?.path).toEqual(["configuration", "environment"]);
  });

  test("that ran out of its time", async () => {
    const { lab, make, call } = await functionLab(async () => ({ outcome: "timed-out" }));
    await make();
    await call("Invoke", { FunctionName: "f1", LogType: "Tail" });
    const found = invocationOf(last(lab), "f1")!;
    expect(found.report).toMatchObject({ duration: 3000, status: "timeout" });
    expect(explainFailure(found.error!, (last(lab) as { trace: never }).trace)?.at?.path).toEqual(["configuration", "general"]);
  });

  test("whose code was refused a call: which one, for Why?", async () => {
    const { lab, make, call } = await functionLab(async (_, inside) => {
      await inside.call({ service: "sts", operation: "GetCallerIdentity" });
      const reply = await inside.call({ service: "ssm", operation: "GetParameters", input: { Names: ["/a"] } });
      if (reply.ok) throw new Error("allowed");
      return { outcome: "raised", payload: JSON.stringify({ errorType: "ClientError", errorMessage: `An error occurred (${reply.error.code}) when calling the GetParameters operation: ${reply.error.message}` }) };
    });
    await make();
    await call("Invoke", { FunctionName: "f1", LogType: "Tail" });
    const entry = last(lab) as { trace: Parameters<typeof callsMade>[0] };
    expect(callsMade(entry.trace)).toHaveLength(2);
    expect(explainFailure(invocationOf(last(lab), "f1")!.error!, entry.trace)).toMatchObject({ call: 2, at: { path: ["configuration", "permissions"] } });
  });

  test("for later: no answer yet", async () => {
    const { lab, make, call } = await functionLab();
    await make();
    await call("Invoke", { FunctionName: "f1", InvocationType: "Event" });
    expect(invocationOf(last(lab), "f1")).toMatchObject({ asynchronous: true, failed: false });
  });

  test("that was refused before any code ran", async () => {
    const { lab, call } = await functionLab();
    await call("Invoke", { FunctionName: "gone" });
    expect(invocationOf(last(lab), "gone")).toMatchObject({ failed: true });
  });
});

test.each([
  ['  File "/var/task/lambda_function.py", line 10, in lambda_handler\n    x()', { path: "lambda_function.py", line: 10 }],
  ['  File "/var/task/lambda_function.py" Line 3\n    def', { path: "lambda_function.py", line: 3 }],
  ["    at handler (file:///var/task/lib/index.mjs:5:9)", { path: "lib/index.mjs", line: 5 }],
  ["    at Runtime.handler (/var/task/index.js:7:1)", { path: "index.js", line: 7 }],
  ['  File "/var/runtime/bootstrap.py", line 1, in x', undefined],
  ["    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)", undefined],
])("%s", (line, place) => expect(placeIn(line)).toEqual(place));

test("Python's innermost call is last, Node's first", () => {
  const python = errorIn(JSON.stringify({ errorMessage: "m", stackTrace: ['  File "/var/task/a.py", line 1, in f', '  File "/var/task/b.py", line 2, in g'] }));
  expect(placeOfError(python)).toEqual({ path: "b.py", line: 2 });
  const node = errorIn(JSON.stringify({ errorMessage: "m", trace: ["Error: m", "    at g (file:///var/task/b.mjs:2:1)", "    at f (file:///var/task/a.mjs:1:1)"] }));
  expect(placeOfError(node)).toEqual({ path: "b.mjs", line: 2 });
  expect(placeOfError({ errorMessage: "Syntax error in module 'a': invalid syntax (a.py, line 4)", stack: [] })).toEqual({ path: "a.py", line: 4 });
});

test.each([["not JSON"], ["12"], ["null"], ['"text"']])("an error document that is none: %s", (text) => expect(errorIn(text)).toEqual({ errorMessage: text, stack: [] }));

test("a log without a report", () => expect(reportIn("START\nEND\n")).toBeUndefined());

test.each([
  ["a\nbc\n\nd", 2, { offset: 2, length: 2 }],
  ["a\nbc\n\nd", 3, { offset: 5, length: 0 }],
  ["a\nbc", 99, { offset: 2, length: 2 }],
  ["", 1, { offset: 0, length: 0 }],
])("line %# of %j", (text, line, span) => expect(spanOfLine(text, line)).toEqual(span));
