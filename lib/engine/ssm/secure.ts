import { fromBase64, toBase64, utf8, utf8Text } from "../crypto/bytes";
import { type Failure, fail } from "../errors";
import type { Context, JsonObject } from "../types";
import { algorithm, openEnvelope, readEnvelope, sealEnvelope } from "./envelope";
import { fromKms } from "./errors";
import type { StoredTier, VersionRow } from "./state";

/**
 * SecureStrings. KMS is asked by the ordinary door, for the caller, with the parameter's ARN as encryption context.
 * A standard value is the ciphertext of KMS Encrypt; an advanced one is an AWS Encryption SDK message under a data key.
 * Source: KMS Developer Guide, how Parameter Store uses KMS.
 */

export const defaultKey = "alias/aws/ssm";
const contextOf = (arn: string): Record<string, string> => ({ PARAMETER_ARN: arn });

function askKms(ctx: Context, operation: string, input: JsonObject): JsonObject | Failure {
  const answer = ctx.call("kms", operation, input);
  return answer.ok ? answer.output : fromKms(answer.error, ctx.newId());
}

const refused = (answer: JsonObject | Failure): answer is Failure => answer.ok === false;

/** Errors: InvalidKeyId, AccessDeniedException. */
export function protect(ctx: Context, arn: string, keyId: string, value: string, tier: StoredTier): Pick<VersionRow, "form" | "keyArn" | "Value"> | Failure {
  const context = contextOf(arn);
  if (tier === "Standard") {
    const answer = askKms(ctx, "Encrypt", { KeyId: keyId, Plaintext: toBase64(utf8(value)), EncryptionContext: context });
    return refused(answer) ? answer : { form: "kms", keyArn: String(answer.KeyId), Value: String(answer.CiphertextBlob) };
  }
  const answer = askKms(ctx, "GenerateDataKey", { KeyId: keyId, KeySpec: "AES_256", EncryptionContext: context });
  if (refused(answer)) return answer;
  const plaintext = utf8(value);
  const message = sealEnvelope(ctx.ciphers, {
    plaintext,
    dataKey: fromBase64(String(answer.Plaintext)),
    encryptedDataKey: fromBase64(String(answer.CiphertextBlob)),
    keyArn: String(answer.KeyId),
    context,
    messageId: ctx.random(32),
  });
  ctx.note({ kind: "crypto", what: "encrypt", algorithm, keyArn: String(answer.KeyId), context, bytesIn: plaintext.length, bytesOut: message.length, sample: toBase64(message.subarray(0, 12)) });
  return { form: "envelope", keyArn: String(answer.KeyId), Value: toBase64(message) };
}

/** The plaintext of a SecureString's version. Errors: InvalidKeyId, AccessDeniedException. */
export function unprotect(ctx: Context, arn: string, version: Readonly<VersionRow>): string | Failure {
  const context = contextOf(arn);
  if (version.form === "kms") {
    // With the key named, KMS's refusal names it too, as Parameter Store's does: github.com/hashicorp/terraform-provider-aws/issues/42849.
    const answer = askKms(ctx, "Decrypt", { CiphertextBlob: version.Value, EncryptionContext: context, KeyId: version.keyArn });
    return refused(answer) ? answer : utf8Text(fromBase64(String(answer.Plaintext)));
  }
  const message = fromBase64(version.Value);
  const header = readEnvelope(message);
  // The SDK takes the context out of the message, so Parameter Store itself has to see that it is this parameter's.
  if (!header || header.context.PARAMETER_ARN !== arn) return fail("InternalServerError", "The stored message is not this parameter's.", undefined, 500);
  const answer = askKms(ctx, "Decrypt", { CiphertextBlob: toBase64(header.encryptedDataKey), EncryptionContext: context, KeyId: header.keyArn });
  if (refused(answer)) return answer;
  const plaintext = openEnvelope(ctx.ciphers, message, header, fromBase64(String(answer.Plaintext)));
  if (!plaintext) return fail("InternalServerError", "The stored message cannot be opened.", undefined, 500);
  ctx.note({ kind: "crypto", what: "decrypt", algorithm, keyArn: header.keyArn, context, bytesIn: message.length, bytesOut: plaintext.length });
  return utf8Text(plaintext);
}
