import { fromBase64, toBase64 } from "../../crypto/bytes";
import { digest, digestLength, hashOf } from "../../crypto/hashes";
import { mlDsaPublicKey, mlDsaSeed } from "../../crypto/ml-dsa-keys";
import { pkcs1Sign, pkcs1Verify, pssSign, pssVerify } from "../../crypto/rsa";
import { ok, type Failure } from "../../errors";
import type { ConditionContext, Context, CostLine, CurveSpec, MlDsaSpec, Operation } from "../../types";
import { useCost } from "../billing";
import { kmsErrors } from "../errors";
import { foundKey } from "../find";
import { keySpecs } from "../specs";
import type { KeyRow } from "../state";
import { askKey, checkUse, currentMaterial, noteCrypto } from "../use";

interface SignInput {
  KeyId: string;
  Message: string;
  MessageType?: "RAW" | "DIGEST" | "EXTERNAL_MU";
  SigningAlgorithm: string;
  GrantTokens?: string[];
  DryRun?: boolean;
}

interface VerifyInput extends SignInput {
  Signature: string;
}

const conditions = ({ SigningAlgorithm, MessageType = "RAW" }: SignInput): ConditionContext => ({
  "kms:SigningAlgorithm": SigningAlgorithm,
  "kms:MessageType": MessageType,
});

const cost = ({ KeyId }: SignInput, ctx: Context): CostLine[] => useCost(ctx, KeyId);

/** FIPS 204: µ is SHAKE256 of the public key's hash and the message. */
const MU_LENGTH = 64;

const isCurve = ({ KeySpec }: Readonly<KeyRow>): boolean => ["ecdsa", "edwards"].includes(keySpecs[KeySpec].family);
const isMlDsa = ({ KeySpec }: Readonly<KeyRow>): boolean => keySpecs[KeySpec].family === "ml-dsa";

/**
 * Checks what Sign and Verify check alike, and gives what is signed: the digest (of the message, or as it was given),
 * or for Ed25519 and ML-DSA the bytes themselves (the message, or its representative µ of 64 bytes).
 * Source: KMS API, Sign; texts recorded from AWS (SNAP), those of Ed25519 measured in floci pull request 2930.
 */
function prepare(
  ctx: Context,
  operation: "Sign" | "Verify",
  key: Readonly<KeyRow>,
  input: SignInput,
): Failure | { ok: true; message: Uint8Array } {
  const { SigningAlgorithm: algorithm, MessageType: type = "RAW" } = input;
  const refused = checkUse(ctx, operation, key, "SIGN_VERIFY", algorithm);
  if (refused) return refused;
  const bytes = fromBase64(input.Message);
  if (isMlDsa(key)) {
    if (type === "DIGEST") return kmsErrors.messageTypeOfSpec(type, key.KeySpec);
    return type === "RAW" || bytes.length === MU_LENGTH ? { ok: true, message: bytes } : kmsErrors.digestLength(algorithm);
  }
  if (type === "EXTERNAL_MU") return kmsErrors.messageTypeOfSpec(type, key.KeySpec);
  const edwards = keySpecs[key.KeySpec].family === "edwards";
  if (edwards && type !== (algorithm === "ED25519_SHA_512" ? "RAW" : "DIGEST")) return kmsErrors.messageTypeOfAlgorithm(type, algorithm);
  const hash = hashOf(algorithm);
  if (type === "DIGEST") return bytes.length === digestLength(hash) ? { ok: true, message: bytes } : kmsErrors.digestLength(algorithm);
  return { ok: true, message: edwards ? bytes : digest(hash, bytes) };
}

/** Randomness of PSS, ECDSA and ML-DSA is the call's. */
function signature(ctx: Context, key: Readonly<KeyRow>, { SigningAlgorithm: algorithm, MessageType }: SignInput, message: Uint8Array): Uint8Array {
  const { secret, publicKey } = currentMaterial(key);
  const pkcs8 = fromBase64(secret);
  if (isMlDsa(key)) {
    const entropy = toBase64(ctx.random(32));
    const request = { spec: key.KeySpec as MlDsaSpec, seed: toBase64(mlDsaSeed(pkcs8)), message: toBase64(message), mu: MessageType === "EXTERNAL_MU", entropy };
    return fromBase64(ctx.outside({ kind: "ml-dsa-sign", ...request }).signature);
  }
  if (isCurve(key)) {
    const more = algorithm.startsWith("ECDSA") ? { entropy: toBase64(ctx.random(32)) } : { prehash: algorithm === "ED25519_PH_SHA_512" };
    return fromBase64(ctx.outside({ kind: "curve-sign", spec: key.KeySpec as CurveSpec, pkcs8: secret, message: toBase64(message), ...more }).signature);
  }
  const hash = hashOf(algorithm);
  const spki = fromBase64(publicKey!);
  if (algorithm.startsWith("RSASSA_PSS")) return pssSign(ctx.ciphers, pkcs8, spki, hash, message, ctx.random(digestLength(hash)));
  return pkcs1Sign(ctx.ciphers, pkcs8, spki, hash, message);
}

function fits(ctx: Context, key: Readonly<KeyRow>, { SigningAlgorithm: algorithm, MessageType, Signature }: VerifyInput, message: Uint8Array): boolean {
  const spki = fromBase64(currentMaterial(key).publicKey!);
  if (isMlDsa(key)) {
    const request = { spec: key.KeySpec as MlDsaSpec, publicKey: toBase64(mlDsaPublicKey(spki)), message: toBase64(message), mu: MessageType === "EXTERNAL_MU", signature: Signature };
    return ctx.outside({ kind: "ml-dsa-verify", ...request }).valid;
  }
  if (isCurve(key)) {
    const request = { spec: key.KeySpec as CurveSpec, spki: toBase64(spki), message: toBase64(message), signature: Signature };
    return ctx.outside({ kind: "curve-verify", ...request, ...(algorithm === "ED25519_PH_SHA_512" ? { prehash: true } : {}) }).valid;
  }
  const given = fromBase64(Signature);
  return (algorithm.startsWith("RSASSA_PSS") ? pssVerify : pkcs1Verify)(spki, hashOf(algorithm), message, given);
}

/**
 * Signs up to 4,096 bytes, or a digest of anything. ECDSA signatures are DER, RSA ones as long as the modulus.
 * Output: KeyId (ARN), Signature, SigningAlgorithm.
 * Source: KMS API, Sign.
 */
export const Sign: Operation = {
  name: "Sign",
  authorise: (input: SignInput, ctx) => askKey(ctx, "Sign", input, conditions(input)),
  handle(input: SignInput, ctx) {
    const { key } = foundKey(ctx, input.KeyId);
    const ready = prepare(ctx, "Sign", key, input);
    if (!ready.ok) return ready;
    if (input.DryRun) return kmsErrors.dryRun();
    const bytes = signature(ctx, key, input, ready.message);
    const Signature = toBase64(bytes);
    noteCrypto(ctx, "sign", input.SigningAlgorithm, { key, bytesIn: ready.message.length, bytesOut: bytes.length, out: Signature });
    return ok({ KeyId: key.Arn, Signature, SigningAlgorithm: input.SigningAlgorithm });
  },
  cost,
};

/**
 * Says that a signature is good, or fails with KMSInvalidSignatureException: there is no `SignatureValid: false`.
 * Output: KeyId (ARN), SignatureValid, SigningAlgorithm.
 * Source: KMS API, Verify.
 */
export const Verify: Operation = {
  name: "Verify",
  authorise: (input: VerifyInput, ctx) => askKey(ctx, "Verify", input, conditions(input)),
  handle(input: VerifyInput, ctx) {
    const { key } = foundKey(ctx, input.KeyId);
    const ready = prepare(ctx, "Verify", key, input);
    if (!ready.ok) return ready;
    if (input.DryRun) return kmsErrors.dryRun();
    const valid = fits(ctx, key, input, ready.message);
    noteCrypto(ctx, "verify", input.SigningAlgorithm, { key, bytesIn: ready.message.length, bytesOut: 0, out: input.Signature });
    ctx.note({ kind: "check", what: "signature", ok: valid, ...(valid ? {} : { detail: "is not one of this key over this message" }) });
    return valid ? ok({ KeyId: key.Arn, SignatureValid: true, SigningAlgorithm: input.SigningAlgorithm }) : kmsErrors.invalidSignature();
  },
  cost,
};
