import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { strToU8, zipSync } from "fflate/browser";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fromBase64, toBase64, utf8, utf8Text } from "../../engine/crypto/bytes";
import type { JsonObject } from "../../engine/types";
import { startEndpoint } from "../endpoint";
import { closePython } from "./python";

/**
 * Keyhole's boto3 beside the real one: the same program, run by CPython against the endpoint and as a function in the same lab,
 * prints the same lines. Needs `python3` with boto3 1.43.
 */
const read = (name: string): string => readFileSync(fileURLToPath(new URL(name, import.meta.url)), "utf8");
const notes = read("notes-program.py");
const source = read("boto3-program.py");
const found = spawnSync("python3", ["-c", "import boto3; print(boto3.__version__)"], { encoding: "utf8" });
const isHere = found.status === 0 && found.stdout.startsWith("1.43.");
if (!isHere) console.log("The real boto3 1.43 is not installed: Keyhole's is not compared with it.");

let key: { AccessKeyId: string; SecretAccessKey: string };
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
const caller = { account: "111122223333", user: "admin" };
async function done(service: string, operation: string, input: JsonObject): Promise<any> {
  const reply = await endpoint.lab().call({ service, operation, input, caller });
  if (!reply.ok) throw new Error(`${operation}: ${reply.error.code}: ${reply.error.message}`);
  return reply.output;
}
const zip = (text: string): string => toBase64(zipSync({ "lambda_function.py": strToU8(text) }));

beforeAll(async () => {
  endpoint = await startEndpoint({ port: 0, strict: true });
  const statement = (more: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...more }] });
  await done("iam", "CreateRole", { RoleName: "app", AssumeRolePolicyDocument: statement({ Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }) });
  await done("iam", "PutRolePolicy", { RoleName: "app", PolicyName: "all", PolicyDocument: statement({ Action: "*", Resource: "*" }) });
  const create = (FunctionName: string, text: string): Promise<unknown> =>
    done("lambda", "CreateFunction", { FunctionName, Role: "arn:aws:iam::111122223333:role/app", Runtime: "python3.13", Handler: "lambda_function.lambda_handler", Timeout: 60, Code: { ZipFile: zip(text) } });
  await create("inner", "def lambda_handler(event, context):\n    if event.get('raise'): raise ValueError('x')\n    return {'got': event}\n");
  await create("parity", `${source}\n\ndef lambda_handler(event, context):\n    return program("keyhole", lambda service, **more: boto3.client(service, region_name="us-east-1", **more))\n`);
  await endpoint.lab().advance(5_000);
  key = (await done("iam", "CreateAccessKey", { UserName: "admin" })).AccessKey;
}, 120_000);

afterAll(async () => {
  closePython();
  await endpoint.close();
});

/** What the real boto3 prints. The endpoint answers in this process, so it must not be waited for in one step. */
const byCPython = (program: string, environment: Record<string, string> = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const env = { PATH: process.env.PATH, NODE_ENV: "test", AWS_ACCESS_KEY_ID: key.AccessKeyId, AWS_SECRET_ACCESS_KEY: key.SecretAccessKey, AWS_EC2_METADATA_DISABLED: "true", AWS_ENDPOINT_URL: endpoint.url, TZ: "UTC", ...environment } as const;
    const child = spawn("python3", ["-c", program], { env });
    let out = "";
    let trouble = "";
    child.stdout.on("data", (part: Buffer) => (out += part.toString()));
    child.stderr.on("data", (part: Buffer) => (trouble += part.toString()));
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve(out) : reject(new Error(trouble))));
  });

test.runIf(isHere)("prints what the real one prints", { timeout: 180_000 }, async () => {
  const reply = await endpoint.lab().call({ service: "lambda", operation: "Invoke", input: { FunctionName: "parity", Payload: toBase64(utf8("{}")) }, caller });
  if (!reply.ok) throw new Error(reply.error.message);
  const ours = JSON.parse(utf8Text(fromBase64(String(reply.output.Payload)))) as string[] | { errorMessage: string };
  expect(Array.isArray(ours) ? "lines" : JSON.stringify(ours)).toBe("lines");
  const main = `${source}\nfor line in program("cpython", lambda service, **more: boto3.client(service, region_name="us-east-1", **more)): print(json.dumps(line))\n`;
  const theirs = (await byCPython(main)).trim().split("\n").map((line) => JSON.parse(line) as string);
  expect(theirs.length).toBeGreaterThan(120);
  expect(ours).toEqual(theirs);
});

test.runIf(isHere).each(["dev", "prod", "DEV"])("the notes' program prints the same, to the letter, for %s", { timeout: 60_000 }, async (DEV_OR_PROD) => {
  const FunctionName = `notes-${DEV_OR_PROD}`;
  await done("lambda", "CreateFunction", { FunctionName, Role: "arn:aws:iam::111122223333:role/app", Runtime: "python3.13", Handler: "lambda_function.lambda_handler", Environment: { Variables: { DEV_OR_PROD } }, Code: { ZipFile: zip(notes) } });
  if (DEV_OR_PROD !== "DEV") {
    await done("ssm", "PutParameter", { Name: `/my-app/${DEV_OR_PROD}/db-url`, Value: `${DEV_OR_PROD}.example:3306`, Type: "String" });
    await done("ssm", "PutParameter", { Name: `/my-app/${DEV_OR_PROD}/db-password`, Value: `the ${DEV_OR_PROD} 'password'`, Type: "SecureString" });
  }
  await endpoint.lab().advance(5_000);
  const { Payload, LogResult } = await done("lambda", "Invoke", { FunctionName, LogType: "Tail" });
  const scrub = (text: string): string[] =>
    text.split("\n").filter((line) => line.startsWith("{")).map((line) => line.replace(/'RequestId': '[^']+'/, "'RequestId': …").replace(/'HTTPHeaders': \{[^}]+\}/, "'HTTPHeaders': …"));
  const ours = scrub(utf8Text(fromBase64(LogResult)));
  const theirs = await byCPython(`${notes}\nprint(lambda_handler({}, None))\n`, { DEV_OR_PROD });
  expect(theirs.trim().split("\n").at(-1)).toBe("worked!");
  expect(utf8Text(fromBase64(Payload))).toBe('"worked!"');
  expect(ours).toHaveLength(2);
  expect(ours).toEqual(scrub(theirs));
});
