import { fromBase64, toBase64 } from "../../crypto/bytes";
import { rsaSpki } from "../../crypto/rsa";
import { fail, ok, type Failure } from "../../errors";
import type { ConditionContext, Context, Result } from "../../types";
import { kmsErrors } from "../errors";
import type { Found } from "../find";
import { materialOf, openToken, removeMaterial, scheduleExpiry, sealToken, settleState, TOKEN_MS, unwrap } from "../imported";
import { editKey, managesKey } from "../manage";
import { type FreshSecret, importedSecret, materialId } from "../material";
import { enterMaterial, isPrimary, synchronize } from "../multi-region";
import { isFailure } from "../pagination";
import { DAY_MS } from "../rotation-clock";
import { keySpecs } from "../specs";
import type { KeyMaterial, KeyRow } from "../state";
import { noteCrypto } from "../use";

interface ParametersInput {
  KeyId: string;
  WrappingAlgorithm: string;
  WrappingKeySpec: string;
}

/**
 * Which wrapping goes with which material. RSAES_PKCS1_V1_5 is not supported since 10 October 2023; SM2PKE is of the China
 * Regions. AWS's texts are not recorded.
 * Source: KMS API, GetParametersForImport; KMS Developer Guide, Select a wrapping algorithm.
 */
function checkWrapping({ WrappingAlgorithm: algorithm, WrappingKeySpec: spec }: ParametersInput, { KeySpec }: Readonly<KeyRow>): Failure | undefined {
  if (algorithm === "RSAES_PKCS1_V1_5") return kmsErrors.unsupported("The wrapping algorithm RSAES_PKCS1_V1_5 is no longer supported.");
  if (algorithm === "SM2PKE" || spec === "SM2") return kmsErrors.unsupported("SM2 is supported in China Regions only.");
  const { family } = keySpecs[KeySpec];
  const direct = algorithm.startsWith("RSAES_OAEP");
  const fits = family === "symmetric" || family === "hmac" ? direct : family === "rsa" ? !direct : !(direct && KeySpec === "ECC_NIST_P521" && spec === "RSA_2048");
  return fits ? undefined : kmsErrors.unsupported(`The wrapping algorithm ${algorithm} with the wrapping key spec ${spec} is not supported for the key spec ${KeySpec}.`);
}

/**
 * A public key to wrap key material with, and the token that goes with it. Both are good for 24 hours by the lab's clock,
 * and for this key only; any number of pairs may be out at once.
 * Output: KeyId (ARN), ImportToken, PublicKey (SubjectPublicKeyInfo), ParametersValidTo.
 * Errors: UnsupportedOperationException (AWS's own material; a wrapping that does not go with the key), KMSInvalidStateException.
 * Source: KMS API, GetParametersForImport.
 */
export const GetParametersForImport = managesKey<ParametersInput>("GetParametersForImport", {
  context: ({ WrappingAlgorithm, WrappingKeySpec }): ConditionContext => ({ "kms:WrappingAlgorithm": WrappingAlgorithm, "kms:WrappingKeySpec": WrappingKeySpec }),
  handle(input, found, ctx) {
    const problem = checkWrapping(input, found.key);
    if (problem) return problem;
    const key = found.key.importSecret === undefined ? editKey(found) : (found.key as KeyRow);
    key.importSecret ??= toBase64(ctx.random(32));
    const { pkcs8 } = ctx.outside({ kind: "rsa-key-pair", bits: Number(input.WrappingKeySpec.slice("RSA_".length)) });
    const validTo = ctx.now + TOKEN_MS;
    return ok({
      KeyId: key.Arn,
      ImportToken: sealToken(ctx, key, { algorithm: input.WrappingAlgorithm, pkcs8, validTo }),
      PublicKey: toBase64(rsaSpki(fromBase64(pkcs8))),
      ParametersValidTo: validTo / 1000,
    });
  },
});

interface ImportInput {
  KeyId: string;
  ImportToken: string;
  EncryptedKeyMaterial: string;
  /** Epoch seconds. */
  ValidTo?: number;
  ExpirationModel?: "KEY_MATERIAL_EXPIRES" | "KEY_MATERIAL_DOES_NOT_EXPIRE";
  ImportType?: "NEW_KEY_MATERIAL" | "EXISTING_KEY_MATERIAL";
  KeyMaterialDescription?: string;
  KeyMaterialId?: string;
}

/** "The maximum value is 365 days from the request date." Source: KMS API, ImportKeyMaterial (ValidTo). */
const longestDays = 365;

/** The first text is recorded from AWS; the others are Keyhole's. */
function checkExpiration({ ExpirationModel = "KEY_MATERIAL_EXPIRES", ValidTo }: ImportInput, ctx: Context): Failure | undefined {
  if (ExpirationModel === "KEY_MATERIAL_DOES_NOT_EXPIRE")
    return ValidTo === undefined ? undefined : kmsErrors.validation("A validTo date cannot be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE");
  if (ValidTo === undefined) return kmsErrors.validation("A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES");
  const days = (ValidTo * 1000 - ctx.now) / DAY_MS;
  return days > 0 && days <= longestDays ? undefined : kmsErrors.validation(`The validTo date must be in the future, and at most ${longestDays} days from now.`);
}

/**
 * Gives a key the material that its owner wrapped. The first becomes current at once. A symmetric key takes further
 * material (NEW_KEY_MATERIAL), one at a time, which waits for RotateKeyOnDemand; all other imports bring back material
 * that is the key's already, or change its expiry. New material of a multi-Region key goes to the primary first.
 * Output: KeyId (ARN), and for symmetric keys KeyMaterialId.
 * Errors: ValidationException, InvalidImportTokenException, ExpiredImportTokenException, InvalidCiphertextException (does
 * not unwrap), IncorrectKeyMaterialException (not a key of this spec; not the key's; the key's already),
 * KMSInvalidStateException, UnsupportedOperationException.
 * Source: KMS API, ImportKeyMaterial.
 */
export const ImportKeyMaterial = managesKey<ImportInput>("ImportKeyMaterial", {
  context({ ExpirationModel = "KEY_MATERIAL_EXPIRES", ValidTo }): ConditionContext {
    const context: ConditionContext = { "kms:ExpirationModel": ExpirationModel };
    if (ValidTo !== undefined) context["kms:ValidTo"] = new Date(ValidTo * 1000).toISOString();
    return context;
  },
  validate: checkExpiration,
  handle(input, found, ctx) {
    const problem = checkMembers(input, found.key);
    if (problem) return problem;
    const secret = unwrapped(input, found.key, ctx);
    if (isFailure(secret)) return secret;
    const id = materialId(ctx, found.key, secret.secret);
    const refused = checkMaterial(input, found, id);
    if (refused) return refused;
    return place(input, found, secret, id, ctx);
  },
});

/** What goes with symmetric encryption keys only. The texts are not recorded from AWS. */
function checkMembers({ ImportType, KeyMaterialId, KeyMaterialDescription }: ImportInput, { KeySpec }: Readonly<KeyRow>): Failure | undefined {
  if (KeySpec !== "SYMMETRIC_DEFAULT" && (ImportType ?? KeyMaterialId ?? KeyMaterialDescription) !== undefined)
    return kmsErrors.validation("ImportType, KeyMaterialId and KeyMaterialDescription can be used with symmetric encryption keys only.");
  if (ImportType === "NEW_KEY_MATERIAL" && KeyMaterialId !== undefined)
    return kmsErrors.validation("A KeyMaterialId cannot be specified if the ImportType is NEW_KEY_MATERIAL.");
  return undefined;
}

/** The material out of its wrapping, as a key of this spec. */
function unwrapped({ ImportToken, EncryptedKeyMaterial }: ImportInput, key: Readonly<KeyRow>, ctx: Context): FreshSecret | Failure {
  const parameters = openToken(ctx, key, ImportToken);
  ctx.note({ kind: "check", what: "import token", ok: !isFailure(parameters), ...(isFailure(parameters) ? { detail: parameters.error.message } : {}) });
  if (isFailure(parameters)) return parameters;
  const wrapped = fromBase64(EncryptedKeyMaterial);
  const bytes = unwrap(ctx, parameters, wrapped);
  if (!bytes) return kmsErrors.invalidCiphertext();
  noteCrypto(ctx, "unwrap", parameters.algorithm, { key, bytesIn: wrapped.length, bytesOut: bytes.length });
  return importedSecret(ctx, key.KeySpec, bytes) ?? kmsErrors.incorrectMaterial(`The key material is not valid for the key spec ${key.KeySpec}.`);
}

/** No material was ever imported: neither here nor, for a replica, into its primary. */
const isFresh = (key: Readonly<KeyRow>): boolean => key.materials.length === 0 && !key.pending;

/** May this material be imported now? The text of the pending one is recorded from AWS, the others are Keyhole's. */
function checkMaterial(input: ImportInput, { key, db }: Found, id: string): Failure | undefined {
  const known = materialOf(key as KeyRow, id);
  const isNew = (input.ImportType ?? (isFresh(key) ? "NEW_KEY_MATERIAL" : "EXISTING_KEY_MATERIAL")) === "NEW_KEY_MATERIAL";
  if (!isNew) {
    if (input.KeyMaterialId !== undefined && input.KeyMaterialId !== id) return kmsErrors.incorrectMaterial(`The key material has the id ${id}, not ${input.KeyMaterialId}.`);
    return known ? undefined : kmsErrors.incorrectMaterial("The key material is not the same as the key material that was imported before.");
  }
  if (known) return kmsErrors.incorrectMaterial(`The key material (id: ${id}) is already associated with the KMS key.`);
  if (!isPrimary(db, key)) return kmsErrors.unsupported(`${key.Arn} is a multi-region replica key: new key material must be imported into its primary key first.`);
  if (key.pending)
    return fail(
      "KMSInvalidStateException",
      `New key material (id: ${id}) cannot be imported into KMS key ${key.Arn}, because another key material (id: ${key.pending.KeyMaterialId}) is pending rotation.`,
    );
  return undefined;
}

function place(input: ImportInput, found: Found, secret: FreshSecret, id: string, ctx: Context): Result<object> {
  const key = editKey(found);
  let material = materialOf(key, id);
  const isNew = !material;
  if (!material) {
    material = { KeyMaterialId: id, ...secret, createdAt: ctx.now };
    if (key.materials.length) key.pending = material;
    else key.materials.push(material);
  }
  setImport(material, secret, input);
  if (material !== key.pending) enterMaterial(found.db, key, id);
  scheduleExpiry(ctx, key, material);
  settleState(key);
  if (isNew) synchronize(ctx, key);
  return ok(key.KeySpec === "SYMMETRIC_DEFAULT" ? { KeyId: key.Arn, KeyMaterialId: id } : { KeyId: key.Arn });
}

/** The bytes, and this import's own expiry; a description stays unless there is a new one. */
function setImport(material: KeyMaterial, secret: FreshSecret, { ValidTo, KeyMaterialDescription }: ImportInput): void {
  Object.assign(material, secret);
  if (ValidTo === undefined) delete material.validTo;
  else material.validTo = ValidTo * 1000;
  if (KeyMaterialDescription !== undefined) material.description = KeyMaterialDescription;
}

/**
 * Deletes imported material, the current one unless another is named; the key waits for the same bytes again
 * (PendingImport), save where its own deletion is pending. Material that waits for rotation goes without a trace, on a
 * primary with that of its replicas.
 * Output: KeyId (ARN), and for symmetric keys KeyMaterialId.
 * Errors: UnsupportedOperationException (AWS's own material), NotFoundException (no such material), KMSInvalidStateException.
 * Source: KMS API, DeleteImportedKeyMaterial.
 */
export const DeleteImportedKeyMaterial = managesKey<{ KeyId: string; KeyMaterialId?: string }>("DeleteImportedKeyMaterial", {
  handle({ KeyMaterialId }, found, ctx) {
    const symmetric = found.key.KeySpec === "SYMMETRIC_DEFAULT";
    if (KeyMaterialId !== undefined && !symmetric) return kmsErrors.validation("A KeyMaterialId can be used with symmetric encryption keys only.");
    const id = KeyMaterialId ?? found.key.materials.at(-1)?.KeyMaterialId;
    // A key that never had material: nothing to do.
    if (id === undefined) return ok({ KeyId: found.key.Arn });
    const key = editKey(found);
    const material = materialOf(key, id);
    if (!material) return fail("NotFoundException", `Key material ${id} does not exist in ${key.Arn}`);
    removeMaterial(ctx, key, material);
    return ok(symmetric ? { KeyId: key.Arn, KeyMaterialId: id } : { KeyId: key.Arn });
  },
});
