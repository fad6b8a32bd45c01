import {
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  diffieHellman,
  sign as nodeSign,
  verify as nodeVerify,
} from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import { p256, p384, p521 } from "@noble/curves/nist.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { describe, expect, test } from "vitest";
import { seededPorts } from "../ports";
import { fromHex, toHex, utf8 } from "./bytes";
import { bitString, integer, oid, sequence } from "./der";
import { ecdh, ecdsaSign, ecdsaVerify, ecKeyPair, ed25519KeyPair, ed25519Sign, ed25519Verify } from "./ec";
import type { EcdsaSpec } from "../types";
import { seedLengths } from "./curve-specs";
import { digest, type HashName } from "./hashes";

test("entropy for key pairs is as long as the curves want it", () => {
  for (const [spec, { lengths }] of [["ECC_NIST_P256", p256], ["ECC_NIST_P384", p384], ["ECC_NIST_P521", p521], ["ECC_SECG_P256K1", secp256k1], ["ECC_NIST_EDWARDS25519", ed25519]] as const) expect(seedLengths[spec]).toBe(lengths.seed);
});

const { random } = seededPorts(3);
const hex = (text: string): Uint8Array => fromHex(text.replaceAll(/\s/g, ""))!;
const privateKey = (pkcs8: Uint8Array) => createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
const publicKey = (spki: Uint8Array) => createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });

const specs: [EcdsaSpec, HashName, string, string][] = [
  ["ECC_NIST_P256", "SHA_256", "sha256", "prime256v1"],
  ["ECC_NIST_P384", "SHA_384", "sha384", "secp384r1"],
  ["ECC_NIST_P521", "SHA_512", "sha512", "secp521r1"],
  ["ECC_SECG_P256K1", "SHA_256", "sha256", "secp256k1"],
];

describe.each(specs)("%s", (spec, hash, nodeHash, curve) => {
  const pair = ecKeyPair(spec, random(seedLengths[spec]));
  const message = utf8("test message !%$@");

  test("Node reads both keys, and finds that they belong together", () => {
    const derived = createPublicKey(privateKey(pair.pkcs8)).export({ format: "der", type: "spki" });
    expect(toHex(derived)).toBe(toHex(pair.spki));
    expect(publicKey(pair.spki).asymmetricKeyDetails?.namedCurve).toBe(curve);
    expect(toHex(privateKey(pair.pkcs8).export({ format: "der", type: "pkcs8" }))).toBe(toHex(pair.pkcs8));
  });

  test("the same entropy gives the same pair", () => {
    const seed = random(seedLengths[spec]);
    expect(ecKeyPair(spec, seed)).toEqual(ecKeyPair(spec, seed));
  });

  test("signatures made here verify in Node and the other way round", () => {
    for (let i = 0; i < 8; i++) {
      const data = random(1 + i * 50);
      const ours = ecdsaSign(spec, pair.pkcs8, digest(hash, data), random(32));
      expect(createVerify(nodeHash).update(data).verify(publicKey(pair.spki), ours)).toBe(true);
      const theirs = createSign(nodeHash).update(data).sign(privateKey(pair.pkcs8));
      expect(ecdsaVerify(spec, pair.spki, digest(hash, data), theirs)).toBe(true);
    }
  });

  test("entropy decides the signature", () => {
    const hashed = digest(hash, message);
    const entropy = random(32);
    expect(ecdsaSign(spec, pair.pkcs8, hashed, entropy)).toEqual(ecdsaSign(spec, pair.pkcs8, hashed, entropy));
    expect(ecdsaSign(spec, pair.pkcs8, hashed, entropy)).not.toEqual(ecdsaSign(spec, pair.pkcs8, hashed, random(32)));
  });

  test("nothing else verifies", () => {
    const hashed = digest(hash, message);
    const signature = ecdsaSign(spec, pair.pkcs8, hashed, random(32));
    expect(ecdsaVerify(spec, pair.spki, digest(hash, utf8("other")), signature)).toBe(false);
    expect(ecdsaVerify(spec, ecKeyPair(spec, random(seedLengths[spec])).spki, hashed, signature)).toBe(false);
    const other = spec === "ECC_NIST_P256" ? "ECC_SECG_P256K1" : "ECC_NIST_P256";
    expect(ecdsaVerify(spec, ecKeyPair(other, random(seedLengths[other])).spki, hashed, signature)).toBe(false);
    for (let at = 0; at < signature.length; at++) {
      const changed = signature.slice();
      changed[at] ^= 1;
      expect(ecdsaVerify(spec, pair.spki, hashed, changed)).toBe(false);
    }
    for (const odd of [
      new Uint8Array(0),
      random(64),
      signature.subarray(1),
      Uint8Array.of(...signature, 0),
      sequence(integer(Uint8Array.of(0)), integer(Uint8Array.of(0))),
    ])
      expect(ecdsaVerify(spec, pair.spki, hashed, odd)).toBe(false);
  });

  test("ECDH agrees with Node's", () => {
    const other = ecKeyPair(spec, random(seedLengths[spec]));
    const shared = ecdh(spec, pair.pkcs8, other.spki)!;
    expect(toHex(shared)).toBe(toHex(diffieHellman({ privateKey: privateKey(pair.pkcs8), publicKey: publicKey(other.spki) })));
    expect(ecdh(spec, other.pkcs8, pair.spki)).toEqual(shared);
    expect(ecdh(spec, pair.pkcs8, random(80))).toBeUndefined();
    const offCurve = pair.spki.slice();
    offCurve[offCurve.length - 1] ^= 1;
    expect(ecdh(spec, pair.pkcs8, offCurve)).toBeUndefined();
  });
});

test("RFC 6979, A.2.5: the signature of P-256 with SHA-256 over 'sample'", () => {
  const point = hex(`04 60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6
    7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299`);
  const spki = sequence(sequence(oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7")), bitString(point));
  const signature = sequence(
    integer(hex("EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716")),
    integer(hex("F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8")),
  );
  expect(ecdsaVerify("ECC_NIST_P256", spki, digest("SHA_256", utf8("sample")), signature)).toBe(true);
  expect(ecdsaVerify("ECC_NIST_P256", spki, digest("SHA_256", utf8("test")), signature)).toBe(false);
});

describe("Ed25519", () => {
  const pair = ed25519KeyPair(random(32));

  test("RFC 8032, 7.1, test 2", () => {
    const known = ed25519KeyPair(hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    expect(toHex(known.spki.subarray(-32))).toBe("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    expect(toHex(ed25519Sign(known.pkcs8, hex("72"), false))).toBe(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    );
  });

  test("RFC 8032, 7.3: Ed25519ph over 'abc'", () => {
    const known = ed25519KeyPair(hex("833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42"));
    const signature = ed25519Sign(known.pkcs8, utf8("abc"), true);
    expect(toHex(signature)).toBe(
      "98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae4131f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406",
    );
    expect(ed25519Verify(known.spki, utf8("abc"), signature, true)).toBe(true);
    expect(ed25519Verify(known.spki, utf8("abc"), signature, false)).toBe(false);
  });

  test("with Node, both ways; the public key document has 44 bytes", () => {
    expect(pair.spki.length).toBe(44);
    expect(toHex(createPublicKey(privateKey(pair.pkcs8)).export({ format: "der", type: "spki" }))).toBe(toHex(pair.spki));
    for (let i = 0; i < 8; i++) {
      const data = random(1 + i * 60);
      expect(nodeVerify(null, data, publicKey(pair.spki), ed25519Sign(pair.pkcs8, data, false))).toBe(true);
      expect(ed25519Verify(pair.spki, data, nodeSign(null, data, privateKey(pair.pkcs8)), false)).toBe(true);
    }
  });

  test("nothing else verifies", () => {
    const data = utf8("data");
    const signature = ed25519Sign(pair.pkcs8, data, false);
    for (let at = 0; at < signature.length; at++) {
      const changed = signature.slice();
      changed[at] ^= 1;
      expect(ed25519Verify(pair.spki, data, changed, false)).toBe(false);
    }
    expect(ed25519Verify(pair.spki, data, signature.subarray(1), false)).toBe(false);
  });
});
