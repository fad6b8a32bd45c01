import { describe, expect, it, test } from "vitest";
import type { Caller } from "../types";
import { account, admin, adminOfOther, allow, deny, kmsCalls, other, testLab, token } from "./secretsmanager.test-helper";

const alice: Caller = { account, user: "alice" };
const notAllowed = { code: "AccessDeniedException", message: "Access to KMS is not allowed" };
const validation = ["GenerateDataKey(RequestToValidateKeyAccess)", "Decrypt(RequestToValidateKeyAccess)"];

/** A key whose policy lets these principals do all, beside its own account. */
const sharedKeyPolicy = (...principals: string[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: principals }, Action: "kms:*", Resource: "*" }] });

describe("which calls KMS gets", () => {
  it("the managed key: a data key for each version, its decryption for each reading", async () => {
    const { create, put, get, good, trace } = testLab();
    await create("s", "1", { ClientRequestToken: token(1) });
    expect(kmsCalls(trace())).toEqual([`GenerateDataKey(${token(1)})`]);
    await put("s", "2", { ClientRequestToken: token(2) });
    expect(kmsCalls(trace())).toEqual([`GenerateDataKey(${token(2)})`]);
    await get("s");
    expect(kmsCalls(trace())).toEqual([`Decrypt(${token(2)})`]);
    await good("PutSecretValue", { SecretId: "s", SecretString: "2", ClientRequestToken: token(2) });
    expect(kmsCalls(trace())).toEqual([`Decrypt(${token(2)})`]);
    for (const operation of ["DescribeSecret", "ListSecretVersionIds", "DeleteSecret"]) {
      await good(operation, { SecretId: "s" });
      expect(kmsCalls(trace())).toEqual([]);
    }
  });

  it("a customer managed key is tried before it is taken", async () => {
    const { create, good, key, trace } = testLab();
    const KmsKeyId = await key();
    await create("s", "1", { KmsKeyId, ClientRequestToken: token(1) });
    expect(kmsCalls(trace())).toEqual([...validation, `GenerateDataKey(${token(1)})`]);
    await good("CreateSecret", { Name: "empty", KmsKeyId });
    expect(kmsCalls(trace())).toEqual(validation);
  });

  it("names the secret and the version in the encryption context, itself in ViaService", async () => {
    const { create, get, trace } = testLab();
    const { ARN, VersionId } = await create("s");
    await get("s");
    const nested = trace().steps.find((step) => step.kind === "call");
    const asked = nested?.kind === "call" && nested.trace.steps.find((step) => step.kind === "decision");
    expect(asked && asked.kind === "decision" && asked.decision.context).toMatchObject({
      "kms:EncryptionContext:SecretARN": ARN,
      "kms:EncryptionContext:SecretVersionId": VersionId,
      "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com",
      "kms:CallerAccount": account,
    });
  });

  it("a change of the key takes over the three versions with AWS's labels, and leaves the old key beside the new", async () => {
    const { create, put, good, key, trace, lab, of, get } = testLab();
    const [first, second] = [await key(), await key()];
    const { VersionId: a } = await create("s", "1", { KmsKeyId: first });
    const b = await put("s", "2");
    const c = await put("s", "3", { VersionStages: ["AWSPENDING"] });
    const d = await put("s", "4", { VersionStages: ["mine"] });
    await good("UpdateSecret", { SecretId: "s", KmsKeyId: second });
    expect(kmsCalls(trace())).toEqual([...validation, ...[b, c, a].flatMap((id) => [`Decrypt(${id})`, `Encrypt(${id})`])]);
    const keysOf = async () => Object.fromEntries((await good("ListSecretVersionIds", { SecretId: "s" })).Versions.map(({ VersionId, KmsKeyIds }: any) => [VersionId, KmsKeyIds]));
    expect(await keysOf()).toEqual({ [a]: [second, first], [b]: [second, first], [c]: [second, first], [d]: [first] });
    expect(await good("DescribeSecret", { SecretId: "s" })).toMatchObject({ KmsKeyId: second });
    // Either key opens what both protect.
    await of("kms").good("DisableKey", { KeyId: second });
    expect(await get("s")).toBe("2");
    expect(kmsCalls(trace())).toEqual([`Decrypt(${b}) DisabledException`, `Decrypt(${b})`]);
    await of("kms").good("DisableKey", { KeyId: first });
    expect((await lab.call({ service: "secretsmanager", operation: "GetSecretValue", input: { SecretId: "s" }, caller: admin })).ok).toBe(false);
    await of("kms").good("EnableKey", { KeyId: second });
    expect(await get("s")).toBe("2");
    // Back to the managed key.
    await good("UpdateSecret", { SecretId: "s", KmsKeyId: "" });
    expect((await keysOf())[b]).toEqual(["DefaultEncryptionKey", second, first]);
    expect(await good("DescribeSecret", { SecretId: "s" })).not.toHaveProperty("KmsKeyId");
  });

  test.each<[string, string[]]>([
    ["Decrypt with the old key", ["kms:Decrypt"]],
    ["Encrypt with the new one", ["kms:Encrypt"]],
  ])("without %s the versions stay as they are, and the change is made", async (_, missing) => {
    const t = testLab(1, { alice: [allow("secretsmanager:*"), allow("kms:*")] });
    const [first, second] = [await t.key(), await t.key()];
    const { VersionId } = await t.create("s", "1", { KmsKeyId: first });
    await t.of("iam").good("PutUserPolicy", { UserName: "alice", PolicyName: "no", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [deny(missing, missing[0] === "kms:Decrypt" ? first : second)] }) });
    await t.good("UpdateSecret", { SecretId: "s", KmsKeyId: second }, alice);
    expect((await t.good("ListSecretVersionIds", { SecretId: "s" })).Versions).toMatchObject([{ VersionId, KmsKeyIds: [first] }]);
    expect(await t.good("DescribeSecret", { SecretId: "s" })).toMatchObject({ KmsKeyId: second });
  });
});

describe("KMS says no", () => {
  test.each<[string, string, string]>([
    ["reading", "GetSecretValue", "kms:Decrypt"],
    ["writing", "PutSecretValue", "kms:GenerateDataKey"],
  ])("%s without %s", async (_, operation, action) => {
    const t = testLab(1, { alice: [allow("secretsmanager:*"), allow("kms:*"), deny(action)] });
    await t.create("s", "1", { KmsKeyId: await t.key() });
    expect(await t.bad(operation, { SecretId: "s", ...(operation === "PutSecretValue" && { SecretString: "2" }) }, alice)).toEqual(notAllowed);
  });

  test.each(["kms:GenerateDataKey", "kms:Decrypt"])("making a secret under a key without %s", async (action) => {
    const t = testLab(1, { alice: [allow("secretsmanager:*"), allow("kms:*"), deny(action)] });
    expect(await t.bad("CreateSecret", { Name: "s", SecretString: "1", KmsKeyId: await t.key() }, alice)).toEqual(notAllowed);
  });

  it("the managed key needs no KMS permission of one's own", async () => {
    const t = testLab(1, { alice: [allow("secretsmanager:*")] });
    await t.good("CreateSecret", { Name: "s", SecretString: "1" }, alice);
    expect(await t.good("GetSecretValue", { SecretId: "s" }, alice)).toMatchObject({ SecretString: "1" });
  });

  test.each<[string, (kms: any, KeyId: string, lab: any) => Promise<unknown>, string, RegExp]>([
    ["disabled", (kms, KeyId) => kms.good("DisableKey", { KeyId }), "DecryptionFailure", /is disabled/],
    ["about to be deleted", (kms, KeyId) => kms.good("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 }), "DecryptionFailure", /pending deletion/],
    ["gone", async (kms, KeyId, lab) => (await kms.good("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 }), lab.advance(8 * 86_400_000)), "AccessDeniedException", /Access to KMS is not allowed/],
  ])("the key is %s", async (_, change, code, message) => {
    const t = testLab();
    const KmsKeyId = await t.key();
    await t.create("s", "1", { KmsKeyId });
    await change(t.of("kms"), KmsKeyId, t.lab);
    expect(await t.bad("GetSecretValue", { SecretId: "s" })).toMatchObject({ code, message: expect.stringMatching(message) });
    expect((await t.bad("PutSecretValue", { SecretId: "s", SecretString: "2" })).code).toBe("EncryptionFailure");
    // What needs no key goes on.
    await t.good("DescribeSecret", { SecretId: "s" });
    await t.good("UpdateSecret", { SecretId: "s", Description: "d" });
  });

  test.each(["RSA_2048", "HMAC_256"])("a key of the wrong kind: %s", async (KeySpec) => {
    const { of, bad } = testLab();
    const { KeyMetadata } = await of("kms").good("CreateKey", { KeySpec, KeyUsage: KeySpec === "RSA_2048" ? "ENCRYPT_DECRYPT" : "GENERATE_VERIFY_MAC" });
    expect((await bad("CreateSecret", { Name: "s", SecretString: "v", KmsKeyId: KeyMetadata.Arn })).code).toBe("EncryptionFailure");
  });
});

describe("across accounts", () => {
  const shared = (...Action: string[]) => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${other}:root` }, Action, Resource: "*" }] });

  it("the managed key keeps others out, whatever the policy says", async () => {
    const { create, good, bad } = testLab();
    const { ARN } = await create("s");
    await good("PutResourcePolicy", { SecretId: "s", ResourcePolicy: shared("secretsmanager:*") });
    const refused = { code: "InvalidRequestException", message: "You can't access a secret from a different AWS account if you encrypt the secret with the default KMS service key." };
    expect(await bad("GetSecretValue", { SecretId: ARN }, adminOfOther)).toEqual(refused);
    expect(await bad("PutSecretValue", { SecretId: ARN, SecretString: "x" }, adminOfOther)).toEqual(refused);
    await good("DescribeSecret", { SecretId: ARN }, adminOfOther);
  });

  test.each<[string, (arn: string) => string, boolean]>([
    ["its ARN", (arn) => arn, true],
    ["its id", (arn) => arn.split("/")[1], true],
    ["an alias", () => "alias/shared", true],
  ])("a key that lets the other account in, named by %s", async (_, name) => {
    const { create, good, key, of, bad } = testLab();
    const arn = await key({ Policy: sharedKeyPolicy(account, other) });
    await of("kms").good("CreateAlias", { AliasName: "alias/shared", TargetKeyId: arn });
    const { ARN } = await create("s", "1", { KmsKeyId: name(arn) });
    expect((await bad("GetSecretValue", { SecretId: ARN }, adminOfOther)).message).toContain("because no resource-based policy allows the secretsmanager:GetSecretValue action");
    await good("PutResourcePolicy", { SecretId: "s", ResourcePolicy: shared("secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue") });
    expect(await good("GetSecretValue", { SecretId: ARN }, adminOfOther)).toMatchObject({ SecretString: "1" });
    await good("PutSecretValue", { SecretId: ARN, SecretString: "2" }, adminOfOther);
    expect(await good("GetSecretValue", { SecretId: "s" })).toMatchObject({ SecretString: "2" });
  });

  it("the key's policy alone is missing", async () => {
    const { create, good, key, bad } = testLab();
    const { ARN } = await create("s", "1", { KmsKeyId: await key() });
    await good("PutResourcePolicy", { SecretId: "s", ResourcePolicy: shared("secretsmanager:GetSecretValue") });
    expect(await bad("GetSecretValue", { SecretId: ARN }, adminOfOther)).toEqual(notAllowed);
  });

  it("a secret under another account's key", async () => {
    const { create, good, key } = testLab();
    const KmsKeyId = await key({ Policy: sharedKeyPolicy(account, other) }, adminOfOther);
    await create("s", "1", { KmsKeyId });
    expect(await good("GetSecretValue", { SecretId: "s" })).toMatchObject({ SecretString: "1" });
    expect(await good("DescribeSecret", { SecretId: "s" })).toMatchObject({ KmsKeyId });
  });
});

it("stores no value that can be read, and no data key", async () => {
  const { create, lab } = testLab();
  await create("s", "a very particular value");
  const rows = JSON.stringify(lab.read({ account, region: "us-east-1", service: "secretsmanager" }).table("versions").all());
  expect(rows).not.toContain("particular");
  expect(rows).not.toContain(btoa("a very particular value").slice(0, 20));
});

it("a version does not open with another version's data key", async () => {
  const { create, put, lab, bad } = testLab();
  const { VersionId: a } = await create("s", "1");
  const b = await put("s", "2");
  const snapshot = lab.snapshot();
  const rows = snapshot.records[account]["us-east-1"].secretsmanager.versions as [string, any][];
  const [one, two] = [a, b].map((id) => rows.find(([, row]) => row.VersionId === id)![1]);
  [one.keys, two.keys] = [two.keys, one.keys];
  const { createLab } = await import("../lab");
  const { seededPorts } = await import("../ports");
  const mixed = createLab({ ports: seededPorts(1), snapshot });
  expect(await mixed.call({ service: "secretsmanager", operation: "GetSecretValue", input: { SecretId: "s" }, caller: admin })).toMatchObject({ ok: false, error: { code: "DecryptionFailure" } });
  expect((await bad("GetSecretValue", { SecretId: "s", VersionId: token(77) })).code).toBe("ResourceNotFoundException");
});
