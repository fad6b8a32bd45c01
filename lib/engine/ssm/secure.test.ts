import { describe, expect, it } from "vitest";
import { fromBase64 } from "../crypto/bytes";
import type { JsonObject, Step, Trace } from "../types";
import { readEnvelope } from "./envelope";
import { account, admin, testLab } from "./ssm.test-helper";

const arn = (path: string): string => `arn:aws:ssm:us-east-1:${account}:parameter${path}`;
const inner = (trace: Trace): Trace[] => trace.steps.filter((step): step is Extract<Step, { kind: "call" }> => step.kind === "call").map((step) => step.trace);

/** What KMS was asked through Parameter Store for one call. */
async function kmsCalls(t: ReturnType<typeof testLab>, operation: string, input: object): Promise<string[]> {
  const reply = await t.lab.call({ service: "ssm", operation, input: { ...input }, caller: admin });
  if (!reply.ok) throw new Error(reply.error.message);
  return inner(reply.trace).map((trace) => `${trace.service}:${trace.operation} via ${trace.via.join()}`);
}

describe("SecureString", () => {
  it("standard: the value is KMS's own ciphertext, bound to the parameter's ARN", async () => {
    const t = testLab();
    expect(await kmsCalls(t, "PutParameter", { Name: "/a/secret", Value: "s3cret", Type: "SecureString" })).toEqual(["kms:Encrypt via ssm"]);
    const shown = await t.get("/a/secret");
    expect(shown.Type).toBe("SecureString");
    expect(shown.Value).toMatch(/^AQICAH/);
    expect(await kmsCalls(t, "GetParameter", { Name: "/a/secret" })).toEqual([]);
    expect(await kmsCalls(t, "GetParameter", { Name: "/a/secret", WithDecryption: true })).toEqual(["kms:Decrypt via ssm"]);
    expect((await t.get("/a/secret", { WithDecryption: true })).Value).toBe("s3cret");
    expect((await t.good("DescribeParameters", {})).Parameters[0].KeyId).toBe("alias/aws/ssm");
  });

  it("under a key of one's own, KMS decrypts the shown value with the same context and no other", async () => {
    const t = testLab();
    const { KeyMetadata } = await t.of("kms").good("CreateKey", {});
    await t.put("p", "s3cret", { Type: "SecureString", KeyId: KeyMetadata.KeyId });
    const CiphertextBlob = (await t.get("p")).Value;
    const plain = await t.of("kms").good("Decrypt", { CiphertextBlob, EncryptionContext: { PARAMETER_ARN: arn("/p") } });
    expect(new TextDecoder().decode(fromBase64(plain.Plaintext))).toBe("s3cret");
    expect((await t.of("kms").bad("Decrypt", { CiphertextBlob, EncryptionContext: { PARAMETER_ARN: arn("/q") } })).code).toBe("InvalidCiphertextException");
  });

  it("advanced: an AWS Encryption SDK message under a data key", async () => {
    const t = testLab();
    const value = "ä".repeat(4_000);
    expect(await kmsCalls(t, "PutParameter", { Name: "p", Value: value, Type: "SecureString", Tier: "Advanced" })).toEqual(["kms:GenerateDataKey via ssm"]);
    const header = readEnvelope(fromBase64((await t.get("p")).Value))!;
    expect({ ...header.context }).toEqual({ PARAMETER_ARN: arn("/p") });
    expect(header.keyArn).toMatch(/^arn:aws:kms:us-east-1:111122223333:key\//);
    expect(await kmsCalls(t, "GetParameter", { Name: "p", WithDecryption: true })).toEqual(["kms:Decrypt via ssm"]);
    expect((await t.get("p", { WithDecryption: true })).Value).toBe(value);
  });

  it("goes from standard to advanced, old versions stay readable", async () => {
    const t = testLab();
    await t.put("p", "one", { Type: "SecureString" });
    await t.put("p", "two", { Type: "SecureString", Tier: "Advanced", Overwrite: true });
    await t.put("p", "three", { Type: "SecureString", Overwrite: true });
    const history = (await t.good("GetParameterHistory", { Name: "p", WithDecryption: true })).Parameters;
    expect(history.map((p: any) => [p.Value, p.Tier])).toEqual([["one", "Standard"], ["two", "Advanced"], ["three", "Advanced"]]);
    expect((await t.good("GetParameterHistory", { Name: "p" })).Parameters.some((p: any) => ["one", "two", "three"].includes(p.Value))).toBe(false);
    expect((await t.good("GetParametersByPath", { Path: "/", WithDecryption: true })).Parameters[0].Value).toBe("three");
    expect((await t.good("GetParameters", { Names: ["p:1", "p:2"], WithDecryption: true })).Parameters.map((p: any) => p.Value)).toEqual(["one", "two"]);
  });

  it("hands on what KMS says of a key that cannot be used", async () => {
    const t = testLab();
    const kms = t.of("kms");
    const { KeyMetadata } = await kms.good("CreateKey", {});
    const { KeyId, Arn } = KeyMetadata;
    await t.put("p", "x", { Type: "SecureString", KeyId });
    await kms.good("DisableKey", { KeyId });
    for (const [operation, input] of [["GetParameter", { Name: "p", WithDecryption: true }], ["GetParameters", { Names: ["p"], WithDecryption: true }], ["PutParameter", { Name: "q", Value: "x", Type: "SecureString", KeyId }]] as [string, JsonObject][])
      expect(await t.bad(operation, input)).toEqual({
        code: "InvalidKeyId",
        message: expect.stringMatching(new RegExp(`^${Arn} is disabled\\. \\(Service: AWSKMS; Status Code: 400; Error Code: DisabledException; Request ID: [0-9a-f-]{36}; Proxy: null\\)$`)),
      });
    expect((await t.get("p")).Value).toMatch(/^AQICAH/);
    await kms.good("ScheduleKeyDeletion", { KeyId });
    expect((await t.bad("GetParameter", { Name: "p", WithDecryption: true })).message).toMatch(/is pending deletion\. \(Service: AWSKMS; .*KMSInvalidStateException/);
    expect(await t.bad("PutParameter", { Name: "q", Value: "x", Type: "SecureString", KeyId: "alias/none" })).toEqual({
      code: "InvalidKeyId", message: expect.stringMatching(/^Alias arn:aws:kms:us-east-1:111122223333:alias\/none is not found\. \(Service: AWSKMS; Status Code: 400; Error Code: NotFoundException;/),
    });
    const rsa = (await kms.good("CreateKey", { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" })).KeyMetadata.KeyId;
    expect((await t.bad("PutParameter", { Name: "q", Value: "x", Type: "SecureString", KeyId: rsa })).message).toContain("InvalidKeyUsageException");
  });
});
