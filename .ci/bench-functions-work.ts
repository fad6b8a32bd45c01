/** What `bench-functions.ts` measures, the same in Node and in the page. */
import { strToU8, zipSync } from "fflate/browser";
import { toBase64, utf8 } from "../lib/engine/crypto/bytes";
import type { Lab } from "../lib/engine/lab";
import type { JsonObject } from "../lib/engine/types";

/** ms from asking to the answer; of those that are warm the middle one of many. */
export interface Times {
  first: number;
  another: number;
  warm: number;
  call: number;
}

const caller = { account: "111122223333", user: "admin" };
const python = `import boto3
ssm = boto3.client("ssm")
def lambda_handler(event, context):
    return ssm.get_parameter(Name="/bench")["Parameter"]["Value"] if event else "idle"
`;
const javascript = `import { SSMClient, GetParameterCommand } from "@aws-sdk/client-ssm";
const ssm = new SSMClient();
export const handler = async (event) => (event ? (await ssm.send(new GetParameterCommand({ Name: "/bench" }))).Parameter.Value : "idle");
`;
const languages = {
  python: { Runtime: "python3.13", Handler: "lambda_function.lambda_handler", file: "lambda_function.py", code: python },
  javascript: { Runtime: "nodejs22.x", Handler: "index.handler", file: "index.mjs", code: javascript },
};
export type Language = keyof typeof languages;

export async function functionTimes(lab: Lab, language: Language): Promise<Times> {
  const { Runtime, Handler, file, code } = languages[language];
  const done = async (service: string, operation: string, input: JsonObject): Promise<JsonObject> => {
    const reply = await lab.call({ service, operation, input, caller });
    if (!reply.ok) throw new Error(`${operation}: ${reply.error.message}`);
    return reply.output;
  };
  const statement = (more: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...more }] });
  await done("iam", "CreateRole", { RoleName: "app", AssumeRolePolicyDocument: statement({ Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }) });
  await done("iam", "PutRolePolicy", { RoleName: "app", PolicyName: "p", PolicyDocument: statement({ Action: "ssm:*", Resource: "*" }) });
  await done("ssm", "PutParameter", { Name: "/bench", Value: "value", Type: "String" });
  const create = (FunctionName: string): Promise<JsonObject> =>
    done("lambda", "CreateFunction", { FunctionName, Role: "arn:aws:iam::111122223333:role/app", Runtime, Handler, Timeout: 30, Code: { ZipFile: toBase64(zipSync({ [file]: strToU8(code) })) } });
  await create("first");
  await create("another");
  await lab.advance(5_000);
  const invoke = async (FunctionName: string, event: unknown): Promise<number> => {
    const start = performance.now();
    const { FunctionError, Payload } = await done("lambda", "Invoke", { FunctionName, Payload: toBase64(utf8(JSON.stringify(event))) });
    const took = performance.now() - start;
    if (FunctionError) throw new Error(atob(String(Payload)));
    return took;
  };
  const middle = async (times: number, event: unknown): Promise<number> => {
    const all: number[] = [];
    for (let i = 0; i < times; i++) all.push(await invoke("first", event));
    return all.sort((a, b) => a - b)[times >> 1];
  };
  const first = await invoke("first", 1);
  // As long as the one in reserve takes.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  return { first, another: await invoke("another", 1), warm: await middle(50, 0), call: await middle(50, 1) };
}
