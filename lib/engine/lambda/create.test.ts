import { zipSync } from "fflate/browser";
import { beforeAll, describe, expect, test } from "vitest";
import { loadServices } from "../catalog";
import { toBase64 } from "../crypto/bytes";
import type { JsonObject } from "../types";
import { A, B, adminOf, arnOf, functionLab, roleArn, start, zipOf } from "./lambda.test-helper";
import { limits } from "./zip";

beforeAll(() => loadServices());

test("what is answered at first, and when it is ready", async () => {
  const { must, create, lab } = await functionLab();
  const made = await must("CreateFunction", create({ Description: "d", Tags: { a: "b" } }));
  expect(made).toMatchObject({
    FunctionName: "f1", FunctionArn: arnOf("f1"), Runtime: "python3.13", Role: roleArn, Handler: "lambda_function.lambda_handler", Description: "d", Timeout: 3, MemorySize: 128,
    LastModified: "2026-01-01T00:00:00.000+0000", Version: "$LATEST", State: "Pending", StateReason: "The function is being created.", StateReasonCode: "Creating", PackageType: "Zip",
    Architectures: ["x86_64"], EphemeralStorage: { Size: 512 }, TracingConfig: { Mode: "PassThrough" }, LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/f1" },
  });
  expect(made.LastUpdateStatus).toBeUndefined();
  await lab.advance(2_000);
  const { Configuration, Tags, Concurrency } = await must("GetFunction", { FunctionName: "f1" });
  expect(Configuration).toMatchObject({ State: "Active", LastUpdateStatus: "Successful", RevisionId: made.RevisionId });
  expect(Configuration.StateReason).toBeUndefined();
  expect([Tags, Concurrency]).toEqual([{ a: "b" }, undefined]);
});

test("CodeSha256 is the package's", async () => {
  const { must, create } = await functionLab();
  const zip = zipOf({ "a.py": "1" });
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(atob(zip), (char) => char.charCodeAt(0))));
  expect(await must("CreateFunction", create({ Code: { ZipFile: zip } }))).toMatchObject({ CodeSha256: toBase64(digest), CodeSize: atob(zip).length });
});

const bomb = (): string => toBase64(zipSync(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`z${i}`, new Uint8Array(1024 * 1024)]))));
/** A directory that says that a file has one byte, where it has a thousand. */
const liar = (): string => {
  const zip = zipSync({ a: new Uint8Array(1000) });
  const at = zip.findIndex((_, i) => zip[i] === 0x50 && zip[i + 1] === 0x4b && zip[i + 2] === 1 && zip[i + 3] === 2);
  zip.set([1, 0, 0, 0], at + 24);
  return toBase64(zip);
};

const broken = (): string => {
  const zip = zipSync({ "a.py": [new TextEncoder().encode("print('hello')"), { level: 0 }] });
  zip[40] ^= 1;
  return toBase64(zip);
};

describe("refuses", () => {
  test.each<[string, JsonObject, string | RegExp]>([
    ["what is no zip", { Code: { ZipFile: btoa("hello") } }, "InvalidParameterValueException: Could not unzip uploaded file. Please check your file, then try to upload again."],
    ["a zip that is cut off", { Code: { ZipFile: toBase64(zipSync({ a: new Uint8Array(5000).map((_, i) => (i * 7919) >> 3) }).subarray(0, 500)) } }, /Could not unzip uploaded file/],
    ["a zip that lies about a size", { Code: { ZipFile: liar() } }, /Could not unzip uploaded file/],
    ["a zip with a byte that is another", { Code: { ZipFile: broken() } }, /Could not unzip uploaded file/],
    ["an empty zip", { Code: { ZipFile: toBase64(zipSync({})) } }, "InvalidParameterValueException: Uploaded file must be a non-empty zip"],
    ["nothing", { Code: { ZipFile: "" } }, "InvalidParameterValueException: Uploaded file must be a non-empty zip"],
    ["a zip that gets too large", { Code: { ZipFile: bomb() } }, `InvalidParameterValueException: Unzipped size must be smaller than ${limits.unzipped} bytes in this lab. AWS Lambda's limit is 262144000 bytes.`],
    ["paths that lead out", { Code: { ZipFile: zipOf({ "../../etc/passwd": "x" }) } }, /Could not unzip uploaded file/],
    ["no code", { Code: {} }, "InvalidParameterValueException: Please provide a source for function code."],
    ["code in S3", { Code: { S3Bucket: "bucket", S3Key: "key" } }, /^NotSimulated: .*Amazon S3/],
    ["images", { PackageType: "Image", Code: { ImageUri: "x" } }, /^NotSimulated: .*container images/],
    ["layers", { Layers: [`arn:aws:lambda:us-east-1:${A}:layer:l:1`] }, /^NotSimulated: .*layers/],
    ["VPCs", { VpcConfig: { SubnetIds: ["subnet-12345678"], SecurityGroupIds: ["sg-12345678"] } }, /^NotSimulated: .*VPC/],
    ["no handler", { Handler: undefined }, "InvalidParameterValueException: Runtime and Handler are mandatory parameters for functions created with deployment packages."],
    ["a handler with a space", { Handler: "a b" }, /^ValidationException: 1 validation error detected: Value 'a b' at 'handler' failed to satisfy constraint/],
    ["a runtime of the past", { Runtime: "python3.8" }, "InvalidParameterValueException: The runtime parameter of python3.8 is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions."],
    ["no runtime at all", { Runtime: "cobol" }, /^ValidationException: .*'cobol' at 'runtime'/],
    ["16 minutes", { Timeout: 960 }, "ValidationException: 1 validation error detected: Value '960' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900"],
    ["little memory", { MemorySize: 64 }, /^ValidationException: .*'memorySize'.*greater than or equal to 128/],
    ["much memory", { MemorySize: 10_241 }, /^InvalidParameterValueException: 'MemorySize'/],
    ["a long name", { FunctionName: "f".repeat(65) }, /less than or equal to 64/],
    ["a function of another Region", { FunctionName: `arn:aws:lambda:eu-west-2:${A}:function:f1` }, "ResourceNotFoundException: Functions from 'eu-west-2' are not reachable in this region ('us-east-1')"],
    ["a role for somebody else", { Role: `arn:aws:iam::${A}:role/other` }, "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda."],
    ["no role", { Role: `arn:aws:iam::${A}:role/none` }, "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda."],
    ["another account's role", { Role: `arn:aws:iam::${B}:role/app` }, "AccessDeniedException: Cross-account pass role is not allowed."],
    ["what is no role", { Role: "app" }, /^ValidationException: .*'role'/],
    ["Lambda's own variables", { Environment: { Variables: { AWS_REGION: "x", _HANDLER: "y", OK: "z" } } }, /(Reserved keys used in this request: AWS_REGION)|ValidationException/],
    ["more than 4 KB of variables", { Environment: { Variables: { BIG: "x".repeat(4096) } } }, /exceeded the 4KB limit/],
    ["tags of AWS's own", { Tags: { "aws:x": "1" } }, /reserved/],
  ])("%s", async (_, more, text) => {
    const { fails, create, lab } = await functionLab();
    const before = JSON.stringify(lab.snapshot().records);
    expect(await fails("CreateFunction", create(more))).toMatch(typeof text === "string" ? new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`) : text);
    expect(JSON.stringify(lab.snapshot().records)).toBe(before);
  });

  test("a name that is taken", async () => {
    const { make, fails, create } = await functionLab();
    await make();
    expect(await fails("CreateFunction", create())).toBe("ResourceConflictException: Function already exist: f1");
  });

  test("who may not make functions, and who may not pass the role", async () => {
    const { must, fails, create } = await functionLab();
    await must("CreateUser", { UserName: "eve" }, undefined, "iam");
    const eve = { account: A, user: "eve" };
    expect(await fails("CreateFunction", create(), eve)).toBe(`AccessDeniedException: User: arn:aws:iam::${A}:user/eve is not authorized to perform: lambda:CreateFunction on resource: ${arnOf("f1")} because no identity-based policy allows the lambda:CreateFunction action`);
    const policy = (Statement: object[]): JsonObject => ({ UserName: "eve", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) });
    await must("PutUserPolicy", policy([{ Effect: "Allow", Action: "lambda:*", Resource: "*" }]), undefined, "iam");
    expect(await fails("CreateFunction", create(), eve)).toBe(`AccessDeniedException: User: arn:aws:iam::${A}:user/eve is not authorized to perform: iam:PassRole on resource: ${roleArn} because no identity-based policy allows the iam:PassRole action`);
    await must("PutUserPolicy", policy([{ Effect: "Allow", Action: ["lambda:*"], Resource: "*" }, { Effect: "Allow", Action: "iam:PassRole", Resource: roleArn, Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } } }]), undefined, "iam");
    expect(await fails("CreateFunction", create(), eve)).toMatch(/^ok /);
  });
});

describe("changes", () => {
  test("code: another digest, in progress, then done; the old package is forgotten", async () => {
    const { make, must, lab, fails } = await functionLab();
    const made = await make();
    const updated = await must("UpdateFunctionCode", { FunctionName: "f1", ZipFile: zipOf({ "lambda_function.py": "y" }) });
    expect(updated).toMatchObject({ State: "Active", LastUpdateStatus: "InProgress", LastUpdateStatusReasonCode: "Creating" });
    expect(updated.CodeSha256).not.toBe(made.CodeSha256);
    expect(await fails("UpdateFunctionConfiguration", { FunctionName: "f1", Timeout: 5 })).toBe(`ResourceConflictException: The operation cannot be performed at this time. An update is in progress for resource: ${arnOf("f1")}`);
    await lab.advance(2_000);
    expect(await must("GetFunctionConfiguration", { FunctionName: "f1" })).toMatchObject({ LastUpdateStatus: "Successful" });
    expect(lab.read({ account: A, region: "us-east-1", service: "lambda" }).table("code").size).toBe(1);
  });

  test("configuration: what is given changes, the rest stays; an old revision id is refused", async () => {
    const { make, must, fails, lab } = await functionLab();
    const { RevisionId } = await make({ Description: "kept" });
    expect(await must("UpdateFunctionConfiguration", { FunctionName: "f1", Timeout: 9, MemorySize: 256, RevisionId })).toMatchObject({ Timeout: 9, MemorySize: 256, Description: "kept", Handler: "lambda_function.lambda_handler" });
    await lab.advance(2_000);
    expect(await fails("UpdateFunctionConfiguration", { FunctionName: "f1", Timeout: 10, RevisionId })).toMatch(/^PreconditionFailedException: The Revision Id provided does not match/);
  });

  test("while it is being made, nothing can be done with it", async () => {
    const { must, fails, create } = await functionLab();
    await must("CreateFunction", create());
    const pending = "ResourceConflictException: The operation cannot be performed at this time. The function is currently in the following state: Pending";
    for (const [operation, input] of [["Invoke", {}], ["UpdateFunctionCode", { ZipFile: zipOf({ a: "b" }) }], ["UpdateFunctionConfiguration", { Timeout: 4 }], ["PublishVersion", {}]] as const)
      expect(await fails(operation, { FunctionName: "f1", ...input }), operation).toBe(pending);
  });
});

describe("versions and aliases", () => {
  test("a version stays as it was; the same again is no new one; numbers are never used twice", async () => {
    const { make, must, fails, lab } = await functionLab();
    await make({ Timeout: 5 });
    expect(await must("PublishVersion", { FunctionName: "f1", Description: "first" })).toMatchObject({ Version: "1", FunctionArn: `${arnOf("f1")}:1`, Description: "first" });
    await lab.advance(2_000);
    expect((await must("PublishVersion", { FunctionName: "f1" })).Version).toBe("1");
    await must("UpdateFunctionConfiguration", { FunctionName: "f1", Timeout: 6 });
    await lab.advance(2_000);
    expect((await must("PublishVersion", { FunctionName: "f1" })).Version).toBe("2");
    expect((await must("GetFunctionConfiguration", { FunctionName: "f1", Qualifier: "1" })).Timeout).toBe(5);
    expect((await must("GetFunctionConfiguration", { FunctionName: "f1:2" })).Timeout).toBe(6);
    expect((await must("ListVersionsByFunction", { FunctionName: "f1" })).Versions.map(({ Version }: { Version: string }) => Version)).toEqual(["$LATEST", "1", "2"]);
    expect(await fails("GetFunction", { FunctionName: "f1", Qualifier: "7" })).toBe(`ResourceNotFoundException: Function not found: ${arnOf("f1")}:7`);
    await must("DeleteFunction", { FunctionName: "f1" });
    await make();
    expect((await must("PublishVersion", { FunctionName: "f1" })).Version).toBe("3");
  });

  test("an alias is made, moved, found by its ARN, and holds its version", async () => {
    const { make, must, fails, lab, invoke, runs } = await functionLab();
    await make();
    await must("PublishVersion", { FunctionName: "f1" });
    await lab.advance(2_000);
    const alias = await must("CreateAlias", { FunctionName: "f1", Name: "prod", FunctionVersion: "1" });
    expect(alias).toMatchObject({ AliasArn: `${arnOf("f1")}:prod`, Name: "prod", FunctionVersion: "1", Description: "" });
    expect(await fails("CreateAlias", { FunctionName: "f1", Name: "prod", FunctionVersion: "1" })).toBe(`ResourceConflictException: Alias already exists: ${arnOf("f1")}:prod`);
    expect(await fails("CreateAlias", { FunctionName: "f1", Name: "next", FunctionVersion: "9" })).toBe(`ResourceNotFoundException: Function not found: ${arnOf("f1")}:9`);
    expect(await invoke({}, { FunctionName: `${arnOf("f1")}:prod` })).toMatchObject({ ExecutedVersion: "1" });
    expect(runs[0]).toMatchObject({ functionArn: `${arnOf("f1")}:prod`, functionVersion: "1" });
    expect(await fails("DeleteFunction", { FunctionName: "f1", Qualifier: "1" })).toMatch(/^ResourceConflictException: .*prod/);
    expect(await must("UpdateAlias", { FunctionName: "f1", Name: "prod", FunctionVersion: "$LATEST", Description: "now" })).toMatchObject({ FunctionVersion: "$LATEST", Description: "now" });
    await must("DeleteFunction", { FunctionName: "f1", Qualifier: "1" });
    expect((await must("ListAliases", { FunctionName: "f1" })).Aliases).toHaveLength(1);
    await must("DeleteAlias", { FunctionName: "f1", Name: "prod" });
    await must("DeleteAlias", { FunctionName: "f1", Name: "prod" });
    expect(await fails("GetAlias", { FunctionName: "f1", Name: "prod" })).toBe(`ResourceNotFoundException: Cannot find alias arn: ${arnOf("f1")}:prod`);
  });

  test("weights: both versions run", async () => {
    const { make, must, lab, invoke } = await functionLab();
    await make();
    await must("PublishVersion", { FunctionName: "f1" });
    await lab.advance(2_000);
    await must("UpdateFunctionConfiguration", { FunctionName: "f1", Timeout: 6 });
    await lab.advance(2_000);
    await must("PublishVersion", { FunctionName: "f1" });
    await lab.advance(2_000);
    await must("CreateAlias", { FunctionName: "f1", Name: "canary", FunctionVersion: "1", RoutingConfig: { AdditionalVersionWeights: { "2": 0.5 } } });
    const seen = new Set<string>();
    for (let i = 0; i < 20; i++) seen.add((await invoke({}, { Qualifier: "canary" })).ExecutedVersion);
    expect([...seen].sort()).toEqual(["1", "2"]);
  });
});

test("DeleteFunction leaves nothing but the version's number and the log", async () => {
  const { make, must, lab, invoke } = await functionLab();
  await make({ Environment: { Variables: { KEY: "x" } } });
  await must("AddPermission", { FunctionName: "f1", StatementId: "s", Action: "lambda:InvokeFunction", Principal: "events.amazonaws.com" });
  await must("PutFunctionEventInvokeConfig", { FunctionName: "f1", MaximumRetryAttempts: 0 });
  await invoke();
  await must("Invoke", { FunctionName: "f1", InvocationType: "Event" });
  await must("DeleteFunction", { FunctionName: "f1" });
  const kept = Object.keys(lab.snapshot().records[A]["us-east-1"].lambda ?? {});
  expect(kept).toEqual(["former"]);
  expect(lab.upcoming().filter(({ service }) => service === "lambda")).toEqual([]);
  expect(lab.snapshot().records.global.global.sts?.sessions ?? []).toEqual([]);
  expect(Object.keys(lab.snapshot().records[A]["us-east-1"].logs)).toContain("batches");
});

test("pages of functions by marker; a marker that is none is refused", async () => {
  const { must, create, fails, lab } = await functionLab();
  for (let i = 0; i < 60; i++) await must("CreateFunction", create({ FunctionName: `f${String(i).padStart(2, "0")}` }));
  const first = await must("ListFunctions", { MaxItems: 10_000 });
  expect(first.Functions).toHaveLength(50);
  const second = await must("ListFunctions", { Marker: first.NextMarker });
  expect(second.Functions.map(({ FunctionName }: { FunctionName: string }) => FunctionName)).toEqual(Array.from({ length: 10 }, (_, i) => `f${50 + i}`));
  expect(second.NextMarker).toBeUndefined();
  expect(await fails("ListFunctions", { Marker: "???" })).toMatch(/^InvalidParameterValueException/);
  expect(lab.now()).toBe(start);
});

test("another account sees nothing, unless it is let in", async () => {
  const { make, fails, must } = await functionLab();
  await make();
  expect(await fails("GetFunction", { FunctionName: arnOf("f1") }, adminOf(B))).toMatch(/^AccessDeniedException: User: arn:aws:iam::444455556666:user\/admin is not authorized to perform: lambda:GetFunction on resource: .*because no resource-based policy allows the lambda:GetFunction action$/);
  await must("AddPermission", { FunctionName: "f1", StatementId: "b", Action: "lambda:GetFunction", Principal: B });
  expect(await fails("GetFunction", { FunctionName: arnOf("f1") }, adminOf(B))).toMatch(/^ok /);
});
