import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { strToU8, zipSync } from "fflate";
import { type Case, cases, difference, logDifference, logOf, plain } from "../lib/functions/javascript/cases.test-helper";
import { limits } from "../lib/functions/limits";
import { expect, test } from "./journey";

// Functions in JavaScript, run by the page: the same table as the endpoint's interpreter, made and invoked from the Code tab.

/** Runs a program of the Code tab to its end, and gives back what it printed. */
async function runInCode(page: Page, program: string, timeout: number): Promise<string[]> {
  await page.addInitScript(() => {
    if (window === top) localStorage.setItem("keyhole.editor", "plain");
  });
  await page.goto("/lessons/what-kms-is?lab=code");
  const tab = page.getByTestId("code-tab");
  await expect(tab).toBeAttached({ timeout: 60_000 });
  await page.getByLabel("Program", { exact: true }).selectOption("own");
  await page.getByTestId("code-editor").getByRole("textbox").fill(program);
  await tab.getByRole("button", { name: "Run", exact: true }).click();
  await expect(tab).toHaveAttribute("data-state", "finished", { timeout });
  return page.getByTestId("code-output").locator('[data-kind="log"]').allInnerTexts();
}

const zipOf = (files: Record<string, string>): string => Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])))).toString("base64");

/** A program that makes functions, waits until they are there, invokes them, and prints each answer as a line of JSON. */
const programOf = (functions: object[]): string => `import { IAMClient, CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { LambdaClient, CreateFunctionCommand, InvokeCommand } from "@aws-sdk/client-lambda";
const functions = ${JSON.stringify(functions)};
const region = "us-east-1";
const iam = new IAMClient({ region });
const lambda = new LambdaClient({ region });
await iam.send(new CreateRoleCommand({ RoleName: "app", AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] }) }));
await iam.send(new PutRolePolicyCommand({ RoleName: "app", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["logs:*", "ssm:*", "kms:*"], Resource: "*" }] }) }));
for (const { zip, events, ...rest } of functions) await lambda.send(new CreateFunctionCommand({ ...rest, Role: "arn:aws:iam::111122223333:role/app", Code: { ZipFile: Buffer.from(zip, "base64") } }));
await new Promise((resolve) => setTimeout(resolve, 4000));
for (const { FunctionName, events } of functions) {
  let answer;
  for (const event of events) answer = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event), LogType: "Tail" }));
  console.log(JSON.stringify({ FunctionName, error: answer.FunctionError, payload: answer.Payload.transformToString(), log: Buffer.from(answer.LogResult, "base64").toString() }));
}
`;

const nameOf = (i: number): string => `js-${i}-fn`;
const many = 28;
for (let first = 0; first < cases.length; first += many) {
  const part = cases.slice(first, first + many);
  test(`the table of functions, ${first + 1} to ${first + part.length}`, async ({ page }) => {
    test.setTimeout(400_000);
    const functions = part.map(({ files, handler = "index.handler", runtime = "nodejs22.x", timeout = 3, environment, events = [{}] }, i) => ({
      FunctionName: nameOf(first + i), Runtime: runtime, Handler: handler, Timeout: timeout, zip: zipOf(files), events, ...(environment ? { Environment: { Variables: environment } } : {}),
    }));
    const lines = await runInCode(page, programOf(functions), 360_000);
    const answers = new Map(lines.map((line) => [JSON.parse(line).FunctionName as string, JSON.parse(line) as { error?: string; payload: string; log: string }]));
    const wrong = part.flatMap((one: Case, i) => {
      const name = nameOf(first + i);
      const answer = answers.get(name);
      if (!answer) return [`${one.name}: no answer`];
      const log = plain(answer.log, name);
      const problem =
        difference(JSON.parse(plain(answer.payload, name)), one.payload) ??
        ((answer.error === "Unhandled") === Boolean(one.error) ? undefined : `error: ${answer.error}`) ??
        (one.log && logDifference(logOf(log), one.log)) ??
        (one.report && !one.report.test(log) ? `report: ${log.slice(-300)}` : undefined);
      return problem ? [`${one.name}: ${problem}`] : [];
    });
    expect(wrong).toEqual([]);
  });
}

/** Functions of one file each, made and invoked in this order; their answers. */
async function answersOf(page: Page, functions: { text: string; timeout?: number; events?: unknown[] }[]): Promise<{ error?: string; payload: unknown; log: string }[]> {
  const asked = functions.map(({ text, timeout = 3, events = [{}] }, i) => ({ FunctionName: `wall-${i}`, Runtime: "nodejs22.x", Handler: "index.handler", Timeout: timeout, zip: zipOf({ "index.mjs": text }), events }));
  const lines = await runInCode(page, programOf(asked), 150_000);
  return lines.map((line) => {
    const { error, payload, log } = JSON.parse(line) as { error?: string; payload: string; log: string };
    return { error, payload: JSON.parse(payload) as unknown, log };
  });
}

test("no network, no storage, nothing of the page", async ({ page, complaints }) => {
  test.setTimeout(200_000);
  // A server that would answer anybody: what the browser lists as asked and blocked must not have come here.
  let came = 0;
  const server = createServer((_, response) => response.setHeader("access-control-allow-origin", "*").setHeader("content-type", "text/javascript").end("export const let_in = 1;"));
  server.on("connection", () => came++);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    expect(await (await fetch(elsewhere)).text()).toContain("let_in");
    came = 0;
    const [found, next] = await answersOf(page, [
      {
        text: `const say = async (go) => { try { return ["did", String(await go())]; } catch (error) { return [error.name, error.message]; } };
          export const handler = async () => ({
            tries: await Promise.all([
              () => fetch(${JSON.stringify(elsewhere)}),
              () => new Function("u", "return import(u)")(${JSON.stringify(elsewhere)} + "/x.js"),
              () => new Function("return import('data:text/javascript,export default 1')")(),
              () => (0, eval)("importScripts(" + JSON.stringify(${JSON.stringify(elsewhere)}) + ")"),
              () => new Function("return new Worker('data:text/javascript,1')")(),
              () => new Function("return indexedDB.open('x')")(),
              () => new Function("return caches.keys()")(),
              () => navigator.sendBeacon(${JSON.stringify(elsewhere)}),
            ].map(say)),
            page: [typeof window, typeof document, typeof parent, typeof localStorage, typeof sessionStorage, typeof location, typeof origin],
            made: new Function("return 6 * 7")(),
          });`,
      },
      { text: "export const handler = async () => 'next';" },
    ]);
    expect(found.payload).toHaveProperty("tries");
    const { tries, page: seen, made } = found.payload as { tries: [string, string][]; page: string[]; made: number };
    expect(tries.filter(([how]) => how === "did")).toEqual([]);
    expect(tries[0][1]).toContain("A function in this lab has no network.");
    expect(seen).toEqual(Array(7).fill("undefined"));
    expect(made).toBe(42);
    expect(next.payload).toBe("next");
    expect(came).toBe(0);
    // What was tried and blocked is what the browser complains of, and nothing else.
    expect(complaints.filter((one) => !/127\.0\.0\.1|data:text|Content Security Policy/.test(one))).toEqual([]);
    complaints.length = 0;
  } finally {
    server.close();
  }
});

test("loops, floods and a gigabyte: the page goes on, and so does the next function", async ({ page }) => {
  test.setTimeout(200_000);
  const answers = await answersOf(page, [
    { text: "export const handler = async () => { console.log('before'); for (;;); };" },
    { text: "export const handler = async () => { for (;;) console.log('again and again'); };" },
    { text: "export const handler = async () => { const a = []; for (let i = 0; i < 20; i++) a.push(new Uint8Array(100_000_000).fill(1)); return a.length; };", timeout: 20 },
    { text: "export const handler = async () => new Array(2 ** 28).fill(0).length;", timeout: 20 },
    { text: "export const handler = async () => { for (;;) queueMicrotask(() => {}); };" },
    { text: "export const handler = async () => { const f = () => Promise.resolve().then(f); await f(); };" },
    { text: "export const handler = async () => 'well';" },
  ]);
  expect(answers.map(({ payload }) => (payload as { errorType?: string }).errorType ?? payload)).toEqual([
    "Sandbox.Timedout", "Sandbox.Timedout", "Runtime.OutOfMemory", "Runtime.OutOfMemory", "Sandbox.Timedout", "Sandbox.Timedout", "well",
  ]);
  expect(answers[0].log).toContain("\tINFO\tbefore\n");
  expect(answers[1].log).toContain("[Keyhole keeps 256 KB of what an invocation prints. The rest is left out.]");
  // Sandboxes that were stopped are gone; a few may stand warm.
  expect(await page.locator('iframe[src="/code/frame.html"]').count()).toBeLessThanOrEqual(limits.idle);
});

test("the sandbox's frame does nothing for anybody else", async ({ page }) => {
  const response = await page.goto("/code/frame.html");
  const policy = response!.headers()["content-security-policy"];
  expect(policy).toContain("sandbox allow-scripts");
  expect(policy).toContain("connect-src 'none'");
  expect(policy).toContain("frame-ancestors 'self'");
  // Even as a page of its own it has no origin of ours, and takes no message.
  expect(await page.evaluate("self.origin")).toBe("null");
  await page.evaluate(`postMessage({ text: "self.postMessage(1)", package: {} }, "*")`);
  await page.waitForTimeout(300);
  expect(page.workers()).toEqual([]);
});
