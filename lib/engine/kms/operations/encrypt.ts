import { base64Length, fromBase64, toBase64 } from "../../crypto/bytes";
import { digestLength, hashOf } from "../../crypto/hashes";
import { oaepEncrypt, oaepLimit } from "../../crypto/rsa";
import { ok, type Failure } from "../../errors";
import type { Context, Operation } from "../../types";
import { useCost } from "../billing";
import { kmsErrors } from "../errors";
import { foundKey } from "../find";
import { keySpecs, type EncryptionAlgorithm } from "../specs";
import type { KeyRow } from "../state";
import { askKey, checkUse, currentMaterial, encryptUnder, noteCrypto, type EncryptionContext } from "../use";

export interface EncryptInput {
  KeyId: string;
  Plaintext: string;
  EncryptionContext?: EncryptionContext;
  EncryptionAlgorithm?: EncryptionAlgorithm;
  GrantTokens?: string[];
  DryRun?: boolean;
}

/**
 * Encrypts up to 4,096 bytes under a symmetric key, or as many as RSAES-OAEP takes under an RSA key.
 * Output: CiphertextBlob, KeyId (the key's ARN), EncryptionAlgorithm.
 * Source: KMS API, Encrypt.
 */
export const Encrypt: Operation = {
  name: "Encrypt",
  authorise: (input: EncryptInput, ctx) =>
    askKey(ctx, "Encrypt", input, { "kms:EncryptionAlgorithm": input.EncryptionAlgorithm ?? "SYMMETRIC_DEFAULT" }),
  handle(input: EncryptInput, ctx) {
    const { key } = foundKey(ctx, input.KeyId);
    const algorithm = input.EncryptionAlgorithm ?? "SYMMETRIC_DEFAULT";
    const refused =
      checkUse(ctx, "Encrypt", key, "ENCRYPT_DECRYPT", algorithm) ??
      checkRoom(key, algorithm, base64Length(input.Plaintext), input.EncryptionContext);
    if (refused) return refused;
    if (input.DryRun) return kmsErrors.dryRun();
    const { CiphertextBlob } = encryptWith(ctx, key, algorithm, fromBase64(input.Plaintext), input.EncryptionContext);
    return ok({ CiphertextBlob, KeyId: key.Arn, EncryptionAlgorithm: algorithm });
  },
  cost: ({ KeyId, EncryptionAlgorithm }: EncryptInput, ctx) => useCost(ctx, pairFor(KeyId, EncryptionAlgorithm)),
};

/** The key's id where the algorithm is one of key pairs: a symmetric key need not be looked up for its price. */
export const pairFor = (keyId: string | undefined, algorithm: EncryptionAlgorithm | undefined): string | undefined =>
  algorithm === undefined || algorithm === "SYMMETRIC_DEFAULT" ? undefined : keyId;

/** Whether so much fits; and an encryption context fits with symmetric keys only. */
export function checkRoom(
  key: Readonly<KeyRow>,
  algorithm: EncryptionAlgorithm,
  bytes: number,
  context: EncryptionContext | undefined,
): Failure | undefined {
  if (algorithm === "SYMMETRIC_DEFAULT") return undefined;
  if (context && Object.keys(context).length) return noContext();
  const most = oaepLimit(keySpecs[key.KeySpec].bits / 8, hashOf(algorithm));
  return bytes > most ? kmsErrors.plaintextTooLarge(algorithm, key.KeySpec, most) : undefined;
}

/** The text is not recorded from AWS. */
export const noContext = (): Failure => kmsErrors.validation("An EncryptionContext cannot be used with an asymmetric KMS key.");

/** Encrypts by any algorithm, base64; all checks have been made. */
export function encryptWith(
  ctx: Context,
  key: Readonly<KeyRow>,
  algorithm: EncryptionAlgorithm,
  plaintext: Uint8Array,
  context: EncryptionContext | undefined,
): { CiphertextBlob: string; KeyMaterialId?: string } {
  if (algorithm === "SYMMETRIC_DEFAULT") return encryptUnder(ctx, key, plaintext, context, "encrypt");
  const material = currentMaterial(key);
  const hash = hashOf(algorithm);
  const sealed = oaepEncrypt(fromBase64(material.publicKey!), hash, plaintext, ctx.random(digestLength(hash)));
  const CiphertextBlob = toBase64(sealed);
  noteCrypto(ctx, "encrypt", algorithm, { key, bytesIn: plaintext.length, bytesOut: sealed.length, out: CiphertextBlob });
  return { CiphertextBlob };
}
