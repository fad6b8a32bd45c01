import type { Context } from "../types";
import { addMaterial } from "./material";
import { nextRotation, ROTATION_JOB, scheduleRotation } from "./rotation-clock";
import { isPrimary, synchronize } from "./multi-region";
import { keys, type KeyMaterial, type KeyRow } from "./state";

/**
 * New key material under the same key: it encrypts from now on, the older still decrypts. Of a multi-Region key it is the
 * primary that rotates, and its replicas get the material and the next date from it.
 * Sends the EventBridge event "KMS CMK Rotation". AWS rotates in the background, seconds after it was asked; here it is done at once.
 * Source: KMS Developer Guide, Rotate AWS KMS keys; Monitor KMS keys with Amazon EventBridge (the event's members).
 */
export function rotate(ctx: Context, key: KeyRow, type: NonNullable<KeyMaterial["RotationType"]>): void {
  const previous = key.materials.at(-1);
  const current = addMaterial(ctx, key, type);
  synchronize(ctx, key);
  announce(ctx, key, type, previous, current);
}

/** The EventBridge event. */
export function announce(
  ctx: Context,
  key: Readonly<KeyRow>,
  type: string,
  previous: Readonly<KeyMaterial> | undefined,
  current: Readonly<KeyMaterial>,
): void {
  ctx.emit({
    source: "aws.kms",
    detailType: "KMS CMK Rotation",
    resources: [key.Arn],
    detail: {
      "key-id": key.KeyId,
      "key-origin": key.Origin,
      "rotation-type": type,
      "previous-key-material-id": previous?.KeyMaterialId,
      "current-key-material-id": current.KeyMaterialId,
    },
  });
}

/** Automatic rotation is on, and works: not while the deletion of the key is pending. Source: KMS API, GetKeyRotationStatus. */
export const rotates = (key: Readonly<KeyRow>): boolean =>
  key.rotation !== undefined && key.KeyState !== "PendingDeletion" && key.KeyState !== "PendingReplicaDeletion";

/**
 * A day on which rotation is due. A key that is not enabled is passed over; it keeps its date, which is then in the past,
 * and is rotated when it is enabled again.
 */
function automaticRotation({ KeyId }: { KeyId: string }, ctx: Context): void {
  const { db } = ctx;
  const known = keys(db).get(KeyId);
  if (!known?.rotation || known.rotation.nextDate > ctx.now || (known.KeyState !== "Enabled" && known.KeyState !== "Updating")) return;
  const key = keys(db).edit(KeyId);
  const { periodInDays, nextDate } = known.rotation;
  key.rotation = { periodInDays, nextDate: nextRotation(nextDate, periodInDays) };
  rotate(ctx, key, "AUTOMATIC");
  scheduleRotation(ctx, key);
}

/** For a key that is enabled again: what fell due in the meantime is made up for, once. */
export function rotateIfOverdue(ctx: Context, key: KeyRow): void {
  if (!key.rotation || key.rotation.nextDate > ctx.now || !isPrimary(ctx.db, key)) return;
  key.rotation = { periodInDays: key.rotation.periodInDays, nextDate: nextRotation(ctx.now, key.rotation.periodInDays) };
  rotate(ctx, key, "AUTOMATIC");
  scheduleRotation(ctx, key);
}

export const rotationJobs = { [ROTATION_JOB]: automaticRotation };
