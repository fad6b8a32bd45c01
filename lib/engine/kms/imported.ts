import { concat, fromBase64, strictUtf8Text, toBase64, utf8 } from "../crypto/bytes";
import { hashOf } from "../crypto/hashes";
import { modulusLength, oaepDecrypt, rsaSpki } from "../crypto/rsa";
import type { Failure } from "../errors";
import type { Context, Db } from "../types";
import { kmsErrors } from "./errors";
import { complete } from "./material";
import { isPrimary, regionOf, relatedRegions, replicasOf, synchronize } from "./multi-region";
import { keys, type KeyMaterial, type KeyRow } from "./state";

/**
 * Imported key material: tokens, what belongs to a key, and its expiry.
 *
 * `key.materials` are the materials that belong to the key for ever, the last of them current; one that was deleted or
 * has expired stays there by its id, with an empty `secret`, until the same bytes are imported again. The key is of use
 * when all of them are there. `key.pending` waits for RotateKeyOnDemand.
 * Source: KMS Developer Guide, Importing key material for AWS KMS keys.
 */

/** "Each public key and import token set is valid for 24 hours." Source: KMS API, GetParametersForImport. */
export const TOKEN_MS = 24 * 60 * 60 * 1000;

export interface ImportParameters {
  algorithm: string;
  /** The wrapping key's private half, PKCS#8, base64. */
  pkcs8: string;
  /** ms */
  validTo: number;
}

/**
 * Takes key material out of its wrapping: `RSAES_OAEP_SHA_*` is RSAES-OAEP around the material itself;
 * `RSA_AES_KEY_WRAP_SHA_*` (PKCS #11's CKM_RSA_AES_KEY_WRAP) is RSAES-OAEP around an AES key, followed by the material
 * under that key by AES Key Wrap with Padding. undefined for anything that was not wrapped so for this key.
 * Source: RFC 8017, 7.1; RFC 5649; KMS Developer Guide, Encrypt the key material.
 */
export function unwrap(ctx: Context, { algorithm, pkcs8 }: ImportParameters, wrapped: Uint8Array): Uint8Array | undefined {
  const der = fromBase64(pkcs8);
  const spki = rsaSpki(der);
  const direct = algorithm.startsWith("RSAES");
  const length = direct ? wrapped.length : modulusLength(spki);
  const inner = oaepDecrypt(ctx.ciphers, der, spki, hashOf(algorithm), wrapped.subarray(0, length));
  if (direct || !inner) return inner;
  const { material } = ctx.outside({ kind: "aes-key-unwrap", key: toBase64(inner), wrapped: toBase64(wrapped.subarray(length)) });
  return material === null ? undefined : fromBase64(material);
}

const NONCE = 12;

/** An import token carries what KMS must know again, sealed for this key alone, so KMS keeps nothing of it. base64. */
export function sealToken(ctx: Context, key: Pick<KeyRow, "Arn" | "importSecret">, parameters: ImportParameters): string {
  const nonce = ctx.random(NONCE);
  return toBase64(concat(nonce, ctx.ciphers.seal(fromBase64(key.importSecret!), nonce, utf8(JSON.stringify(parameters)), utf8(key.Arn))));
}

/** What a token says; an error if it is not one of this key's, or its day is over. */
export function openToken(ctx: Context, key: Pick<KeyRow, "Arn" | "importSecret">, token: string): ImportParameters | Failure {
  const bytes = fromBase64(token);
  const plain = key.importSecret === undefined ? undefined : ctx.ciphers.open(fromBase64(key.importSecret), bytes.subarray(0, NONCE), bytes.subarray(NONCE), utf8(key.Arn));
  if (!plain) return kmsErrors.invalidImportToken();
  const parameters = JSON.parse(strictUtf8Text(plain)!) as ImportParameters;
  return parameters.validTo <= ctx.now ? kmsErrors.expiredImportToken() : parameters;
}

/** A material of this key by its id, also the one that waits. */
export const materialOf = (key: KeyRow, id: string): KeyMaterial | undefined =>
  key.pending?.KeyMaterialId === id ? key.pending : key.materials.find(({ KeyMaterialId }) => KeyMaterialId === id);

/** The state follows from whether all material is there; deletion comes before that, and Disabled stays while it is. */
export function settleState(key: KeyRow): void {
  const member = key.nextState === undefined ? "KeyState" : "nextState";
  const state = key[member];
  if (complete(key)) {
    if (state === "PendingImport") key[member] = "Enabled";
  } else if (state === "Enabled" || state === "Disabled") key[member] = "PendingImport";
}

/** Takes bytes away; the id stays, save where it was not the key's for ever: material that waits on a primary. */
export function removeMaterial(ctx: Context, key: KeyRow, material: KeyMaterial): void {
  ctx.unschedule(expiryJobId(key, material), regionOf(key));
  material.secret = "";
  delete material.publicKey;
  delete material.validTo;
  if (material !== key.pending) settleState(key);
  else if (isPrimary(ctx.db, key)) {
    delete key.pending;
    synchronize(ctx, key);
  }
}

/**
 * `PENDING_MULTI_REGION_IMPORT_AND_ROTATION` until each related key has the material that waits, then `PENDING_ROTATION`.
 * Source: KMS API, RotationsListEntry.
 */
export function pendingState(db: Db, key: Readonly<KeyRow>): "PENDING_ROTATION" | "PENDING_MULTI_REGION_IMPORT_AND_ROTATION" {
  const primary = isPrimary(db, key) ? key : keys(db.at({ region: relatedRegions(db, key).primaryRegion })).get(key.KeyId)!;
  return [primary, ...replicasOf(db, primary)].every(({ pending }) => pending?.secret) ? "PENDING_ROTATION" : "PENDING_MULTI_REGION_IMPORT_AND_ROTATION";
}

// ---------------------------------------------------------------- expiry

/** Kind of the job at the end of a material's time; `args` are `{ KeyId, KeyMaterialId }`. */
export const EXPIRY_JOB = "kms:material-expiry";

const expiryJobId = ({ Arn }: Pick<KeyRow, "Arn">, { KeyMaterialId }: KeyMaterial): string => `${EXPIRY_JOB}:${Arn}:${KeyMaterialId}`;

/** Puts the job for `material.validTo`, or takes it away where the material does not expire. */
export function scheduleExpiry(ctx: Context, key: KeyRow, material: KeyMaterial): void {
  const id = expiryJobId(key, material);
  if (material.validTo === undefined) ctx.unschedule(id, regionOf(key));
  else ctx.schedule({ id, due: material.validTo, kind: EXPIRY_JOB, args: { KeyId: key.KeyId, KeyMaterialId: material.KeyMaterialId }, region: regionOf(key) });
}

/**
 * KMS deletes material on its date, and the key waits for it again. Sends the EventBridge event "KMS Imported Key
 * Material Expiration"; CloudTrail records DeleteExpiredKeyMaterial.
 * Source: KMS Developer Guide, Monitor KMS keys with Amazon EventBridge.
 */
function expire({ KeyId, KeyMaterialId }: { KeyId: string; KeyMaterialId: string }, ctx: Context): void {
  if (!keys(ctx.db).get(KeyId)) return;
  const key = keys(ctx.db).edit(KeyId);
  const material = materialOf(key, KeyMaterialId);
  if (!material?.secret || !(material.validTo! <= ctx.now)) return;
  removeMaterial(ctx, key, material);
  ctx.emit({
    source: "aws.kms",
    detailType: "KMS Imported Key Material Expiration",
    resources: [key.Arn],
    detail: { "key-id": KeyId, ...(key.KeySpec === "SYMMETRIC_DEFAULT" ? { "key-material-id": KeyMaterialId } : {}) },
  });
}

/** For a key that is deleted with material that has not expired. */
export function unscheduleExpiry(ctx: Context, key: Readonly<KeyRow>): void {
  for (const material of [...key.materials, ...(key.pending ? [key.pending] : [])])
    if (material.validTo !== undefined) ctx.unschedule(expiryJobId(key, material), regionOf(key));
}

export const expiryJobs = { [EXPIRY_JOB]: expire };
