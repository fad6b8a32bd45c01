import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { strToU8, zipSync } from "fflate";
import { LambdaClient, CreateFunctionCommand, InvokeCommand, waitUntilFunctionActiveV2 } from "@aws-sdk/client-lambda";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadServices } from "../../../engine/catalog";
import { toBase64, utf8 } from "../../../engine/crypto/bytes";
import { type Lab, createLab } from "../../../engine/lab";
import type { JsonObject } from "../../../engine/types";
import { limits } from "../../../functions/limits";
import { nodePorts, startEndpoint } from "../../endpoint";
import { closeInterpreters } from ".";

/** The interpreter's process: what it can reach, what it may use, and that it goes. */
const caller = { account: "111122223333", user: "admin" };
let lab: Lab;
const must = async (service: string, operation: string, input: JsonObject): Promise<any> => {
  const reply = await lab.call({ service, operation, input, caller });
  if (!reply.ok) throw new Error(`${operation}: ${reply.error.code}: ${reply.error.message}`);
  return reply.output;
};
const zipOf = (files: Record<string, string>): Uint8Array => zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
let made = 0;
/** Makes a function of one text; its name. */
async function make(text: string, more: JsonObject = {}): Promise<string> {
  const FunctionName = `host-${++made}`;
  await must("lambda", "CreateFunction", { FunctionName, Role: "arn:aws:iam::111122223333:role/app", Runtime: "nodejs22.x", Handler: "index.handler", Code: { ZipFile: toBase64(zipOf({ "index.mjs": text })) }, ...more });
  await lab.advance(3_000);
  return FunctionName;
}
async function invoke(FunctionName: string, event: unknown = {}): Promise<any> {
  const { Payload } = await must("lambda", "Invoke", { FunctionName, Payload: toBase64(utf8(JSON.stringify(event))) });
  return JSON.parse(Buffer.from(Payload, "base64").toString());
}

beforeAll(() => loadServices(["iam", "lambda", "logs", "ssm", "sts"]), 60_000);
beforeEach(async () => {
  lab = createLab({ ports: nodePorts() });
  await must("iam", "CreateRole", { RoleName: "app", AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] }) });
  await must("iam", "PutRolePolicy", { RoleName: "app", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["logs:*", "ssm:*", "lambda:InvokeFunction"], Resource: "*" }] }) });
});
afterEach(() => closeInterpreters());
afterAll(() => closeInterpreters());

const isLinux = process.platform === "linux";
/** Interpreters that this process has started and that have not ended. */
function children(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const [, rest] = /\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
        const [state, parent] = rest!.split(" ");
        return Number(parent) === process.pid && state !== "Z" && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("interpreter.snapshot");
      } catch {
        return false;
      }
    });
}
async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !holds(); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(holds()).toBe(true);
}

const long = { timeout: 120_000 };

describe("what code reaches", () => {
  test("nothing of Node's: every object on every way from the global scope is the interpreter's", long, async () => {
    const name = await make(`
      const seen = new Set();
      const found = [];
      const words = /child_process|process\\.binding|internalBinding|node_modules|\\/work\\/|\\/home\\//;
      function walk(value, path, depth) {
        if ((typeof value !== "object" && typeof value !== "function") || value === null || seen.has(value) || depth > 7) return;
        seen.add(value);
        for (const key of Reflect.ownKeys(value)) {
          const own = Object.getOwnPropertyDescriptor(value, key);
          for (const part of [own.value, own.get, own.set]) {
            if (typeof part === "string" && words.test(part) && !path.startsWith("files")) found.push(path + "." + String(key) + "=" + part.slice(0, 80));
            if (typeof part === "function") {
              // What a function is made of must be this realm's own.
              const made = Object.getPrototypeOf(part)?.constructor;
              if (typeof made === "function" && made.name === "Function" && made("return typeof require + typeof module")() !== "undefinedundefined") found.push(path + "." + String(key));
            }
            walk(part, path + "." + String(key), depth + 1);
          }
        }
        walk(Object.getPrototypeOf(value), path + ".__proto__", depth + 1);
      }
      export const handler = async () => { walk(globalThis, "global", 0); return { found, objects: seen.size > 500 }; };
    `, { Timeout: 60 });
    expect(await invoke(name)).toEqual({ found: [], objects: true });
  });

  test.skipIf(!isLinux)("its process has an empty environment, may write nothing, start nothing, and read what it is made of", long, async () => {
    const name = await make("export const handler = async () => 1;");
    await invoke(name);
    const [pid] = children();
    // What the system's loader and Node itself add is none of ours.
    const environment = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").filter((line) => line && !/^(__|NODE_CHANNEL_)/.test(line));
    expect(environment).toEqual([]);
    const options = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    expect(options.find((option) => /^--(experimental-)?permission$/.test(option))).toBeDefined();
    expect(options.filter((option) => /--allow-(fs-write|child-process|worker|addons|wasi)/.test(option))).toEqual([]);
    expect(options.filter((option) => option.startsWith("--allow-fs-read")).every((option) => /\/(node_modules\/\.cache\/keyhole\/functions\/|node_modules\/quickjs-wasi\/)/.test(option))).toBe(true);
    // The same options with a program that tries.
    const tries = `const t = (f) => { try { f(); return "did"; } catch (e) { return e.code; } };
      console.log([t(() => require("fs").readFileSync("/etc/hostname")), t(() => require("fs").writeFileSync("/tmp/keyhole-x", "x")), t(() => require("child_process").execSync("true")), t(() => new (require("worker_threads").Worker)("1", { eval: true }))].join());`;
    const flags = options.slice(1, options.findIndex((option) => option.endsWith("child.mjs")));
    expect(execFileSync(process.execPath, [...flags, "-e", tries], { encoding: "utf8" }).trim()).toBe(Array(4).fill("ERR_ACCESS_DENIED").join());
  });

  test("a listener on a prototype sees no message of the host's", long, async () => {
    const name = await make(`
      const seen = [];
      const parse = JSON.parse;
      JSON.parse = (text) => { seen.push(String(text).slice(0, 40)); return parse(text); };
      const push = Array.prototype.push;
      Array.prototype.push = function (...args) { for (const one of args) if (typeof one === "function" && /host|send/.test(one.name)) seen[seen.length] = one.name; return push.apply(this, args); };
      export const handler = async () => { await new Promise((resolve) => setTimeout(resolve, 5)); return seen.filter((text) => /keyhole|send|host/.test(text)); };
    `);
    expect(await invoke(name)).toEqual([]);
  });
});

describe("what code may use", () => {
  test("small things until there is no memory: stopped, and the next one works", long, async () => {
    const name = await make("export const handler = async ({ fill }) => { const all = []; while (fill) all.push({ n: all.length }); return 'well'; };", { Timeout: 60 });
    expect(await invoke(name, { fill: true })).toMatchObject({ errorType: "Runtime.OutOfMemory" });
    expect(await invoke(name)).toBe("well");
  });

  test("a text that doubles, a tower of calls, a regular expression that backtracks: the next one works", long, async () => {
    const name = await make(`export const handler = async ({ how }) => {
      if (how === "text") { let s = "x"; for (;;) s += s; }
      if (how === "nested") { const climb = () => [2, 1].sort(() => new (class { get x() { return [1].map(climb); } })().x); return climb(); }
      if (how === "pattern") return /^(a+)+$/.test("a".repeat(60) + "b");
      return "well";
    };`, { Timeout: 6 });
    expect(await invoke(name, { how: "text" })).toMatchObject({ errorType: "RangeError", errorMessage: "Invalid string length" });
    expect(await invoke(name)).toBe("well");
    expect(await invoke(name, { how: "nested" })).toMatchObject({ errorType: "RangeError", errorMessage: "Maximum call stack size exceeded" });
    expect(await invoke(name)).toBe("well");
    expect(await invoke(name, { how: "pattern" })).toMatchObject({ errorType: "Sandbox.Timedout" });
    expect(await invoke(name)).toBe("well");
  });

  test.skipIf(!isLinux)("a process that timed out is gone", long, async () => {
    const name = await make("export const handler = async () => { for (;;); };", { Timeout: 1 });
    expect(await invoke(name)).toMatchObject({ errorType: "Sandbox.Timedout" });
    closeInterpreters();
    await until(() => children().length === 0);
  });

  test("thirty seconds are as long as code may really compute", long, async () => {
    expect(limits.computing).toBe(30_000);
    const name = await make("export const handler = async () => { for (;;); };", { Timeout: 900 });
    expect(await invoke(name)).toMatchObject({ errorType: "Keyhole.Stopped" });
    const { events } = await must("logs", "FilterLogEvents", { logGroupName: `/aws/lambda/${name}` });
    expect(events.map(({ message }: { message: string }) => message).join("")).toContain("AWS would let it run on, and charge for it, up to its timeout of 900 seconds.");
  });

  test.skipIf(!isLinux)("as many stand warm as may, and one to spare", long, async () => {
    for (let i = 0; i < limits.idle + 2; i++) expect(await invoke(await make(`export const handler = async () => ${i};`))).toBe(i);
    await until(() => children().length <= limits.idle + 1);
  });

  test("functions that call themselves are ended by Lambda, and their interpreters go", long, async () => {
    const name = await make(`
      import { LambdaClient, InvokeCommand } from "@aws-sdk/client-lambda";
      const lambda = new LambdaClient();
      export const handler = async ({ n }) => {
        try {
          const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: process.env.AWS_LAMBDA_FUNCTION_NAME, Payload: JSON.stringify({ n: n + 1 }) }));
          return JSON.parse(Payload.transformToString());
        } catch (error) { return error.name + " at " + n; }
      };`, { Timeout: 60 });
    expect(await invoke(name, { n: 1 })).toBe("RecursiveInvocationException at 16");
    if (isLinux) await until(() => children().length <= limits.idle + 1);
  });

  test.skipIf(!isLinux)("one whose process died while it stood idle is made anew", long, async () => {
    const name = await make("let n = 0; export const handler = async () => ++n;");
    expect([await invoke(name), await invoke(name)]).toEqual([1, 2]);
    for (const pid of children()) process.kill(pid, "SIGKILL");
    await until(() => children().length === 0);
    expect(await invoke(name)).toBe(1);
  });
});

test("the endpoint, with the real SDK: a function that reads a parameter", long, async () => {
  const endpoint = await startEndpoint({ port: 0 });
  try {
    const options = { endpoint: endpoint.url, region: "eu-west-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
    const [iam, ssm, lambda] = [new IAMClient(options), new SSMClient(options), new LambdaClient(options)];
    await iam.send(new CreateRoleCommand({ RoleName: "reader", AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] }) }));
    await iam.send(new PutRolePolicyCommand({ RoleName: "reader", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "ssm:GetParameter", Resource: "arn:aws:ssm:eu-west-1:111122223333:parameter/mine" }] }) }));
    await ssm.send(new PutParameterCommand({ Name: "/mine", Value: "for the function", Type: "String" }));
    await ssm.send(new PutParameterCommand({ Name: "/other", Value: "not for it", Type: "String" }));
    const text = `import { SSMClient, GetParameterCommand } from "@aws-sdk/client-ssm";
      const ssm = new SSMClient();
      export const handler = async ({ name }) => {
        console.log("reads", name);
        return (await ssm.send(new GetParameterCommand({ Name: name }))).Parameter.Value;
      };`;
    await lambda.send(new CreateFunctionCommand({ FunctionName: "reads", Role: "arn:aws:iam::111122223333:role/reader", Runtime: "nodejs24.x", Handler: "index.handler", Code: { ZipFile: zipOf({ "index.mjs": text }) } }));
    await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { FunctionName: "reads" });
    const ask = async (name: string) => {
      const { Payload, FunctionError, LogResult } = await lambda.send(new InvokeCommand({ FunctionName: "reads", Payload: JSON.stringify({ name }), LogType: "Tail" }));
      return { FunctionError, payload: JSON.parse(Payload!.transformToString()) as unknown, log: Buffer.from(LogResult!, "base64").toString() };
    };
    expect(await ask("/mine")).toMatchObject({ FunctionError: undefined, payload: "for the function", log: expect.stringMatching(/\tINFO\treads \/mine\n/) });
    expect(await ask("/other")).toMatchObject({
      FunctionError: "Unhandled",
      payload: { errorType: "AccessDeniedException", errorMessage: expect.stringContaining("assumed-role/reader/reads is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:eu-west-1:111122223333:parameter/other") },
    });
  } finally {
    await endpoint.close();
  }
});
