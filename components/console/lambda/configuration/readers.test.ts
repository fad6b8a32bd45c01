import { expect, test } from "vitest";
import { A, functionLab } from "@/lib/engine/lambda/lambda.test-helper";
import { readersOf, type Reader } from "./readers";
import { countOf } from "./readers-words";

const where = { account: A, region: "us-east-1", name: "f1" };
const who = (readers: Reader[], name: string) => readers.find(({ identity }) => identity.name === name)!;

test("under aws/lambda: whoever may see the configuration reads the variables, and not the secret", async () => {
  const { lab, make, must } = await functionLab();
  await make({ Environment: { Variables: { DB_PASSWORD: "hunter2" } } });
  await must("CreateUser", { UserName: "reader" }, undefined, "iam");
  const Statement = [{ Effect: "Allow", Action: "lambda:GetFunctionConfiguration", Resource: "*" }];
  await must("PutUserPolicy", { UserName: "reader", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) }, undefined, "iam");
  const before = JSON.stringify(lab.snapshot());

  const { readers, problem } = await readersOf(lab, where);
  expect(problem).toBeUndefined();
  expect(who(readers, "reader")).toMatchObject({ variables: { got: "clear" }, secret: { got: "nothing", code: "AccessDeniedException" }, parameter: { got: "nothing", code: "AccessDeniedException" } });
  expect(who(readers, "can-look-at-functions")).toMatchObject({ example: true, variables: { got: "clear" }, secret: { got: "nothing" } });
  expect(who(readers, "root")).toMatchObject({ variables: { got: "clear" }, secret: { got: "clear" }, parameter: { got: "clear" } });
  // The function's own role may not even look at it.
  expect(who(readers, "app")).toMatchObject({ variables: { got: "nothing" } });
  expect(countOf(readers, "variables")).toBe(3);
  expect(countOf(readers, "secret")).toBe(2);
  // Nothing was done to the lab.
  expect(JSON.stringify(lab.snapshot())).toBe(before);
});

test("under a customer managed key: to look is not to read", async () => {
  const { lab, make, must, allowRole } = await functionLab();
  const { KeyMetadata } = await must("CreateKey", {}, undefined, "kms");
  await allowRole([{ Effect: "Allow", Action: "logs:*", Resource: "*" }]);
  await make({ Environment: { Variables: { DB_PASSWORD: "hunter2" } }, KMSKeyArn: KeyMetadata.Arn });
  const { readers } = await readersOf(lab, where);
  expect(who(readers, "can-look-at-functions").variables).toMatchObject({ got: "sealed", code: "AccessDeniedException" });
  expect(who(readers, "admin").variables.got).toBe("clear");
});

test("a value that was encrypted beforehand is read by whoever may also decrypt it", async () => {
  const { lab, make, must } = await functionLab();
  const { KeyMetadata } = await must("CreateKey", {}, undefined, "kms");
  const { CiphertextBlob } = await must("Encrypt", { KeyId: KeyMetadata.KeyId, Plaintext: btoa("hunter2"), EncryptionContext: { LambdaFunctionName: "f1" } }, undefined, "kms");
  await make({ Environment: { Variables: { DB_PASSWORD: CiphertextBlob } } });
  const { readers } = await readersOf(lab, where);
  expect(who(readers, "can-look-at-functions").variables).toMatchObject({ got: "sealed", code: "AccessDeniedException" });
  expect(who(readers, "admin").variables.got).toBe("clear");
});

test("published versions keep what they held", async () => {
  const { lab, make, must } = await functionLab();
  await make({ Environment: { Variables: { DB_PASSWORD: "old" } } });
  await must("PublishVersion", { FunctionName: "f1" });
  await lab.advance(2_000);
  await must("UpdateFunctionConfiguration", { FunctionName: "f1", Environment: { Variables: {} } });
  expect((await readersOf(lab, where)).oldVersions).toEqual(["1"]);
});

test("a function that is not there", async () => {
  const { lab } = await functionLab();
  expect(await readersOf(lab, where)).toMatchObject({ readers: [], problem: expect.stringContaining("ResourceNotFoundException") });
});
