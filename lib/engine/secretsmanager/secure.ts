import { arn } from "../arn";
import { concat, fromBase64, toBase64, utf8, utf8Text } from "../crypto/bytes";
import type { Failure } from "../errors";
import type { Context, JsonObject, Principal } from "../types";
import { fromKms, isFailure, secretErrors } from "./errors";
import { regionOf } from "./find";
import type { SecretRow, VersionRow, WrappedKey } from "./state";

/**
 * How a value is kept: under a data key of its version, which KMS wraps with the secret's key. KMS is asked by the
 * ordinary door, for the caller, with the secret's ARN and the version's id as encryption context.
 * Source: Secrets Manager User Guide, Secret encryption and decryption in AWS Secrets Manager.
 */

/** A value as the API has it: text, or base64. */
export interface SecretValue {
  form: VersionRow["form"];
  value: string;
}

export const managedKey = "alias/aws/secretsmanager";
const algorithm = "AES-256-GCM";
const nonceLength = 12;
/** In place of a version's id where nothing is encrypted yet: may the caller use the key? */
export const validationVersion = "RequestToValidateKeyAccess";

type Keyed = Pick<SecretRow, "ARN" | "KmsKeyId">;

/** For whom KMS is asked, and where, if not for the caller and in the call's Region. */
export interface KmsSide {
  as?: Principal;
  region?: string;
}

const contextOf = (secret: Pick<SecretRow, "ARN">, versionId: string): Record<string, string> => ({ SecretARN: secret.ARN, SecretVersionId: versionId });
export const isManaged = (keyId: string | undefined): boolean => keyId === undefined || keyId === "" || keyId === managedKey || /^arn:[^:]*:kms:[^:]*:[^:]*:alias\/aws\/secretsmanager$/.test(keyId);
const ownerOf = ({ ARN }: Pick<SecretRow, "ARN">): string => ARN.split(":")[4];

/**
 * The secret's key as KMS can find it from the caller's account.
 * Errors: InvalidRequestException where the key is aws/secretsmanager of another account.
 */
function keyOf(ctx: Context, secret: Keyed, as: Principal): string | Failure {
  const owner = ownerOf(secret);
  const keyId = secret.KmsKeyId;
  if (isManaged(keyId)) {
    if (owner !== as.account) return secretErrors.managedKeyAcrossAccounts();
    return managedKey;
  }
  if (owner === as.account || keyId!.startsWith("arn:")) return keyId!;
  return arn("kms", regionOf(secret), owner, keyId!.startsWith("alias/") ? keyId! : `key/${keyId}`);
}

function askKms(ctx: Context, operation: "GenerateDataKey" | "Decrypt" | "Encrypt", input: JsonObject, side: KmsSide): JsonObject | Failure {
  const answer = ctx.call("kms", operation, input, side);
  return answer.ok ? answer.output : fromKms(answer.error, operation);
}

/**
 * Asks whether the caller may use the secret's key, as Secrets Manager does where a key is chosen or changed.
 * Errors: AccessDeniedException, EncryptionFailure, DecryptionFailure, InvalidRequestException, ResourceNotFoundException.
 */
export function validateKey(ctx: Context, secret: Keyed, side: KmsSide = {}, decrypts = true): Failure | undefined {
  const keyId = keyOf(ctx, secret, side.as ?? ctx.principal);
  if (typeof keyId !== "string") return keyId;
  const EncryptionContext = contextOf(secret, validationVersion);
  const made = askKms(ctx, "GenerateDataKey", { KeyId: keyId, KeySpec: "AES_256", EncryptionContext }, side);
  if (isFailure(made)) return made;
  if (!decrypts) return undefined;
  const opened = askKms(ctx, "Decrypt", { CiphertextBlob: made.CiphertextBlob, EncryptionContext }, side);
  return isFailure(opened) ? opened : undefined;
}

/**
 * Seals a value for a version of the secret, under a new data key.
 * Errors: AccessDeniedException, EncryptionFailure, InvalidRequestException, ResourceNotFoundException.
 */
export function seal(ctx: Context, secret: Keyed, versionId: string, { form, value }: SecretValue): Pick<VersionRow, "form" | "sealed" | "keys"> | Failure {
  const keyId = keyOf(ctx, secret, ctx.principal);
  if (typeof keyId !== "string") return keyId;
  const context = contextOf(secret, versionId);
  const answer = askKms(ctx, "GenerateDataKey", { KeyId: keyId, KeySpec: "AES_256", EncryptionContext: context }, {});
  if (isFailure(answer)) return answer;
  const plaintext = form === "SecretString" ? utf8(value) : fromBase64(value);
  const nonce = ctx.random(nonceLength);
  const sealed = concat(nonce, ctx.ciphers.seal(fromBase64(String(answer.Plaintext)), nonce, plaintext, new Uint8Array()));
  const keyArn = String(answer.KeyId);
  ctx.note({ kind: "crypto", what: "encrypt", algorithm, keyArn, context, bytesIn: plaintext.length, bytesOut: sealed.length, sample: toBase64(sealed.subarray(0, 12)) });
  return { form, sealed: toBase64(sealed), keys: [{ keyArn, managed: isManaged(secret.KmsKeyId), CiphertextBlob: String(answer.CiphertextBlob) }] };
}

/**
 * The version's data key. Where the secret's key was changed, either key opens the version: the new one is tried first,
 * and its refusal is the answer if no other opens it.
 * Errors: AccessDeniedException, DecryptionFailure, InvalidRequestException.
 */
export function openDataKey(ctx: Context, secret: Keyed, version: Readonly<VersionRow>, side: KmsSide = {}): { dataKey: Uint8Array; keyArn: string } | Failure {
  const as = side.as ?? ctx.principal;
  let refusal: Failure | undefined;
  for (const { keyArn, managed, CiphertextBlob } of version.keys) {
    if (managed && ownerOf(secret) !== as.account) {
      refusal ??= secretErrors.managedKeyAcrossAccounts();
      continue;
    }
    const answer = askKms(ctx, "Decrypt", { CiphertextBlob, EncryptionContext: contextOf(secret, version.VersionId) }, side);
    if (!isFailure(answer)) return { dataKey: fromBase64(String(answer.Plaintext)), keyArn };
    refusal ??= answer;
  }
  return refusal ?? secretErrors.cannotDecrypt();
}

/**
 * The value of a version.
 * Errors: AccessDeniedException, DecryptionFailure, InvalidRequestException.
 */
export function open(ctx: Context, secret: Keyed, version: Readonly<VersionRow>): SecretValue | Failure {
  const key = openDataKey(ctx, secret, version);
  if (isFailure(key)) return key;
  const sealed = fromBase64(version.sealed);
  const plaintext = ctx.ciphers.open(key.dataKey, sealed.subarray(0, nonceLength), sealed.subarray(nonceLength), new Uint8Array());
  if (!plaintext) return secretErrors.cannotDecrypt();
  ctx.note({ kind: "crypto", what: "decrypt", algorithm, keyArn: key.keyArn, context: contextOf(secret, version.VersionId), bytesIn: sealed.length, bytesOut: plaintext.length });
  return { form: version.form, value: version.form === "SecretString" ? utf8Text(plaintext) : toBase64(plaintext) };
}

/**
 * The version's data key under the key of `target` too: the same secret with another key, or its replica.
 * Errors: AccessDeniedException, EncryptionFailure, ResourceNotFoundException.
 */
export function wrap(ctx: Context, target: Keyed, versionId: string, dataKey: Uint8Array, side: KmsSide = {}): WrappedKey | Failure {
  const keyId = keyOf(ctx, target, side.as ?? ctx.principal);
  if (typeof keyId !== "string") return keyId;
  const answer = askKms(ctx, "Encrypt", { KeyId: keyId, Plaintext: toBase64(dataKey), EncryptionContext: contextOf(target, versionId) }, side);
  return isFailure(answer) ? answer : { keyArn: String(answer.KeyId), managed: isManaged(target.KmsKeyId), CiphertextBlob: String(answer.CiphertextBlob) };
}
