import type { Ciphers } from "../types";
import { boundedCache, concat, equalBytes, toBase64 } from "./bytes";
import { bitString, integer, NULL, octetString, oid, readSequence, sequence, smallInteger } from "./der";
import { digest, digestLength, hashes, type HashName } from "./hashes";
import { modInverse, modPow, toBigInt, toBytes } from "./integers";

/**
 * RSA as KMS has it: RSAES-OAEP, RSASSA-PSS (salt as long as the hash) and RSASSA-PKCS1-v1_5, over the raw private
 * operation of the cipher port. Randomness is always given, so that replay sees the same bytes.
 * Source: RFC 8017; KMS Developer Guide, Key spec reference.
 */

const RSA_ENCRYPTION = oid("1.2.840.113549.1.1.1");
const ALGORITHM = sequence(RSA_ENCRYPTION, NULL);

export interface RsaPublicKey {
  n: bigint;
  e: bigint;
  /** Length of the modulus in bytes. */
  length: number;
}

export interface RsaPrivateKey extends RsaPublicKey {
  p: bigint;
  q: bigint;
  dP: bigint;
  dQ: bigint;
  qInv: bigint;
}

const bytesOf = (value: bigint): Uint8Array => toBytes(value, Math.ceil(value.toString(16).length / 2));
const bigInteger = (value: bigint): Uint8Array => integer(bytesOf(value));

/** A private key as PKCS#8 from its primes (p > q). */
export function encodeRsaPrivateKey(p: bigint, q: bigint, e: bigint): Uint8Array {
  const n = p * q;
  const d = modInverse(e, (p - 1n) * (q - 1n));
  const numbers = [n, e, d, p, q, d % (p - 1n), d % (q - 1n), modInverse(q, p)];
  return sequence(smallInteger(0), ALGORITHM, octetString(sequence(smallInteger(0), ...numbers.map(bigInteger))));
}

/** The numbers of a PKCS#8 document; undefined if it is not an RSA private key. */
export function decodeRsaPrivateKey(pkcs8: Uint8Array): RsaPrivateKey | undefined {
  const outer = readSequence(pkcs8);
  if (!outer || outer.length < 3 || outer[2].tag !== 0x04) return undefined;
  const parts = readSequence(outer[2].content);
  if (parts?.length !== 9 || parts.some((part) => part.tag !== 0x02)) return undefined;
  const [, n, e, , p, q, dP, dQ, qInv] = parts.map((part) => toBigInt(part.content));
  return { n, e, p, q, dP, dQ, qInv, length: bytesOf(n).length };
}

/**
 * The private key of a PKCS#8 document from elsewhere, written as ours are (so that the same key is the same bytes).
 * undefined unless it is an RSA key of so many bits whose numbers go together.
 */
export function importRsaPrivateKey(pkcs8: Uint8Array, bits: number): Uint8Array | undefined {
  const key = decodeRsaPrivateKey(pkcs8);
  if (!key) return undefined;
  const { n, e, p, q, dP, dQ } = key;
  const fits =
    n.toString(2).length === bits && p > 1n && q > 1n && p !== q && p * q === n && (e * dP) % (p - 1n) === 1n && (e * dQ) % (q - 1n) === 1n &&
    modPow(2n, p - 1n, p) === 1n && modPow(2n, q - 1n, q) === 1n;
  return fits ? (p > q ? encodeRsaPrivateKey(p, q, e) : encodeRsaPrivateKey(q, p, e)) : undefined;
}

/** The public key of a PKCS#8 document as SubjectPublicKeyInfo. */
export function rsaSpki(pkcs8: Uint8Array): Uint8Array {
  const key = decodeRsaPrivateKey(pkcs8);
  if (!key) throw new Error("not an RSA private key");
  return sequence(ALGORITHM, bitString(sequence(bigInteger(key.n), bigInteger(key.e))));
}

const publicKeys = boundedCache<RsaPublicKey>(64);

function decodeSpki(spki: Uint8Array): RsaPublicKey {
  return publicKeys.get(toBase64(spki), () => {
    const [n, e] = readSequence(readSequence(spki)![1].content.subarray(1))!.map((part) => toBigInt(part.content));
    return { n, e, length: bytesOf(n).length };
  });
}

/** Bytes of a public key's modulus: the length of what is encrypted under it. */
export const modulusLength = (spki: Uint8Array): number => decodeSpki(spki).length;

/** m^e mod n on a block of the modulus's length; undefined if the block is not below the modulus. */
function rsaPublic(key: RsaPublicKey, block: Uint8Array): Uint8Array | undefined {
  const m = toBigInt(block);
  return m < key.n ? toBytes(modPow(m, key.e, key.n), key.length) : undefined;
}

/** The raw private operation with the Chinese remainder theorem, for ports that have no faster one. */
export function rsaPrivateCrt(key: RsaPrivateKey, block: Uint8Array): Uint8Array {
  const c = toBigInt(block);
  if (c >= key.n) throw new RangeError("block is not below the modulus");
  const m1 = modPow(c % key.p, key.dP, key.p);
  const m2 = modPow(c % key.q, key.dQ, key.q);
  const h = ((((m1 - m2) % key.p) + key.p) * key.qInv) % key.p;
  return toBytes(m2 + h * key.q, key.length);
}

/** Mask generation function 1. Source: RFC 8017, B.2.1. */
function mgf1(hash: HashName, seed: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  const size = digestLength(hash);
  const counter = new Uint8Array(4);
  for (let i = 0, at = 0; at < length; i++, at += size) {
    counter[2] = i >>> 8;
    counter[3] = i;
    const block = hashes[hash].create().update(seed).update(counter).digest();
    out.set(at + size <= length ? block : block.subarray(0, length - at), at);
  }
  return out;
}

function xorInto(target: Uint8Array, mask: Uint8Array): void {
  for (let i = 0; i < target.length; i++) target[i] ^= mask[i];
}

// ---------------------------------------------------------------- OAEP

/** The longest plaintext for a modulus of so many bytes: 214 and 190 for RSA_2048. */
export const oaepLimit = (modulusBytes: number, hash: HashName): number => modulusBytes - 2 * digestLength(hash) - 2;

/** `seed` is as long as the hash. Throws if the message is too long. */
export function oaepEncrypt(spki: Uint8Array, hash: HashName, message: Uint8Array, seed: Uint8Array): Uint8Array {
  const key = decodeSpki(spki);
  const size = digestLength(hash);
  if (message.length > oaepLimit(key.length, hash)) throw new RangeError("message too long");
  const block = new Uint8Array(key.length);
  const maskedSeed = block.subarray(1, 1 + size);
  const data = block.subarray(1 + size);
  data.set(digest(hash, new Uint8Array(0)));
  data[data.length - message.length - 1] = 1;
  data.set(message, data.length - message.length);
  xorInto(data, mgf1(hash, seed, data.length));
  maskedSeed.set(seed);
  xorInto(maskedSeed, mgf1(hash, data, size));
  return rsaPublic(key, block)!;
}

/** undefined for anything that this key and hash did not encrypt. */
export function oaepDecrypt(
  ciphers: Ciphers,
  pkcs8: Uint8Array,
  spki: Uint8Array,
  hash: HashName,
  ciphertext: Uint8Array,
): Uint8Array | undefined {
  const key = decodeSpki(spki);
  const size = digestLength(hash);
  if (ciphertext.length !== key.length || toBigInt(ciphertext) >= key.n) return undefined;
  const block = ciphers.rsaPrivate(pkcs8, ciphertext);
  const seed = block.slice(1, 1 + size);
  const data = block.slice(1 + size);
  xorInto(seed, mgf1(hash, data, size));
  xorInto(data, mgf1(hash, seed, data.length));
  if (block[0] !== 0 || !equalBytes(data.subarray(0, size), digest(hash, new Uint8Array(0)))) return undefined;
  let at = size;
  while (at < data.length && data[at] === 0) at++;
  return data[at] === 1 ? data.slice(at + 1) : undefined;
}

// ---------------------------------------------------------------- PKCS #1 v1.5 signatures

/** DigestInfo up to the digest. Source: RFC 8017, 9.2. */
const digestInfos: Partial<Record<HashName, Uint8Array>> = {
  SHA_256: oid("2.16.840.1.101.3.4.2.1"),
  SHA_384: oid("2.16.840.1.101.3.4.2.2"),
  SHA_512: oid("2.16.840.1.101.3.4.2.3"),
};

function pkcs1Block(hash: HashName, hashed: Uint8Array, length: number): Uint8Array {
  const info = sequence(sequence(digestInfos[hash]!, NULL), octetString(hashed));
  const block = new Uint8Array(length).fill(0xff);
  block[0] = 0;
  block[1] = 1;
  block[length - info.length - 1] = 0;
  block.set(info, length - info.length);
  return block;
}

export function pkcs1Sign(ciphers: Ciphers, pkcs8: Uint8Array, spki: Uint8Array, hash: HashName, hashed: Uint8Array): Uint8Array {
  return ciphers.rsaPrivate(pkcs8, pkcs1Block(hash, hashed, decodeSpki(spki).length));
}

export function pkcs1Verify(spki: Uint8Array, hash: HashName, hashed: Uint8Array, signature: Uint8Array): boolean {
  const key = decodeSpki(spki);
  if (signature.length !== key.length) return false;
  const block = rsaPublic(key, signature);
  return block !== undefined && equalBytes(block, pkcs1Block(hash, hashed, key.length));
}

// ---------------------------------------------------------------- PSS

const pssHash = (hash: HashName, hashed: Uint8Array, salt: Uint8Array): Uint8Array => digest(hash, concat(new Uint8Array(8), hashed, salt));

/** `salt` is as long as the hash. */
export function pssSign(
  ciphers: Ciphers,
  pkcs8: Uint8Array,
  spki: Uint8Array,
  hash: HashName,
  hashed: Uint8Array,
  salt: Uint8Array,
): Uint8Array {
  const { length } = decodeSpki(spki);
  const size = digestLength(hash);
  const h = pssHash(hash, hashed, salt);
  const block = new Uint8Array(length);
  const data = block.subarray(0, length - size - 1);
  data[data.length - size - 1] = 1;
  data.set(salt, data.length - size);
  xorInto(data, mgf1(hash, h, data.length));
  // Moduli here are of whole bytes with the top bit set: the encoded block is one bit shorter.
  block[0] &= 0x7f;
  block.set(h, length - size - 1);
  block[length - 1] = 0xbc;
  return ciphers.rsaPrivate(pkcs8, block);
}

export function pssVerify(spki: Uint8Array, hash: HashName, hashed: Uint8Array, signature: Uint8Array): boolean {
  const key = decodeSpki(spki);
  const size = digestLength(hash);
  if (signature.length !== key.length) return false;
  const block = rsaPublic(key, signature);
  if (!block || block[key.length - 1] !== 0xbc || block[0] & 0x80) return false;
  const h = block.subarray(key.length - size - 1, key.length - 1);
  const data = block.slice(0, key.length - size - 1);
  xorInto(data, mgf1(hash, h, data.length));
  data[0] &= 0x7f;
  const one = data.length - size - 1;
  for (let i = 0; i < one; i++) if (data[i] !== 0) return false;
  return data[one] === 1 && equalBytes(h, pssHash(hash, hashed, data.subarray(one + 1)));
}
