import { fromBase64 } from "../../crypto/bytes";
import { ok } from "../../errors";
import type { Context, CostLine, Operation } from "../../types";
import { kmsErrors } from "../errors";
import { foundKey } from "../find";
import { makeSecret } from "../material";
import { keySpecs } from "../specs";
import { askKey, checkUse, encryptUnder, noteCrypto, refuseRecipient, type EncryptionContext } from "../use";

export interface GenerateDataKeyPairInput {
  KeyId: string;
  KeyPairSpec: string;
  EncryptionContext?: EncryptionContext;
  GrantTokens?: string[];
  Recipient?: unknown;
  DryRun?: boolean;
}

/** The model knows SM2 too; AWS has it in its China Regions only. */
const onlyHere = ({ KeyPairSpec }: GenerateDataKeyPairInput) =>
  keySpecs[KeyPairSpec]?.dataKeyPair ? undefined : kmsErrors.notSimulated(`key pairs of ${KeyPairSpec}`);

const ask = (operation: string, input: GenerateDataKeyPairInput, ctx: Context) =>
  askKey(ctx, operation, input, { "kms:DataKeyPairSpec": input.KeyPairSpec, "kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT" });

/** A fresh pair; the private key wrapped by the KMS key, which must be a symmetric one. */
function generate(operation: string, input: GenerateDataKeyPairInput, ctx: Context, plaintext: boolean) {
  const { key } = foundKey(ctx, input.KeyId);
  const refused = checkUse(ctx, operation, key, "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT");
  if (refused) return refused;
  if (input.DryRun) return kmsErrors.dryRun();
  const { secret, publicKey } = makeSecret(ctx, input.KeyPairSpec);
  const privateKey = fromBase64(secret);
  noteCrypto(ctx, "generate-key", input.KeyPairSpec, { key, bytesIn: 0, bytesOut: privateKey.length, out: publicKey! });
  const { CiphertextBlob, KeyMaterialId } = encryptUnder(ctx, key, privateKey, input.EncryptionContext, "wrap");
  const output = {
    PrivateKeyCiphertextBlob: CiphertextBlob,
    ...(plaintext ? { PrivateKeyPlaintext: secret } : {}),
    PublicKey: publicKey!,
    KeyId: key.Arn,
    KeyPairSpec: input.KeyPairSpec,
    KeyMaterialId,
  };
  return ok(output);
}

const cost = ({ KeyPairSpec }: GenerateDataKeyPairInput): CostLine[] => [
  { item: KeyPairSpec.startsWith("RSA") ? "kms:request:data-key-pair:rsa" : "kms:request:data-key-pair:ecc", quantity: 1 },
];

/**
 * A key pair for use outside KMS: public key, private key, and the private key encrypted under the KMS key.
 * Output: PrivateKeyCiphertextBlob, PrivateKeyPlaintext (PKCS#8), PublicKey (SubjectPublicKeyInfo), KeyId (ARN), KeyPairSpec, KeyMaterialId.
 * Source: KMS API, GenerateDataKeyPair.
 */
export const GenerateDataKeyPair: Operation = {
  name: "GenerateDataKeyPair",
  validate: (input: GenerateDataKeyPairInput) => refuseRecipient(input) ?? onlyHere(input),
  authorise: (input: GenerateDataKeyPairInput, ctx) => ask("GenerateDataKeyPair", input, ctx),
  handle: (input: GenerateDataKeyPairInput, ctx) => generate("GenerateDataKeyPair", input, ctx, true),
  cost,
};

/** The same without the plaintext private key. Source: KMS API, GenerateDataKeyPairWithoutPlaintext. */
export const GenerateDataKeyPairWithoutPlaintext: Operation = {
  name: "GenerateDataKeyPairWithoutPlaintext",
  validate: onlyHere,
  authorise: (input: GenerateDataKeyPairInput, ctx) => ask("GenerateDataKeyPairWithoutPlaintext", input, ctx),
  handle: (input: GenerateDataKeyPairInput, ctx) => generate("GenerateDataKeyPairWithoutPlaintext", input, ctx, false),
  cost,
};
