import { base64Length, fromBase64 } from "../../crypto/bytes";
import { ok } from "../../errors";
import type { EcdsaSpec, Operation } from "../../types";
import { useCost } from "../billing";
import { kmsErrors } from "../errors";
import { foundKey } from "../find";
import { askKey, checkUse, currentMaterial, noteCrypto, refuseRecipient } from "../use";

interface Input {
  KeyId: string;
  KeyAgreementAlgorithm: string;
  /** SubjectPublicKeyInfo of the other side, DER. */
  PublicKey: string;
  GrantTokens?: string[];
  Recipient?: unknown;
  DryRun?: boolean;
}

/**
 * What two sides agree on by elliptic-curve Diffie-Hellman: the raw x coordinate, to be put through a key derivation.
 * Output: KeyId (ARN), SharedSecret, KeyAgreementAlgorithm, KeyOrigin.
 * Source: KMS API, DeriveSharedSecret.
 */
export const DeriveSharedSecret: Operation = {
  name: "DeriveSharedSecret",
  validate: refuseRecipient,
  authorise: (input: Input, ctx) => askKey(ctx, "DeriveSharedSecret", input, { "kms:KeyAgreementAlgorithm": input.KeyAgreementAlgorithm }),
  handle(input: Input, ctx) {
    const { key } = foundKey(ctx, input.KeyId);
    const refused = checkUse(ctx, "DeriveSharedSecret", key, "KEY_AGREEMENT", input.KeyAgreementAlgorithm);
    if (refused) return refused;
    const other = fromBase64(input.PublicKey);
    const { secret } = ctx.outside({ kind: "curve-derive", spec: key.KeySpec as EcdsaSpec, pkcs8: currentMaterial(key).secret, spki: input.PublicKey });
    // The text is not recorded from AWS.
    if (!secret) return kmsErrors.validation(`The public key is not one of key spec ${key.KeySpec}.`);
    if (input.DryRun) return kmsErrors.dryRun();
    noteCrypto(ctx, "derive", input.KeyAgreementAlgorithm, { key, bytesIn: other.length, bytesOut: base64Length(secret) });
    return ok({
      KeyId: key.Arn,
      SharedSecret: secret,
      KeyAgreementAlgorithm: input.KeyAgreementAlgorithm,
      KeyOrigin: key.Origin,
    });
  },
  cost: ({ KeyId }: Input, ctx) => useCost(ctx, KeyId),
};
