import { parseBlob, type Blob } from "../../crypto/blob";
import { fromBase64, toBase64, toHex } from "../../crypto/bytes";
import { hashOf } from "../../crypto/hashes";
import { oaepDecrypt } from "../../crypto/rsa";
import { ok, type Failure } from "../../errors";
import type { AuthRequest, ConditionContext, Context, JsonObject, Operation } from "../../types";
import { checkGrantTokens, keyAuth } from "../auth";
import { useCost } from "../billing";
import { kmsErrors } from "../errors";
import { findKey, foundKey, type Found } from "../find";
import type { EncryptionAlgorithm } from "../specs";
import { keys, materials, type KeyMaterial, type KeyRow } from "../state";
import { checkUse, currentMaterial, decryptUnder, missingMember, noteCrypto, refuseRecipient, type EncryptionContext } from "../use";
import { pairFor } from "./encrypt";

export interface DecryptInput {
  CiphertextBlob?: string;
  KeyId?: string;
  EncryptionContext?: EncryptionContext;
  EncryptionAlgorithm?: EncryptionAlgorithm;
  GrantTokens?: string[];
  Recipient?: unknown;
  DryRun?: boolean;
  DryRunModifiers?: string[];
}

/**
 * Decrypts what Encrypt, ReEncrypt and the data key operations made, or what anybody encrypted under an RSA key's public
 * half. A symmetric ciphertext names its own key; if KeyId is given, it must be that one.
 * Output: Plaintext, KeyId (the key's ARN), EncryptionAlgorithm, and KeyMaterialId for symmetric keys.
 * Source: KMS API, Decrypt; texts recorded from AWS.
 */
export const Decrypt: Operation = {
  name: "Decrypt",
  validate: (input: DecryptInput) =>
    refuseRecipient(input) ??
    checkCiphertextMembers(input, input.KeyId, input.EncryptionAlgorithm, "KeyId"),
  authorise: (input: DecryptInput, ctx) =>
    askForCiphertext(ctx, {
      action: "kms:Decrypt",
      ciphertext: input.CiphertextBlob,
      keyId: input.KeyId,
      algorithm: input.EncryptionAlgorithm ?? "SYMMETRIC_DEFAULT",
      encryptionContext: input.EncryptionContext,
      grantTokens: input.GrantTokens,
    }),
  handle(input: DecryptInput, ctx) {
    const algorithm = input.EncryptionAlgorithm ?? "SYMMETRIC_DEFAULT";
    if (ignoresCiphertext(input)) return dryRunWithout(ctx, "Decrypt", input.CiphertextBlob, input.KeyId, algorithm) ?? kmsErrors.dryRun();
    const opened = open(ctx, "Decrypt", input.CiphertextBlob!, input.KeyId, algorithm, input.EncryptionContext);
    if (!opened.ok) return opened;
    if (input.DryRun) return kmsErrors.dryRun();
    const output: JsonObject = { KeyId: opened.key.Arn, Plaintext: toBase64(opened.plaintext), EncryptionAlgorithm: algorithm };
    if (opened.material) output.KeyMaterialId = opened.material.KeyMaterialId;
    return ok(output);
  },
  cost: ({ KeyId, EncryptionAlgorithm }: DecryptInput, ctx) => useCost(ctx, pairFor(KeyId, EncryptionAlgorithm)),
};

interface DryRunInput {
  CiphertextBlob?: string;
  DryRun?: boolean;
  DryRunModifiers?: string[];
}

/** A dry run that asks about permissions alone, with any ciphertext or none. The modifier means nothing outside a dry run. */
export const ignoresCiphertext = ({ DryRun, DryRunModifiers }: DryRunInput): boolean =>
  DryRun === true && (DryRunModifiers?.includes("IGNORE_CIPHERTEXT") ?? false);

/**
 * What the model does not say: a ciphertext there must be (a dry run may do with the key's name instead), and an
 * asymmetric one does not name its key.
 */
export function checkCiphertextMembers(
  input: DryRunInput,
  keyId: string | undefined,
  algorithm: string | undefined,
  member: string,
): Failure | undefined {
  if (input.CiphertextBlob === undefined && !ignoresCiphertext(input)) return missingMember("ciphertextBlob");
  if (input.CiphertextBlob === undefined && keyId === undefined)
    return kmsErrors.validation(`${member} is required when there is no CiphertextBlob.`);
  if (keyId === undefined && (algorithm ?? "SYMMETRIC_DEFAULT") !== "SYMMETRIC_DEFAULT")
    // The text is not recorded from AWS.
    return kmsErrors.validation(`${member} is required when the encryption algorithm is ${algorithm}.`);
  return undefined;
}

/** The ciphertext that was read last: a call reads its own when it asks who may, and again when it opens it. */
let lastRead: { text: string; read: Read | undefined } = { text: "", read: undefined };

/** A symmetric ciphertext, and the KeyMaterialId that it names. */
interface Read {
  blob: Blob;
  id: string;
}

/** undefined if the text is no such ciphertext. */
function readBlob(text: string): Read | undefined {
  if (text === lastRead.text) return lastRead.read;
  const blob = parseBlob(fromBase64(text));
  lastRead = { text, read: blob && { blob, id: toHex(blob.identifier) } };
  return lastRead.read;
}

/** The key that a symmetric ciphertext was made under, of whatever account of this Region. */
function keyOfBlob(ctx: Context, { id }: Read): (Found & { material: KeyMaterial }) | undefined {
  const owner = materials(ctx.db).get(id);
  if (!owner) return undefined;
  const db = owner.account === ctx.account ? ctx.db : ctx.db.at({ account: owner.account });
  const key = keys(db).get(owner.KeyId);
  const material = key?.materials.find(({ KeyMaterialId }) => KeyMaterialId === id);
  return key && material ? { key, db, material } : undefined;
}

/** The checks of a dry run that looks at no ciphertext: state, usage and algorithm of the key. */
export function dryRunWithout(
  ctx: Context,
  operation: string,
  ciphertext: string | undefined,
  keyId: string | undefined,
  algorithm: EncryptionAlgorithm,
): Failure | undefined {
  const read = keyId === undefined ? readBlob(ciphertext!) : undefined;
  const key = read ? keyOfBlob(ctx, read)!.key : foundKey(ctx, keyId!).key;
  return checkUse(ctx, operation, key, "ENCRYPT_DECRYPT", algorithm);
}

export interface CiphertextQuestion {
  action: string;
  /** Absent in a dry run that names the key. */
  ciphertext?: string;
  keyId?: string;
  algorithm: EncryptionAlgorithm;
  encryptionContext?: EncryptionContext;
  grantTokens?: string[];
  context?: ConditionContext;
}

/** Finds the key by KeyId or by the ciphertext, and asks. */
export function askForCiphertext(ctx: Context, question: CiphertextQuestion): AuthRequest | Failure {
  const { action, ciphertext, keyId, algorithm, encryptionContext, grantTokens } = question;
  const badToken = checkGrantTokens(grantTokens);
  if (badToken) return badToken;
  let found: Found;
  if (keyId !== undefined) {
    const result = findKey(ctx, keyId, { action, aliases: true });
    if (!result.ok) return result;
    found = result.found;
  } else {
    const read = readBlob(ciphertext!);
    if (!read) {
      ctx.note({ kind: "check", what: "ciphertext header", ok: false, detail: "not a ciphertext of a symmetric KMS key" });
      return kmsErrors.invalidCiphertext();
    }
    const owner = keyOfBlob(ctx, read);
    ctx.note({
      kind: "lookup",
      what: "key of the ciphertext",
      id: read.id,
      found: owner !== undefined,
      ...(owner ? { detail: owner.key.Arn } : {}),
    });
    if (!owner) return kmsErrors.ciphertextKey(ctx.principal.arn, action);
    found = owner;
  }
  return keyAuth(ctx, {
    action,
    found,
    ...(grantTokens ? { grantTokens } : {}),
    ...(encryptionContext ? { encryptionContext } : {}),
    context: { "kms:EncryptionAlgorithm": algorithm, ...question.context },
    ...(keyId === undefined ? { byCiphertext: true } : {}),
  });
}

/** The plaintext with the key that had it; the caller may. */
export function open(
  ctx: Context,
  operation: string,
  ciphertext: string,
  keyId: string | undefined,
  algorithm: EncryptionAlgorithm,
  encryptionContext: EncryptionContext | undefined,
): Failure | { ok: true; key: Readonly<KeyRow>; plaintext: Uint8Array; material?: KeyMaterial } {
  const named = keyId === undefined ? undefined : findKey(ctx, keyId, { action: "", aliases: true, quiet: true });
  if (named && !named.ok) return named;

  if (algorithm !== "SYMMETRIC_DEFAULT") {
    const { key } = named!.found;
    const refused = checkUse(ctx, operation, key, "ENCRYPT_DECRYPT", algorithm);
    if (refused) return refused;
    const { secret, publicKey } = currentMaterial(key);
    const bytes = fromBase64(ciphertext);
    const plaintext = oaepDecrypt(ctx.ciphers, fromBase64(secret), fromBase64(publicKey!), hashOf(algorithm), bytes);
    if (!plaintext) return kmsErrors.invalidCiphertext();
    noteCrypto(ctx, "decrypt", algorithm, { key, bytesIn: bytes.length, bytesOut: plaintext.length });
    return { ok: true, key, plaintext };
  }

  const read = readBlob(ciphertext);
  if (!read) return kmsErrors.invalidCiphertext();
  const owner = keyOfBlob(ctx, read);
  // A key that is named and did not make this ciphertext is the wrong key, whatever its state, spec or usage.
  if (named && owner && named.found.key.KeyId !== owner.key.KeyId) return kmsErrors.incorrectKey();
  if (named && named.found.key.KeySpec !== "SYMMETRIC_DEFAULT") return kmsErrors.incorrectKey();
  if (!owner) return kmsErrors.invalidCiphertext();
  const { key, material } = owner;
  const refused = checkUse(ctx, operation, key, "ENCRYPT_DECRYPT", algorithm);
  if (refused) return refused;
  const plaintext = decryptUnder(ctx, key, material, read.blob, encryptionContext);
  return plaintext ? { ok: true, key, plaintext, material } : kmsErrors.invalidCiphertext();
}
