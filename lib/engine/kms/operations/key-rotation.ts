import { fail, ok, type Failure } from "../../errors";
import type { ConditionContext, JsonObject } from "../../types";
import { editKey, managesKey, nothing } from "../manage";
import { primaryOnly, synchronize } from "../multi-region";
import { isFailure, page, type PageInput } from "../pagination";
import { rotate, rotates } from "../rotation";
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
 * KeyRotationEnabled is false while deletion is pending, and true again if that is cancelled.
 * Source: KMS API, GetKeyRotationStatus; members as recorded from AWS (2025-03).
 */
export const GetKeyRotationStatus = managesKey("GetKeyRotationStatus", {
  handle(_, { key }) {
    const problem = symmetricOnly(key);
    if (problem) return problem;
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
 * Rotates now, whatever the schedule says, and leaves the schedule as it is.
 * Errors: UnsupportedOperationException, LimitExceededException (26th), ConflictException, KMSInvalidStateException.
 * Source: KMS API, RotateKeyOnDemand; texts recorded from AWS (2025-03), that of the conflict is the API's description.
 */
export const RotateKeyOnDemand = managesKey("RotateKeyOnDemand", {
  handle(_, found, ctx) {
    const problem = symmetricOnly(found.key) ?? primaryOnly(found.db, found.key) ?? onDemandProblem(found.key, ctx.now);
    if (problem) return problem;
    const key = editKey(found);
    key.onDemandRotations++;
    rotate(ctx, key, "ON_DEMAND");
    return ok({ KeyId: key.Arn });
  },
});

function onDemandProblem({ Arn, Origin, onDemandRotations, rotation }: Readonly<KeyRow>, now: number): Failure | undefined {
  if (Origin === "EXTERNAL") return fail("KMSInvalidStateException", `No available key material pending rotation for the key: ${Arn}.`);
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
 * The rotations that a key has had; with IncludeKeyMaterial ALL_KEY_MATERIAL its first material too.
 * Source: KMS API, ListKeyRotations, RotationsListEntry.
 */
export const ListKeyRotations = managesKey<{ KeyId: string; IncludeKeyMaterial?: string } & PageInput>("ListKeyRotations", {
  handle(input, { key }) {
    const problem = symmetricOnly(key);
    if (problem) return problem;
    const all = key.materials.map((material, index) => ({ material, index }));
    const wanted = input.IncludeKeyMaterial === "ALL_KEY_MATERIAL" ? all : all.filter(({ material }) => material.RotationType);
    const listed = page(wanted, input, {
      usual: 100,
      most: 1000,
      list: `ListKeyRotations ${key.KeyId} ${input.IncludeKeyMaterial ?? "ROTATIONS_ONLY"}`,
      place: ({ index }) => String(index).padStart(6, "0"),
    });
    if (isFailure(listed)) return listed;
    return ok({
      Rotations: listed.entries.map(({ material, index }) => rotationEntry(key, material, index === key.materials.length - 1)),
      ...listed.rest,
    });
  },
});

function rotationEntry(key: Readonly<KeyRow>, material: KeyMaterial, current: boolean): JsonObject {
  const entry: JsonObject = {
    KeyId: key.KeyId,
    KeyMaterialId: material.KeyMaterialId,
    KeyMaterialState: current ? "CURRENT" : "NON_CURRENT",
  };
  if (!material.RotationType) return entry;
  return { ...entry, RotationDate: material.createdAt / 1000, RotationType: material.RotationType };
}
