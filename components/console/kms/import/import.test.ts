import { execFileSync, spawnSync } from "node:child_process";
import { constants, createPublicKey, generateKeyPairSync, privateDecrypt } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLab, type Lab } from "@/lib/engine/lab";
import { seededPorts } from "@/lib/engine/ports";
import { utf8 } from "@/lib/engine/crypto/bytes";
import { keySpecs } from "@/lib/engine/kms/specs";
import type { JsonObject } from "@/lib/engine/types";
import { generateMaterial, readMaterial, wrapMaterial } from "./make-material";
import { FILES, opensslCommands } from "./openssl";
import { canGenerate, canImport, materialBytes, wrappingAlgorithms, WRAPPING_KEY_SPECS } from "./wrapping";
import { storedZip } from "./zip";

let lab: Lab;
beforeAll(() => {
  lab = createLab({ ports: seededPorts(5) });
});

const ask = async (operation: string, input: JsonObject): Promise<any> => {
  const reply = await lab.call({ service: "kms", operation, input, caller: { account: "111122223333", root: true } });
  if (!reply.ok) throw new Error(`${operation} ${reply.error.code}: ${reply.error.message}`);
  return reply.output;
};

const usageOf = (spec: string): string => (keySpecs[spec].usages.includes("SIGN_VERIFY") ? "SIGN_VERIFY" : keySpecs[spec].usages[0]);

/** A key without material, and what to wrap it with. */
async function waiting(KeySpec: string, WrappingAlgorithm: string, WrappingKeySpec = "RSA_2048") {
  const { KeyMetadata } = await ask("CreateKey", { KeySpec, KeyUsage: usageOf(KeySpec), Origin: "EXTERNAL" });
  return ask("GetParametersForImport", { KeyId: KeyMetadata.KeyId, WrappingAlgorithm, WrappingKeySpec });
}

const finish = async ({ KeyId, ImportToken }: JsonObject, EncryptedKeyMaterial: string) => {
  await ask("ImportKeyMaterial", { KeyId, ImportToken, EncryptedKeyMaterial, ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" });
  return (await ask("DescribeKey", { KeyId })).KeyMetadata.KeyState;
};

const importable = Object.keys(keySpecs).filter(canImport);
/** Keys of RSA take seconds to make; the shortest stands for all. */
const quick = importable.filter((spec) => spec !== "RSA_3072" && spec !== "RSA_4096");
const pairs = quick.flatMap((spec) => wrappingAlgorithms(spec, "RSA_2048").map(({ value }) => ({ spec, algorithm: value })));

describe("the wrapping that the page offers is the one that KMS takes", () => {
  test.each([
    ["SYMMETRIC_DEFAULT", "RSA_2048"],
    ["HMAC_512", "RSA_2048"],
    ["RSA_4096", "RSA_2048"],
    ["ECC_SECG_P256K1", "RSA_2048"],
    ["ECC_NIST_P521", "RSA_2048"],
    ["ECC_NIST_P521", "RSA_3072"],
  ])("%s with a wrapping key %s", async (KeySpec, WrappingKeySpec) => {
    expect(WRAPPING_KEY_SPECS).toContain(WrappingKeySpec);
    const { KeyMetadata } = await ask("CreateKey", { KeySpec, KeyUsage: usageOf(KeySpec), Origin: "EXTERNAL" });
    const taken: string[] = [];
    for (const WrappingAlgorithm of ["RSAES_OAEP_SHA_256", "RSAES_OAEP_SHA_1", "RSA_AES_KEY_WRAP_SHA_256", "RSA_AES_KEY_WRAP_SHA_1"]) {
      const input = { KeyId: KeyMetadata.KeyId, WrappingAlgorithm, WrappingKeySpec };
      const reply = await lab.call({ service: "kms", operation: "GetParametersForImport", input, caller: { account: "111122223333", root: true } });
      if (reply.ok) taken.push(WrappingAlgorithm);
    }
    expect(wrappingAlgorithms(KeySpec, WrappingKeySpec).map(({ value }) => value).sort()).toEqual(taken.sort());
  }, 60_000);
});

describe("made and wrapped in the page", () => {
  test.each(pairs.filter(({ spec }) => canGenerate(spec)))("$spec by $algorithm is imported", async ({ spec, algorithm }) => {
    const parameters = await waiting(spec, algorithm);
    const material = await generateMaterial(spec);
    const { encrypted, steps } = await wrapMaterial(algorithm, parameters.PublicKey, material);
    expect(await finish(parameters, encrypted)).toBe("Enabled");
    expect(steps).toHaveLength(algorithm.startsWith("RSAES") ? 1 : 4);
  });

  test("Node's own RSA takes the material out again", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const spki = publicKey.export({ format: "der", type: "spki" }).toString("base64");
    const { encrypted } = await wrapMaterial("RSAES_OAEP_SHA_256", spki, utf8("thirty-two bytes of key material"));
    const options = { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" };
    expect(privateDecrypt(options, Buffer.from(encrypted, "base64")).toString()).toBe("thirty-two bytes of key material");
  });
});

const openssl = spawnSync("openssl", ["version"], { encoding: "utf8" }).stdout?.startsWith("OpenSSL 3") ?? false;

describe.skipIf(!openssl)("the OpenSSL commands that the page shows", () => {
  test.each(pairs)("make and wrap $spec by $algorithm for an import", async ({ spec, algorithm }) => {
    const parameters = await waiting(spec, algorithm);
    const folder = mkdtempSync(join(tmpdir(), "wrap-"));
    try {
      writeFileSync(join(folder, FILES.publicKey), Buffer.from(parameters.PublicKey, "base64"));
      execFileSync("bash", ["-ec", opensslCommands(spec, algorithm).join("\n")], { cwd: folder, stdio: "pipe" });
      expect(await finish(parameters, readFileSync(join(folder, FILES.wrapped)).toString("base64"))).toBe("Enabled");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("material as it was typed", () => {
  const hex = "ab".repeat(32);
  const base64 = Buffer.from(hex, "hex").toString("base64");
  test.each([
    ["hexadecimal", hex.toUpperCase(), "SYMMETRIC_DEFAULT", 32],
    ["base64 over two lines", `${base64.slice(0, 20)}\n ${base64.slice(20)}`, "SYMMETRIC_DEFAULT", 32],
    // 64 digits are hexadecimal of 32 bytes, and base64 of 48.
    ["64 digits for 48 bytes", hex, "HMAC_384", 48],
    ["64 digits for 32 bytes", hex, "HMAC_256", 32],
    ["a private key of any length", base64, "ECC_NIST_P256", 32],
  ])("%s", (_, text, spec, length) => expect(readMaterial(text, spec).bytes).toHaveLength(length));
  test.each([
    ["too short", "abcd", "SYMMETRIC_DEFAULT", /takes 32 bytes; this is 2/],
    ["nothing", "  ", "SYMMETRIC_DEFAULT", /neither/],
    ["words", "my secret!", "SYMMETRIC_DEFAULT", /neither/],
  ])("%s", (_, text, spec, words) => expect(readMaterial(text, spec).problem).toMatch(words));
  test("bytes for each spec that takes bytes", () =>
    expect(importable.filter((spec) => materialBytes(spec) !== undefined)).toEqual(["SYMMETRIC_DEFAULT", "HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512"]));
});

describe("the archive", () => {
  const files = [
    { name: FILES.publicKey, bytes: Uint8Array.from({ length: 300 }, (_, at) => at & 255) },
    { name: FILES.readme, bytes: utf8("words") },
    { name: "empty", bytes: new Uint8Array(0) },
  ];
  const folder = mkdtempSync(join(tmpdir(), "zip-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  // Python reads it by the directory and checks each sum.
  test.skipIf(spawnSync("python3", ["--version"]).status !== 0)("is one that others open", () => {
    const path = join(folder, "a.zip");
    writeFileSync(path, storedZip(files, Date.UTC(2026, 10, 24, 4, 30, 8)));
    const program = "import sys,zipfile,json\nz=zipfile.ZipFile(sys.argv[1])\nprint(json.dumps([z.testzip(),[[i.filename,list(z.read(i)),list(i.date_time)] for i in z.infolist()]]))";
    const [broken, read] = JSON.parse(execFileSync("python3", ["-c", program, path], { encoding: "utf8" }));
    expect(broken).toBeNull();
    expect(read).toEqual(files.map(({ name, bytes }) => [name, [...bytes], [2026, 11, 24, 4, 30, 8]]));
  });
  test("has the sum that CRC-32 has for its check word", () => {
    const zip = storedZip([{ name: "n", bytes: utf8("123456789") }], 0);
    expect(new DataView(zip.buffer, zip.byteOffset).getUint32(14, true)).toBe(0xcbf43926);
  });
});

test("a wrapping public key is one that OpenSSL and Node read", async () => {
  const { PublicKey } = await waiting("SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_256");
  expect(createPublicKey({ key: Buffer.from(PublicKey, "base64"), format: "der", type: "spki" }).asymmetricKeyDetails?.modulusLength).toBe(2048);
});
