import { keySpecs, type KeyFamily } from "@/lib/engine/kms/specs";

/**
 * What the import pages offer for a key's material: which wrapping goes with it, and what it must be.
 * Source: KMS Developer Guide, Select a wrapping algorithm; Requirements for imported key material.
 */

/** The longest is what AWS prefers. */
export const WRAPPING_KEY_SPECS = ["RSA_4096", "RSA_3072", "RSA_2048"];

const DIRECT = ["RSAES_OAEP_SHA_256", "RSAES_OAEP_SHA_1"];
const TWO_STEPS = ["RSA_AES_KEY_WRAP_SHA_256", "RSA_AES_KEY_WRAP_SHA_1"];

const WORDS: Record<string, string> = {
  RSAES_OAEP_SHA_256: "RSAES-OAEP with SHA-256, around the key material itself.",
  RSAES_OAEP_SHA_1: "RSAES-OAEP with SHA-1, for key managers that have no SHA-256.",
  RSA_AES_KEY_WRAP_SHA_256: "An AES key wraps the key material, and RSAES-OAEP with SHA-256 wraps the AES key.",
  RSA_AES_KEY_WRAP_SHA_1: "As before, with SHA-1.",
};

export const familyOf = (keySpec: string): KeyFamily => keySpecs[keySpec].family;
export const isRaw = (keySpec: string): boolean => ["symmetric", "hmac"].includes(familyOf(keySpec));

/** The algorithms that go with a key's spec and the wrapping key's, the preferred first. */
export function wrappingAlgorithms(keySpec: string, wrappingKeySpec: string): { value: string; description: string }[] {
  const fits = isRaw(keySpec)
    ? DIRECT
    : // A private key of RSA is too long for RSAES-OAEP alone, and so is one of P-521 for the shortest wrapping key.
      familyOf(keySpec) === "rsa" || (keySpec === "ECC_NIST_P521" && wrappingKeySpec === "RSA_2048")
      ? TWO_STEPS
      : [...TWO_STEPS, ...DIRECT];
  return fits.map((value) => ({ value, description: WORDS[value] }));
}

/** Key material of so many bytes; undefined where it is a private key in PKCS #8. */
export const materialBytes = (keySpec: string): number | undefined => (isRaw(keySpec) ? keySpecs[keySpec].bits / 8 : undefined);

/** What the key material is, in a sentence's end: "32 random bytes". */
export function materialWords(keySpec: string): string {
  const bytes = materialBytes(keySpec);
  return bytes ? `${bytes} random bytes` : `a private key for ${keySpec}, in PKCS #8 (DER)`;
}

/** Everything but ML-DSA, for which AWS names no wrapping. */
export const canImport = (keySpec: string): boolean => familyOf(keySpec) !== "ml-dsa";

/** Whether this page can make material for a spec: bytes anywhere, key pairs where the browser's WebCrypto knows them. */
export const canGenerate = (keySpec: string): boolean =>
  isRaw(keySpec) || (globalThis.crypto?.subtle !== undefined && /^(RSA_|ECC_NIST_P\d)/.test(keySpec));
