import type { MlDsaSpec } from "../types";
import { bitString, octetString, oid, readDer, readSequence, sequence, smallInteger, tlv } from "./der";

/**
 * ML-DSA keys as documents: PKCS#8 with the seed alone, SubjectPublicKeyInfo. The algorithm is in `ml-dsa.ts`.
 * Source: RFC 9881, 4 and 6.
 */
const algorithms: Readonly<Record<MlDsaSpec, Uint8Array>> = {
  ML_DSA_44: sequence(oid("2.16.840.1.101.3.4.3.17")),
  ML_DSA_65: sequence(oid("2.16.840.1.101.3.4.3.18")),
  ML_DSA_87: sequence(oid("2.16.840.1.101.3.4.3.19")),
};

/** Entropy of a key pair, which is the private key. */
export const ML_DSA_SEED_LENGTH = 32;

export const mlDsaPkcs8 = (spec: MlDsaSpec, seed: Uint8Array): Uint8Array => sequence(smallInteger(0), algorithms[spec], octetString(tlv(0x80, seed)));
export const mlDsaSpki = (spec: MlDsaSpec, publicKey: Uint8Array): Uint8Array => sequence(algorithms[spec], bitString(publicKey));

/** The seed in a document of `mlDsaPkcs8`. */
export const mlDsaSeed = (pkcs8: Uint8Array): Uint8Array => readDer(readSequence(pkcs8)![2].content)!.content;
/** The raw public key in a document of `mlDsaSpki`. */
export const mlDsaPublicKey = (spki: Uint8Array): Uint8Array => readSequence(spki)![1].content.subarray(1);
