import { BLOB_ENTROPY, type Blob, contextBytes, openBlob, sealBlob } from "../crypto/blob";
import { fromBase64, fromHex, toBase64 } from "../crypto/bytes";
import { fail, type Failure } from "../errors";
import type { AuthRequest, ConditionContext, Context, CryptoFact } from "../types";
import { checkGrantTokens, keyAuth, type KeyQuestion } from "./auth";
import { kmsErrors } from "./errors";
import { findKey } from "./find";
import { stateProblem } from "./manage";
import { algorithmMembers } from "./specs";
import type { KeyMaterial, KeyRow, KeyUsage } from "./state";

/** What the cryptographic operations have in common: the question, the checks, encrypting and decrypting by a key, the trace. */

export type EncryptionContext = Record<string, string>;

/** Finds the key and asks for `kms:<operation>`. */
export function askKey(
  ctx: Context,
  operation: string,
  input: { KeyId: string; GrantTokens?: string[]; EncryptionContext?: EncryptionContext },
  context?: ConditionContext,
): AuthRequest | Failure {
  const badToken = checkGrantTokens(input.GrantTokens);
  if (badToken) return badToken;
  const action = `kms:${operation}`;
  const result = findKey(ctx, input.KeyId, { action, aliases: true });
  if (!result.ok) return result;
  const question: KeyQuestion = { action, found: result.found };
  if (input.GrantTokens) question.grantTokens = input.GrantTokens;
  if (input.EncryptionContext) question.encryptionContext = input.EncryptionContext;
  if (context) question.context = context;
  return keyAuth(ctx, question);
}

/** State, usage and algorithm, in this order; `operation` is the API's name, as AWS's text has it. */
export function checkUse(ctx: Context, operation: string, key: Readonly<KeyRow>, usage: KeyUsage, algorithm?: string): Failure | undefined {
  const state = stateProblem(operation, key, ctx);
  if (state) return state;
  if (key.KeyUsage !== usage) return kmsErrors.wrongUsage(key.Arn, key.KeyUsage, operation);
  if (algorithm === undefined) return undefined;
  const offered = Object.values(algorithmMembers(key.KeySpec, key.KeyUsage))[0];
  return offered?.includes(algorithm) ? undefined : kmsErrors.wrongAlgorithm(algorithm, key.KeySpec);
}

/** The backing key that encrypts, signs and makes MACs now. */
export const currentMaterial = (key: Readonly<KeyRow>): KeyMaterial => key.materials[key.materials.length - 1];

/** First bytes of a ciphertext or signature for the trace, as base64 of whole groups. */
const SAMPLE_CHARACTERS = 64;

/** Adds a `crypto` step. `out` is what may be shown of the result (ciphertext, signature, MAC; never plaintext or a key). */
export function noteCrypto(
  ctx: Context,
  what: CryptoFact,
  algorithm: string,
  facts: { key?: Readonly<KeyRow>; material?: KeyMaterial; context?: EncryptionContext; bytesIn: number; bytesOut: number; out?: string },
): void {
  const { key, material, context, bytesIn, bytesOut, out } = facts;
  const step: Parameters<Context["note"]>[0] = { kind: "crypto", what, algorithm, bytesIn, bytesOut };
  if (key) step.keyArn = key.Arn;
  if (material) step.keyMaterialId = material.KeyMaterialId;
  if (context) step.context = context;
  if (out !== undefined) step.sample = out.slice(0, SAMPLE_CHARACTERS);
  ctx.note(step);
}

/** A backing key's bytes, and those of its id, wanted in every call. */
const materialBytes = new WeakMap<KeyMaterial, { secret: string; identifier: Uint8Array; backingKey: Uint8Array }>();
function bytesOf(material: KeyMaterial): { identifier: Uint8Array; backingKey: Uint8Array } {
  const { KeyMaterialId, secret } = material;
  let bytes = materialBytes.get(material);
  if (bytes?.secret !== secret) materialBytes.set(material, (bytes = { secret, identifier: fromHex(KeyMaterialId)!, backingKey: fromBase64(secret) }));
  return bytes!;
}

/** A KMS ciphertext under a symmetric key's current backing key, base64. */
export function encryptUnder(
  ctx: Context,
  key: Readonly<KeyRow>,
  plaintext: Uint8Array,
  context: EncryptionContext | undefined,
  what: "encrypt" | "wrap",
): { CiphertextBlob: string; KeyMaterialId: string } {
  const material = currentMaterial(key);
  const { identifier, backingKey } = bytesOf(material);
  const blob = sealBlob(ctx.ciphers, { identifier, backingKey, plaintext, aad: contextBytes(context), entropy: ctx.random(BLOB_ENTROPY) });
  const CiphertextBlob = toBase64(blob);
  noteCrypto(ctx, what, "SYMMETRIC_DEFAULT", {
    key,
    material,
    context,
    bytesIn: plaintext.length,
    bytesOut: blob.length,
    out: CiphertextBlob,
  });
  return { CiphertextBlob, KeyMaterialId: material.KeyMaterialId };
}

const tagFits = { kind: "check", what: "authentication tag", ok: true } as const;

/** What a KMS ciphertext held, by whichever of the key's backing keys made it; undefined if it does not open. */
export function decryptUnder(
  ctx: Context,
  key: Readonly<KeyRow>,
  material: KeyMaterial,
  blob: Blob,
  context: EncryptionContext | undefined,
): Uint8Array | undefined {
  const plaintext = openBlob(ctx.ciphers, blob, bytesOf(material).backingKey, contextBytes(context));
  ctx.note(plaintext ? tagFits : { kind: "check", what: "authentication tag", ok: false, detail: "the ciphertext or the encryption context is not what was encrypted" });
  if (plaintext)
    noteCrypto(ctx, "decrypt", "SYMMETRIC_DEFAULT", { key, material, context, bytesIn: blob.sealed.length, bytesOut: plaintext.length });
  return plaintext;
}

/** Refuses `Recipient`: answers for a Nitro enclave need its attestation document. */
export function refuseRecipient(input: { Recipient?: unknown }): Failure | undefined {
  return input.Recipient === undefined ? undefined : kmsErrors.notSimulated("Recipient (attestation documents of Nitro enclaves)");
}

/** AWS's text for a blob member that its model does not call required. */
export const missingMember = (member: string): Failure =>
  fail(
    "ValidationException",
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
