import { base64Length, equalBytes, fromBase64, toBase64 } from "../../crypto/bytes";
import { hashOf } from "../../crypto/hashes";
import { hmac } from "../../crypto/hmac";
import { ok } from "../../errors";
import type { Operation } from "../../types";
import { kmsErrors } from "../errors";
import { foundKey } from "../find";
import type { KeyRow } from "../state";
import { askKey, checkUse, currentMaterial, noteCrypto } from "../use";

interface GenerateMacInput {
  KeyId: string;
  Message: string;
  MacAlgorithm: string;
  GrantTokens?: string[];
  DryRun?: boolean;
}

interface VerifyMacInput extends GenerateMacInput {
  Mac: string;
}

const macOf = (key: Readonly<KeyRow>, { Message, MacAlgorithm }: GenerateMacInput): Uint8Array =>
  hmac(hashOf(MacAlgorithm), fromBase64(currentMaterial(key).secret), fromBase64(Message));

/** The HMAC of up to 4,096 bytes. Output: Mac, MacAlgorithm, KeyId (ARN). Source: KMS API, GenerateMac. */
export const GenerateMac: Operation = {
  name: "GenerateMac",
  authorise: (input: GenerateMacInput, ctx) => askKey(ctx, "GenerateMac", input, { "kms:MacAlgorithm": input.MacAlgorithm }),
  handle(input: GenerateMacInput, ctx) {
    const { key } = foundKey(ctx, input.KeyId);
    const refused = checkUse(ctx, "GenerateMac", key, "GENERATE_VERIFY_MAC", input.MacAlgorithm);
    if (refused) return refused;
    if (input.DryRun) return kmsErrors.dryRun();
    const bytes = macOf(key, input);
    const Mac = toBase64(bytes);
    noteCrypto(ctx, "mac", input.MacAlgorithm, { key, bytesIn: base64Length(input.Message), bytesOut: bytes.length, out: Mac });
    return ok({ Mac, MacAlgorithm: input.MacAlgorithm, KeyId: key.Arn });
  },
};

/**
 * Says that a MAC is good, or fails with KMSInvalidMacException.
 * Output: KeyId (ARN), MacValid, MacAlgorithm. Source: KMS API, VerifyMac.
 */
export const VerifyMac: Operation = {
  name: "VerifyMac",
  authorise: (input: VerifyMacInput, ctx) => askKey(ctx, "VerifyMac", input, { "kms:MacAlgorithm": input.MacAlgorithm }),
  handle(input: VerifyMacInput, ctx) {
    const { key } = foundKey(ctx, input.KeyId);
    const refused = checkUse(ctx, "VerifyMac", key, "GENERATE_VERIFY_MAC", input.MacAlgorithm);
    if (refused) return refused;
    if (input.DryRun) return kmsErrors.dryRun();
    const valid = equalBytes(macOf(key, input), fromBase64(input.Mac));
    noteCrypto(ctx, "verify-mac", input.MacAlgorithm, { key, bytesIn: base64Length(input.Message), bytesOut: 0, out: input.Mac });
    ctx.note({ kind: "check", what: "MAC", ok: valid, ...(valid ? {} : { detail: "is not this key's over this message" }) });
    return valid ? ok({ KeyId: key.Arn, MacValid: true, MacAlgorithm: input.MacAlgorithm }) : kmsErrors.invalidMac();
  },
};
