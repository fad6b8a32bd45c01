import { beforeAll, describe, expect, test } from "vitest";
import { loadServices } from "../catalog";
import type { JsonObject } from "../types";
import { A, arnOf, functionLab, roleArn } from "./lambda.test-helper";

beforeAll(() => loadServices());

const variables = { Environment: { Variables: { DB_PASSWORD: "s3cret" } } };
const eve = { account: A, user: "eve" };
const own = (environment: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(environment).filter(([name]) => name === "DB_PASSWORD"));

/** A lab with a customer managed key, and eve who may do what the statements say. */
async function withKey(statements: object[] = []) {
  const world = await functionLab();
  const { KeyMetadata } = await world.must("CreateKey", {}, undefined, "kms");
  await world.must("CreateUser", { UserName: "eve" }, undefined, "iam");
  const allowEve = (Statement: object[]): Promise<unknown> => world.must("PutUserPolicy", { UserName: "eve", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) }, undefined, "iam");
  if (statements.length) await allowEve(statements);
  return { ...world, key: KeyMetadata.Arn as string, allowEve };
}

test("under aws/lambda: at rest nothing is to be read, the function and who may decrypt read it", async () => {
  const { make, must, lab, invoke, runs } = await functionLab();
  expect((await make(variables)).Environment).toEqual(variables.Environment);
  const { lambda } = lab.snapshot().records[A]["us-east-1"];
  expect(JSON.stringify(lambda)).not.toContain("s3cret");
  const [[, row]] = lambda.versions as [string, { environment: { keyArn: string } }][];
  expect((await must("DescribeKey", { KeyId: "alias/aws/lambda" }, undefined, "kms")).KeyMetadata).toMatchObject({ Arn: row.environment.keyArn, KeyManager: "AWS" });
  expect((await must("GetFunctionConfiguration", { FunctionName: "f1" })).Environment).toEqual(variables.Environment);
  await invoke();
  expect(own(runs[0].environment)).toEqual({ DB_PASSWORD: "s3cret" });
  const kms = lab.journal.at(-1)!.trace.steps.find((step) => step.kind === "call" && step.trace.service === "kms");
  expect(kms?.kind === "call" && kms.trace).toMatchObject({ operation: "Decrypt", via: ["lambda"], principal: `arn:aws:sts::${A}:assumed-role/app/f1` });
  expect(JSON.stringify(kms)).toContain(`"aws:lambda:FunctionArn":"${arnOf("f1")}"`);
});

test("no variables: no key, and none to be read", async () => {
  const { make, must, fails } = await functionLab();
  expect((await make()).Environment).toBeUndefined();
  expect(await fails("ListGrants", { KeyId: "alias/aws/lambda" }, undefined, "kms")).toMatch(/NotFound/);
  await must("UpdateFunctionConfiguration", { FunctionName: "f1", Environment: { Variables: {} } });
});

describe("under a customer managed key", () => {
  test("the caller encrypts and makes a grant by which the role decrypts, with no policy of its own", async () => {
    const { make, must, invoke, runs, key } = await withKey();
    expect(await make({ ...variables, KMSKeyArn: key })).toMatchObject({ KMSKeyArn: key, Environment: variables.Environment });
    expect((await must("ListGrants", { KeyId: key }, undefined, "kms")).Grants).toEqual([
      expect.objectContaining({ GranteePrincipal: roleArn, Operations: ["Decrypt"], Constraints: { EncryptionContextEquals: { "aws:lambda:FunctionArn": arnOf("f1") } } }),
    ]);
    await invoke();
    expect(own(runs[0].environment)).toEqual({ DB_PASSWORD: "s3cret" });
  });

  test.each<[string, string, string]>([
    ["encrypt", "kms:CreateGrant", "Lambda was unable to encrypt your environment variables because the KMS key could not be used. Please check your KMS key settings. KMS Exception: AccessDeniedException KMS Message: User: arn:aws:iam::111122223333:user/eve is not authorized to perform: kms:Encrypt"],
    ["make grants", "kms:Encrypt", "Lambda was unable to configure access to your environment variables because the KMS key is invalid for CreateGrant. Please check your KMS key settings. KMS Exception: AccessDeniedException KMS Message: User: arn:aws:iam::111122223333:user/eve is not authorized to perform: kms:CreateGrant"],
  ])("who may not %s cannot set it", async (_, allowed, text) => {
    const { fails, create, key } = await withKey([{ Effect: "Allow", Action: ["lambda:*", "iam:PassRole", allowed], Resource: "*" }]);
    expect(await fails("CreateFunction", create({ ...variables, KMSKeyArn: key }), eve)).toMatch(new RegExp(`^InvalidParameterValueException: ${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`));
  });

  test("who may not decrypt sees why in place of the variables, wherever they are shown", async () => {
    const { make, must, key } = await withKey([{ Effect: "Allow", Action: "lambda:*", Resource: "*" }]);
    await make({ ...variables, KMSKeyArn: key });
    const Error = { ErrorCode: "AccessDeniedException", Message: expect.stringMatching(/^Lambda was unable to decrypt your environment variables because the KMS access was denied\. .* is not authorized to perform: kms:Decrypt on resource/) };
    expect((await must("GetFunctionConfiguration", { FunctionName: "f1" }, eve)).Environment).toEqual({ Error });
    expect((await must("GetFunction", { FunctionName: "f1" }, eve)).Configuration.Environment).toEqual({ Error });
    expect((await must("ListFunctions", {}, eve)).Functions[0].Environment).toEqual({ Error });
  });

  test.each<[string, string, JsonObject, string]>([
    ["disabled", "DisableKey", {}, "KMSDisabledException"],
    ["about to be deleted", "ScheduleKeyDeletion", { PendingWindowInDays: 7 }, "KMSInvalidStateException"],
  ])("a key that is %s: the function does not begin", async (_, operation, input, code) => {
    const { make, must, call, runs, key } = await withKey();
    await make({ ...variables, KMSKeyArn: key });
    await must(operation, { KeyId: key, ...input }, undefined, "kms");
    expect(await call("Invoke", { FunctionName: "f1" })).toMatchObject({ ok: false, error: { code, status: 502, message: expect.stringMatching(/^Lambda was unable to decrypt the environment variables because .* Please check the function's KMS key settings\. KMS Exception: /) } });
    expect(runs).toEqual([]);
  });

  test("a grant that was taken back: access is denied, until the configuration is written anew", async () => {
    const { make, must, fails, invoke, key, lab, runs } = await withKey();
    await make({ ...variables, KMSKeyArn: key });
    const [{ GrantId }] = (await must("ListGrants", { KeyId: key }, undefined, "kms")).Grants;
    await must("RevokeGrant", { KeyId: key, GrantId }, undefined, "kms");
    expect(await fails("Invoke", { FunctionName: "f1" })).toMatch(/^KMSAccessDeniedException: Lambda was unable to decrypt the environment variables because KMS access was denied\./);
    await must("UpdateFunctionConfiguration", { FunctionName: "f1", ...variables });
    await lab.advance(2_000);
    await invoke();
    expect(own(runs[0].environment)).toEqual({ DB_PASSWORD: "s3cret" });
  });

  test("another key, then none: encrypted anew, and the old grants are gone", async () => {
    const { make, must, invoke, runs, key, lab } = await withKey();
    await make({ ...variables, KMSKeyArn: key });
    const other = (await must("CreateKey", {}, undefined, "kms")).KeyMetadata.Arn as string;
    expect(await must("UpdateFunctionConfiguration", { FunctionName: "f1", KMSKeyArn: other })).toMatchObject({ KMSKeyArn: other, Environment: variables.Environment });
    expect((await must("ListGrants", { KeyId: key }, undefined, "kms")).Grants).toEqual([]);
    await lab.advance(2_000);
    expect((await must("UpdateFunctionConfiguration", { FunctionName: "f1", KMSKeyArn: "" })).KMSKeyArn).toBeUndefined();
    expect((await must("ListGrants", { KeyId: other }, undefined, "kms")).Grants).toEqual([]);
    await lab.advance(2_000);
    await invoke();
    expect(own(runs[0].environment)).toEqual({ DB_PASSWORD: "s3cret" });
  });

  test("a published version keeps its variables and its grant when $LATEST gets others", async () => {
    const { make, must, invoke, runs, key, lab } = await withKey();
    await make({ ...variables, KMSKeyArn: key });
    await must("PublishVersion", { FunctionName: "f1" });
    await lab.advance(2_000);
    await must("UpdateFunctionConfiguration", { FunctionName: "f1", Environment: { Variables: { DB_PASSWORD: "new" } } });
    await lab.advance(2_000);
    await invoke({}, { Qualifier: "1" });
    await invoke();
    expect(runs.map(({ environment }) => environment.DB_PASSWORD)).toEqual(["s3cret", "new"]);
    await must("DeleteFunction", { FunctionName: "f1" });
    expect((await must("ListGrants", { KeyId: key }, undefined, "kms")).Grants).toEqual([]);
  });
});

test("CloudTrail does not show the variables", async () => {
  const { make, must } = await functionLab();
  await make(variables);
  const { Events } = await must("LookupEvents", { LookupAttributes: [{ AttributeKey: "EventSource", AttributeValue: "lambda.amazonaws.com" }] }, undefined, "cloudtrail");
  expect(Events.map(({ EventName }: { EventName: string }) => EventName)).toEqual(["CreateFunction20150331"]);
  expect(JSON.stringify(Events)).not.toContain("s3cret");
});
