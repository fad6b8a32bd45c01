import { expect, test } from "vitest";
import { fromBase64, fromHex, toHex, utf8 } from "../engine/crypto/bytes";
import { nobleCiphers } from "../engine/crypto/noble";
import { rsaKeyPair } from "../engine/crypto/rsa-keygen";
import { seededPorts } from "../engine/ports";
import { nodeCiphers } from "./node-ciphers";
import { nodeOutside } from "./node-outside";
import { outside } from "../store/outside";

const both = [nobleCiphers, nodeCiphers];
const pkcs8Of = (answer: object): string => (answer as { pkcs8: string }).pkcs8;
const hex = (text: string): Uint8Array => fromHex(text)!;

test.each(both)("$name: test case 16 of the GCM specification (McGrew and Viega)", (ciphers) => {
  const key = hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  const nonce = hex("cafebabefacedbaddecaf888");
  const plaintext = hex(
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
  );
  const aad = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  const sealed =
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662" +
    "76fc6ece0f4e1768cddf8853bb2d551b";
  expect(toHex(ciphers.seal(key, nonce, plaintext, aad))).toBe(sealed);
  expect(ciphers.open(key, nonce, hex(sealed), aad)).toEqual(plaintext);
});

test.each(both)("$name: sha256 of 'abc' (FIPS 180-4)", (ciphers) =>
  expect(toHex(ciphers.sha256(utf8("abc")))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
);

test("the same bytes from both, whatever comes in", () => {
  const { random } = seededPorts(11);
  for (let i = 0; i < 200; i++) {
    const [key, nonce, plaintext, aad] = [random(32), random(12), random(i * 21), random(i % 3 ? i : 0)];
    const sealed = nobleCiphers.seal(key, nonce, plaintext, aad);
    expect(nodeCiphers.seal(key, nonce, plaintext, aad)).toEqual(sealed);
    expect(nodeCiphers.open(key, nonce, sealed, aad)).toEqual(plaintext);
    expect(nobleCiphers.open(key, nonce, sealed, aad)).toEqual(plaintext);
    const changed = sealed.slice();
    changed[i % sealed.length] ^= 1;
    for (const ciphers of both) {
      expect(ciphers.open(key, nonce, changed, aad)).toBeUndefined();
      expect(ciphers.open(key, nonce, sealed, random(5))).toBeUndefined();
      expect(ciphers.open(key, nonce, sealed.subarray(0, i % 16), aad)).toBeUndefined();
    }
    expect(nodeCiphers.sha256(plaintext)).toEqual(nobleCiphers.sha256(plaintext));
  }
});

test("the raw RSA operation, with keys of the engine's own making, Node's and WebCrypto's", async () => {
  const { random } = seededPorts(12);
  const keys = [
    rsaKeyPair(2048, random),
    pkcs8Of(await nodeOutside({ kind: "rsa-key-pair", bits: 3072 })),
    pkcs8Of(await outside({ kind: "rsa-key-pair", bits: 2048 })),
  ];
  for (const [i, key] of keys.entries()) {
    const pkcs8 = fromBase64(key);
    const block = random(i === 1 ? 384 : 256);
    block[0] = 0;
    const result = nodeCiphers.rsaPrivate(pkcs8, block);
    expect(nobleCiphers.rsaPrivate(pkcs8, block)).toEqual(result);
    expect(result.length).toBe(block.length);
  }
}, 60_000);
