import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createLab } from "../lab";
import { seededPorts } from "../ports";
import { admin, bench, text } from "./lifecycle.test-helper";

/** Source: KMS Developer Guide, ML-DSA keys in AWS KMS; KMS API, Sign (MessageType), GetPublicKey. */
const SigningAlgorithm = "ML_DSA_SHAKE_256";
const sizes = [
  ["ML_DSA_44", 1312 + 22, 2420],
  ["ML_DSA_65", 1952 + 22, 3309],
  ["ML_DSA_87", 2592 + 22, 4627],
] as const;

const shake = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash("shake256", { outputLength: 64 });
  for (const part of parts) hash.update(part);
  return hash.digest();
};

describe.each(sizes)("%s", (KeySpec, spkiLength, signatureLength) => {
  test("signs messages, and representatives of messages that are larger", async () => {
    const { key, done, outcome } = bench(31);
    const metadata = await key({ KeySpec, KeyUsage: "SIGN_VERIFY" });
    expect(metadata).toMatchObject({ KeySpec, CustomerMasterKeySpec: KeySpec, SigningAlgorithms: [SigningAlgorithm] });
    const { KeyId } = metadata;
    const { PublicKey, SigningAlgorithms } = await done("GetPublicKey", { KeyId });
    const spki = Buffer.from(PublicKey, "base64");
    expect([spki.length, SigningAlgorithms]).toEqual([spkiLength, [SigningAlgorithm]]);

    const raw = await done("Sign", { KeyId, Message: text("m"), SigningAlgorithm });
    expect(Buffer.from(raw.Signature, "base64")).toHaveLength(signatureLength);
    const mu = shake(shake(spki.subarray(22)), Uint8Array.of(0, 0), Buffer.from("m")).toString("base64");
    const verify = (input: object) => outcome("Verify", { KeyId, Message: text("m"), SigningAlgorithm, Signature: raw.Signature, ...input });
    expect(await verify({})).toBe("ok");
    expect(await verify({ Message: mu, MessageType: "EXTERNAL_MU" })).toBe("ok");
    expect(await verify({ Message: text("n") })).toBe("KMSInvalidSignatureException");
    expect(await verify({ Signature: text("no signature") })).toBe("KMSInvalidSignatureException");
    const external = await done("Sign", { KeyId, Message: mu, MessageType: "EXTERNAL_MU", SigningAlgorithm });
    expect(await verify({ Signature: external.Signature })).toBe("ok");
  }, 20_000);
});

test("what does not go together", async () => {
  const { key, outcome } = bench(31);
  const { KeyId } = await key({ KeySpec: "ML_DSA_44", KeyUsage: "SIGN_VERIFY" });
  const { KeyId: curve } = await key({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
  const sign = (input: object) => outcome("Sign", { KeyId, Message: text("m"), SigningAlgorithm, ...input });
  expect(await sign({ MessageType: "DIGEST" })).toBe("ValidationException: Message type DIGEST is incompatible with key spec ML_DSA_44.");
  expect(await sign({ MessageType: "EXTERNAL_MU" })).toBe("ValidationException: Digest is invalid length for algorithm ML_DSA_SHAKE_256.");
  expect(await sign({ SigningAlgorithm: "ECDSA_SHA_256" })).toBe("InvalidKeyUsageException: Algorithm ECDSA_SHA_256 is incompatible with key spec ML_DSA_44.");
  expect(await sign({ KeyId: curve })).toBe("InvalidKeyUsageException: Algorithm ML_DSA_SHAKE_256 is incompatible with key spec ECC_NIST_P256.");
  expect(await sign({ DryRun: true })).toContain("DryRunOperationException");
  expect(await outcome("CreateKey", { KeySpec: "ML_DSA_44", KeyUsage: "KEY_AGREEMENT" })).toContain("not compatible");
  expect(await outcome("CreateKey", { KeySpec: "ML_DSA_44" })).toContain("You must specify a KeyUsage");
  expect(await outcome("CreateKey", { KeySpec: "ML_DSA_44", KeyUsage: "SIGN_VERIFY", Origin: "EXTERNAL" })).toContain("ValidationException");
});

test("in two Regions, by grant, and the same bytes on replay", async () => {
  const { key, done, lab, outcome, user } = bench(31);
  const { KeyId } = await key({ KeySpec: "ML_DSA_65", KeyUsage: "SIGN_VERIFY", MultiRegion: true });
  await done("ReplicateKey", { KeyId, ReplicaRegion: "us-west-2" });
  await lab.advance(5_000);
  const { caller, arn } = await user("ana");
  const { GrantToken } = await done("CreateGrant", { KeyId, GranteePrincipal: arn, Operations: ["Sign", "GetPublicKey"] });
  const { Signature } = await done("Sign", { KeyId, Message: text("m"), SigningAlgorithm, GrantTokens: [GrantToken] }, caller);
  expect(await outcome("Verify", { KeyId, Message: text("m"), SigningAlgorithm, Signature }, admin, "us-west-2")).toBe("ok");
  const again = createLab({ ports: { ...seededPorts(99), outside: () => Promise.reject(new Error("nothing may be asked again")) } });
  again.replay(lab.journal);
  expect(JSON.stringify(again.snapshot().records)).toBe(JSON.stringify(lab.snapshot().records));
  expect(again.journal.map(({ reply }) => JSON.stringify(reply))).toEqual(lab.journal.map(({ reply }) => JSON.stringify(reply)));
});
