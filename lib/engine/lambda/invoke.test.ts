import { beforeAll, describe, expect, test } from "vitest";
import { loadServices } from "../catalog";
import { fromBase64 } from "../crypto/bytes";
import type { FunctionAnswer, JsonObject } from "../types";
import { A, B, adminOf, arnOf, base64, functionLab, roleArn } from "./lambda.test-helper";

beforeAll(() => loadServices());

const id = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}";

describe("what an invocation answers", () => {
  test.each<[string, Partial<FunctionAnswer>, unknown, string | undefined]>([
    ["a value", { payload: '{"a":[1]}' }, { a: [1] }, undefined],
    ["an error that the handler raised", { outcome: "raised", payload: '{"errorMessage":"x","errorType":"ValueError","stackTrace":[]}' }, { errorMessage: "x", errorType: "ValueError", stackTrace: [] }, "Unhandled"],
    ["a timeout", { outcome: "timed-out", duration: 3000 }, { errorType: "Sandbox.Timedout", errorMessage: expect.stringMatching(new RegExp(`^RequestId: ${id} Error: Task timed out after 3\\.00 seconds$`)) }, "Unhandled"],
    ["no memory left", { outcome: "out-of-memory" }, { errorType: "Runtime.OutOfMemory", errorMessage: expect.stringMatching(new RegExp(`^RequestId: ${id} Error: Runtime exited with error: signal: killed$`)) }, "Unhandled"],
    ["an exit", { outcome: "exited", payload: "3" }, { errorType: "Runtime.ExitError", errorMessage: expect.stringMatching(/Error: Runtime exited with error: exit status 3$/) }, "Unhandled"],
    ["an exit that says nothing", { outcome: "exited", payload: "null" }, { errorType: "Runtime.ExitError", errorMessage: expect.stringMatching(/Error: Runtime exited without providing a reason$/) }, "Unhandled"],
    ["too much", { payload: JSON.stringify("x".repeat(6_400_000)) }, { errorType: "Function.ResponseSizeTooLarge", errorMessage: "Response payload size exceeded maximum allowed payload size (6291556 bytes)." }, "Unhandled"],
  ])("%s", async (_, answer, payload, error) => {
    const { make, invoke } = await functionLab(async () => answer);
    await make();
    const reply = await invoke();
    expect(reply).toMatchObject({ StatusCode: 200, ExecutedVersion: "$LATEST", payload });
    expect(reply.FunctionError).toBe(error);
  });

  test.each<[string, JsonObject, string]>([
    ["what is no JSON", { Payload: btoa("hello") }, `InvalidRequestContentException: Could not parse request body into json: Could not parse payload into json: Unrecognized token 'hello': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: (byte[])"hello"; line: 1, column: 6]`],
    ["a stray character", { Payload: btoa("<x>") }, `InvalidRequestContentException: Could not parse request body into json: Could not parse payload into json: Unexpected character ('<' (code 60)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: (byte[])"<x>"; line: 1, column: 2]`],
    ["6 MB and one byte", { Payload: base64(" ".repeat(6 * 1024 * 1024) + "1") }, "RequestTooLargeException: 6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)"],
    ["1 MB and one byte, asynchronously", { InvocationType: "Event", Payload: base64(" ".repeat(1024 * 1024) + "1") }, "RequestTooLargeException: 1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)"],
    ["no function", { FunctionName: "none" }, `ResourceNotFoundException: Function not found: ${arnOf("none")}`],
    ["no such version", { Qualifier: "4" }, `ResourceNotFoundException: Function not found: ${arnOf("f1")}:4`],
    ["two qualifiers", { FunctionName: "f1:1", Qualifier: "2" }, "InvalidParameterValueException: The derived qualifier from the function name does not match the specified qualifier."],
  ])("refuses %s", async (_, input, text) => {
    const { make, fails, runs } = await functionLab();
    await make();
    expect(await fails("Invoke", { FunctionName: "f1", ...input })).toBe(text);
    expect(runs).toEqual([]);
  });

  test("an event that is not given is an empty object", async () => {
    const { make, must, runs } = await functionLab();
    await make();
    await must("Invoke", { FunctionName: "f1" });
    expect(runs[0].event).toBe("{}");
  });

  test("DryRun runs nothing", async () => {
    const { make, must, runs } = await functionLab();
    await make();
    expect(await must("Invoke", { FunctionName: "f1", InvocationType: "DryRun" })).toEqual({ StatusCode: 204 });
    expect(runs).toEqual([]);
  });

  test.each(["java21", "dotnet8", "ruby3.4", "provided.al2023"])("%s is made as anywhere, and says by name that it does not run here", async (Runtime) => {
    const { make, fails } = await functionLab();
    await make({ Runtime });
    expect(await fails("Invoke", { FunctionName: "f1" })).toBe(`NotSimulated: Keyhole does not simulate running functions of the runtime ${Runtime}: this lab runs Python and Node.js. AWS Lambda has it; this lab does not.`);
  });
});

describe("the log", () => {
  const program = async (): Promise<Partial<FunctionAnswer>> => ({ payload: "1", output: "one\ntwo\n", duration: 12.345, initDuration: 210.5, memoryUsed: 41.2 });

  test("an event may have several lines", async () => {
    const { make, invoke, messages } = await functionLab(async () => ({ output: "one\n[ERROR] ValueError: x\rTraceback (most recent call last):\r  File\n" }));
    await make();
    await invoke();
    expect((await messages()).slice(2, 4)).toEqual(["one\n", "[ERROR] ValueError: x\nTraceback (most recent call last):\n  File\n"]);
  });

  test("of a cold start, then of a warm one: the same stream, no INIT", async () => {
    const { make, invoke, must, messages, lab } = await functionLab(program);
    await make();
    const { log } = await invoke({}, { LogType: "Tail" });
    await lab.advance(1_000);
    await invoke();
    const request = /RequestId: (\S+)/.exec(log)![1];
    expect((await messages()).slice(0, 6)).toEqual([
      "INIT_START Runtime Version: python:3.13\n", `START RequestId: ${request} Version: $LATEST\n`, "one\n", "two\n", `END RequestId: ${request}\n`,
      `REPORT RequestId: ${request}\tDuration: 12.35 ms\tBilled Duration: 223 ms\tMemory Size: 128 MB\tMax Memory Used: 42 MB\tInit Duration: 210.50 ms\t\n`,
    ]);
    expect((await messages()).slice(6)[4]).toMatch(/Duration: 12\.35 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 42 MB\t\n$/);
    expect(log).toBe((await messages()).slice(1, 6).join(""));
    const { logStreams } = await must("DescribeLogStreams", { logGroupName: "/aws/lambda/f1" }, undefined, "logs");
    expect(logStreams.map(({ logStreamName }: { logStreamName: string }) => logStreamName)).toEqual([expect.stringMatching(/^2026\/01\/01\/\[\$LATEST\][0-9a-f]{32}$/)]);
    await lab.advance(20 * 60_000);
    await invoke();
    expect((await must("DescribeLogStreams", { logGroupName: "/aws/lambda/f1" }, undefined, "logs")).logStreams).toHaveLength(2);
  });

  test.each<[string, Partial<FunctionAnswer>, RegExp[]]>([
    ["a timeout", { outcome: "timed-out", duration: 3000 }, [/^2026-01-01T00:00:05\.000Z \S+ Task timed out after 3\.00 seconds\n\n$/, /^END/, /^REPORT .*Duration: 3000\.00 ms\tBilled Duration: 3000 ms.*\tStatus: timeout\t\n$/]],
    ["no memory left", { outcome: "out-of-memory" }, [/^RequestId: \S+ Error: Memory Size: 128 MB Max Memory Used: 128 MB, Runtime exited with error: signal: killed\nRuntime\.OutOfMemory\n$/, /^END/, /^REPORT .*Max Memory Used: 128 MB\tStatus: error\tError Type: Runtime\.OutOfMemory\t\n$/]],
    ["an exit", { outcome: "exited", payload: "1" }, [/^RequestId: \S+ Error: Runtime exited with error: exit status 1\nRuntime\.ExitError\n$/, /^END/, /^REPORT .*\tStatus: error\tError Type: Runtime\.ExitError\t\n$/]],
    ["a module that is not there", { outcome: "raised", payload: '{"errorType":"Runtime.ImportModuleError","errorMessage":"x"}' }, [/^END/, /^REPORT .*\tStatus: error\tError Type: Runtime\.ImportModuleError\t\n$/]],
    ["an error of the handler's", { outcome: "raised", payload: '{"errorType":"KeyError","errorMessage":"x"}' }, [/^END/, /^REPORT .*Max Memory Used: 40 MB\t\n$/]],
  ])("of %s", async (_, answer, last) => {
    const { make, invoke, messages } = await functionLab(async () => answer);
    await make();
    await invoke();
    const lines = (await messages()).slice(-last.length);
    lines.forEach((line, i) => expect(line).toMatch(last[i]));
  });

  test("the last 4 KB of it, with LogType Tail", async () => {
    const { make, must } = await functionLab(async () => ({ output: `${"é".repeat(5000)}\n` }));
    await make();
    const { LogResult } = await must("Invoke", { FunctionName: "f1", LogType: "Tail" });
    expect(fromBase64(LogResult)).toHaveLength(4096);
  });

  test.each<[string, object[], string[]]>([
    ["no permission at all", [], ["ResourceNotFoundException"]],
    ["no permission to make the group", [{ Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*" }], ["ResourceNotFoundException"]],
    ["another function's group", [{ Effect: "Allow", Action: "logs:*", Resource: `arn:aws:logs:us-east-1:${A}:log-group:/aws/lambda/other:*` }], ["ResourceNotFoundException"]],
    ["its own group, without the streams", [{ Effect: "Allow", Action: "logs:CreateLogGroup", Resource: `arn:aws:logs:us-east-1:${A}:*` }, { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `arn:aws:logs:us-east-1:${A}:log-group:/aws/lambda/f1` }], ["ResourceNotFoundException"]],
  ])("with %s there is none, and the function runs all the same", async (_, statements, seen) => {
    const { make, invoke, messages } = await functionLab(undefined, statements);
    await make();
    expect((await invoke()).payload).toBe("ok");
    expect(await messages()).toEqual(seen);
  });

  test("with the policy that the Lambda console writes there is one", async () => {
    const { make, invoke, messages } = await functionLab(undefined, [
      { Effect: "Allow", Action: "logs:CreateLogGroup", Resource: `arn:aws:logs:us-east-1:${A}:*` },
      { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: [`arn:aws:logs:us-east-1:${A}:log-group:/aws/lambda/f1:*`] },
    ]);
    await make();
    await invoke();
    expect(await messages()).toHaveLength(4);
  });
});

describe("who may invoke", () => {
  const eve = { account: A, user: "eve" };
  const policy = (Resource: string): JsonObject => ({ UserName: "eve", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "lambda:InvokeFunction", Resource }] }) });

  test("its own policies decide; the bare ARN is not the alias", async () => {
    const { make, must, fails } = await functionLab();
    await make();
    await must("CreateUser", { UserName: "eve" }, undefined, "iam");
    await must("CreateAlias", { FunctionName: "f1", Name: "prod", FunctionVersion: "$LATEST" });
    expect(await fails("Invoke", { FunctionName: "f1" }, eve)).toBe(`AccessDeniedException: User: arn:aws:iam::${A}:user/eve is not authorized to perform: lambda:InvokeFunction on resource: ${arnOf("f1")} because no identity-based policy allows the lambda:InvokeFunction action`);
    await must("PutUserPolicy", policy(arnOf("f1")), undefined, "iam");
    expect(await fails("Invoke", { FunctionName: "f1" }, eve)).toMatch(/^ok/);
    expect(await fails("Invoke", { FunctionName: "f1:prod" }, eve)).toMatch(/on resource: \S+:function:f1:prod because/);
    await must("PutUserPolicy", policy(`${arnOf("f1")}:*`), undefined, "iam");
    expect(await fails("Invoke", { FunctionName: "f1:prod" }, eve)).toMatch(/^ok/);
    expect(await fails("Invoke", { FunctionName: "f1" }, eve)).toMatch(/^AccessDenied/);
  });

  test("another account by the function's policy; it runs in the owner's account", async () => {
    const { make, must, fails, invoke, runs, messages } = await functionLab();
    await make();
    expect(await fails("Invoke", { FunctionName: arnOf("f1") }, adminOf(B))).toMatch(/^AccessDeniedException: .*because no resource-based policy allows the lambda:InvokeFunction action$/);
    const { Statement } = await must("AddPermission", { FunctionName: "f1", StatementId: "b", Action: "lambda:InvokeFunction", Principal: B });
    expect(JSON.parse(Statement)).toEqual({ Sid: "b", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${B}:root` }, Action: "lambda:InvokeFunction", Resource: arnOf("f1") });
    expect((await invoke({}, { FunctionName: arnOf("f1") }, adminOf(B))).payload).toBe("ok");
    expect(runs[0]).toMatchObject({ account: A, functionArn: arnOf("f1") });
    expect(await messages()).toHaveLength(4);
    await must("RemovePermission", { FunctionName: "f1", StatementId: "b" });
    expect(await fails("Invoke", { FunctionName: arnOf("f1") }, adminOf(B))).toMatch(/^AccessDenied/);
  });

  test("permissions: what is refused", async () => {
    const { make, must, fails } = await functionLab();
    await make();
    const permission = { FunctionName: "f1", StatementId: "s", Action: "lambda:InvokeFunction", Principal: "events.amazonaws.com" };
    expect(await fails("GetPolicy", { FunctionName: "f1" })).toBe("ResourceNotFoundException: The resource you requested does not exist.");
    const made = await must("AddPermission", { ...permission, SourceArn: `arn:aws:events:us-east-1:${A}:rule/r`, SourceAccount: A });
    expect(JSON.parse(made.Statement)).toEqual({ Sid: "s", Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "lambda:InvokeFunction", Resource: arnOf("f1"), Condition: { StringEquals: { "AWS:SourceAccount": A }, ArnLike: { "AWS:SourceArn": `arn:aws:events:us-east-1:${A}:rule/r` } } });
    expect(await fails("AddPermission", permission)).toBe("ResourceConflictException: The statement id (s) provided already exists. Please provide a new statement id, or remove the existing statement.");
    expect(await fails("AddPermission", { ...permission, StatementId: "t", Principal: "nonsense" })).toBe("InvalidParameterValueException: The provided principal was invalid. Please check the principal and try again.");
    expect(await fails("AddPermission", { ...permission, StatementId: "t", Principal: `arn:aws:iam::${A}:user/nobody` })).toMatch(/^InvalidParameterValueException/);
    expect(await fails("AddPermission", { ...permission, StatementId: "t", Qualifier: "$LATEST" })).toBe("InvalidParameterValueException: We currently do not support adding policies for $LATEST.");
    expect(await fails("RemovePermission", { FunctionName: "f1", StatementId: "zz" })).toBe("ResourceNotFoundException: Statement zz is not found in resource policy.");
    expect(JSON.parse((await must("GetPolicy", { FunctionName: "f1" })).Policy)).toMatchObject({ Version: "2012-10-17", Id: "default", Statement: [{ Sid: "s" }] });
  });

  test("a policy ends at 20 KB", async () => {
    const { make, must, call } = await functionLab();
    await make();
    for (let i = 0; ; i++) {
      const reply = await call("AddPermission", { FunctionName: "f1", StatementId: `s${i}`, Action: "lambda:InvokeFunction", Principal: "events.amazonaws.com", SourceArn: `arn:aws:events:us-east-1:${A}:rule/${"r".repeat(1000)}` });
      if (reply.ok) continue;
      expect([i, reply.error.code]).toEqual([16, "PolicyLengthExceededException"]);
      break;
    }
    expect(JSON.parse((await must("GetPolicy", { FunctionName: "f1" })).Policy).Statement).toHaveLength(16);
  });
});

describe("the execution role", () => {
  test("whose trust is gone: the function does not run", async () => {
    const { make, must, fails, lab } = await functionLab();
    await make();
    await must("UpdateAssumeRolePolicy", { RoleName: "app", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }] }) }, undefined, "iam");
    expect(await fails("Invoke", { FunctionName: "f1" })).toBe("AccessDeniedException: The role defined for the function cannot be assumed by Lambda.");
    expect(lab.journal.at(-1)!.changes).toEqual([]);
  });

  test("that is made anew is another role: its old credentials end", async () => {
    const { make, must, invoke, runs } = await functionLab(undefined, []);
    await make();
    await invoke();
    await must("DeleteRole", { RoleName: "app" }, undefined, "iam");
    await must("CreateRole", { RoleName: "app", AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] }) }, undefined, "iam");
    await invoke();
    expect(new Set(runs.map(({ environment }) => environment.AWS_ACCESS_KEY_ID)).size).toBe(2);
  });

  test("its credentials are the session's, and the same while the environment is warm", async () => {
    const { make, invoke, runs, call, lab } = await functionLab(undefined, [{ Effect: "Allow", Action: "ssm:*", Resource: "*" }]);
    await make();
    await invoke();
    await invoke();
    expect(runs[1].environment.AWS_ACCESS_KEY_ID).toBe(runs[0].environment.AWS_ACCESS_KEY_ID);
    const { AWS_ACCESS_KEY_ID: accessKeyId } = runs[0].environment;
    const me = await call("GetCallerIdentity", {}, { accessKeyId }, "sts");
    expect(me.ok && me.output.Arn).toBe(`arn:aws:sts::${A}:assumed-role/app/f1`);
    await lab.advance(3_600_000);
    expect(await call("GetCallerIdentity", {}, { accessKeyId }, "sts")).toMatchObject({ ok: false, error: { code: "ExpiredToken" } });
    await invoke();
    expect(runs[2].environment.AWS_ACCESS_KEY_ID).not.toBe(accessKeyId);
  });
});

describe("limits", () => {
  test("reserved concurrency of nothing: throttled, and asynchronous events wait", async () => {
    const { make, must, call, runs, lab } = await functionLab();
    await make();
    await must("PutFunctionConcurrency", { FunctionName: "f1", ReservedConcurrentExecutions: 0 });
    expect(await must("GetFunctionConcurrency", { FunctionName: "f1" })).toEqual({ ReservedConcurrentExecutions: 0 });
    const reply = await call("Invoke", { FunctionName: "f1" });
    expect(reply).toMatchObject({ ok: false, error: { code: "TooManyRequestsException", message: "Rate Exceeded.", status: 429, fields: { Reason: "ReservedFunctionConcurrentInvocationLimitExceeded", Type: "User" } } });
    await must("Invoke", { FunctionName: "f1", InvocationType: "Event" });
    await lab.advance(60_000);
    expect(runs).toEqual([]);
    await must("DeleteFunctionConcurrency", { FunctionName: "f1" });
    await lab.advance(10 * 60_000);
    expect(runs).toHaveLength(1);
    expect(await must("GetFunctionConcurrency", { FunctionName: "f1" })).toEqual({});
  });

  test("an event that waited six hours is dropped", async () => {
    const { make, must, runs, lab } = await functionLab();
    await make();
    await must("PutFunctionConcurrency", { FunctionName: "f1", ReservedConcurrentExecutions: 0 });
    await must("Invoke", { FunctionName: "f1", InvocationType: "Event" });
    await lab.advance(7 * 3_600_000);
    expect(lab.read({ account: A, region: "us-east-1", service: "lambda" }).table("queue").size).toBe(0);
    expect(runs).toEqual([]);
    expect(lab.journal.filter(({ kind }) => kind === "job").length).toBeLessThan(100);
  });

  test("more than the account has", async () => {
    const { make, fails } = await functionLab();
    await make();
    expect(await fails("PutFunctionConcurrency", { FunctionName: "f1", ReservedConcurrentExecutions: 901 })).toBe("InvalidParameterValueException: Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].");
  });

  test("tries of asynchronous events as its configuration says", async () => {
    const { make, must, fails, runs, lab } = await functionLab(async () => ({ outcome: "raised", payload: "{}" }));
    await make();
    expect(await fails("GetFunctionEventInvokeConfig", { FunctionName: "f1" })).toBe(`ResourceNotFoundException: The function ${arnOf("f1")}:$LATEST doesn't have an EventInvokeConfig`);
    expect(await must("PutFunctionEventInvokeConfig", { FunctionName: "f1", MaximumRetryAttempts: 0 })).toEqual({ LastModified: lab.now() / 1000, FunctionArn: `${arnOf("f1")}:$LATEST`, MaximumRetryAttempts: 0, DestinationConfig: { OnSuccess: {}, OnFailure: {} } });
    expect(await fails("PutFunctionEventInvokeConfig", { FunctionName: "f1", DestinationConfig: { OnFailure: { Destination: `arn:aws:sqs:us-east-1:${A}:q` } } })).toMatch(/^NotSimulated: .*destinations/);
    await must("Invoke", { FunctionName: "f1", InvocationType: "Event" });
    await lab.advance(3_600_000);
    expect(runs).toHaveLength(1);
  });
});

test("what it costs: a request, memory by time, and what the log took in", async () => {
  const { make, invoke, lab } = await functionLab(async () => ({ duration: 100 }));
  await make({ MemorySize: 512 });
  await invoke();
  const { trace } = lab.journal.at(-1)!;
  expect(trace.cost).toEqual([{ item: "lambda:request", quantity: 1 }, { item: "lambda:gb-second", quantity: 0.05 }]);
  const ledger = lab.read({ account: A, region: "us-east-1", service: "billing" }).table<{ quantity: number }>("ledger");
  expect(ledger.get("2026-01 logs:ingested-gb")!.quantity).toBeGreaterThan(0);
  expect(ledger.get("2026-01 lambda:request")!.quantity).toBe(1);
});

test("a role's ARN and what Lambda did with it stand in the trace", async () => {
  const { make, invoke, lab } = await functionLab();
  await make();
  await invoke();
  const called = lab.journal.at(-1)!.trace.steps.flatMap((step) => (step.kind === "call" ? [`${step.trace.service}:${step.trace.operation} by ${step.trace.principal}`] : []));
  const session = `arn:aws:sts::${A}:assumed-role/app/f1`;
  expect(called[0]).toMatch(/^sts:AssumeRole by /);
  expect(called.slice(1)).toEqual(["PutLogEvents", "CreateLogStream", "CreateLogGroup", "CreateLogStream", "PutLogEvents"].map((operation) => `logs:${operation} by ${session}`));
  expect(roleArn).toContain("app");
});
