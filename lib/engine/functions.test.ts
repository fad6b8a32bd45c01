import { strToU8, zipSync } from "fflate/browser";
import { beforeAll, describe, expect, test } from "vitest";
import { loadServices } from "./catalog";
import { toBase64, utf8 } from "./crypto/bytes";
import { createLab, type Lab } from "./lab";
import { seededPorts } from "./ports";
import type { Caller, FunctionAnswer, FunctionRun, Inside, JournalEntry, JsonObject, Ports, Reply } from "./types";

/** The wall between the engine and code that runs outside: what a function calls, and what becomes of it. */
const account = "111122223333";
const admin: Caller = { account, user: "admin" };
const role = `arn:aws:iam::${account}:role/app`;
const start = Date.UTC(2026, 0, 1);

type Code = (run: FunctionRun, inside: Inside) => Promise<unknown>;

const answerOf = (payload: unknown, more: Partial<FunctionAnswer> = {}): FunctionAnswer => ({ outcome: "returned", payload: JSON.stringify(payload ?? null), output: "", duration: 5, memoryUsed: 40, ...more });

/** A host whose functions are TypeScript: by the function's name. What they throw is their error document. */
function host(programs: Record<string, Code>): { ports: Ports; runs: FunctionRun[] } {
  const runs: FunctionRun[] = [];
  const ports: Ports = {
    ...seededPorts(7, start),
    functions: async (run, inside) => {
      runs.push(run);
      try {
        return answerOf(await programs[run.functionName](run, inside));
      } catch (error) {
        return answerOf({ errorType: "Error", errorMessage: (error as Error).message }, { outcome: "raised" });
      }
    },
  };
  return { ports, runs };
}

const zip = toBase64(zipSync({ "index.mjs": strToU8("export const handler = async () => 1;") }));

async function done(lab: Lab, service: string, operation: string, input: JsonObject = {}, caller: Caller = admin): Promise<any> {
  const reply = await lab.call({ service, operation, input, caller });
  if (!reply.ok) throw new Error(`${operation}: ${reply.error.code}: ${reply.error.message}`);
  return reply.output;
}
const invoke = (lab: Lab, FunctionName: string, event: unknown = {}, more: JsonObject = {}): Promise<Reply> =>
  lab.call({ service: "lambda", operation: "Invoke", input: { FunctionName, Payload: toBase64(utf8(JSON.stringify(event))), ...more }, caller: admin });
const payload = (reply: Reply): any => (reply.ok ? JSON.parse(atob(String(reply.output.Payload))) : reply.error);

/** A lab with a role that may do what `actions` say, and a function for each program. */
async function labWith(programs: Record<string, Code>, actions: string[] = ["ssm:*", "lambda:InvokeFunction"]): Promise<{ lab: Lab; runs: FunctionRun[] }> {
  const { ports, runs } = host(programs);
  const lab = createLab({ ports });
  await done(lab, "iam", "CreateRole", { RoleName: "app", AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] }) });
  await done(lab, "iam", "PutRolePolicy", { RoleName: "app", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] }) });
  for (const FunctionName of Object.keys(programs)) await done(lab, "lambda", "CreateFunction", { FunctionName, Role: role, Runtime: "nodejs22.x", Handler: "index.handler", Code: { ZipFile: zip }, Timeout: 10 });
  await lab.advance(2_000);
  return { lab, runs };
}

const put = (inside: Inside, Name: string, Value = "v"): Promise<Reply> => inside.call({ service: "ssm", operation: "PutParameter", input: { Name, Value, Type: "String", Overwrite: true } });
const read = (lab: Lab, Name: string): Promise<Reply> => lab.call({ service: "ssm", operation: "GetParameter", input: { Name }, caller: admin });
const state = (lab: Lab): string => JSON.stringify(lab.snapshot().records);

beforeAll(() => loadServices());

test("a function is made, becomes active, and is invoked", async () => {
  const { lab, runs } = await labWith({ hello: async (run) => ({ hello: JSON.parse(run.event).name }) });
  const reply = await invoke(lab, "hello", { name: "Alice" });
  expect(reply).toMatchObject({ ok: true, output: { StatusCode: 200, ExecutedVersion: "$LATEST" } });
  expect(payload(reply)).toEqual({ hello: "Alice" });
  expect(runs[0]).toMatchObject({ runtime: "nodejs22.x", handler: "index.handler", functionName: "hello", functionVersion: "$LATEST", memorySize: 128, timeout: 10, account, region: "us-east-1", requestId: reply.requestId, at: start + 2_000 });
  expect(Object.keys(runs[0].files)).toEqual(["index.mjs"]);
  expect(runs[0].environment).toMatchObject({ AWS_LAMBDA_FUNCTION_NAME: "hello", AWS_REGION: "us-east-1", AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x", _HANDLER: "index.handler", LAMBDA_TASK_ROOT: "/var/task" });
});

describe("what a function calls", () => {
  test("shares the draft: later calls see earlier ones, and all of it stands in one entry", async () => {
    const { lab } = await labWith({
      f: async (_, inside) => {
        await put(inside, "/a", "1");
        const seen = await inside.call({ service: "ssm", operation: "GetParameter", input: { Name: "/a" } });
        return seen.ok && (seen.output.Parameter as JsonObject).Value;
      },
    });
    const entries = lab.journal.length;
    const reply = await invoke(lab, "f");
    expect(payload(reply)).toBe("1");
    expect(lab.journal.length).toBe(entries + 1);
    expect(await read(lab, "/a")).toMatchObject({ ok: true, output: { Parameter: { Value: "1" } } });
    const made = reply.trace.steps.flatMap((step) => (step.kind === "call" && step.made ? [`${step.made.operation} ${step.trace.principal}`] : []));
    expect(made).toEqual([`PutParameter arn:aws:sts::${account}:assumed-role/app/f_`, `GetParameter arn:aws:sts::${account}:assumed-role/app/f_`]);
  });

  test("a refused call is an answer to the code, not the end", async () => {
    const { lab } = await labWith({
      f: async (_, inside) => {
        const refused = await inside.call({ service: "iam", operation: "ListUsers" });
        await put(inside, "/after", "still");
        return refused.ok ? "allowed" : refused.error.code;
      },
    });
    expect(payload(await invoke(lab, "f"))).toBe("AccessDenied");
    expect(await read(lab, "/after")).toMatchObject({ ok: true });
  });

  test("is kept although the function fails afterwards, as in AWS", async () => {
    const { lab } = await labWith({
      f: async (_, inside) => {
        await put(inside, "/before");
        throw new Error("boom");
      },
    });
    const reply = await invoke(lab, "f");
    expect(reply).toMatchObject({ ok: true, output: { StatusCode: 200, FunctionError: "Unhandled" } });
    expect(payload(reply)).toEqual({ errorType: "Error", errorMessage: "boom" });
    expect(await read(lab, "/before")).toMatchObject({ ok: true });
  });

  test("at the same time is taken one after another", async () => {
    const { lab } = await labWith({
      f: async (_, inside) => {
        const replies = await Promise.all(Array.from({ length: 20 }, (_value, i) => put(inside, "/same", String(i))));
        return replies.map((reply) => reply.ok && reply.output.Version);
      },
    });
    expect(payload(await invoke(lab, "f"))).toEqual(Array.from({ length: 20 }, (_value, i) => i + 1));
    expect(await read(lab, "/same")).toMatchObject({ output: { Parameter: { Value: "19", Version: 20 } } });
  });

  test("may be another function, whose calls are in the same draft", async () => {
    const programs: Record<string, Code> = {
      outer: async (_, inside) => {
        await put(inside, "/outer", "1");
        const reply = await inside.call({ service: "lambda", operation: "Invoke", input: { FunctionName: "inner", Payload: toBase64(utf8('{"n":1}')) } });
        const after = await inside.call({ service: "ssm", operation: "GetParameter", input: { Name: "/inner" } });
        return [payload(reply), after.ok];
      },
      inner: async (run, inside) => {
        const seen = await inside.call({ service: "ssm", operation: "GetParameter", input: { Name: "/outer" } });
        await put(inside, "/inner", "2");
        return { n: JSON.parse(run.event).n, sawOuter: seen.ok };
      },
    };
    const { lab, runs } = await labWith(programs);
    const entries = lab.journal.length;
    expect(payload(await invoke(lab, "outer"))).toEqual([{ n: 1, sawOuter: true }, true]);
    expect(lab.journal.length).toBe(entries + 1);
    expect(runs.map(({ functionName }) => functionName)).toEqual(["outer", "inner"]);
    expect(await read(lab, "/inner")).toMatchObject({ ok: true });
  });

  test("after the end is refused, and what was under way is finished", async () => {
    let late: Promise<Reply> | undefined;
    let underWay: Promise<Reply> | undefined;
    const { lab } = await labWith({
      f: async (_, inside) => {
        underWay = put(inside, "/under-way");
        setTimeout(() => (late = put(inside, "/late")).catch(() => undefined), 20);
        return "gone";
      },
    });
    expect(payload(await invoke(lab, "f"))).toBe("gone");
    expect((await underWay!).ok).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 40));
    await expect(late).rejects.toThrow("The function has ended.");
    expect(await read(lab, "/under-way")).toMatchObject({ ok: true });
    expect(await read(lab, "/late")).toMatchObject({ ok: false });
  });
});

describe("the journal", () => {
  const programs: Record<string, Code> = {
    outer: async (_, inside) => {
      await put(inside, "/secret", "s3cret");
      await inside.call({ service: "kms", operation: "GenerateRandom", input: { NumberOfBytes: 8 } });
      const reply = await inside.call({ service: "lambda", operation: "Invoke", input: { FunctionName: "inner" } });
      return payload(reply);
    },
    inner: async (_, inside) => {
      await put(inside, "/inner");
      throw new Error("always");
    },
  };

  test("undo takes all of it back, redo brings it again", async () => {
    const { lab } = await labWith(programs);
    const before = state(lab);
    await invoke(lab, "outer");
    const after = state(lab);
    expect(after).not.toBe(before);
    lab.undo();
    expect(state(lab)).toBe(before);
    lab.redo();
    expect(state(lab)).toBe(after);
  });

  test("replay is the same to the byte and runs no code", async () => {
    const { lab } = await labWith(programs);
    await invoke(lab, "outer");
    await invoke(lab, "inner", {}, { InvocationType: "Event" });
    await lab.advance(300_000);
    const again = createLab({ ports: seededPorts(99, start) });
    again.replay(JSON.parse(JSON.stringify(lab.journal)) as JournalEntry[]);
    expect(JSON.stringify(again.snapshot())).toBe(JSON.stringify(lab.snapshot()));
    expect(JSON.stringify(again.journal)).toBe(JSON.stringify(lab.journal));
  });

  test("a lab that was saved and opened goes on", async () => {
    const { lab } = await labWith(programs);
    await invoke(lab, "outer");
    const opened = createLab({ ports: host(programs).ports, snapshot: JSON.parse(JSON.stringify(lab.snapshot())), journal: [...lab.journal] });
    expect(payload(await invoke(opened, "outer"))).toEqual({ errorType: "Error", errorMessage: "always" });
  });
});

describe("jobs", () => {
  test("run functions too, each an entry of its own; a failing one is tried twice more, after one minute and two", async () => {
    const tries: number[] = [];
    const { lab } = await labWith({
      f: async (run, inside) => {
        tries.push(run.at);
        await put(inside, "/try", String(tries.length));
        throw new Error("no");
      },
    });
    const at = lab.now();
    expect(await invoke(lab, "f", {}, { InvocationType: "Event" })).toMatchObject({ ok: true, output: { StatusCode: 202 } });
    expect(tries).toEqual([]);
    const happened = await lab.advance(600_000);
    expect(tries.map((time) => Math.round((time - at) / 1000))).toEqual([0, 60, 180]);
    expect(happened.filter(({ kind }) => kind === "job").map(({ trace }) => trace.operation)).toEqual(Array(3).fill("AsynchronousInvocation"));
    expect(await read(lab, "/try")).toMatchObject({ output: { Parameter: { Value: "3" } } });
    expect(lab.read({ account, region: "us-east-1", service: "lambda" }).table("queue").size).toBe(0);
  });

  test("the same request id through all tries", async () => {
    const { lab, runs } = await labWith({ f: async () => Promise.reject(new Error("no")) });
    const { requestId } = await invoke(lab, "f", {}, { InvocationType: "Event" });
    await lab.advance(600_000);
    expect(runs.map((run) => run.requestId)).toEqual([requestId, requestId, requestId]);
  });
});

describe("hosts that fail", () => {
  test("a port that rejects: the call is answered, nothing changes, the lab lives", async () => {
    const { lab } = await labWith({ f: async () => 1 });
    const broken = lab.fork({ ...seededPorts(3, start), functions: () => Promise.reject(new Error("worker is gone")) });
    const before = state(broken);
    expect(await invoke(broken, "f")).toMatchObject({ ok: false, error: { message: "The host could not run the function: worker is gone" } });
    expect(state(broken)).toBe(before);
    expect(await broken.call({ service: "sts", operation: "GetCallerIdentity", caller: admin })).toMatchObject({ ok: true });
  });

  test("a port that rejects in a job does not stand in the way of what comes after", async () => {
    const { lab } = await labWith({ f: async () => 1 });
    const broken = lab.fork({ ...seededPorts(3, start), functions: () => Promise.reject(new Error("worker is gone")) });
    await invoke(broken, "f", {}, { InvocationType: "Event" });
    await broken.advance(24 * 3_600_000);
    expect(broken.upcoming().filter(({ service }) => service === "lambda")).toEqual([]);
    expect(await broken.call({ service: "sts", operation: "GetCallerIdentity", caller: admin })).toMatchObject({ ok: true });
  });

  test("a host without functions says so by name", async () => {
    const { lab } = await labWith({ f: async () => 1 });
    const { functions: _, ...ports } = host({}).ports;
    expect(await invoke(lab.fork(ports), "f")).toMatchObject({ ok: false, error: { code: "NotSimulated", message: "This host of the lab runs no functions." } });
  });

  test("a call that throws is the code's to catch, and ends nothing else", async () => {
    const { lab } = await labWith({
      f: async (_, inside) => {
        const reply = await inside.call({ service: "nonsense", operation: "Do" });
        return reply.ok ? "?" : reply.error.code;
      },
    });
    expect(payload(await invoke(lab, "f"))).toBe("NotSimulated");
  });
});

describe("functions that call themselves", () => {
  const again = (type: string): Code => async (run, inside) => {
    const { n } = JSON.parse(run.event) as { n: number };
    const reply = await inside.call({ service: "lambda", operation: "Invoke", input: { FunctionName: "loop", InvocationType: type, Payload: toBase64(utf8(JSON.stringify({ n: n + 1 }))) } });
    if (!reply.ok) return `${reply.error.code} at ${n}`;
    return type === "Event" ? n : payload(reply);
  };

  test("are stopped as a recursive loop, at once", async () => {
    const { lab, runs } = await labWith({ loop: again("RequestResponse") });
    expect(payload(await invoke(lab, "loop", { n: 1 }))).toBe("RecursiveInvocationException at 16");
    expect(runs).toHaveLength(16);
  });

  test("and through the queue", async () => {
    const { lab, runs } = await labWith({ loop: again("Event") });
    await invoke(lab, "loop", { n: 1 });
    await lab.advance(3_600_000);
    expect(runs).toHaveLength(16);
    expect(lab.upcoming().filter(({ kind }) => kind === "AsynchronousInvocation")).toEqual([]);
  });
});
