import { sha1 } from "@noble/hashes/legacy.js";
import { sha224, sha256, sha384, sha512 } from "@noble/hashes/sha2.js";

/** Hash functions by the end of AWS's algorithm names. */
export type HashName = "SHA_1" | "SHA_224" | "SHA_256" | "SHA_384" | "SHA_512";

export const hashes = { SHA_1: sha1, SHA_224: sha224, SHA_256: sha256, SHA_384: sha384, SHA_512: sha512 } as const;

/** `SHA_256` of `RSASSA_PSS_SHA_256`, `ECDSA_SHA_256`, `RSAES_OAEP_SHA_256`, `HMAC_SHA_256`, `ED25519_PH_SHA_512`. */
export function hashOf(algorithm: string): HashName {
  const name = /SHA_(1|224|256|384|512)$/.exec(algorithm)?.[0];
  if (!name) throw new RangeError(`no hash in ${algorithm}`);
  return name as HashName;
}

export const digest = (hash: HashName, data: Uint8Array): Uint8Array => hashes[hash](data);
export const digestLength = (hash: HashName): number => hashes[hash].outputLen;
