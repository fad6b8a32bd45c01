import { describe, expect, test } from "vitest";
import { monthlyDollars } from "./billing";
import { account, bench, quickRsa, text } from "./lifecycle.test-helper";
import { keys } from "./state";

test("a key's month: one dollar, one more for each of two rotations, nothing while deletion is pending", async () => {
  const { lab, key, done } = bench();
  const { KeyId } = await key();
  const cost = () => monthlyDollars(keys(lab.read({ account, region: "us-east-1", service: "kms" })).get(KeyId)!);
  const seen = [cost()];
  for (const [operation, input] of [
    ["RotateKeyOnDemand"],
    ["RotateKeyOnDemand"],
    ["RotateKeyOnDemand"],
    ["DisableKey"],
    ["ScheduleKeyDeletion"],
    ["CancelKeyDeletion"],
  ] as [string, object?][]) {
    await done(operation, { KeyId, ...input });
    seen.push(cost());
  }
  expect(seen).toEqual([1, 2, 3, 3, 3, 0, 3]);
});

test("AWS managed keys are free", () => expect(monthlyDollars({ KeyManager: "AWS", KeyState: "Enabled", materials: [] })).toBe(0));

describe("what a request costs goes by its key", () => {
  const { kms, key } = bench(3, quickRsa(3));
  const plain = [{ item: "kms:request", quantity: 1 }];
  const small = [{ item: "kms:request:rsa-2048", quantity: 1 }];
  const asymmetric = [{ item: "kms:request:asymmetric", quantity: 1 }];
  const sign = { Message: text("m"), SigningAlgorithm: "RSASSA_PSS_SHA_256" };
  test.each([
    ["SYMMETRIC_DEFAULT", undefined, "Encrypt", { Plaintext: text("x") }, plain],
    ["HMAC_256", "GENERATE_VERIFY_MAC", "GenerateMac", { Message: text("m"), MacAlgorithm: "HMAC_SHA_256" }, plain],
    ["RSA_2048", "SIGN_VERIFY", "Sign", sign, small],
    ["RSA_2048", "SIGN_VERIFY", "GetPublicKey", {}, small],
    ["RSA_3072", "SIGN_VERIFY", "Sign", sign, asymmetric],
    ["RSA_3072", "ENCRYPT_DECRYPT", "Encrypt", { Plaintext: text("x"), EncryptionAlgorithm: "RSAES_OAEP_SHA_256" }, asymmetric],
    ["RSA_3072", "ENCRYPT_DECRYPT", "GetPublicKey", {}, asymmetric],
    ["ECC_NIST_P256", "SIGN_VERIFY", "Sign", { Message: text("m"), SigningAlgorithm: "ECDSA_SHA_256" }, asymmetric],
    ["ECC_NIST_EDWARDS25519", "SIGN_VERIFY", "Sign", { Message: text("m"), SigningAlgorithm: "ED25519_SHA_512" }, asymmetric],
    ["ECC_NIST_P256", "SIGN_VERIFY", "DescribeKey", {}, plain],
    ["SYMMETRIC_DEFAULT", undefined, "GenerateDataKeyPair", { KeyPairSpec: "ECC_NIST_P256" }, [{ item: "kms:request:data-key-pair:ecc", quantity: 1 }]],
    ["SYMMETRIC_DEFAULT", undefined, "GenerateDataKeyPair", { KeyPairSpec: "RSA_2048" }, [{ item: "kms:request:data-key-pair:rsa", quantity: 1 }]],
  ] as const)("%s %s %s", async (KeySpec, KeyUsage, operation, input, lines) => {
    const { KeyId } = await key({ KeySpec, ...(KeyUsage ? { KeyUsage } : {}) });
    const reply = await kms(operation, { KeyId, ...input });
    expect([reply.ok, reply.trace.cost]).toEqual([true, lines]);
  });

  test("ReEncrypt goes by its dearest side, Decrypt by the key it names", async () => {
    const rsa = (await key({ KeySpec: "RSA_3072", KeyUsage: "ENCRYPT_DECRYPT" })).KeyId;
    const { KeyId } = await key();
    const { CiphertextBlob } = ((await kms("Encrypt", { KeyId, Plaintext: text("x") })) as any).output;
    const moved = await kms("ReEncrypt", { CiphertextBlob, DestinationKeyId: rsa, DestinationEncryptionAlgorithm: "RSAES_OAEP_SHA_256" });
    expect(moved.trace.cost).toEqual(asymmetric);
    const opened = await kms("Decrypt", { KeyId: rsa, EncryptionAlgorithm: "RSAES_OAEP_SHA_256", CiphertextBlob: (moved as any).output.CiphertextBlob });
    expect([opened.ok, opened.trace.cost]).toEqual([true, asymmetric]);
    expect((await kms("Decrypt", { CiphertextBlob })).trace.cost).toEqual(plain);
  });
});
