import { expect, test } from "vitest";
import { A, adminOf, base64, functionLab } from "@/lib/engine/lambda/lambda.test-helper";
import type { JsonObject } from "@/lib/engine/types";
import type { Ask } from "../../frame/use-load";
import { ciphertextIn } from "../configuration/ciphertexts";
import { loadPolicy } from "../load-functions";
import { decryptPolicy, decryptProgram, variableContext } from "./decrypt-code";
import { problemOfWhole, timeoutOf } from "./numbers";
import { emptyPermission, permissionInput, permissionProblems, type PermissionDraft } from "./permission-draft";

test.each([
  ["0", "3", 3],
  ["15", "0", 900],
  ["", "30", 30],
  ["1", "", 60],
  ["15", "1", undefined],
  ["0", "0", undefined],
  ["0", "60", undefined],
  ["-1", "0", undefined],
  ["1.5", "0", undefined],
  ["a", "0", undefined],
])("a timeout of %j min %j sec", (minutes, seconds, all) => expect(timeoutOf(minutes, seconds)).toBe(all));

test.each([
  ["128", true],
  ["10240", true],
  ["127", false],
  ["10241", false],
  ["", false],
  ["1e3", true],
  ["200.5", false],
])("memory of %j MB, and what Lambda says of it", async (text, fine) => {
  expect(problemOfWhole(text, 128, 10_240, "MB") === undefined).toBe(fine);
  if (text === "" || text.includes(".")) return;
  const { make, fails } = await functionLab();
  await make();
  const answer = await fails("UpdateFunctionConfiguration", { FunctionName: "f1", MemorySize: Number(text) });
  expect(answer.startsWith("ok")).toBe(fine);
});

const permission = (part: Partial<PermissionDraft>): PermissionDraft => ({ ...emptyPermission, sid: "s1", ...part });

test.each<[string, PermissionDraft, object]>([
  ["EventBridge, one rule", permission({ sourceArn: `arn:aws:events:us-east-1:${A}:rule/r` }), { Principal: { Service: "events.amazonaws.com" }, Condition: { ArnLike: { "AWS:SourceArn": `arn:aws:events:us-east-1:${A}:rule/r` } } }],
  ["Secrets Manager, one account", permission({ service: "secretsmanager.amazonaws.com", sourceAccount: A }), { Principal: { Service: "secretsmanager.amazonaws.com" }, Condition: { StringEquals: { "AWS:SourceAccount": A } } }],
  ["another service", permission({ service: "other", principal: "apigateway.amazonaws.com" }), { Principal: { Service: "apigateway.amazonaws.com" } }],
  ["another account", permission({ kind: "account", principal: "444455556666", action: "lambda:GetFunction", sourceArn: "left over" }), { Principal: { AWS: "arn:aws:iam::444455556666:root" }, Action: "lambda:GetFunction" }],
])("a permission for %s is added as it was entered", async (_, draft, statement) => {
  const { make, must, lab } = await functionLab();
  await make();
  expect(permissionProblems(draft)).toEqual({});
  await must("AddPermission", permissionInput({ name: "f1" }, draft));
  const ask: Ask = async (service, operation, input: JsonObject = {}) => {
    const reply = await lab.call({ service, operation, input, caller: adminOf(A) });
    if (!reply.ok) throw new Error(reply.error.code);
    return reply.output as never;
  };
  const [found] = await loadPolicy(ask, { name: "f1" });
  expect(found).toMatchObject({ Sid: "s1", Effect: "Allow", ...statement });
});

test("what is missing from a permission is said", () => {
  expect(Object.keys(permissionProblems(permission({ sid: "" })))).toEqual(["sid"]);
  expect(Object.keys(permissionProblems(permission({ service: "other", sid: "a b" })))).toEqual(["sid", "principal"]);
});

test("an encrypted variable: by its own context and the policy that is shown, and in no other way", async () => {
  const { must, make, allowRole } = await functionLab(async (run, inside) => {
    const sealed = run.environment.DB_PASSWORD;
    const reply = await inside.call({ service: "kms", operation: "Decrypt", input: { CiphertextBlob: sealed, EncryptionContext: { LambdaFunctionName: run.environment.AWS_LAMBDA_FUNCTION_NAME } } });
    return { payload: JSON.stringify(reply.ok ? atob(String(reply.output.Plaintext)) : reply.error.code) };
  });
  const { KeyMetadata } = await must("CreateKey", {}, undefined, "kms");
  const { CiphertextBlob } = await must("Encrypt", { KeyId: KeyMetadata.Arn, Plaintext: base64("hunter2"), EncryptionContext: variableContext("f1") }, undefined, "kms");
  expect(ciphertextIn(CiphertextBlob)).toBeDefined();
  await make({ Environment: { Variables: { DB_PASSWORD: CiphertextBlob } } });
  const invoke = async () => JSON.parse(atob((await must("Invoke", { FunctionName: "f1" })).Payload));
  expect(await invoke()).toBe("AccessDeniedException");
  await allowRole((JSON.parse(decryptPolicy(KeyMetadata.Arn, "f1")) as { Statement: object[] }).Statement);
  expect(await invoke()).toBe("hunter2");
  await allowRole((JSON.parse(decryptPolicy(KeyMetadata.Arn, "another")) as { Statement: object[] }).Statement);
  expect(await invoke()).toBe("AccessDeniedException");
});

test.each(["dev", "hunter2", "", "not base64!", "aGVsbG8="])("%j is no ciphertext of KMS's", (value) => expect(ciphertextIn(value)).toBeUndefined());

test("the code names the variable", () => {
  expect(decryptProgram("python3.13", "DB_PASSWORD")).toContain('os.environ["DB_PASSWORD"]');
  expect(decryptProgram("nodejs22.x", "DB_PASSWORD")).toContain("const dbPassword =");
});
