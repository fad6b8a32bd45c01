import type { Context } from "../types";
import { regionOf } from "./multi-region";
import type { KeyRow } from "./state";

/** When automatic rotations are due; the job itself is in `operations/` with the other rotation work. */

export const DAY_MS = 24 * 60 * 60 * 1000;

/** Kind of the job that rotates a key automatically; its args are `{ KeyId }`, its place the key's account and Region. */
export const ROTATION_JOB = "kms:automatic-rotation";

export const rotationJobId = (key: Pick<KeyRow, "Arn">): string => `${ROTATION_JOB}:${key.Arn}`;

/** ms of the next rotation, counted from `from`. */
export const nextRotation = (from: number, periodInDays: number): number => from + periodInDays * DAY_MS;

/** Puts the job for `key.rotation.nextDate` (replacing an earlier one). The row must have `rotation`. */
export function scheduleRotation(ctx: Context, key: Pick<KeyRow, "Arn" | "KeyId" | "rotation">): void {
  if (!key.rotation) throw new Error(`key ${key.KeyId} does not rotate`);
  ctx.schedule({ id: rotationJobId(key), due: key.rotation.nextDate, kind: ROTATION_JOB, args: { KeyId: key.KeyId }, region: regionOf(key) });
}

export const unscheduleRotation = (ctx: Context, key: Pick<KeyRow, "Arn">): void => ctx.unschedule(rotationJobId(key), regionOf(key));
