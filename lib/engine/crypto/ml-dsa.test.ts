import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { MlDsaSpec, OutsideAnswer } from "../types";
import { fromBase64, toBase64 } from "./bytes";
import { mlDsa } from "./ml-dsa";
import { mlDsaPkcs8, mlDsaPublicKey, mlDsaSeed, mlDsaSpki } from "./ml-dsa-keys";
import openssl from "./vectors/ml-dsa.json";

const vectors = openssl.vectors as { spec: MlDsaSpec; seed: string; pkcs8: string; spki: string; message: string; signature: string }[];
const entropy = toBase64(new Uint8Array(32).fill(9));
const sign = (spec: MlDsaSpec, seed: string, message: string, mu = false): string =>
  (mlDsa({ kind: "ml-dsa-sign", spec, seed, message, mu, entropy }) as OutsideAnswer["ml-dsa-sign"]).signature;
const verify = (spec: MlDsaSpec, publicKey: string, message: string, signature: string, mu = false): boolean =>
  (mlDsa({ kind: "ml-dsa-verify", spec, publicKey, message, mu, signature }) as OutsideAnswer["ml-dsa-verify"]).valid;

/** FIPS 204, algorithm 7, step 6, by Node's SHAKE256: µ of a message with an empty context. */
const shake = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash("shake256", { outputLength: 64 });
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const muOf = (publicKey: Uint8Array, message: Uint8Array): string => shake(shake(publicKey), Uint8Array.of(0, 0), message).toString("base64");

/** Sizes of FIPS 204, table 2. */
const sizes: Record<MlDsaSpec, [publicKey: number, signature: number]> = { ML_DSA_44: [1312, 2420], ML_DSA_65: [1952, 3309], ML_DSA_87: [2592, 4627] };

describe.each(vectors)("$spec", ({ spec, seed, pkcs8, spki, message, signature }) => {
  test("keys are the documents that OpenSSL writes", () => {
    const { publicKey } = mlDsa({ kind: "ml-dsa-public-key", spec, seed }) as OutsideAnswer["ml-dsa-public-key"];
    expect(toBase64(mlDsaSpki(spec, fromBase64(publicKey)))).toBe(spki);
    expect(toBase64(mlDsaPkcs8(spec, fromBase64(seed)))).toBe(pkcs8);
    expect(toBase64(mlDsaSeed(fromBase64(pkcs8)))).toBe(seed);
    expect(toBase64(mlDsaPublicKey(fromBase64(spki)))).toBe(publicKey);
    expect(fromBase64(publicKey).length).toBe(sizes[spec][0]);
  });

  test("OpenSSL's signature is good, and not over another message or by another key", () => {
    const publicKey = toBase64(mlDsaPublicKey(fromBase64(spki)));
    expect(verify(spec, publicKey, message, signature)).toBe(true);
    expect(verify(spec, publicKey, btoa("another"), signature)).toBe(false);
    expect(verify(spec, publicKey, message, toBase64(fromBase64(signature).subarray(1)))).toBe(false);
    const flipped = fromBase64(signature);
    flipped[40] ^= 1;
    expect(verify(spec, publicKey, message, toBase64(flipped))).toBe(false);
    const other = (mlDsa({ kind: "ml-dsa-public-key", spec, seed: entropy }) as OutsideAnswer["ml-dsa-public-key"]).publicKey;
    expect(verify(spec, other, message, signature)).toBe(false);
  });

  test("the same entropy gives the same signature; over µ it is the same as over the message", () => {
    const publicKey = mlDsaPublicKey(fromBase64(spki));
    const own = sign(spec, seed, message);
    expect(fromBase64(own).length).toBe(sizes[spec][1]);
    expect(sign(spec, seed, message)).toBe(own);
    const mu = muOf(publicKey, fromBase64(message));
    expect(sign(spec, seed, mu, true)).toBe(own);
    expect(verify(spec, toBase64(publicKey), mu, signature, true)).toBe(true);
  });

  const python = `import sys, base64, json
from cryptography.hazmat.primitives.serialization import load_der_public_key
key, message, signature = (base64.b64decode(part) for part in json.load(sys.stdin))
load_der_public_key(key).verify(signature, message)
print("good")`;
  const hasOpenSsl = spawnSync("python3", ["-c", "from cryptography.hazmat.primitives.asymmetric import mldsa"]).status === 0;
  test.runIf(hasOpenSsl)("OpenSSL finds our signature good, where Python has it", () => {
    const said = spawnSync("python3", ["-c", python], { input: JSON.stringify([spki, message, sign(spec, seed, message)]), encoding: "utf8" });
    expect(said.stdout.trim()).toBe("good");
  });
});
