import { constants, createPublicKey, verify, type VerifyKeyObjectInput } from "node:crypto";
import { describe, expect, test } from "vitest";
import { ed25519ph } from "@noble/curves/ed25519.js";
import { fromBase64, toBase64, utf8 } from "../crypto/bytes";
import { digest, digestLength, hashOf } from "../crypto/hashes";
import { bench, quickRsa, text } from "./lifecycle.test-helper";
import { keySpecs } from "./specs";

const message = utf8("test message !%$@");
const Message = toBase64(message);
const digestOf = (algorithm: string): string => toBase64(digest(hashOf(algorithm), message));

/** How Node verifies an algorithm's signatures. */
function nodeOptions(algorithm: string): Partial<VerifyKeyObjectInput> {
  return algorithm.startsWith("RSASSA_PSS")
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: digestLength(hashOf(algorithm)) }
    : {};
}
const nodeHash = (algorithm: string): string => hashOf(algorithm).toLowerCase().replace("_", "");

const signers = Object.entries(keySpecs).filter(([, facts]) => facts.usages.includes("SIGN_VERIFY") && facts.family !== "edwards" && facts.family !== "ml-dsa");

describe.each(signers.map(([KeySpec, { signing }]) => [KeySpec, signing!] as const))("%s", (KeySpec, algorithms) => {
  test("raw and digest, here and in Node, and nothing that is wrong", async () => {
    const { key, done, outcome, kms } = bench(41, quickRsa(41));
    const { KeyId, Arn, SigningAlgorithms } = await key({ KeySpec, KeyUsage: "SIGN_VERIFY" });
    expect(SigningAlgorithms).toEqual(algorithms);
    const got = await done("GetPublicKey", { KeyId });
    expect(got).toEqual({
      KeyId: Arn,
      PublicKey: expect.any(String),
      CustomerMasterKeySpec: KeySpec,
      KeySpec,
      KeyUsage: "SIGN_VERIFY",
      SigningAlgorithms: algorithms,
    });
    const publicKey = createPublicKey({ key: Buffer.from(got.PublicKey, "base64"), format: "der", type: "spki" });

    for (const SigningAlgorithm of algorithms) {
      const raw = await done("Sign", { KeyId, Message, SigningAlgorithm });
      expect(raw).toEqual({ KeyId: Arn, Signature: expect.any(String), SigningAlgorithm });
      const ofDigest = await done("Sign", { KeyId, Message: digestOf(SigningAlgorithm), MessageType: "DIGEST", SigningAlgorithm });
      for (const { Signature } of [raw, ofDigest]) {
        const input = { KeyId, SigningAlgorithm, Signature };
        expect(
          verify(nodeHash(SigningAlgorithm), message, { key: publicKey, ...nodeOptions(SigningAlgorithm) }, fromBase64(Signature)),
        ).toBe(true);
        expect(await done("Verify", { ...input, Message })).toEqual({ KeyId: Arn, SignatureValid: true, SigningAlgorithm });
        expect(await outcome("Verify", { ...input, Message: digestOf(SigningAlgorithm), MessageType: "DIGEST" })).toBe("ok");
        // The digest as if it were the message: hashed once more, so it does not fit.
        expect(await outcome("Verify", { ...input, Message: digestOf(SigningAlgorithm) })).toBe("KMSInvalidSignatureException");
      }
      for (const operation of ["Sign", "Verify"])
        expect(
          await outcome(operation, {
            KeyId,
            Message,
            MessageType: "DIGEST",
            SigningAlgorithm,
            ...(operation === "Verify" ? { Signature: raw.Signature } : {}),
          }),
        ).toBe(`ValidationException: Digest is invalid length for algorithm ${SigningAlgorithm}.`);
      expect(await kms("Verify", { KeyId, Message: text("other"), SigningAlgorithm, Signature: raw.Signature })).toMatchObject({
        ok: false,
        error: { code: "KMSInvalidSignatureException", message: "" },
      });
      expect(await outcome("Verify", { KeyId, Message, SigningAlgorithm, Signature: text("no signature") })).toBe(
        "KMSInvalidSignatureException",
      );
    }
    expect(await outcome("Sign", { KeyId, Message, SigningAlgorithm: "ED25519_SHA_512" })).toBe(
      `InvalidKeyUsageException: Algorithm ED25519_SHA_512 is incompatible with key spec ${KeySpec}.`,
    );
    expect(await outcome("Sign", { KeyId, Message, SigningAlgorithm: algorithms[0], MessageType: "EXTERNAL_MU" })).toBe(
      `ValidationException: Message type EXTERNAL_MU is incompatible with key spec ${KeySpec}.`,
    );
  }, 60_000);
});

describe("ECC_NIST_EDWARDS25519", () => {
  const spec = { KeySpec: "ECC_NIST_EDWARDS25519", KeyUsage: "SIGN_VERIFY" };

  test("pure Ed25519 over the message, as Node's", async () => {
    const { key, done, outcome } = bench();
    const { KeyId, Arn } = await key(spec);
    const { PublicKey } = await done("GetPublicKey", { KeyId });
    const SigningAlgorithm = "ED25519_SHA_512";
    const { Signature } = await done("Sign", { KeyId, Message, SigningAlgorithm });
    expect(
      verify(null, message, createPublicKey({ key: Buffer.from(PublicKey, "base64"), format: "der", type: "spki" }), fromBase64(Signature)),
    ).toBe(true);
    expect(await done("Verify", { KeyId, Message, SigningAlgorithm, Signature })).toEqual({
      KeyId: Arn,
      SignatureValid: true,
      SigningAlgorithm,
    });
    expect(await outcome("Verify", { KeyId, Message: text("other"), SigningAlgorithm, Signature })).toBe("KMSInvalidSignatureException");
  });

  test("Ed25519ph takes a digest, and hashes it once more as AWS does", async () => {
    const { key, done, outcome } = bench();
    const { KeyId } = await key(spec);
    const { PublicKey } = await done("GetPublicKey", { KeyId });
    const SigningAlgorithm = "ED25519_PH_SHA_512";
    const hashed = digestOf(SigningAlgorithm);
    const { Signature } = await done("Sign", { KeyId, Message: hashed, MessageType: "DIGEST", SigningAlgorithm });
    const point = fromBase64(PublicKey).subarray(-32);
    expect(ed25519ph.verify(fromBase64(Signature), fromBase64(hashed), point)).toBe(true);
    expect(ed25519ph.verify(fromBase64(Signature), message, point)).toBe(false);
    expect(await outcome("Verify", { KeyId, Message: hashed, MessageType: "DIGEST", SigningAlgorithm, Signature })).toBe("ok");
  });

  // Measured against AWS by others: floci pull request 2930.
  test.each([
    [
      "ED25519_SHA_512",
      "DIGEST",
      digestOf("SHA_512"),
      "ValidationException: Message type DIGEST is incompatible with algorithm ED25519_SHA_512.",
    ],
    ["ED25519_PH_SHA_512", "RAW", Message, "ValidationException: Message type RAW is incompatible with algorithm ED25519_PH_SHA_512."],
    ["ED25519_PH_SHA_512", "DIGEST", Message, "ValidationException: Digest is invalid length for algorithm ED25519_PH_SHA_512."],
    [
      "ECDSA_SHA_512",
      "RAW",
      Message,
      "InvalidKeyUsageException: Algorithm ECDSA_SHA_512 is incompatible with key spec ECC_NIST_EDWARDS25519.",
    ],
  ])("%s with %s", async (SigningAlgorithm, MessageType, given, error) => {
    const { key, outcome } = bench();
    const { KeyId } = await key(spec);
    expect(await outcome("Sign", { KeyId, Message: given, MessageType, SigningAlgorithm })).toBe(error);
    expect(await outcome("Verify", { KeyId, Message: given, MessageType, SigningAlgorithm, Signature: toBase64(new Uint8Array(64)) })).toBe(
      error,
    );
  });
});

describe.each(["224", "256", "384", "512"])("HMAC_%s", (bits) => {
  test("a MAC of the right length that verifies, and only it", async () => {
    const { key, done, outcome, kms } = bench();
    const { KeyId, Arn } = await key({ KeySpec: `HMAC_${bits}`, KeyUsage: "GENERATE_VERIFY_MAC" });
    const MacAlgorithm = `HMAC_SHA_${bits}`;
    const made = await done("GenerateMac", { KeyId, Message, MacAlgorithm });
    expect(made).toEqual({ Mac: expect.any(String), MacAlgorithm, KeyId: Arn });
    expect(fromBase64(made.Mac).length).toBe(Number(bits) / 8);
    expect((await done("GenerateMac", { KeyId, Message, MacAlgorithm })).Mac).toBe(made.Mac);
    expect(await done("VerifyMac", { KeyId, Message, MacAlgorithm, Mac: made.Mac })).toEqual({ KeyId: Arn, MacValid: true, MacAlgorithm });
    expect(await kms("VerifyMac", { KeyId, Message: text("other"), MacAlgorithm, Mac: made.Mac })).toMatchObject({
      ok: false,
      error: { code: "KMSInvalidMacException", message: "" },
    });
    expect(await outcome("VerifyMac", { KeyId, Message, MacAlgorithm, Mac: text("no mac") })).toBe("KMSInvalidMacException");
    const other = bits === "256" ? "HMAC_SHA_512" : "HMAC_SHA_256";
    expect(await outcome("GenerateMac", { KeyId, Message, MacAlgorithm: other })).toBe(
      `InvalidKeyUsageException: Algorithm ${other} is incompatible with key spec HMAC_${bits}.`,
    );
  });
});

test("two sides derive the same secret", async () => {
  const { key, done, outcome } = bench();
  for (const KeySpec of ["ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521"]) {
    const [a, b] = [await key({ KeySpec, KeyUsage: "KEY_AGREEMENT" }), await key({ KeySpec, KeyUsage: "KEY_AGREEMENT" })];
    const derive = async (own: string, other: string) =>
      done("DeriveSharedSecret", {
        KeyId: own,
        KeyAgreementAlgorithm: "ECDH",
        PublicKey: (await done("GetPublicKey", { KeyId: other })).PublicKey,
      });
    const [one, two] = [await derive(a.KeyId, b.KeyId), await derive(b.KeyId, a.KeyId)];
    expect(one.SharedSecret).toBe(two.SharedSecret);
    expect(one).toEqual({ KeyId: a.Arn, SharedSecret: expect.any(String), KeyAgreementAlgorithm: "ECDH", KeyOrigin: "AWS_KMS" });
    expect(await outcome("DeriveSharedSecret", { KeyId: a.KeyId, KeyAgreementAlgorithm: "ECDH", PublicKey: text("no key") })).toMatch(
      /^ValidationException/,
    );
  }
});

test("a key is for one use", async () => {
  const { key, outcome } = bench();
  const keys = {
    symmetric: await key(),
    signer: await key({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" }),
    mac: await key({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" }),
    agree: await key({ KeySpec: "ECC_NIST_P256", KeyUsage: "KEY_AGREEMENT" }),
  };
  const wrong = (used: { Arn: string; KeyUsage: string }, operation: string) =>
    `InvalidKeyUsageException: ${used.Arn} key usage is ${used.KeyUsage} which is not valid for ${operation}.`;
  for (const used of [keys.signer, keys.mac, keys.agree])
    expect(await outcome("Encrypt", { KeyId: used.KeyId, Plaintext: text("m") })).toBe(wrong(used, "Encrypt"));
  for (const used of [keys.symmetric, keys.mac, keys.agree])
    expect(await outcome("Sign", { KeyId: used.KeyId, Message, SigningAlgorithm: "ECDSA_SHA_256" })).toBe(wrong(used, "Sign"));
  for (const used of [keys.symmetric, keys.signer, keys.agree])
    expect(await outcome("GenerateMac", { KeyId: used.KeyId, Message, MacAlgorithm: "HMAC_SHA_256" })).toBe(wrong(used, "GenerateMac"));
  for (const used of [keys.symmetric, keys.mac])
    expect(await outcome("GetPublicKey", { KeyId: used.KeyId })).toMatch(/^UnsupportedOperationException/);
});
