import { spawnSync } from "node:child_process";
import { createPrivateKey, createPublicKey, type KeyObject, generateKeyPairSync, privateDecrypt, publicEncrypt, constants, createHmac, diffieHellman, randomBytes, sign, verify } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { wrap } from "./import.test-helper";
import { bench, quickRsa, text } from "./lifecycle.test-helper";

/** Keys, signatures and ciphertexts go both ways between this KMS and OpenSSL's command, where it is installed, and Node's crypto. */
const hasOpenSsl = spawnSync("openssl", ["version"]).status === 0;
const never = { ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" };
let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "keyhole-interop-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, bytes?: Uint8Array): string => {
  const path = join(folder, name);
  if (bytes) writeFileSync(path, bytes);
  return path;
};
/** Runs OpenSSL's command; what it prints. */
function openssl(...args: string[]): Buffer {
  const { status, stdout, stderr } = spawnSync("openssl", args);
  if (status !== 0) throw new Error(`openssl ${args.join(" ")}: ${stderr.toString()}`);
  return stdout;
}
const base64 = (path: string): string => readFileSync(path).toString("base64");
const oaep = ["-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:sha256", "-pkeyopt", "rsa_mgf1_md:sha256"];

/** A key with imported material, and the way to import more. */
async function external(input: object) {
  const made = bench(51, quickRsa(51));
  const { KeyId } = await made.key({ Origin: "EXTERNAL", ...input });
  const parameters = (WrappingAlgorithm: string, WrappingKeySpec = "RSA_3072") => made.done("GetParametersForImport", { KeyId, WrappingAlgorithm, WrappingKeySpec });
  const imported = async (algorithm: string, material: Uint8Array): Promise<void> => {
    const { ImportToken, PublicKey } = await parameters(algorithm);
    await made.done("ImportKeyMaterial", { KeyId, ImportToken, EncryptedKeyMaterial: wrap(algorithm, PublicKey, material), ...never });
  };
  return { ...made, KeyId, parameters, imported };
}

describe.runIf(hasOpenSsl)("OpenSSL", () => {
  test("a symmetric key that OpenSSL wrapped imports, and works", async () => {
    const { KeyId, parameters, done } = await external({});
    const { ImportToken, PublicKey } = await parameters("RSAES_OAEP_SHA_256", "RSA_4096");
    openssl("rand", "-out", file("material"), "32");
    openssl("pkeyutl", "-encrypt", "-pubin", "-keyform", "DER", "-inkey", file("wrapping.der", Buffer.from(PublicKey, "base64")), ...oaep, "-in", file("material"), "-out", file("wrapped"));
    await done("ImportKeyMaterial", { KeyId, ImportToken, EncryptedKeyMaterial: base64(file("wrapped")), ...never });
    const { CiphertextBlob } = await done("Encrypt", { KeyId, Plaintext: text("hello") });
    expect((await done("Decrypt", { CiphertextBlob })).Plaintext).toBe(text("hello"));
  }, 30_000);

  test.each([
    ["RSA_3072", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"], "RSA_AES_KEY_WRAP_SHA_256", "RSASSA_PKCS1_V1_5_SHA_256", "-sha256"],
    ["ECC_NIST_P256", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], "RSAES_OAEP_SHA_256", "ECDSA_SHA_256", "-sha256"],
    ["ECC_NIST_P521", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"], "RSA_AES_KEY_WRAP_SHA_1", "ECDSA_SHA_512", "-sha512"],
  ])("%s: OpenSSL's key imports; each side's signatures are good on the other", async (KeySpec, how, algorithm, SigningAlgorithm, digest) => {
    const { KeyId, imported, done, outcome } = await external({ KeySpec, KeyUsage: "SIGN_VERIFY" });
    openssl("genpkey", ...how, "-outform", "DER", "-out", file("key.der"));
    openssl("pkcs8", "-topk8", "-nocrypt", "-inform", "DER", "-outform", "DER", "-in", file("key.der"), "-out", file("key.p8"));
    await imported(algorithm, readFileSync(file("key.p8")));

    writeFileSync(file("public.der"), Buffer.from((await done("GetPublicKey", { KeyId })).PublicKey, "base64"));
    expect(readFileSync(file("public.der"))).toEqual(openssl("pkey", "-inform", "DER", "-in", file("key.der"), "-pubout", "-outform", "DER"));
    writeFileSync(file("message"), "hello");
    const { Signature } = await done("Sign", { KeyId, Message: text("hello"), SigningAlgorithm });
    writeFileSync(file("signature"), Buffer.from(Signature, "base64"));
    expect(openssl("dgst", digest, "-verify", file("public.der"), "-keyform", "DER", "-signature", file("signature"), file("message")).toString()).toContain("Verified OK");
    openssl("dgst", digest, "-sign", file("key.p8"), "-keyform", "DER", "-out", file("signature"), file("message"));
    expect(await outcome("Verify", { KeyId, Message: text("hello"), SigningAlgorithm, Signature: base64(file("signature")) })).toBe("ok");
  }, 60_000);

  test("what OpenSSL encrypts to a downloaded public key decrypts here", async () => {
    const { key, done } = bench(52, quickRsa(52));
    const { KeyId } = await key({ KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" });
    writeFileSync(file("public.der"), Buffer.from((await done("GetPublicKey", { KeyId })).PublicKey, "base64"));
    openssl("pkeyutl", "-encrypt", "-pubin", "-keyform", "DER", "-inkey", file("public.der"), ...oaep, "-in", file("message", Buffer.from("secret")), "-out", file("sealed"));
    expect((await done("Decrypt", { KeyId, CiphertextBlob: base64(file("sealed")), EncryptionAlgorithm: "RSAES_OAEP_SHA_256" })).Plaintext).toBe(text("secret"));
  });

  test("a shared secret is the same on both sides", async () => {
    const { key, done } = bench(53);
    const { KeyId } = await key({ KeySpec: "ECC_NIST_P384", KeyUsage: "KEY_AGREEMENT" });
    writeFileSync(file("ours.der"), Buffer.from((await done("GetPublicKey", { KeyId })).PublicKey, "base64"));
    openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384", "-outform", "DER", "-out", file("theirs.der"));
    const PublicKey = openssl("pkey", "-inform", "DER", "-in", file("theirs.der"), "-pubout", "-outform", "DER").toString("base64");
    const theirs = openssl("pkeyutl", "-derive", "-keyform", "DER", "-inkey", file("theirs.der"), "-peerform", "DER", "-peerkey", file("ours.der"));
    expect((await done("DeriveSharedSecret", { KeyId, KeyAgreementAlgorithm: "ECDH", PublicKey })).SharedSecret).toBe(theirs.toString("base64"));
  });
});

describe("Node", () => {
  const der = { type: "pkcs8", format: "der" } as const;
  const publicOf = (spki: string): KeyObject => createPublicKey({ key: Buffer.from(spki, "base64"), format: "der", type: "spki" });

  test("an imported HMAC key makes the MACs that Node makes", async () => {
    const { KeyId, imported, done } = await external({ KeySpec: "HMAC_512", KeyUsage: "GENERATE_VERIFY_MAC" });
    const material = randomBytes(64);
    await imported("RSAES_OAEP_SHA_1", material);
    const { Mac } = await done("GenerateMac", { KeyId, Message: text("m"), MacAlgorithm: "HMAC_SHA_512" });
    expect(Mac).toBe(createHmac("sha512", material).update("m").digest("base64"));
  }, 30_000);

  test("an imported RSA key encrypts and decrypts with Node's half", async () => {
    const { KeyId, imported, done } = await external({ KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" });
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    await imported("RSA_AES_KEY_WRAP_SHA_256", privateKey.export(der));
    const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" };
    const EncryptionAlgorithm = "RSAES_OAEP_SHA_256";
    const { CiphertextBlob } = await done("Encrypt", { KeyId, Plaintext: text("to Node"), EncryptionAlgorithm });
    expect(privateDecrypt({ key: privateKey, ...padding }, Buffer.from(CiphertextBlob, "base64")).toString()).toBe("to Node");
    const sealed = publicEncrypt({ key: publicOf((await done("GetPublicKey", { KeyId })).PublicKey), ...padding }, Buffer.from("from Node")).toString("base64");
    expect((await done("Decrypt", { KeyId, CiphertextBlob: sealed, EncryptionAlgorithm })).Plaintext).toBe(text("from Node"));
  }, 30_000);

  test("an imported Ed25519 key signs as Node does", async () => {
    const { KeyId, imported, done } = await external({ KeySpec: "ECC_NIST_EDWARDS25519", KeyUsage: "SIGN_VERIFY" });
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    await imported("RSAES_OAEP_SHA_256", privateKey.export(der));
    const { Signature } = await done("Sign", { KeyId, Message: text("m"), SigningAlgorithm: "ED25519_SHA_512" });
    expect(Signature).toBe(sign(null, Buffer.from("m"), privateKey).toString("base64"));
    expect(verify(null, Buffer.from("m"), publicKey, Buffer.from(Signature, "base64"))).toBe(true);
  }, 30_000);

  test.each([["ECC_NIST_P256", "P-256"], ["ECC_NIST_P521", "P-521"]])("an imported %s key agrees with Node", async (KeySpec, namedCurve) => {
    const { KeyId, imported, done, outcome } = await external({ KeySpec, KeyUsage: "KEY_AGREEMENT" });
    const mine = generateKeyPairSync("ec", { namedCurve });
    const theirs = generateKeyPairSync("ec", { namedCurve });
    await imported("RSA_AES_KEY_WRAP_SHA_256", mine.privateKey.export(der));
    const PublicKey = theirs.publicKey.export({ type: "spki", format: "der" }).toString("base64");
    const answer = await done("DeriveSharedSecret", { KeyId, KeyAgreementAlgorithm: "ECDH", PublicKey });
    expect(answer).toMatchObject({ KeyOrigin: "EXTERNAL", KeyAgreementAlgorithm: "ECDH" });
    expect(answer.SharedSecret).toBe(diffieHellman({ privateKey: theirs.privateKey, publicKey: mine.publicKey }).toString("base64"));
    const other = generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey.export({ type: "spki", format: "der" }).toString("base64");
    expect(await outcome("DeriveSharedSecret", { KeyId, KeyAgreementAlgorithm: "ECDH", PublicKey: other })).toContain("ValidationException");
    expect(await outcome("DeriveSharedSecret", { KeyId, KeyAgreementAlgorithm: "ECDH", PublicKey, DryRun: true })).toContain("DryRunOperationException");
  }, 30_000);

  test("a data key pair's private half is one that Node reads", async () => {
    const { key, done } = bench(54);
    const { KeyId } = await key();
    const { PrivateKeyPlaintext, PublicKey } = await done("GenerateDataKeyPair", { KeyId, KeyPairSpec: "ECC_NIST_P256" });
    const signature = sign("sha256", Buffer.from("m"), createPrivateKey({ key: Buffer.from(PrivateKeyPlaintext, "base64"), ...der }));
    expect(verify("sha256", Buffer.from("m"), publicOf(PublicKey), signature)).toBe(true);
  });
});
