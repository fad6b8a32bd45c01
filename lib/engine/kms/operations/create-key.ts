import { toHex } from "../../crypto/bytes";
import { fail, ok, type Failure } from "../../errors";
import type { AuthRequest, Context, Db, Operation } from "../../types";
import { callContext } from "../auth";
import { defaultKeyPolicy } from "../default-policy";
import { kmsErrors } from "../errors";
import { keyArnOf } from "../find";
import { addMaterial } from "../material";
import { keyMetadata } from "../metadata";
import { checkLockout, checkPolicy } from "../policy-check";
import { keySpecs, specsNotSimulated } from "../specs";
import { keys, type KeyRow, type KeyUsage } from "../state";
import { checkTags, requestTags } from "../tags";

interface Input {
  Policy?: string;
  Description?: string;
  KeyUsage?: KeyUsage;
  CustomerMasterKeySpec?: string;
  KeySpec?: string;
  Origin?: string;
  CustomKeyStoreId?: string;
  BypassPolicyLockoutSafetyCheck?: boolean;
  Tags?: KeyRow["tags"];
  MultiRegion?: boolean;
  XksKeyId?: string;
}

/** KMS keys in an account and Region, in any state. Source: KMS Developer Guide, Resource quotas. */
const mostKeys = 100_000;

/** For the account and Region whose records these are. */
export const checkKeyCount = (db: Db): Failure | undefined =>
  keys(db).size >= mostKeys
    ? kmsErrors.limit(`You have reached the maximum number of KMS keys for this account and Region (${mostKeys}).`)
    : undefined;

const specOf = ({ KeySpec, CustomerMasterKeySpec }: Input): string => KeySpec ?? CustomerMasterKeySpec ?? "SYMMETRIC_DEFAULT";
const usageOf = ({ KeyUsage }: Input): KeyUsage => KeyUsage ?? "ENCRYPT_DECRYPT";
const originOf = ({ Origin }: Input): KeyRow["Origin"] => (Origin ?? "AWS_KMS") as KeyRow["Origin"];

/**
 * Makes a customer managed key with key material of its own (Origin EXTERNAL: none until it is imported).
 * IAM alone allows it: there is no key policy yet. With Tags, `kms:TagResource` is asked too.
 * Errors: ValidationException, UnsupportedOperationException, TagException, MalformedPolicyDocumentException, LimitExceededException.
 * Source: KMS API, CreateKey.
 */
export const CreateKey: Operation = {
  name: "CreateKey",
  validate(input: Input) {
    return checkKind(input) ?? checkTags(input.Tags ?? []);
  },
  authorise(input: Input, ctx) {
    const context = {
      ...callContext(ctx),
      "kms:KeySpec": specOf(input),
      "kms:KeyUsage": usageOf(input),
      "kms:KeyOrigin": originOf(input),
      "kms:MultiRegion": String(input.MultiRegion ?? false),
      "kms:BypassPolicyLockoutSafetyCheck": String(input.BypassPolicyLockoutSafetyCheck ?? false),
      ...(input.MultiRegion ? { "kms:MultiRegionKeyType": "PRIMARY" } : {}),
      ...requestTags(input.Tags),
    };
    // The key has no ARN yet, so IAM policies for tagging at creation name all keys of the account.
    const questions: AuthRequest[] = [{ action: "kms:CreateKey", resource: "*", context }];
    if (input.Tags?.length) questions.push({ action: "kms:TagResource", resource: keyArnOf(ctx.region, ctx.account, "*"), context });
    return questions;
  },
  handle(input: Input, ctx) {
    const KeyId = input.MultiRegion ? `mrk-${toHex(ctx.random(16))}` : ctx.newId();
    const Arn = keyArnOf(ctx.region, ctx.account, KeyId);
    const full = checkKeyCount(ctx.db);
    if (full) return full;
    const key: KeyRow = {
      KeyId,
      Arn,
      AWSAccountId: ctx.account,
      CreationDate: ctx.now,
      Description: input.Description ?? "",
      KeySpec: specOf(input),
      KeyUsage: usageOf(input),
      KeyState: originOf(input) === "EXTERNAL" ? "PendingImport" : "Enabled",
      KeyManager: "CUSTOMER",
      Origin: originOf(input),
      MultiRegion: input.MultiRegion ?? false,
      policy: input.Policy ?? defaultKeyPolicy(ctx.account),
      tags: (input.Tags ?? []).map(({ TagKey, TagValue }) => ({ TagKey, TagValue })),
      materials: [],
      onDemandRotations: 0,
    };
    const problem = checkGivenPolicy(input, key, ctx);
    if (problem) return problem;
    if (key.Origin === "AWS_KMS") addMaterial(ctx, key);
    keys(ctx.db).put(KeyId, key);
    return ok({ KeyMetadata: keyMetadata(ctx.db, key) });
  },
};

/** Spec, usage and origin must go together. Texts recorded from AWS (2023-04), save where Keyhole names itself. */
function checkKind(input: Input): Failure | undefined {
  if (input.KeySpec !== undefined && input.CustomerMasterKeySpec !== undefined)
    return fail(
      "ValidationException",
      "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.",
    );
  const spec = specOf(input);
  if (Object.hasOwn(specsNotSimulated, spec)) return kmsErrors.notSimulated(`the key spec ${spec}: ${specsNotSimulated[spec]}`);
  if (
    input.Origin === "AWS_CLOUDHSM" ||
    input.Origin === "EXTERNAL_KEY_STORE" ||
    input.CustomKeyStoreId !== undefined ||
    input.XksKeyId !== undefined
  )
    return kmsErrors.notSimulated("custom key stores (AWS CloudHSM key stores and external key stores)");
  // AWS names no wrapping for such material, and no answer of AWS is known.
  if (originOf(input) === "EXTERNAL" && keySpecs[spec].family === "ml-dsa")
    return fail("ValidationException", `KeySpec ${spec} is not supported for Origin EXTERNAL`);
  if (input.KeyUsage === undefined && spec !== "SYMMETRIC_DEFAULT")
    return fail("ValidationException", "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.");
  if (!keySpecs[spec].usages.includes(usageOf(input)))
    return fail("ValidationException", `KeyUsage ${usageOf(input)} is not compatible with KeySpec ${spec}`);
  return undefined;
}

function checkGivenPolicy({ Policy, BypassPolicyLockoutSafetyCheck }: Input, key: KeyRow, ctx: Context): Failure | undefined {
  if (Policy === undefined) return undefined;
  return checkPolicy(Policy, ctx) ?? (BypassPolicyLockoutSafetyCheck ? undefined : checkLockout(Policy, { key, db: ctx.db }, ctx));
}
