import { strToU8, zipSync } from "fflate/browser";
import { toBase64, utf8 } from "../crypto/bytes";
import { createLab, type Lab } from "../lab";
import { seededPorts } from "../ports";
import type { Caller, FunctionAnswer, FunctionRun, Inside, JsonObject, Reply } from "../types";

export const A = "111122223333";
export const B = "444455556666";
export const adminOf = (account: string): Caller => ({ account, user: "admin" });
export const start = Date.UTC(2026, 0, 1);
export const roleArn = `arn:aws:iam::${A}:role/app`;
export const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:${A}:function:${name}`;
export const zipOf = (files: Record<string, string>): string => toBase64(zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))));
export const base64 = (value: unknown): string => toBase64(utf8(typeof value === "string" ? value : JSON.stringify(value)));

export type Program = (run: FunctionRun, inside: Inside) => Promise<Partial<FunctionAnswer>>;

/** A lab whose functions all run one program, and a role that Lambda may take on. */
export async function functionLab(program: Program = async () => ({ payload: '"ok"' }), statements: object[] = [{ Effect: "Allow", Action: "logs:*", Resource: "*" }]) {
  const runs: FunctionRun[] = [];
  const lab: Lab = createLab({
    ports: {
      ...seededPorts(5, start),
      functions: async (run, inside) => {
        runs.push(run);
        return { outcome: "returned", payload: "null", output: "", duration: 10, memoryUsed: 40, ...(await program(run, inside)) };
      },
    },
  });
  const call = (operation: string, input: JsonObject = {}, caller: Caller = adminOf(A), service = "lambda"): Promise<Reply> => lab.call({ service, operation, input, caller });
  async function must(operation: string, input: JsonObject = {}, caller?: Caller, service?: string): Promise<any> {
    const reply = await call(operation, input, caller, service);
    if (!reply.ok) throw new Error(`${operation}: ${reply.error.code}: ${reply.error.message}`);
    return reply.output;
  }
  async function fails(operation: string, input: JsonObject = {}, caller?: Caller, service?: string): Promise<string> {
    const reply = await call(operation, input, caller, service);
    return reply.ok ? `ok ${JSON.stringify(reply.output)}` : `${reply.error.code}: ${reply.error.message}`;
  }
  const trust = (Service: string): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }] });
  await must("CreateRole", { RoleName: "app", AssumeRolePolicyDocument: trust("lambda.amazonaws.com") }, undefined, "iam");
  await must("CreateRole", { RoleName: "other", AssumeRolePolicyDocument: trust("ec2.amazonaws.com") }, undefined, "iam");
  const allowRole = (Statement: object[]): Promise<unknown> => must("PutRolePolicy", { RoleName: "app", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) }, undefined, "iam");
  if (statements.length) await allowRole(statements);
  const create = (more: JsonObject = {}): JsonObject => ({ FunctionName: "f1", Role: roleArn, Runtime: "python3.13", Handler: "lambda_function.lambda_handler", Code: { ZipFile: zipOf({ "lambda_function.py": "x" }) }, ...more });
  return {
    lab, runs, call, must, fails, create, allowRole,
    /** Makes a function and waits until it is there. */
    async make(more: JsonObject = {}): Promise<any> {
      const made = await must("CreateFunction", create(more));
      await lab.advance(2_000);
      return made;
    },
    async invoke(event: unknown = {}, more: JsonObject = {}, caller?: Caller): Promise<any> {
      const output = await must("Invoke", { FunctionName: "f1", Payload: base64(event), ...more }, caller);
      return { ...output, payload: output.Payload === undefined ? undefined : JSON.parse(atob(output.Payload)), log: output.LogResult && atob(output.LogResult) };
    },
    async messages(group = "/aws/lambda/f1"): Promise<string[]> {
      const found = await call("FilterLogEvents", { logGroupName: group }, undefined, "logs");
      return found.ok ? (found.output.events as { message: string }[]).map(({ message }) => message) : [found.error.code];
    },
  };
}
