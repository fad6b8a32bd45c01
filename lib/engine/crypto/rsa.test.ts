import { constants, createPrivateKey, createPublicKey, privateDecrypt, publicEncrypt, sign, verify } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { seededPorts } from "../ports";
import { fromBase64, toHex, utf8 } from "./bytes";
import { digest, digestLength, type HashName } from "./hashes";
import { nobleCiphers } from "./noble";
import { oaepDecrypt, oaepEncrypt, oaepLimit, pkcs1Sign, pkcs1Verify, pssSign, pssVerify, rsaSpki } from "./rsa";
import { rsaKeyPair } from "./rsa-keygen";

const { random } = seededPorts(4);
const nodeHash = (hash: HashName): string => hash.toLowerCase().replace("_", "");

describe.each([2048, 3072])("RSA_%i", (bits) => {
  let pkcs8: Uint8Array;
  let spki: Uint8Array;
  let privateKey: ReturnType<typeof createPrivateKey>;
  let publicKey: ReturnType<typeof createPublicKey>;

  beforeAll(() => {
    pkcs8 = fromBase64(rsaKeyPair(bits, random));
    spki = rsaSpki(pkcs8);
    privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
    publicKey = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
  }, 60_000);

  test("Node reads the pair and writes the same", () => {
    expect(privateKey.asymmetricKeyDetails).toMatchObject({ modulusLength: bits, publicExponent: 65537n });
    expect(toHex(privateKey.export({ format: "der", type: "pkcs8" }))).toBe(toHex(pkcs8));
    expect(toHex(createPublicKey(privateKey).export({ format: "der", type: "spki" }))).toBe(toHex(spki));
  });

  describe.each<[HashName]>([["SHA_1"], ["SHA_256"]])("OAEP with %s", (hash) => {
    const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: nodeHash(hash) };

    test("with Node, both ways, at all sorts of lengths", () => {
      const most = oaepLimit(bits / 8, hash);
      for (const length of [0, 1, 16, 100, most - 1, most]) {
        const plaintext = random(length);
        const ours = oaepEncrypt(spki, hash, plaintext, random(digestLength(hash)));
        expect(ours.length).toBe(bits / 8);
        expect(toHex(privateDecrypt({ key: privateKey, ...oaep }, ours))).toBe(toHex(plaintext));
        const theirs = new Uint8Array(publicEncrypt({ key: publicKey, ...oaep }, plaintext));
        expect(oaepDecrypt(nobleCiphers, pkcs8, spki, hash, theirs)).toEqual(plaintext);
      }
      expect(() => oaepEncrypt(spki, hash, random(most + 1), random(digestLength(hash)))).toThrow(RangeError);
    });

    test("refuses everything else", () => {
      const ciphertext = oaepEncrypt(spki, hash, utf8("secret"), random(digestLength(hash)));
      const changed = ciphertext.slice();
      changed[40] ^= 1;
      const wrong: HashName = hash === "SHA_1" ? "SHA_256" : "SHA_1";
      expect(oaepDecrypt(nobleCiphers, pkcs8, spki, hash, changed)).toBeUndefined();
      expect(oaepDecrypt(nobleCiphers, pkcs8, spki, wrong, ciphertext)).toBeUndefined();
      expect(oaepDecrypt(nobleCiphers, pkcs8, spki, hash, ciphertext.subarray(1))).toBeUndefined();
      expect(oaepDecrypt(nobleCiphers, pkcs8, spki, hash, new Uint8Array(bits / 8).fill(0xff))).toBeUndefined();
    });
  });

  describe.each<[HashName]>([["SHA_256"], ["SHA_384"], ["SHA_512"]])("signatures with %s", (hash) => {
    const data = utf8("test message !%$@");
    const hashed = digest(hash, data);
    const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: digestLength(hash) };

    test("PSS with Node, both ways", () => {
      const ours = pssSign(nobleCiphers, pkcs8, spki, hash, hashed, random(digestLength(hash)));
      expect(verify(nodeHash(hash), data, { key: publicKey, ...pss }, ours)).toBe(true);
      expect(pssVerify(spki, hash, hashed, sign(nodeHash(hash), data, { key: privateKey, ...pss }))).toBe(true);
    });

    test("PKCS #1 v1.5: the same signature as Node's", () => {
      const ours = pkcs1Sign(nobleCiphers, pkcs8, spki, hash, hashed);
      expect(toHex(ours)).toBe(toHex(sign(nodeHash(hash), data, privateKey)));
      expect(pkcs1Verify(spki, hash, hashed, ours)).toBe(true);
    });

    test("nothing else verifies", () => {
      const good = {
        pss: pssSign(nobleCiphers, pkcs8, spki, hash, hashed, random(digestLength(hash))),
        pkcs1: pkcs1Sign(nobleCiphers, pkcs8, spki, hash, hashed),
      };
      const other = digest(hash, utf8("other"));
      for (const signature of [good.pss, good.pkcs1]) {
        const changed = signature.slice();
        changed[100] ^= 1;
        for (const odd of [
          changed,
          signature.subarray(1),
          new Uint8Array(0),
          new Uint8Array(bits / 8),
          new Uint8Array(bits / 8).fill(0xff),
        ]) {
          expect(pssVerify(spki, hash, hashed, odd)).toBe(false);
          expect(pkcs1Verify(spki, hash, hashed, odd)).toBe(false);
        }
      }
      expect(pssVerify(spki, hash, other, good.pss)).toBe(false);
      expect(pkcs1Verify(spki, hash, other, good.pkcs1)).toBe(false);
      expect(pssVerify(spki, hash, hashed, good.pkcs1)).toBe(false);
      expect(pkcs1Verify(spki, hash, hashed, good.pss)).toBe(false);
    });
  });
});

test("the same seed makes the same key", () => {
  expect(rsaKeyPair(2048, seededPorts(9).random)).toBe(rsaKeyPair(2048, seededPorts(9).random));
}, 60_000);
