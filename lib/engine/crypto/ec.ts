import { ed25519, ed25519ph } from "@noble/curves/ed25519.js";
import { p256, p384, p521 } from "@noble/curves/nist.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import type { EcdsaSpec } from "../types";
import { concat, equalBytes } from "./bytes";
import { seedLengths } from "./curve-specs";
import { bitString, integer, octetString, oid, readDer, readSequence, sequence, smallInteger, tlv } from "./der";

/**
 * Elliptic curves under the names of AWS's key specs. Private keys are PKCS#8 DER, public keys SubjectPublicKeyInfo DER,
 * ECDSA signatures DER (X9.62), as KMS gives them.
 * Source: RFC 5915, RFC 5480, RFC 8410; KMS API, Sign.
 */

const curves = {
  ECC_NIST_P256: { curve: p256, oid: oid("1.2.840.10045.3.1.7"), bytes: 32 },
  ECC_NIST_P384: { curve: p384, oid: oid("1.3.132.0.34"), bytes: 48 },
  ECC_NIST_P521: { curve: p521, oid: oid("1.3.132.0.35"), bytes: 66 },
  ECC_SECG_P256K1: { curve: secp256k1, oid: oid("1.3.132.0.10"), bytes: 32 },
} as const;

const EC_PUBLIC_KEY = oid("1.2.840.10045.2.1");
const ED25519 = oid("1.3.101.112");

export interface KeyPair {
  pkcs8: Uint8Array;
  spki: Uint8Array;
}

/** A key pair from entropy of `seedLengths`; the same entropy gives the same pair. */
export const ecKeyPair = (spec: EcdsaSpec, seed: Uint8Array): KeyPair => ecPairOf(spec, curves[spec].curve.utils.randomSecretKey(seed));

/** The key pair of a PKCS#8 document from elsewhere, written as ours are; undefined if it is not one of this curve. */
export function importEcPrivateKey(spec: EcdsaSpec, pkcs8: Uint8Array): KeyPair | undefined {
  const { curve, bytes, oid: curveOid } = curves[spec];
  const parts = readSequence(pkcs8);
  if (!parts || parts.length < 3 || parts[2].tag !== 0x04) return undefined;
  if (!equalBytes(parts[1].content, concat(EC_PUBLIC_KEY, curveOid))) return undefined;
  const scalar = readSequence(parts[2].content)?.[1];
  if (scalar?.tag !== 0x04 || scalar.content.length !== bytes || !curve.utils.isValidSecretKey(scalar.content)) return undefined;
  return ecPairOf(spec, scalar.content);
}

function ecPairOf(spec: EcdsaSpec, secret: Uint8Array): KeyPair {
  const { curve, oid: curveOid } = curves[spec];
  const point = curve.getPublicKey(secret, false);
  const algorithm = sequence(EC_PUBLIC_KEY, curveOid);
  return {
    pkcs8: sequence(smallInteger(0), algorithm, octetString(sequence(smallInteger(1), octetString(secret), tlv(0xa1, bitString(point))))),
    spki: sequence(algorithm, bitString(point)),
  };
}

/** The scalar in a PKCS#8 document that `ecKeyPair` made. */
function secretOf(pkcs8: Uint8Array): Uint8Array {
  const inner = readSequence(readSequence(pkcs8)![2].content)!;
  return inner[1].content;
}

/** The point in a SubjectPublicKeyInfo; undefined if it is for another curve or not such a document. */
function pointOf(spec: EcdsaSpec, spki: Uint8Array): Uint8Array | undefined {
  const parts = readSequence(spki);
  if (parts?.length !== 2 || parts[1].tag !== 0x03 || parts[1].content[0] !== 0) return undefined;
  const algorithm = sequence(EC_PUBLIC_KEY, curves[spec].oid);
  return equalBytes(readDer(spki)!.content.subarray(0, parts[0].end), algorithm) ? parts[1].content.subarray(1) : undefined;
}

/**
 * An ECDSA signature over a digest. AWS's are not deterministic: `entropy` (32 bytes) goes into the nonce beside key and
 * digest (RFC 6979, 3.6), so recorded entropy gives the recorded signature. S may be in the upper half, as AWS's may.
 */
export function ecdsaSign(spec: EcdsaSpec, pkcs8: Uint8Array, digest: Uint8Array, entropy: Uint8Array): Uint8Array {
  const { curve, bytes } = curves[spec];
  const compact = curve.sign(digest, secretOf(pkcs8), { prehash: false, lowS: false, extraEntropy: entropy });
  return sequence(integer(compact.subarray(0, bytes)), integer(compact.subarray(bytes)));
}

/** True if the signature (DER) is one over the digest; false for anything else, also for bytes that are no signature. */
export function ecdsaVerify(spec: EcdsaSpec, spki: Uint8Array, digest: Uint8Array, signature: Uint8Array): boolean {
  const point = pointOf(spec, spki);
  const { curve, bytes } = curves[spec];
  const parts = readSequence(signature);
  if (!point || parts?.length !== 2 || parts.some((part) => part.tag !== 0x02)) return false;
  const compact = new Uint8Array(2 * bytes);
  for (const [i, part] of parts.entries()) {
    let value = part.content;
    if (value.length === 0 || value[0] & 0x80) return false;
    if (value[0] === 0) {
      if (value.length > 1 && !(value[1] & 0x80)) return false;
      value = value.subarray(1);
    }
    if (value.length > bytes) return false;
    compact.set(value, (i + 1) * bytes - value.length);
  }
  return curve.verify(compact, digest, point, { prehash: false, lowS: false });
}

/** The x coordinate of the shared point: `DeriveSharedSecret`'s raw secret. undefined if the other key is not one of this curve. */
export function ecdh(spec: EcdsaSpec, pkcs8: Uint8Array, otherSpki: Uint8Array): Uint8Array | undefined {
  const point = pointOf(spec, otherSpki);
  if (!point) return undefined;
  try {
    return curves[spec].curve.getSharedSecret(secretOf(pkcs8), point, true).subarray(1);
  } catch {
    return undefined;
  }
}

// ---------------------------------------------------------------- Ed25519

/** A key pair from 32 bytes of entropy, which are the private key. */
export function ed25519KeyPair(seed: Uint8Array): KeyPair {
  return {
    pkcs8: sequence(smallInteger(0), sequence(ED25519), octetString(octetString(seed))),
    spki: sequence(sequence(ED25519), bitString(ed25519.getPublicKey(seed))),
  };
}

/** The key pair of a PKCS#8 document from elsewhere, written as ours are; undefined if it is not one of Ed25519. */
export function importEd25519PrivateKey(pkcs8: Uint8Array): KeyPair | undefined {
  const parts = readSequence(pkcs8);
  if (!parts || parts.length < 3 || parts[2].tag !== 0x04 || !equalBytes(parts[1].content, ED25519)) return undefined;
  const seed = readDer(parts[2].content);
  return seed?.tag === 0x04 && seed.content.length === seedLengths.ECC_NIST_EDWARDS25519 ? ed25519KeyPair(seed.content) : undefined;
}

const edSecretOf = (pkcs8: Uint8Array): Uint8Array => readDer(readSequence(pkcs8)![2].content)!.content;
const edPointOf = (spki: Uint8Array): Uint8Array => readSequence(spki)![1].content.subarray(1);

/**
 * `prehash` is Ed25519ph, whose first step hashes what it is given with SHA-512. KMS takes a digest there and hashes it
 * again, so its ED25519_PH_SHA_512 signature over a digest is Ed25519ph's over the digest as a message.
 * Source: RFC 8032, 5.1; measured by others against AWS (Infisical pull request 7918, floci pull request 2930).
 */
export const ed25519Sign = (pkcs8: Uint8Array, message: Uint8Array, prehash: boolean): Uint8Array =>
  (prehash ? ed25519ph : ed25519).sign(message, edSecretOf(pkcs8));

export function ed25519Verify(spki: Uint8Array, message: Uint8Array, signature: Uint8Array, prehash: boolean): boolean {
  if (signature.length !== 64) return false;
  return (prehash ? ed25519ph : ed25519).verify(signature, message, edPointOf(spki), { zip215: false });
}
