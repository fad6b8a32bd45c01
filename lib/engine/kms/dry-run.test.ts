import { describe, expect, test } from "vitest";
import { wholeModels } from "../whole-models";
import { account, bench, text } from "./lifecycle.test-helper";

/** Source: KMS Developer Guide, Test your permissions; KMS API, Decrypt (DryRunModifiers). */
const wouldWork = "DryRunOperationException: The request would have succeeded, but the DryRun option is set.";

/** Members that say whether a call would be allowed, by operation; the calls themselves are tested with their families. */
const takesDryRun = [
  "CreateGrant", "Decrypt", "DeriveSharedSecret", "Encrypt", "GenerateDataKey", "GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext",
  "GenerateDataKeyWithoutPlaintext", "GenerateMac", "ReEncrypt", "RetireGrant", "RevokeGrant", "Sign", "Verify", "VerifyMac",
];

test("these are all the operations that take DryRun", () => {
  const { operations, shapes } = wholeModels.kms;
  const found = Object.entries(operations).filter(([, { input }]) => input && shapes[input.shape].members && "DryRun" in shapes[input.shape].members!);
  expect(found.map(([name]) => name).sort()).toEqual([...takesDryRun].sort());
});

describe("DryRunModifiers: IGNORE_CIPHERTEXT", () => {
  const ignore = { DryRun: true, DryRunModifiers: ["IGNORE_CIPHERTEXT"] };

  test.each([
    // operation, input, what AWS says; <key> and <other> are keys, <blob> a ciphertext of the first
    ["Decrypt", { KeyId: "<key>", ...ignore }, wouldWork],
    ["Decrypt", { KeyId: "<key>", CiphertextBlob: text("rubbish"), ...ignore }, wouldWork],
    ["Decrypt", { CiphertextBlob: "<blob>", EncryptionContext: { not: "its own" }, ...ignore }, wouldWork],
    ["Decrypt", { CiphertextBlob: text("rubbish"), ...ignore }, "InvalidCiphertextException"],
    ["Decrypt", ignore, "ValidationException: KeyId is required when there is no CiphertextBlob."],
    ["Decrypt", { KeyId: "<key>", DryRun: true }, "ValidationException: 1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: Member must not be null"],
    ["Decrypt", { KeyId: "<key>", DryRunModifiers: ignore.DryRunModifiers }, "ValidationException: 1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: Member must not be null"],
    ["Decrypt", { CiphertextBlob: "<blob>", DryRunModifiers: ignore.DryRunModifiers }, "ok"],
    ["Decrypt", { KeyId: "<key>", DryRun: true, DryRunModifiers: ["EVERYTHING"] }, "ValidationException"],
    ["Decrypt", { KeyId: "<disabled>", ...ignore }, "DisabledException"],
    ["Decrypt", { KeyId: "<mac>", ...ignore }, "InvalidKeyUsageException"],
    ["ReEncrypt", { SourceKeyId: "<key>", DestinationKeyId: "<other>", ...ignore }, wouldWork],
    ["ReEncrypt", { CiphertextBlob: "<blob>", DestinationKeyId: "<other>", ...ignore }, wouldWork],
    ["ReEncrypt", { DestinationKeyId: "<other>", ...ignore }, "ValidationException: SourceKeyId is required when there is no CiphertextBlob."],
    ["ReEncrypt", { SourceKeyId: "<key>", DestinationKeyId: "<disabled>", ...ignore }, "DisabledException"],
  ])("%s %j: %s", async (operation, input, expected) => {
    const { done, key, outcome } = bench(61);
    const [one, other, disabled, mac] = [await key(), await key(), await key(), await key({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" })];
    await done("DisableKey", { KeyId: disabled.KeyId });
    const { CiphertextBlob } = await done("Encrypt", { KeyId: one.KeyId, Plaintext: text("x") });
    const names: Record<string, string> = { "<key>": one.KeyId, "<other>": other.KeyId, "<disabled>": disabled.KeyId, "<mac>": mac.KeyId, "<blob>": CiphertextBlob };
    const given = Object.fromEntries(Object.entries(input).map(([name, value]) => [name, typeof value === "string" ? (names[value] ?? value) : value]));
    const said = await outcome(operation, given);
    expect(expected.includes(":") || expected === "ok" ? said : said.split(":")[0]).toBe(expected);
  });

  test("asks the policies as the call itself would", async () => {
    const { key, kms, user } = bench(61);
    const { KeyId } = await key();
    const { caller } = await user("ana", [{ Effect: "Allow", Action: "kms:Encrypt", Resource: "*" }]);
    const reply = await kms("Decrypt", { KeyId, ...ignore }, caller);
    expect(!reply.ok && [reply.error.code, reply.error.message]).toEqual(["AccessDeniedException", expect.stringContaining(`arn:aws:iam::${account}:user/ana is not authorized to perform: kms:Decrypt`)]);
  });
});
