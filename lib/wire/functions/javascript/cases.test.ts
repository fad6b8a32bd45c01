import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadServices } from "../../../engine/catalog";
import { toBase64, utf8 } from "../../../engine/crypto/bytes";
import { type Lab, createLab } from "../../../engine/lab";
import type { JsonObject } from "../../../engine/types";
import { cases, difference, logDifference, logOf, plain } from "../../../functions/javascript/cases.test-helper";
import { nodePorts } from "../../endpoint";
import { closeInterpreters } from ".";

/** The table of functions, each made and invoked through the lab, its code in the interpreter's process. */
const caller = { account: "111122223333", user: "admin" };
let lab: Lab;
const must = async (service: string, operation: string, input: JsonObject): Promise<any> => {
  const reply = await lab.call({ service, operation, input, caller });
  if (!reply.ok) throw new Error(`${operation}: ${reply.error.code}: ${reply.error.message}`);
  return reply.output;
};
const nameOf = (i: number): string => `js-${i}-fn`;

beforeAll(async () => {
  await loadServices(["iam", "lambda", "logs", "kms", "ssm", "sts", "database"]);
  lab = createLab({ ports: nodePorts() });
  await must("iam", "CreateRole", { RoleName: "app", AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] }) });
  await must("iam", "PutRolePolicy", { RoleName: "app", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["logs:*", "ssm:*", "kms:*"], Resource: "*" }] }) });
  for (const [i, { files, handler = "index.handler", runtime = "nodejs22.x", timeout = 3, environment }] of cases.entries())
    await must("lambda", "CreateFunction", {
      FunctionName: nameOf(i), Role: "arn:aws:iam::111122223333:role/app", Runtime: runtime, Handler: handler, Timeout: timeout,
      Code: { ZipFile: toBase64(zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])))) },
      ...(environment ? { Environment: { Variables: environment } } : {}),
    });
  await lab.advance(5_000);
}, 120_000);
afterAll(() => closeInterpreters());

test.each(cases.map((one, i) => [one.name, one, nameOf(i)] as const))("%s", { timeout: 90_000 }, async (_, { events = [{}], payload, error, log, report }, FunctionName) => {
  let answer: any;
  for (const event of events) answer = await must("lambda", "Invoke", { FunctionName, Payload: toBase64(utf8(JSON.stringify(event))) });
  const text = plain(Buffer.from(answer.Payload, "base64").toString("utf8"), FunctionName);
  const found = await must("logs", "FilterLogEvents", { logGroupName: `/aws/lambda/${FunctionName}` });
  const messages = (found.events as { message: string }[]).map(({ message }) => plain(message, FunctionName));
  const printed = logOf(messages.join(""));
  expect(difference(JSON.parse(text), payload), `${text}\n${printed}`).toBeUndefined();
  expect(answer.FunctionError).toBe(error ? "Unhandled" : undefined);
  if (log) expect(logDifference(printed, log)).toBeUndefined();
  if (report) expect(messages.at(-1)).toMatch(report);
});
