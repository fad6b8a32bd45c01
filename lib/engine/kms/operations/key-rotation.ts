import { fail, ok, type Failure } from "../../errors";
import type { ConditionContext, Context, Db, JsonObject } from "../../types";
import { editKey, managesKey, nothing } from "../manage";
import { pendingState } from "../imported";
import { enterMaterial, primaryOnly, synchronize } from "../multi-region";
import { isFailure, page, type PageInput } from "../pagination";
import { announce, rotate, rotates } from "../rotation";
import { nextRotation, scheduleRotation, unscheduleRotation } from "../rotation-clock";
import type { KeyMaterial, KeyRow } from "../state";

/** "Maximum of 25 times per KMS key." Source: KMS API, RotateKeyOnDemand. */
const mostOnDemandRotations = 25;
/** On-demand rotation gives way to an automatic one that is this near. Source: KMS API, RotateKeyOnDemand (ConflictException). */
const conflictMs = 20 * 60 * 1000;
const usualPeriod = 365;

/** Only symmetric encryption keys rotate. The message is empty, as recorded from AWS for RotateKeyOnDemand. */
const symmetricOnly = ({ KeySpec }: Pick<KeyRow, "KeySpec">): Failure | undefined =>
  KeySpec === "SYMMETRIC_DEFAULT" ? undefined : fail("UnsupportedOperationException", "");

/**
 * Turns automatic rotation on (every 365 days unless given), or changes its period. The days count from now.
 * Related multi-Region keys share it: it is set on the primary.
 * Errors: UnsupportedOperationException (asymmetric, HMAC, imported, replica), DisabledException, KMSInvalidStateException.
 * Source: KMS API, EnableKeyRotation.
 */
export const EnableKeyRotation = managesKey<{ KeyId: string; RotationPeriodInDays?: number }>("EnableKeyRotation", {
  context: ({ RotationPeriodInDays: days }): ConditionContext => (days === undefined ? {} : { "kms:RotationPeriodInDays": String(days) }),
  handle({ RotationPeriodInDays }, found, ctx) {
    const problem = symmetricOnly(found.key) ?? primaryOnly(found.db, found.key);
    if (problem) return problem;
    const known = found.key.rotation;
    const periodInDays = RotationPeriodInDays ?? known?.periodInDays ?? usualPeriod;
    if (known?.periodInDays === periodInDays) return nothing();
    const key = editKey(found);
    key.rotation = { periodInDays, nextDate: nextRotation(ctx.now, periodInDays) };
    scheduleRotation(ctx, key);
    synchronize(ctx, key);
    return nothing();
  },
});

/** Source: KMS API, DisableKeyRotation. */
export const DisableKeyRotation = managesKey("DisableKeyRotation", {
  handle(_, found, ctx) {
    const problem = symmetricOnly(found.key) ?? primaryOnly(found.db, found.key);
    if (problem) return problem;
    if (found.key.rotation) {
      const key = editKey(found);
      delete key.rotation;
      unscheduleRotation(ctx, key);
      synchronize(ctx, key);
    }
    return nothing();
  },
});

/**
 * KeyRotationEnabled is false while deletion is pending, and true again if that is cancelled. Keys that cannot rotate
 * say false as well (asymmetric, HMAC): Terraform's provider asks of every key, and takes no error for an answer.
 * Source: KMS API, GetKeyRotationStatus; members as recorded from AWS (2025-03); hashicorp/terraform-provider-aws, kms/key.go.
 */
export const GetKeyRotationStatus = managesKey("GetKeyRotationStatus", {
  handle(_, { key }) {
    if (!key.rotation || !rotates(key)) return ok({ KeyRotationEnabled: false, KeyId: key.Arn });
    return ok({
      KeyRotationEnabled: true,
      KeyId: key.Arn,
      RotationPeriodInDays: key.rotation.periodInDays,
      NextRotationDate: key.rotation.nextDate / 1000,
    });
  },
});

/**
 * Rotates now, whatever the schedule says, and leaves the schedule as it is. Of imported material, what waits becomes
 * current: it must be in all replicas of a multi-Region key.
 * Errors: UnsupportedOperationException, LimitExceededException (26th), ConflictException, KMSInvalidStateException.
 * Source: KMS API, RotateKeyOnDemand; texts recorded from AWS (2025-03), that of the conflict is the API's description.
 */
export const RotateKeyOnDemand = managesKey("RotateKeyOnDemand", {
  handle(_, found, ctx) {
    const problem = symmetricOnly(found.key) ?? primaryOnly(found.db, found.key) ?? onDemandProblem(found.db, found.key, ctx.now);
    if (problem) return problem;
    const key = editKey(found);
    key.onDemandRotations++;
    if (key.pending) takePending(ctx, found.db, key, key.pending);
    else rotate(ctx, key, "ON_DEMAND");
    return ok({ KeyId: key.Arn });
  },
});

/** Imported material that waited is current from now on. */
function takePending(ctx: Context, db: Db, key: KeyRow, pending: KeyMaterial): void {
  const previous = key.materials.at(-1);
  const current: KeyMaterial = { ...pending, RotationType: "ON_DEMAND", rotatedAt: ctx.now };
  key.materials.push(current);
  delete key.pending;
  enterMaterial(db, key, current.KeyMaterialId);
  synchronize(ctx, key);
  announce(ctx, key, "ON_DEMAND", previous, current);
}

/** The text for replicas that lack the material is not recorded from AWS. */
function onDemandProblem(db: Db, key: Readonly<KeyRow>, now: number): Failure | undefined {
  const { Arn, Origin, onDemandRotations, rotation } = key;
  if (Origin === "EXTERNAL") {
    if (!key.pending) return fail("KMSInvalidStateException", `No available key material pending rotation for the key: ${Arn}.`);
    if (pendingState(db, key) !== "PENDING_ROTATION")
      return fail("KMSInvalidStateException", `The key material pending rotation has not been imported into all replica keys of the key: ${Arn}.`);
  }
  if (onDemandRotations >= mostOnDemandRotations)
    return fail(
      "LimitExceededException",
      `The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${Arn}`,
    );
  if (rotation && rotation.nextDate - now <= conflictMs)
    return fail(
      "ConflictException",
      "The request was rejected because an automatic rotation of this key is currently in progress or scheduled to begin within the next 20 minutes.",
    );
  return undefined;
}

/**
 * The rotations that a key has had; with IncludeKeyMaterial ALL_KEY_MATERIAL its first material, and what waits, too.
 * Each entry: KeyId, KeyMaterialId, KeyMaterialState, of a rotation RotationDate and RotationType, of imported material
 * ImportState, ExpirationModel, ValidTo and KeyMaterialDescription.
 * Source: KMS API, ListKeyRotations, RotationsListEntry.
 */
export const ListKeyRotations = managesKey<{ KeyId: string; IncludeKeyMaterial?: string } & PageInput>("ListKeyRotations", {
  handle(input, { key, db }) {
    const problem = symmetricOnly(key);
    if (problem) return problem;
    const all = [...key.materials, ...(key.pending ? [key.pending] : [])].map((material, index) => ({ material, index }));
    const wanted = input.IncludeKeyMaterial === "ALL_KEY_MATERIAL" ? all : all.filter(({ material }) => material.RotationType);
    const stateOf = (index: number): string =>
      index < key.materials.length - 1 ? "NON_CURRENT" : index < key.materials.length ? "CURRENT" : pendingState(db, key);
    const listed = page(wanted, input, {
      usual: 100,
      most: 1000,
      list: `ListKeyRotations ${key.KeyId} ${input.IncludeKeyMaterial ?? "ROTATIONS_ONLY"}`,
      place: ({ index }) => String(index).padStart(6, "0"),
    });
    if (isFailure(listed)) return listed;
    return ok({
      Rotations: listed.entries.map(({ material, index }) => rotationEntry(key, material, stateOf(index))),
      ...listed.rest,
    });
  },
});

function rotationEntry(key: Readonly<KeyRow>, material: KeyMaterial, KeyMaterialState: string): JsonObject {
  const { KeyMaterialId, secret, description, validTo, RotationType } = material;
  const entry: JsonObject = { KeyId: key.KeyId, KeyMaterialId, KeyMaterialState };
  if (key.Origin === "EXTERNAL") {
    if (description !== undefined) entry.KeyMaterialDescription = description;
    entry.ImportState = secret ? "IMPORTED" : "PENDING_IMPORT";
    if (secret) entry.ExpirationModel = validTo === undefined ? "KEY_MATERIAL_DOES_NOT_EXPIRE" : "KEY_MATERIAL_EXPIRES";
    if (validTo !== undefined) entry.ValidTo = validTo / 1000;
  }
  if (!RotationType) return entry;
  return { ...entry, RotationDate: (material.rotatedAt ?? material.createdAt) / 1000, RotationType };
}
