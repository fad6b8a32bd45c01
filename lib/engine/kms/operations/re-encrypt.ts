import { ok } from "../../errors";
import type { Operation } from "../../types";
import { checkGrantTokens, keyAuth } from "../auth";
import { useCost } from "../billing";
import { kmsErrors } from "../errors";
import { findKey, foundKey } from "../find";
import type { EncryptionAlgorithm } from "../specs";
import { checkUse, type EncryptionContext } from "../use";
import { askForCiphertext, checkCiphertextMembers, dryRunWithout, ignoresCiphertext, open } from "./decrypt";
import { checkRoom, encryptWith, pairFor } from "./encrypt";

export interface ReEncryptInput {
  CiphertextBlob?: string;
  SourceKeyId?: string;
  SourceEncryptionContext?: EncryptionContext;
  SourceEncryptionAlgorithm?: EncryptionAlgorithm;
  DestinationKeyId: string;
  DestinationEncryptionContext?: EncryptionContext;
  DestinationEncryptionAlgorithm?: EncryptionAlgorithm;
  GrantTokens?: string[];
  DryRun?: boolean;
  DryRunModifiers?: string[];
}

/**
 * Decrypts and encrypts again under another key, or the same with another context; the plaintext stays inside.
 * Two permissions: kms:ReEncryptFrom on the source key, kms:ReEncryptTo on the destination.
 * Output: CiphertextBlob, SourceKeyId and KeyId (ARNs), both algorithms, and the KeyMaterialIds of symmetric keys.
 * Source: KMS API, ReEncrypt.
 */
export const ReEncrypt: Operation = {
  name: "ReEncrypt",
  validate: (input: ReEncryptInput) =>
    checkCiphertextMembers(input, input.SourceKeyId, input.SourceEncryptionAlgorithm, "SourceKeyId"),
  authorise(input: ReEncryptInput, ctx) {
    const badToken = checkGrantTokens(input.GrantTokens);
    if (badToken) return badToken;
    const from = askForCiphertext(ctx, {
      action: "kms:ReEncryptFrom",
      ciphertext: input.CiphertextBlob,
      keyId: input.SourceKeyId,
      algorithm: input.SourceEncryptionAlgorithm ?? "SYMMETRIC_DEFAULT",
      encryptionContext: input.SourceEncryptionContext,
      grantTokens: input.GrantTokens,
    });
    if ("ok" in from) return from;
    const destination = findKey(ctx, input.DestinationKeyId, { action: "kms:ReEncryptTo", aliases: true });
    if (!destination.ok) return destination;
    const to = keyAuth(ctx, {
      action: "kms:ReEncryptTo",
      found: destination.found,
      ...(input.GrantTokens ? { grantTokens: input.GrantTokens } : {}),
      ...(input.DestinationEncryptionContext ? { encryptionContext: input.DestinationEncryptionContext } : {}),
      context: { "kms:EncryptionAlgorithm": input.DestinationEncryptionAlgorithm ?? "SYMMETRIC_DEFAULT" },
    });
    const onSameKey = String(from.resource === to.resource);
    for (const question of [from, to]) question.context!["kms:ReEncryptOnSameKey"] = onSameKey;
    return [from, to];
  },
  handle(input: ReEncryptInput, ctx) {
    const sourceAlgorithm = input.SourceEncryptionAlgorithm ?? "SYMMETRIC_DEFAULT";
    const algorithm = input.DestinationEncryptionAlgorithm ?? "SYMMETRIC_DEFAULT";
    if (ignoresCiphertext(input)) {
      const refused =
        dryRunWithout(ctx, "ReEncrypt", input.CiphertextBlob, input.SourceKeyId, sourceAlgorithm) ??
        checkUse(ctx, "ReEncrypt", foundKey(ctx, input.DestinationKeyId).key, "ENCRYPT_DECRYPT", algorithm);
      return refused ?? kmsErrors.dryRun();
    }
    const source = open(ctx, "ReEncrypt", input.CiphertextBlob!, input.SourceKeyId, sourceAlgorithm, input.SourceEncryptionContext);
    if (!source.ok) return source;
    const { key } = foundKey(ctx, input.DestinationKeyId);
    const refused =
      checkUse(ctx, "ReEncrypt", key, "ENCRYPT_DECRYPT", algorithm) ??
      checkRoom(key, algorithm, source.plaintext.length, input.DestinationEncryptionContext);
    if (refused) return refused;
    if (input.DryRun) return kmsErrors.dryRun();
    const { CiphertextBlob, KeyMaterialId } = encryptWith(ctx, key, algorithm, source.plaintext, input.DestinationEncryptionContext);
    return ok({
      CiphertextBlob,
      SourceKeyId: source.key.Arn,
      KeyId: key.Arn,
      SourceEncryptionAlgorithm: sourceAlgorithm,
      DestinationEncryptionAlgorithm: algorithm,
      ...(source.material ? { SourceKeyMaterialId: source.material.KeyMaterialId } : {}),
      ...(KeyMaterialId ? { DestinationKeyMaterialId: KeyMaterialId } : {}),
    });
  },
  cost: ({ SourceKeyId, SourceEncryptionAlgorithm, DestinationKeyId, DestinationEncryptionAlgorithm }: ReEncryptInput, ctx) =>
    useCost(ctx, pairFor(SourceKeyId, SourceEncryptionAlgorithm), pairFor(DestinationKeyId, DestinationEncryptionAlgorithm)),
};
