import { toBase64 } from "../../crypto/bytes";
import { ok, type Failure } from "../../errors";
import type { Context, Operation } from "../../types";
import { kmsErrors } from "../errors";
import { foundKey } from "../find";
import { askKey, checkUse, encryptUnder, noteCrypto, refuseRecipient, type EncryptionContext } from "../use";

export interface GenerateDataKeyInput {
  KeyId: string;
  KeySpec?: "AES_256" | "AES_128";
  NumberOfBytes?: number;
  EncryptionContext?: EncryptionContext;
  GrantTokens?: string[];
  Recipient?: unknown;
  DryRun?: boolean;
}

const oneOfTwo = ({ KeySpec, NumberOfBytes }: GenerateDataKeyInput): Failure | undefined =>
  (KeySpec === undefined) === (NumberOfBytes === undefined)
    ? kmsErrors.validation("Please specify either number of bytes or key spec.")
    : undefined;

/** Random bytes, and the same wrapped by the key. `plaintext`: hand them out too. */
function generate(operation: string, input: GenerateDataKeyInput, ctx: Context, plaintext: boolean) {
  const { key } = foundKey(ctx, input.KeyId);
  const refused = checkUse(ctx, operation, key, "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT");
  if (refused) return refused;
  if (input.DryRun) return kmsErrors.dryRun();
  const length = input.NumberOfBytes ?? (input.KeySpec === "AES_128" ? 16 : 32);
  const dataKey = ctx.random(length);
  noteCrypto(ctx, "generate-data-key", input.KeySpec ?? `${length} random bytes`, { key, bytesIn: 0, bytesOut: length });
  const { CiphertextBlob, KeyMaterialId } = encryptUnder(ctx, key, dataKey, input.EncryptionContext, "wrap");
  return ok(
    plaintext
      ? { CiphertextBlob, Plaintext: toBase64(dataKey), KeyId: key.Arn, KeyMaterialId }
      : { CiphertextBlob, KeyId: key.Arn, KeyMaterialId },
  );
}

/**
 * A data key for encrypting outside KMS: in plaintext, and encrypted under the KMS key. KMS keeps neither.
 * Output: CiphertextBlob, Plaintext, KeyId (the key's ARN), KeyMaterialId.
 * Source: KMS API, GenerateDataKey.
 */
export const GenerateDataKey: Operation = {
  name: "GenerateDataKey",
  validate: (input: GenerateDataKeyInput) => refuseRecipient(input) ?? oneOfTwo(input),
  authorise: (input: GenerateDataKeyInput, ctx) =>
    askKey(ctx, "GenerateDataKey", input, { "kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT" }),
  handle: (input: GenerateDataKeyInput, ctx) => generate("GenerateDataKey", input, ctx, true),
};

/**
 * The encrypted data key alone, for whoever will need it later.
 * Source: KMS API, GenerateDataKeyWithoutPlaintext.
 */
export const GenerateDataKeyWithoutPlaintext: Operation = {
  name: "GenerateDataKeyWithoutPlaintext",
  validate: oneOfTwo,
  authorise: (input: GenerateDataKeyInput, ctx) =>
    askKey(ctx, "GenerateDataKeyWithoutPlaintext", input, { "kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT" }),
  handle: (input: GenerateDataKeyInput, ctx) => generate("GenerateDataKeyWithoutPlaintext", input, ctx, false),
};
