import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AddPermissionCommand, CreateAliasCommand, CreateFunctionCommand, GetFunctionConfigurationCommand, GetPolicyCommand, InvokeCommand, LambdaClient, ListTagsCommand, PublishVersionCommand,
  TagResourceCommand, UntagResourceCommand, UpdateFunctionConfigurationCommand, paginateListFunctions, waitUntilFunctionActiveV2, waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { nodePorts, startEndpoint } from "./endpoint";

/** Unmodified clients make and invoke functions. What the functions' code would do is said here; hosts have tests of their own. */
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
beforeAll(async () => {
  endpoint = await startEndpoint({
    port: 0,
    ports: {
      ...nodePorts(),
      async functions(run, inside) {
        const event = JSON.parse(run.event) as { fail?: boolean; name?: string };
        const me = await inside.call({ service: "sts", operation: "GetCallerIdentity" });
        if (event.fail) return { outcome: "raised", payload: JSON.stringify({ errorMessage: "no", errorType: "ValueError", requestId: run.requestId, stackTrace: [] }), output: "[ERROR] ValueError: no\n", duration: 3, memoryUsed: 40 };
        return { outcome: "returned", payload: JSON.stringify({ hello: event.name ?? "nobody", stage: run.environment.STAGE, arn: me.ok ? me.output.Arn : me.error.code }), output: "said hello\n", duration: 2, initDuration: 90, memoryUsed: 38 };
      },
    },
  });
});
afterAll(() => endpoint.close());
beforeEach(async () => {
  await fetch(`${endpoint.url}/_keyhole/reset`, { method: "POST" });
  const iam = new IAMClient(options());
  await iam.send(new CreateRoleCommand({ RoleName: "app", AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] }) }));
  await iam.send(new PutRolePolicyCommand({ RoleName: "app", PolicyName: "logs", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "logs:*", Resource: "*" }] }) }));
});

const options = () => ({ endpoint: endpoint.url, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } });
const zip = zipSync({ "lambda_function.py": strToU8("def lambda_handler(event, context):\n    return event\n") });
const create = { FunctionName: "hello", Role: "arn:aws:iam::111122223333:role/app", Runtime: "python3.13" as const, Handler: "lambda_function.lambda_handler", Code: { ZipFile: zip } };
const functionArn = "arn:aws:lambda:us-east-1:111122223333:function:hello";
const waiting = (client: LambdaClient) => ({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 });

describe("AWS SDK for JavaScript v3", () => {
  test("a function from its making to its answers", async () => {
    const client = new LambdaClient(options());
    const made = await client.send(new CreateFunctionCommand({ ...create, Environment: { Variables: { STAGE: "dev" } }, Tags: { team: "a" } }));
    expect(made).toMatchObject({ FunctionArn: functionArn, State: "Pending", CodeSize: zip.length, Timeout: 3, MemorySize: 128, Environment: { Variables: { STAGE: "dev" } } });
    await waitUntilFunctionActiveV2(waiting(client), { FunctionName: "hello" });
    const answer = await client.send(new InvokeCommand({ FunctionName: functionArn, Payload: JSON.stringify({ name: "Zoë" }), LogType: "Tail" }));
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: "$LATEST" });
    expect(JSON.parse(answer.Payload!.transformToString())).toEqual({ hello: "Zoë", stage: "dev", arn: "arn:aws:sts::111122223333:assumed-role/app/hello" });
    expect(Buffer.from(answer.LogResult!, "base64").toString()).toContain("said hello\n");
    const failed = await client.send(new InvokeCommand({ FunctionName: "hello", Payload: JSON.stringify({ fail: true }) }));
    expect(failed.FunctionError).toBe("Unhandled");
    expect(JSON.parse(failed.Payload!.transformToString())).toMatchObject({ errorType: "ValueError", errorMessage: "no" });

    await client.send(new UpdateFunctionConfigurationCommand({ FunctionName: "hello", Timeout: 9 }));
    await waitUntilFunctionUpdatedV2(waiting(client), { FunctionName: "hello" });
    expect(await client.send(new GetFunctionConfigurationCommand({ FunctionName: "hello" }))).toMatchObject({ Timeout: 9, State: "Active", LastUpdateStatus: "Successful" });
    expect((await client.send(new PublishVersionCommand({ FunctionName: "hello" }))).Version).toBe("1");
    await client.send(new CreateAliasCommand({ FunctionName: "hello", Name: "prod", FunctionVersion: "1" }));
    await client.send(new AddPermissionCommand({ FunctionName: "hello", StatementId: "sm", Action: "lambda:InvokeFunction", Principal: "secretsmanager.amazonaws.com", SourceAccount: "111122223333" }));
    expect(JSON.parse((await client.send(new GetPolicyCommand({ FunctionName: "hello" }))).Policy!).Statement).toEqual([
      { Sid: "sm", Effect: "Allow", Principal: { Service: "secretsmanager.amazonaws.com" }, Action: "lambda:InvokeFunction", Resource: functionArn, Condition: { StringEquals: { "AWS:SourceAccount": "111122223333" } } },
    ]);
    await client.send(new TagResourceCommand({ Resource: functionArn, Tags: { cost: "1" } }));
    await client.send(new UntagResourceCommand({ Resource: functionArn, TagKeys: ["team"] }));
    expect((await client.send(new ListTagsCommand({ Resource: functionArn }))).Tags).toEqual({ cost: "1" });
  }, 60_000);

  test("pages, and modelled errors", async () => {
    const client = new LambdaClient(options());
    for (let i = 0; i < 3; i++) await client.send(new CreateFunctionCommand({ ...create, FunctionName: `f${i}` }));
    const names: unknown[] = [];
    for await (const page of paginateListFunctions({ client, pageSize: 2 }, {})) names.push(...page.Functions!.map(({ FunctionName }) => FunctionName));
    expect(names).toEqual(["f0", "f1", "f2"]);
    await expect(client.send(new InvokeCommand({ FunctionName: "none" }))).rejects.toMatchObject({ name: "ResourceNotFoundException", message: "Function not found: arn:aws:lambda:us-east-1:111122223333:function:none", Type: "User", $metadata: { httpStatusCode: 404 } });
    await expect(client.send(new CreateFunctionCommand({ ...create, FunctionName: "f0" }))).rejects.toMatchObject({ name: "ResourceConflictException", $metadata: { httpStatusCode: 409 } });
  }, 60_000);
});

const version = (() => {
  try {
    return execFileSync("aws", ["--version"], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
})();
if (!version) console.log("AWS CLI: not installed, so its checks are skipped (apt-get install awscli gives one).");

describe.skipIf(!version)(`AWS CLI (${version ?? "not installed"})`, () => {
  const folder = mkdtempSync(join(tmpdir(), "keyhole-lambda-"));
  const aws = (line: string): Promise<{ stdout: string; stderr: string; code: number }> =>
    new Promise((resolve) =>
      execFile("bash", ["-c", line.replaceAll("aws ", `aws --endpoint-url ${endpoint.url} `)], { cwd: folder, env: { ...process.env, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_DEFAULT_REGION: "us-east-1", AWS_PAGER: "" } }, (error, stdout, stderr) =>
        resolve({ stdout, stderr, code: error ? Number(error.code ?? 1) : 0 }),
      ),
    );

  test("create-function with fileb://, wait, invoke to a file, its log, delete", async () => {
    writeFileSync(join(folder, "fn.zip"), zip);
    const made = await aws("aws lambda create-function --function-name hello --runtime python3.13 --role arn:aws:iam::111122223333:role/app --handler lambda_function.lambda_handler --zip-file fileb://fn.zip");
    expect(made).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(made.stdout)).toMatchObject({ FunctionName: "hello", State: "Pending" });
    expect(await aws("aws lambda wait function-active-v2 --function-name hello")).toMatchObject({ code: 0, stderr: "" });
    // Version 1 of the CLI sends a payload as it is; version 2 takes it for base64 unless told otherwise.
    const invoked = await aws(`aws lambda invoke --function-name hello --payload '{"name":"Alice"}' ${version!.startsWith("aws-cli/2") ? "--cli-binary-format raw-in-base64-out " : ""}out.json`);
    expect(invoked).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(invoked.stdout)).toEqual({ StatusCode: 200, ExecutedVersion: "$LATEST" });
    expect(JSON.parse(readFileSync(join(folder, "out.json"), "utf8"))).toMatchObject({ hello: "Alice" });
    const lines = await aws("aws logs filter-log-events --log-group-name /aws/lambda/hello --query events[].message --output json");
    expect(JSON.parse(lines.stdout)).toEqual([expect.stringMatching(/^INIT_START /), expect.stringMatching(/^START RequestId: /), "said hello\n", expect.stringMatching(/^END RequestId: /), expect.stringMatching(/^REPORT RequestId: .*Init Duration: 90\.00 ms/)]);
    expect(await aws("aws lambda update-function-configuration --function-name hello --environment 'Variables={AWS_REGION=x}'")).toMatchObject({ stderr: expect.stringContaining("(InvalidParameterValueException)") });
    expect(await aws("aws lambda delete-function --function-name hello")).toMatchObject({ code: 0 });
    expect(await aws("aws lambda get-function --function-name hello")).toMatchObject({ stderr: expect.stringContaining("An error occurred (ResourceNotFoundException) when calling the GetFunction operation: Function not found: arn:aws:lambda:us-east-1:111122223333:function:hello") });
  }, 120_000);
});
