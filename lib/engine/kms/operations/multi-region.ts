import { ok, type Failure } from "../../errors";
import { regions } from "../../regions";
import type { AuthRequest, ConditionContext, Context, Operation } from "../../types";
import { callContext, keyAuth } from "../auth";
import { defaultKeyPolicy } from "../default-policy";
import { kmsErrors } from "../errors";
import { findKey, foundKey, keyArnOf, type Found } from "../find";
import { nothing, stateProblem } from "../manage";
import { keyMetadata } from "../metadata";
import { inTransit, isPrimary, regionOf, relatedRegions, settleLater, synchronize } from "../multi-region";
import { checkLockout, checkPolicy } from "../policy-check";
import { policyText } from "../policy-text";
import { scheduleRotation, unscheduleRotation } from "../rotation-clock";
import { keys, multiRegion, type KeyRow } from "../state";
import { checkTags, requestTags } from "../tags";
import { checkKeyCount } from "./create-key";

interface ReplicateInput {
  KeyId: string;
  ReplicaRegion: string;
  Policy?: string;
  BypassPolicyLockoutSafetyCheck?: boolean;
  Description?: string;
  Tags?: KeyRow["tags"];
}

/** A Region that KMS is not in. The text is not recorded from AWS. */
const checkRegion = (region: string): Failure | undefined =>
  Object.hasOwn(regions, region) ? undefined : kmsErrors.validation(`${region} is not a Region that AWS KMS is available in.`);

/** The key, if it is the primary of a multi-Region key. The text is recorded from AWS (ReplicateKey). */
const checkPrimary = ({ key, db }: Found): Failure | undefined =>
  key.MultiRegion && isPrimary(db, key) ? undefined : kmsErrors.notPrimary(key.Arn);

/**
 * Makes a replica of a multi-Region primary key in another Region: same key id and material, own ARN, policy,
 * description and tags. It is `Creating` for a few seconds, then `Enabled`, or `PendingImport` if its material is imported.
 * Permissions: `kms:ReplicateKey` on the primary; `kms:CreateKey`, with Tags `kms:TagResource`, in the replica's Region.
 * Output: ReplicaKeyMetadata, ReplicaPolicy, ReplicaTags.
 * Errors: UnsupportedOperationException (not a primary), AlreadyExistsException, ValidationException, TagException,
 * MalformedPolicyDocumentException, LimitExceededException, those of the key's state.
 * Source: KMS API, ReplicateKey.
 */
export const ReplicateKey: Operation = {
  name: "ReplicateKey",
  validate: ({ ReplicaRegion, Tags }: ReplicateInput) => checkRegion(ReplicaRegion) ?? checkTags(Tags ?? []),
  authorise(input: ReplicateInput, ctx) {
    const action = "kms:ReplicateKey";
    const result = findKey(ctx, input.KeyId, { action, aliases: false });
    if (!result.ok) return result;
    const { found } = result;
    const { key } = found;
    const tags = requestTags(input.Tags);
    const there: ConditionContext = {
      ...callContext(ctx),
      ...tags,
      "aws:RequestedRegion": input.ReplicaRegion,
      "kms:KeySpec": key.KeySpec,
      "kms:KeyUsage": key.KeyUsage,
      "kms:KeyOrigin": key.Origin,
      "kms:MultiRegion": "true",
      "kms:MultiRegionKeyType": "REPLICA",
      "kms:BypassPolicyLockoutSafetyCheck": String(input.BypassPolicyLockoutSafetyCheck ?? false),
    };
    const questions: AuthRequest[] = [
      keyAuth(ctx, { action, found, context: { "kms:ReplicaRegion": input.ReplicaRegion, ...tags } }),
      { action: "kms:CreateKey", resource: "*", context: there },
    ];
    if (input.Tags?.length)
      questions.push({ action: "kms:TagResource", resource: keyArnOf(input.ReplicaRegion, ctx.account, key.KeyId), context: there });
    return questions;
  },
  handle(input: ReplicateInput, ctx) {
    const found = foundKey(ctx, input.KeyId);
    const primary = found.key;
    const db = found.db.at({ region: input.ReplicaRegion });
    const problem =
      checkPrimary(found) ??
      (keys(db).get(primary.KeyId) ? kmsErrors.replicaExists(keyArnOf(input.ReplicaRegion, ctx.account, primary.KeyId)) : undefined) ??
      stateProblem("ReplicateKey", primary, ctx) ??
      checkKeyCount(db);
    if (problem) return problem;
    const replica = replicaOf(primary, input, ctx);
    const refused = input.Policy === undefined ? undefined : checkPolicy(input.Policy, ctx) ?? (input.BypassPolicyLockoutSafetyCheck ? undefined : checkLockout(input.Policy, { key: replica, db }, ctx));
    if (refused) return refused;

    keys(db).put(replica.KeyId, replica);
    const related = relatedRegions(found.db, primary);
    multiRegion(ctx.db).put(primary.KeyId, {
      KeyId: primary.KeyId,
      primaryRegion: related.primaryRegion,
      replicaRegions: [...related.replicaRegions, input.ReplicaRegion],
      synchronizations: multiRegion(ctx.db).get(primary.KeyId)?.synchronizations ?? 0,
    });
    synchronize(ctx, primary);
    settleLater(ctx, primary, [input.ReplicaRegion]);
    return ok({
      ReplicaKeyMetadata: keyMetadata(db, keys(db).get(replica.KeyId)!),
      ReplicaPolicy: policyText(replica.policy),
      ReplicaTags: replica.tags,
    });
  },
};

/** The row of a new replica, before the shared properties are copied into it. */
function replicaOf(primary: Readonly<KeyRow>, input: ReplicateInput, ctx: Context): KeyRow {
  const replica: KeyRow = {
    KeyId: primary.KeyId,
    Arn: keyArnOf(input.ReplicaRegion, ctx.account, primary.KeyId),
    AWSAccountId: primary.AWSAccountId,
    CreationDate: ctx.now,
    Description: input.Description ?? "",
    KeySpec: primary.KeySpec,
    KeyUsage: primary.KeyUsage,
    KeyState: "Creating",
    KeyManager: primary.KeyManager,
    Origin: primary.Origin,
    MultiRegion: true,
    policy: input.Policy ?? defaultKeyPolicy(ctx.account),
    tags: (input.Tags ?? []).map(({ TagKey, TagValue }) => ({ TagKey, TagValue })),
    materials: [],
    onDemandRotations: 0,
  };
  inTransit(replica, "Creating", primary.Origin === "EXTERNAL" ? "PendingImport" : "Enabled");
  return replica;
}

interface UpdateInput {
  KeyId: string;
  PrimaryRegion: string;
}

/**
 * Makes the replica in PrimaryRegion the primary, and the primary a replica. Both are `Updating` for a few seconds, in
 * which they can be used, and then what they were. The answer is empty.
 * Permission: `kms:UpdatePrimaryRegion` on both keys.
 * Errors: UnsupportedOperationException (not a primary, or the primary already), NotFoundException (no replica there),
 * those of both keys' states. AWS's texts for the last two cases are not recorded.
 * Source: KMS API, UpdatePrimaryRegion.
 */
export const UpdatePrimaryRegion: Operation = {
  name: "UpdatePrimaryRegion",
  validate: ({ PrimaryRegion }: UpdateInput) => checkRegion(PrimaryRegion),
  authorise({ KeyId, PrimaryRegion }: UpdateInput, ctx) {
    const action = "kms:UpdatePrimaryRegion";
    const result = findKey(ctx, KeyId, { action, aliases: false });
    if (!result.ok) return result;
    const { key, db } = result.found;
    const context = { "kms:PrimaryRegion": PrimaryRegion };
    const questions = [keyAuth(ctx, { action, found: result.found, context })];
    const there = db.at({ region: PrimaryRegion });
    const replica = PrimaryRegion === regionOf(key) ? undefined : keys(there).get(key.KeyId);
    if (replica)
      questions.push(keyAuth(ctx, { action, found: { key: replica, db: there }, context: { ...context, "aws:RequestedRegion": PrimaryRegion } }));
    return questions;
  },
  handle({ KeyId, PrimaryRegion }: UpdateInput, ctx) {
    const found = foundKey(ctx, KeyId);
    const { key, db } = found;
    const problem = checkPrimary(found) ?? stateProblem("UpdatePrimaryRegion", key, ctx);
    if (problem) return problem;
    const from = regionOf(key);
    if (PrimaryRegion === from) return kmsErrors.alreadyPrimary(key.Arn);
    const there = db.at({ region: PrimaryRegion });
    const replica = keys(there).get(key.KeyId);
    if (!replica) return kmsErrors.keyNotFound(keyArnOf(PrimaryRegion, ctx.account, key.KeyId));
    const refused = stateProblem("UpdatePrimaryRegion", replica, ctx);
    if (refused) return refused;

    const related = multiRegion(db).edit(key.KeyId);
    related.primaryRegion = PrimaryRegion;
    related.replicaRegions = related.replicaRegions.map((region) => (region === PrimaryRegion ? from : region));
    inTransit(keys(db).edit(key.KeyId), "Updating", key.KeyState);
    inTransit(keys(there).edit(key.KeyId), "Updating", replica.KeyState);
    // The primary is the one that rotates.
    unscheduleRotation(ctx, key);
    if (replica.rotation) scheduleRotation(ctx, replica);
    settleLater(ctx, key, [from, PrimaryRegion]);
    return nothing();
  },
};
