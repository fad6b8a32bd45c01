import { concat, fromBase64, fromHex, parseBase64, toBase64, toHex } from "@/lib/engine/crypto/bytes";
import { digestLength, hashOf } from "@/lib/engine/crypto/hashes";
import { oaepEncrypt } from "@/lib/engine/crypto/rsa";
import { materialBytes } from "./wrapping";

/** One thing that was done, and what came out: for the learner to follow. */
export interface WrapStep {
  what: string;
  /** Hexadecimal, or the beginning of it. */
  result: string;
}

export interface Wrapped {
  /** base64: what ImportKeyMaterial takes. */
  encrypted: string;
  steps: WrapStep[];
}

export type Random = (bytes: number) => Uint8Array;
export const browserRandom: Random = (bytes) => crypto.getRandomValues(new Uint8Array(bytes));

/** The first bytes, and how many there are. */
export const beginning = (bytes: Uint8Array): string =>
  bytes.length > 32 ? `${toHex(bytes.subarray(0, 32))}… (${bytes.length} bytes)` : `${toHex(bytes)} (${bytes.length} bytes)`;

/** AES Key Wrap with Padding is needed by few: it is fetched when it is. Source: RFC 5649. */
const wrapPadded = async (key: Uint8Array, material: Uint8Array): Promise<Uint8Array> => {
  const { aeskwp } = await import("@noble/ciphers/aes.js");
  return aeskwp(key).encrypt(material);
};

/**
 * Wraps key material as the learner's own key manager would. `publicKey` is GetParametersForImport's, base64.
 * Throws RangeError where the material is too long for the wrapping key.
 * Source: KMS Developer Guide, Select a wrapping algorithm; RFC 8017, 7.1.
 */
export async function wrapMaterial(algorithm: string, publicKey: string, material: Uint8Array, random: Random = browserRandom): Promise<Wrapped> {
  const hash = hashOf(algorithm);
  const spki = fromBase64(publicKey);
  const seal = (bytes: Uint8Array) => oaepEncrypt(spki, hash, bytes, random(digestLength(hash)));
  const oaep = `RSAES-OAEP with ${algorithm.endsWith("SHA_1") ? "SHA-1" : "SHA-256"} under the wrapping public key`;
  if (algorithm.startsWith("RSAES_OAEP")) {
    const sealed = seal(material);
    return { encrypted: toBase64(sealed), steps: [{ what: `The key material, encrypted by ${oaep}`, result: beginning(sealed) }] };
  }
  const key = random(32);
  const inner = await wrapPadded(key, material);
  const sealed = seal(key);
  const all = concat(sealed, inner);
  return {
    encrypted: toBase64(all),
    steps: [
      { what: "An AES key of 256 bits, for this once", result: beginning(key) },
      { what: "The key material under the AES key, by AES Key Wrap with Padding (RFC 5649)", result: beginning(inner) },
      { what: `The AES key, encrypted by ${oaep}`, result: beginning(sealed) },
      { what: "Both, one after the other", result: beginning(all) },
    ],
  };
}

/** What WebCrypto is asked for a private key of a spec that `canGenerate` allows. */
function pairAlgorithm(keySpec: string): RsaHashedKeyGenParams | EcKeyGenParams {
  if (keySpec.startsWith("RSA_"))
    return { name: "RSA-PSS", modulusLength: Number(keySpec.slice("RSA_".length)), publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-256" };
  return { name: "ECDSA", namedCurve: keySpec.replace("ECC_NIST_P", "P-") };
}

/** Fresh key material: random bytes, or a private key as PKCS #8. Only for specs of which `canGenerate` is true. */
export async function generateMaterial(keySpec: string, random: Random = browserRandom): Promise<Uint8Array> {
  const bytes = materialBytes(keySpec);
  if (bytes !== undefined) return random(bytes);
  const { privateKey } = await crypto.subtle.generateKey(pairAlgorithm(keySpec), true, ["sign", "verify"]);
  return new Uint8Array(await crypto.subtle.exportKey("pkcs8", privateKey));
}

/** Key material as somebody typed it, and why it is none. Hexadecimal is tried first: 64 digits of it are base64 too. */
export function readMaterial(text: string, keySpec: string): { bytes: Uint8Array; problem?: undefined } | { bytes?: undefined; problem: string } {
  const plain = text.replace(/\s+/g, "");
  const wanted = materialBytes(keySpec);
  const readings = [fromHex(plain.toLowerCase()), parseBase64(plain)].filter((bytes) => bytes !== undefined && bytes.length > 0) as Uint8Array[];
  if (!readings.length) return { problem: "This is neither hexadecimal nor base64." };
  if (wanted === undefined) return { bytes: readings[0] };
  const bytes = readings.find(({ length }) => length === wanted);
  return bytes ? { bytes } : { problem: `A key of spec ${keySpec} takes ${wanted} bytes; this is ${readings[0].length}.` };
}
