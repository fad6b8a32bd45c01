import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { createLab } from "../lab";
import { seededPorts } from "../ports";
import type { Ports } from "../types";
import { account, admin, bench, days, otherAdmin, quickRsa, seconds, text } from "./lifecycle.test-helper";
import { wrap } from "./import.test-helper";

/** Source: KMS Developer Guide, Importing key material; KMS API, GetParametersForImport, ImportKeyMaterial, DeleteImportedKeyMaterial. */
const hours = 60 * 60 * seconds;
const west = "us-west-2";
const never = { ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" };
const bytes = (length: number, value = 7): Uint8Array => new Uint8Array(length).fill(value);
const one = bytes(32, 1);
const two = bytes(32, 2);
const three = bytes(32, 3);

const pkcs8 = ({ privateKey }: { privateKey: KeyObject }): Buffer => privateKey.export({ type: "pkcs8", format: "der" });

/** Wrapping keys take time to make, so those of one size are one in these tests. */
const pairs = new Map<number, string>();
beforeAll(async () => {
  for (const bits of [2048, 3072, 4096])
    pairs.set(bits, pkcs8(generateKeyPairSync("rsa", { modulusLength: bits })).toString("base64"));
}, 60_000);
const ports = (seed: number): Ports => {
  const quick = quickRsa(seed);
  return { ...quick, outside: async (request) => (request.kind === "rsa-key-pair" ? { pkcs8: pairs.get(request.bits)! } : quick.outside(request)) };
};

async function external(input: object = {}) {
  const made = bench(21, ports(21));
  const { KeyId, Arn } = await made.key({ Origin: "EXTERNAL", ...input });
  const parameters = (WrappingAlgorithm = "RSAES_OAEP_SHA_256", WrappingKeySpec = "RSA_2048", region?: string) =>
    made.done("GetParametersForImport", { KeyId, WrappingAlgorithm, WrappingKeySpec }, admin, region);
  /** The whole way. */
  const imported = async (material: Uint8Array, more: object = never, region?: string, algorithm = "RSAES_OAEP_SHA_256", spec = "RSA_2048"): Promise<string> => {
    const { ImportToken, PublicKey } = await parameters(algorithm, spec, region);
    return made.outcome("ImportKeyMaterial", { KeyId, ImportToken, EncryptedKeyMaterial: wrap(algorithm, PublicKey, material), ...more }, admin, region);
  };
  const describe = async (region?: string) => (await made.done("DescribeKey", { KeyId }, admin, region)).KeyMetadata;
  const list = async (region?: string) => (await made.done("ListKeyRotations", { KeyId, IncludeKeyMaterial: "ALL_KEY_MATERIAL" }, admin, region)).Rotations;
  return { ...made, KeyId, Arn, parameters, imported, describe, list };
}

describe("GetParametersForImport", () => {
  test("a public key and a token, for 24 hours", async () => {
    const { Arn, parameters, lab } = await external();
    const answer = await parameters();
    expect(Object.keys(answer)).toEqual(["KeyId", "ImportToken", "PublicKey", "ParametersValidTo"]);
    expect(answer.KeyId).toBe(Arn);
    expect(answer.ParametersValidTo).toBe((lab.now() + 24 * hours) / 1000);
    expect(Buffer.from(answer.ImportToken, "base64").length).toBeLessThanOrEqual(6144);
    expect(Buffer.from((await parameters("RSAES_OAEP_SHA_1", "RSA_4096")).ImportToken, "base64").length).toBeLessThanOrEqual(6144);
  });

  const no = "UnsupportedOperationException";
  test.each([
    // key spec, usage, algorithm, wrapping key, answer
    ["SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "RSAES_OAEP_SHA_256", "RSA_3072", "ok"],
    ["SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "RSA_AES_KEY_WRAP_SHA_256", "RSA_2048", no],
    ["SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "RSAES_PKCS1_V1_5", "RSA_2048", no],
    ["SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "SM2PKE", "SM2", no],
    ["HMAC_256", "GENERATE_VERIFY_MAC", "RSAES_OAEP_SHA_1", "RSA_2048", "ok"],
    ["RSA_2048", "SIGN_VERIFY", "RSA_AES_KEY_WRAP_SHA_1", "RSA_4096", "ok"],
    ["RSA_2048", "SIGN_VERIFY", "RSAES_OAEP_SHA_256", "RSA_4096", no],
    ["ECC_NIST_P256", "SIGN_VERIFY", "RSAES_OAEP_SHA_256", "RSA_2048", "ok"],
    ["ECC_NIST_P521", "SIGN_VERIFY", "RSAES_OAEP_SHA_256", "RSA_2048", no],
    ["ECC_NIST_P521", "SIGN_VERIFY", "RSAES_OAEP_SHA_256", "RSA_3072", "ok"],
    ["ECC_NIST_P521", "SIGN_VERIFY", "RSA_AES_KEY_WRAP_SHA_256", "RSA_2048", "ok"],
  ])("%s: %s %s %s %s", async (KeySpec, KeyUsage, WrappingAlgorithm, WrappingKeySpec, expected) => {
    const { KeyId, outcome } = await external({ KeySpec, KeyUsage });
    expect((await outcome("GetParametersForImport", { KeyId, WrappingAlgorithm, WrappingKeySpec })).split(":")[0]).toBe(expected);
  });

  test("only for keys whose material is imported, of the caller's account", async () => {
    const { key, outcome, KeyId, Arn, kms } = await external();
    const own = await key();
    const input = { WrappingAlgorithm: "RSAES_OAEP_SHA_256", WrappingKeySpec: "RSA_2048" };
    expect(await outcome("GetParametersForImport", { KeyId: own.KeyId, ...input })).toBe(`UnsupportedOperationException: ${own.Arn} origin is AWS_KMS which is not valid for this operation.`);
    expect(await outcome("GetParametersForImport", { KeyId, ...input })).toBe("ok");
    const reply = await kms("GetParametersForImport", { KeyId: Arn, ...input }, otherAdmin);
    expect(!reply.ok && reply.error.code).toBe("AccessDeniedException");
  });
});

describe("ImportKeyMaterial", () => {
  test("the key is of use from then on", async () => {
    const { KeyId, Arn, describe: look, imported, outcome, done } = await external();
    expect(await look()).toMatchObject({ KeyState: "PendingImport", Enabled: false, Origin: "EXTERNAL" });
    expect(await look()).not.toHaveProperty("ExpirationModel");
    expect(await outcome("Encrypt", { KeyId, Plaintext: text("x") })).toBe(`KMSInvalidStateException: ${Arn} is pending import.`);
    expect(await imported(one)).toBe("ok");
    const metadata = await look();
    expect(metadata).toMatchObject({ KeyState: "Enabled", Enabled: true, ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" });
    expect(metadata).not.toHaveProperty("ValidTo");
    const { CiphertextBlob } = await done("Encrypt", { KeyId, Plaintext: text("x") });
    expect(await done("Decrypt", { CiphertextBlob })).toMatchObject({ Plaintext: text("x"), KeyMaterialId: metadata.CurrentKeyMaterialId });
  });

  const symmetric = ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"];
  const hybrid = ["RSA_AES_KEY_WRAP_SHA_1", "RSA_AES_KEY_WRAP_SHA_256"];
  const specs = ["RSA_2048", "RSA_3072", "RSA_4096"];
  test.each(symmetric.flatMap((algorithm) => specs.map((spec) => [algorithm, spec] as const)))("wrapped by %s under %s", async (algorithm, spec) => {
    const { imported, describe: look } = await external();
    expect(await imported(one, never, undefined, algorithm, spec)).toBe("ok");
    expect((await look()).KeyState).toBe("Enabled");
  });

  const ec = (namedCurve: string): Uint8Array => pkcs8(generateKeyPairSync("ec", { namedCurve }));
  test.each([
    ["ECC_NIST_P256", () => ec("P-256"), "ECDSA_SHA_256", [...symmetric, ...hybrid]],
    ["ECC_NIST_P384", () => ec("P-384"), "ECDSA_SHA_384", hybrid],
    ["ECC_NIST_P521", () => ec("P-521"), "ECDSA_SHA_512", hybrid],
    ["ECC_SECG_P256K1", () => ec("secp256k1"), "ECDSA_SHA_256", hybrid],
    ["ECC_NIST_EDWARDS25519", () => pkcs8(generateKeyPairSync("ed25519")), "ED25519_SHA_512", symmetric],
    ["RSA_2048", () => pkcs8(generateKeyPairSync("rsa", { modulusLength: 2048 })), "RSASSA_PSS_SHA_256", hybrid],
    ["RSA_4096", () => Buffer.from(pairs.get(4096)!, "base64"), "RSASSA_PKCS1_V1_5_SHA_512", hybrid],
  ] as const)("a private key of %s signs here", async (KeySpec, material, SigningAlgorithm, algorithms) => {
    const der = material();
    for (const algorithm of algorithms) {
      const { KeyId, imported, done, outcome } = await external({ KeySpec, KeyUsage: "SIGN_VERIFY" });
      expect(await imported(der, never, undefined, algorithm)).toBe("ok");
      const { Signature } = await done("Sign", { KeyId, Message: text("m"), SigningAlgorithm });
      expect(await outcome("Verify", { KeyId, Message: text("m"), SigningAlgorithm, Signature })).toBe("ok");
    }
  });

  test.each([["HMAC_224", 28], ["HMAC_256", 32], ["HMAC_384", 48], ["HMAC_512", 64]] as const)("%s takes %i bytes", async (KeySpec, length) => {
    const { KeyId, imported, outcome } = await external({ KeySpec, KeyUsage: "GENERATE_VERIFY_MAC" });
    expect(await imported(bytes(length - 1))).toBe(`IncorrectKeyMaterialException: The key material is not valid for the key spec ${KeySpec}.`);
    expect(await imported(bytes(length))).toBe("ok");
    expect(await outcome("GenerateMac", { KeyId, Message: text("m"), MacAlgorithm: KeySpec.replace("_", "_SHA_") })).toBe("ok");
  });

  test.each([
    ["SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", () => bytes(16), "RSAES_OAEP_SHA_256"],
    ["SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", () => bytes(64), "RSAES_OAEP_SHA_256"],
    ["ECC_NIST_P256", "SIGN_VERIFY", () => bytes(32), "RSAES_OAEP_SHA_256"],
    ["ECC_NIST_P256", "SIGN_VERIFY", () => ec("P-384"), "RSA_AES_KEY_WRAP_SHA_256"],
    ["ECC_NIST_P256", "SIGN_VERIFY", () => ec("secp256k1"), "RSA_AES_KEY_WRAP_SHA_256"],
    ["ECC_NIST_EDWARDS25519", "SIGN_VERIFY", () => ec("P-256"), "RSA_AES_KEY_WRAP_SHA_256"],
    ["RSA_2048", "SIGN_VERIFY", () => Buffer.from(pairs.get(3072)!, "base64"), "RSA_AES_KEY_WRAP_SHA_256"],
    ["RSA_3072", "ENCRYPT_DECRYPT", () => ec("P-256"), "RSA_AES_KEY_WRAP_SHA_256"],
  ] as const)("%s %s does not take another key", async (KeySpec, KeyUsage, material, algorithm) => {
    const { imported, describe: look } = await external({ KeySpec, KeyUsage });
    expect(await imported(material(), never, undefined, algorithm)).toBe(`IncorrectKeyMaterialException: The key material is not valid for the key spec ${KeySpec}.`);
    expect((await look()).KeyState).toBe("PendingImport");
  });

  test("an RSA key whose numbers do not go together", async () => {
    const { imported } = await external({ KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" });
    const der = Buffer.from(pairs.get(2048)!, "base64");
    der[300] ^= 1;
    expect(await imported(der, never, undefined, "RSA_AES_KEY_WRAP_SHA_256")).toContain("IncorrectKeyMaterialException");
  });

  test("tokens: of another key, tampered with, of another wrapping, a day old", async () => {
    const { KeyId, key, done, outcome, parameters, lab } = await external();
    const { PublicKey, ImportToken } = await parameters();
    const EncryptedKeyMaterial = wrap("RSAES_OAEP_SHA_256", PublicKey, one);
    const attempt = (input: object) => outcome("ImportKeyMaterial", { KeyId, ImportToken, EncryptedKeyMaterial, ...never, ...input });
    const other = await key({ Origin: "EXTERNAL" });
    const others = await done("GetParametersForImport", { KeyId: other.KeyId, WrappingAlgorithm: "RSAES_OAEP_SHA_256", WrappingKeySpec: "RSA_2048" });
    const wrong = "InvalidImportTokenException: The import token is not valid, or belongs to another KMS key.";
    expect(await attempt({ ImportToken: others.ImportToken })).toBe(wrong);
    expect(await attempt({ ImportToken: text("no token") })).toBe(wrong);
    expect(await attempt({ ImportToken: ImportToken.replace(/^./, (c: string) => (c === "A" ? "B" : "A")) })).toBe(wrong);
    expect(await attempt({ EncryptedKeyMaterial: wrap("RSAES_OAEP_SHA_1", PublicKey, one) })).toBe("InvalidCiphertextException");
    expect(await attempt({ EncryptedKeyMaterial: text("rubbish") })).toBe("InvalidCiphertextException");
    await lab.advance(24 * hours - 1);
    expect(await attempt({})).toBe("ok");
    await lab.advance(1);
    expect(await attempt({})).toBe("ExpiredImportTokenException: The import token has expired.");
  });

  test("what does not go together", async () => {
    const { KeyId, imported, lab, key, outcome } = await external();
    const soon = lab.now() / 1000 + 60;
    expect(await imported(one, {})).toBe("ValidationException: A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES");
    expect(await imported(one, { ...never, ValidTo: soon })).toContain("ValidationException");
    expect(await imported(one, { ValidTo: soon - 120 })).toContain("ValidationException");
    expect(await imported(one, { ValidTo: soon + 366 * 86_400 })).toContain("ValidationException");
    expect(await imported(one, { ...never, ImportType: "NEW_KEY_MATERIAL", KeyMaterialId: "a".repeat(64) })).toContain("ValidationException");
    expect(await imported(one, { ...never, ImportType: "EXISTING_KEY_MATERIAL" })).toContain("IncorrectKeyMaterialException");
    const own = await key();
    expect(await outcome("ImportKeyMaterial", { KeyId: own.KeyId, ImportToken: text("t"), EncryptedKeyMaterial: text("m"), ...never })).toBe(`UnsupportedOperationException: ${own.Arn} origin is AWS_KMS which is not valid for this operation.`);
    const mac = await external({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
    expect(await mac.imported(one, { ...never, KeyMaterialDescription: "x" })).toContain("ValidationException");
    expect((await lab.call({ service: "kms", operation: "DescribeKey", input: { KeyId }, caller: admin })).ok).toBe(true);
  });

  test("conditions can ask about wrapping and expiry", async () => {
    const { KeyId, user, kms, lab, parameters } = await external();
    const statement = (Action: string, Condition: object) => ({ Effect: "Allow", Action, Resource: "*", Condition }) as const;
    const { caller } = await user("ana", [
      statement("kms:GetParametersForImport", { StringEquals: { "kms:WrappingAlgorithm": "RSAES_OAEP_SHA_256", "kms:WrappingKeySpec": "RSA_4096" } }),
      statement("kms:ImportKeyMaterial", { StringEquals: { "kms:ExpirationModel": "KEY_MATERIAL_EXPIRES" }, DateLessThan: { "kms:ValidTo": "2026-02-01T00:00:00Z" } }),
    ] as never);
    const ask = async (operation: string, input: object) => {
      const reply = await kms(operation, { KeyId, ...input }, caller);
      return reply.ok ? "ok" : reply.error.code;
    };
    expect(await ask("GetParametersForImport", { WrappingAlgorithm: "RSAES_OAEP_SHA_256", WrappingKeySpec: "RSA_4096" })).toBe("ok");
    expect(await ask("GetParametersForImport", { WrappingAlgorithm: "RSAES_OAEP_SHA_256", WrappingKeySpec: "RSA_2048" })).toBe("AccessDeniedException");
    const { ImportToken, PublicKey } = await parameters();
    const input = { ImportToken, EncryptedKeyMaterial: wrap("RSAES_OAEP_SHA_256", PublicKey, one) };
    expect(await ask("ImportKeyMaterial", { ...input, ...never })).toBe("AccessDeniedException");
    expect(await ask("ImportKeyMaterial", { ...input, ValidTo: (lab.now() + 60 * days) / 1000 })).toBe("AccessDeniedException");
    expect(await ask("ImportKeyMaterial", { ...input, ValidTo: (lab.now() + 10 * days) / 1000 })).toBe("ok");
  });
});

describe("deletion, expiry and bringing back", () => {
  test("only the same bytes open what was encrypted before", async () => {
    const { KeyId, Arn, imported, done, outcome, describe: look } = await external();
    await imported(one);
    const { CiphertextBlob } = await done("Encrypt", { KeyId, Plaintext: text("x") });
    const { CurrentKeyMaterialId } = await look();
    expect(await done("DeleteImportedKeyMaterial", { KeyId })).toEqual({ KeyId: Arn, KeyMaterialId: CurrentKeyMaterialId });
    expect((await look()).KeyState).toBe("PendingImport");
    expect(await outcome("Decrypt", { CiphertextBlob })).toBe(`KMSInvalidStateException: ${Arn} is pending import.`);
    expect(await imported(two)).toBe("IncorrectKeyMaterialException: The key material is not the same as the key material that was imported before.");
    expect(await imported(one, { ...never, KeyMaterialId: "a".repeat(64) })).toContain("IncorrectKeyMaterialException");
    expect(await imported(one, { ...never, KeyMaterialId: CurrentKeyMaterialId })).toBe("ok");
    expect((await done("Decrypt", { CiphertextBlob })).Plaintext).toBe(text("x"));
  });

  test.each([
    ["HMAC_256", "GENERATE_VERIFY_MAC", () => one, () => two],
    ["ECC_NIST_P256", "SIGN_VERIFY", () => generateEc(), () => generateEc()],
  ] as const)("%s keeps its first material", async (KeySpec, KeyUsage, first, second) => {
    const { KeyId, imported, done, Arn } = await external({ KeySpec, KeyUsage });
    const material = first();
    expect(await imported(material)).toBe("ok");
    expect(await imported(second())).toContain("IncorrectKeyMaterialException");
    expect(await done("DeleteImportedKeyMaterial", { KeyId })).toEqual({ KeyId: Arn });
    expect(await imported(second())).toContain("IncorrectKeyMaterialException");
    expect(await imported(material)).toBe("ok");
  });

  test("by the lab's clock", async () => {
    const { KeyId, Arn, imported, describe: look, lab, list } = await external();
    const validTo = lab.now() / 1000 + 3600;
    await imported(one, { ValidTo: validTo });
    expect(await look()).toMatchObject({ KeyState: "Enabled", ExpirationModel: "KEY_MATERIAL_EXPIRES", ValidTo: validTo });
    expect(lab.upcoming().map(({ kind, due }) => [kind, due])).toEqual([["kms:material-expiry", validTo * 1000]]);
    await lab.advance(2 * hours);
    expect(await look()).toMatchObject({ KeyState: "PendingImport" });
    expect(await list()).toMatchObject([{ ImportState: "PENDING_IMPORT", KeyMaterialState: "CURRENT" }]);
    const events = lab.read({ account, region: "us-east-1", service: "events" }).table<{ "detail-type": string; resources: string[] }>("log").all();
    expect(events.map((event) => [event["detail-type"], event.resources])).toEqual([["KMS Imported Key Material Expiration", [Arn]]]);
    // Imported again without an end, it stays; and with another end, the old one is forgotten.
    await imported(one);
    await lab.advance(400 * days);
    expect(await look()).toMatchObject({ KeyState: "Enabled", ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" });
    await imported(one, { ValidTo: lab.now() / 1000 + 60 });
    await imported(one, { ValidTo: lab.now() / 1000 + 7200 });
    await lab.advance(1 * hours);
    expect((await look()).KeyState).toBe("Enabled");
    await lab.advance(1 * hours);
    expect((await look()).KeyState).toBe("PendingImport");
    expect(KeyId).toBeTruthy();
  });

  test("states: Disabled is lost with the material, pending deletion is not", async () => {
    const { KeyId, imported, done, outcome, describe: look } = await external();
    expect(await done("DeleteImportedKeyMaterial", { KeyId })).not.toHaveProperty("KeyMaterialId");
    await imported(one);
    await done("DisableKey", { KeyId });
    expect(await imported(one)).toBe("ok");
    expect((await look()).KeyState).toBe("Disabled");
    await done("DeleteImportedKeyMaterial", { KeyId });
    expect((await look()).KeyState).toBe("PendingImport");
    await imported(one);
    expect((await look()).KeyState).toBe("Enabled");
    await done("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
    expect(await outcome("DeleteImportedKeyMaterial", { KeyId })).toBe("ok");
    expect((await look()).KeyState).toBe("PendingDeletion");
    await done("CancelKeyDeletion", { KeyId });
    expect((await look()).KeyState).toBe("PendingImport");
    expect(await outcome("DeleteImportedKeyMaterial", { KeyId, KeyMaterialId: "a".repeat(64) })).toContain("NotFoundException");
  });

  test("the key is deleted with material that would have expired later", async () => {
    const { KeyId, imported, done, lab } = await external();
    await imported(one, { ValidTo: lab.now() / 1000 + 30 * 86_400 });
    await done("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
    await lab.advance(8 * days);
    expect(lab.upcoming()).toEqual([]);
    expect(lab.snapshot().records.aws?.["us-east-1"]?.kms?.materials ?? []).toEqual([]);
  });
});

const generateEc = (): Uint8Array => pkcs8(generateKeyPairSync("ec", { namedCurve: "P-256" }));

describe("several materials on one key", () => {
  const fresh = { ...never, ImportType: "NEW_KEY_MATERIAL" };

  test("new material waits, becomes current by RotateKeyOnDemand, and the old still decrypts", async () => {
    const { KeyId, Arn, imported, done, outcome, describe: look, list } = await external();
    expect(await outcome("RotateKeyOnDemand", { KeyId })).toBe(`KMSInvalidStateException: ${Arn} is pending import.`);
    await imported(one, { ...fresh, KeyMaterialDescription: "first" });
    expect(await outcome("RotateKeyOnDemand", { KeyId })).toBe(`KMSInvalidStateException: No available key material pending rotation for the key: ${Arn}.`);
    const before = await done("Encrypt", { KeyId, Plaintext: text("x") });
    expect(await imported(one, fresh)).toContain("IncorrectKeyMaterialException");
    expect(await imported(two, { ...fresh, KeyMaterialDescription: "second" })).toBe("ok");
    expect(await list()).toMatchObject([
      { KeyMaterialState: "CURRENT", ImportState: "IMPORTED", ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE", KeyMaterialDescription: "first" },
      { KeyMaterialState: "PENDING_ROTATION", ImportState: "IMPORTED", KeyMaterialDescription: "second" },
    ]);
    expect((await done("ListKeyRotations", { KeyId })).Rotations).toEqual([]);
    const waiting = (await list())[1].KeyMaterialId;
    expect((await look()).CurrentKeyMaterialId).not.toBe(waiting);
    expect(await imported(three, fresh)).toMatch(
      new RegExp(`^KMSInvalidStateException: New key material \\(id: [0-9a-f]{64}\\) cannot be imported into KMS key ${Arn}, because another key material \\(id: ${waiting}\\) is pending rotation\\.$`),
    );
    expect(await done("RotateKeyOnDemand", { KeyId })).toEqual({ KeyId: Arn });
    expect((await look()).CurrentKeyMaterialId).toBe(waiting);
    expect(await list()).toMatchObject([{ KeyMaterialState: "NON_CURRENT" }, { KeyMaterialState: "CURRENT", RotationType: "ON_DEMAND", RotationDate: expect.any(Number) }]);
    expect((await done("Decrypt", { CiphertextBlob: before.CiphertextBlob })).Plaintext).toBe(text("x"));
    expect((await done("Encrypt", { KeyId, Plaintext: text("y") })).CiphertextBlob).not.toBe(before.CiphertextBlob);
  });

  test("all that belongs to the key must be there; what waits need not", async () => {
    const { KeyId, imported, done, outcome, describe: look, list, lab } = await external();
    await imported(one);
    await imported(two, { ImportType: "NEW_KEY_MATERIAL", ValidTo: lab.now() / 1000 + 3600 });
    await lab.advance(2 * hours);
    expect((await look()).KeyState).toBe("Enabled");
    expect(await list()).toHaveLength(1);
    await imported(two, fresh);
    const [first, waiting] = (await list()).map(({ KeyMaterialId }: { KeyMaterialId: string }) => KeyMaterialId);
    await done("DeleteImportedKeyMaterial", { KeyId, KeyMaterialId: waiting });
    expect(await list()).toHaveLength(1);
    await imported(two, fresh);
    await done("RotateKeyOnDemand", { KeyId });
    await done("DeleteImportedKeyMaterial", { KeyId, KeyMaterialId: first });
    expect((await look()).KeyState).toBe("PendingImport");
    expect(await outcome("Encrypt", { KeyId, Plaintext: text("x") })).toContain("is pending import");
    await done("DeleteImportedKeyMaterial", { KeyId });
    await imported(two);
    expect((await look()).KeyState).toBe("PendingImport");
    await imported(one);
    expect((await look()).KeyState).toBe("Enabled");
  });
});

describe("multi-Region", () => {
  const fresh = { ...never, ImportType: "NEW_KEY_MATERIAL" };
  async function family() {
    const made = await external({ MultiRegion: true });
    await made.imported(one);
    await made.done("ReplicateKey", { KeyId: made.KeyId, ReplicaRegion: west });
    await made.lab.advance(5 * seconds);
    return made;
  }

  test("a replica waits for the same material", async () => {
    const { KeyId, imported, done, describe: look } = await family();
    expect(await look(west)).toMatchObject({ KeyState: "PendingImport", Origin: "EXTERNAL" });
    expect(await imported(two, never, west)).toContain("IncorrectKeyMaterialException");
    expect(await imported(two, fresh, west)).toContain("UnsupportedOperationException");
    expect(await imported(one, never, west)).toBe("ok");
    expect((await look(west)).CurrentKeyMaterialId).toBe((await look()).CurrentKeyMaterialId);
    const { CiphertextBlob } = await done("Encrypt", { KeyId, Plaintext: text("x") });
    expect((await done("Decrypt", { CiphertextBlob }, admin, west)).Plaintext).toBe(text("x"));
    await done("DeleteImportedKeyMaterial", { KeyId });
    expect([(await look()).KeyState, (await look(west)).KeyState]).toEqual(["PendingImport", "Enabled"]);
  });

  test("new material goes to the primary, then to every replica, then it can rotate", async () => {
    const { KeyId, Arn, imported, done, outcome, list, describe: look } = await family();
    await imported(one, never, west);
    await imported(two, fresh);
    expect((await list()).at(-1)).toMatchObject({ KeyMaterialState: "PENDING_MULTI_REGION_IMPORT_AND_ROTATION", ImportState: "IMPORTED" });
    expect((await list(west)).at(-1)).toMatchObject({ KeyMaterialState: "PENDING_MULTI_REGION_IMPORT_AND_ROTATION", ImportState: "PENDING_IMPORT" });
    expect(await outcome("RotateKeyOnDemand", { KeyId })).toBe(`KMSInvalidStateException: The key material pending rotation has not been imported into all replica keys of the key: ${Arn}.`);
    expect(await imported(two, { ...never, ImportType: "EXISTING_KEY_MATERIAL" }, west)).toBe("ok");
    expect((await list()).at(-1)).toMatchObject({ KeyMaterialState: "PENDING_ROTATION" });
    await done("RotateKeyOnDemand", { KeyId });
    expect((await look(west)).CurrentKeyMaterialId).toBe((await look()).CurrentKeyMaterialId);
    expect(await list(west)).toEqual(await list());
    const { CiphertextBlob } = await done("Encrypt", { KeyId, Plaintext: text("x") }, admin, west);
    expect((await done("Decrypt", { CiphertextBlob })).Plaintext).toBe(text("x"));
  });

  test("what waits on the primary goes with that of the replicas, not the other way round", async () => {
    const { KeyId, imported, done, list } = await family();
    await imported(one, never, west);
    await imported(two, fresh);
    await imported(two, never, west);
    const { KeyMaterialId } = (await list()).at(-1);
    await done("DeleteImportedKeyMaterial", { KeyId, KeyMaterialId }, admin, west);
    expect((await list()).at(-1)).toMatchObject({ KeyMaterialState: "PENDING_MULTI_REGION_IMPORT_AND_ROTATION", ImportState: "IMPORTED" });
    await imported(two, never, west);
    await done("DeleteImportedKeyMaterial", { KeyId, KeyMaterialId });
    expect([(await list()).length, (await list(west)).length]).toEqual([1, 1]);
  });

  test("a replica that becomes the primary must have it too before it rotates", async () => {
    const { KeyId, imported, done, outcome, lab, list } = await family();
    await imported(one, never, west);
    await imported(two, fresh);
    await done("UpdatePrimaryRegion", { KeyId, PrimaryRegion: west });
    await lab.advance(5 * seconds);
    expect(await outcome("RotateKeyOnDemand", { KeyId }, admin, west)).toContain("has not been imported into all");
    expect(await imported(two, never, west)).toBe("ok");
    expect(await outcome("RotateKeyOnDemand", { KeyId }, admin, west)).toBe("ok");
    expect(await list()).toEqual(await list(west));
  });

  test("undo, redo, replay and a saved lab", async () => {
    const { KeyId, imported, done, lab } = await family();
    await imported(one, { ValidTo: lab.now() / 1000 + 3600 }, west);
    await imported(two, fresh);
    await lab.advance(2 * hours);
    await done("ScheduleKeyDeletion", { KeyId }, admin, west);
    const snapshot = lab.snapshot();
    const entries = [...lab.journal];
    while (lab.undo());
    while (lab.redo());
    expect(JSON.stringify(lab.snapshot())).toBe(JSON.stringify(snapshot));
    const replayed = createLab({ ports: seededPorts(99) });
    replayed.replay(entries);
    expect(JSON.stringify(replayed.snapshot().records)).toBe(JSON.stringify(snapshot.records));
    expect(createLab({ ports: seededPorts(1), snapshot }).snapshot()).toEqual(snapshot);
  });
});
