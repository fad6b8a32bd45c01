import type { Page } from "@playwright/test";
import { strToU8, zipSync } from "fflate";
import { type Case, cases, difference, logDifference, logOf, plain } from "../lib/functions/javascript/cases.test-helper";
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
