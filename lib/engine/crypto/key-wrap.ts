import { aeskwp } from "@noble/ciphers/aes.js";
import type { Ciphers } from "../types";
import type { HashName } from "./hashes";
import { modulusLength, oaepDecrypt, rsaSpki } from "./rsa";

/**
 * Takes wrapped key material out: `RSAES_OAEP_SHA_*` is RSAES-OAEP around the material itself; `RSA_AES_KEY_WRAP_SHA_*`
 * (PKCS #11's CKM_RSA_AES_KEY_WRAP) is RSAES-OAEP around an AES key, followed by the material under that key by AES Key
 * Wrap with Padding. undefined for anything that was not wrapped so for this key.
 * Source: RFC 8017, 7.1; RFC 5649; KMS Developer Guide, Encrypt the key material.
 */
export function unwrap(ciphers: Ciphers, algorithm: "OAEP" | "AES_KEY_WRAP", pkcs8: Uint8Array, hash: HashName, wrapped: Uint8Array): Uint8Array | undefined {
  const spki = rsaSpki(pkcs8);
  if (algorithm === "OAEP") return oaepDecrypt(ciphers, pkcs8, spki, hash, wrapped);
  const length = modulusLength(spki);
  const key = oaepDecrypt(ciphers, pkcs8, spki, hash, wrapped.subarray(0, length));
  if (!key) return undefined;
  try {
    return aeskwp(key).decrypt(wrapped.subarray(length));
  } catch {
    return undefined;
  }
}
