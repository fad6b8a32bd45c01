import type { Context } from "../types";
import { unscheduleExpiry } from "./imported";
import { forgetMaterials } from "./material";
import { regionOf, relatedRegions, replicasOf } from "./multi-region";
import { DAY_MS, unscheduleRotation } from "./rotation-clock";
import { keyUsage } from "./usage";
import { aliases, grants, keys, multiRegion, type KeyRow } from "./state";

/** Kind of the job at the end of the waiting period; `args` is `{ KeyId }`, its place the key's account and Region. */
export const DELETION_JOB = "kms:deletion";

const jobId = (key: Pick<KeyRow, "Arn">): string => `${DELETION_JOB}:${key.Arn}`;

function scheduleDeletion(ctx: Context, key: KeyRow): void {
  if (key.deletion?.date === undefined) throw new Error(`key ${key.KeyId} is not pending deletion`);
  ctx.schedule({ id: jobId(key), due: key.deletion.date, kind: DELETION_JOB, args: { KeyId: key.KeyId }, region: regionOf(key) });
}

export const unscheduleDeletion = (ctx: Context, key: Pick<KeyRow, "Arn">): void => ctx.unschedule(jobId(key), regionOf(key));

/**
 * The key goes, with its material, its aliases and its grants; what was encrypted under it stays shut for ever.
 * Sends the EventBridge event "KMS CMK Deletion". With the last replica gone, the waiting period of a primary key that was
 * to be deleted begins.
 * Source: KMS API, ScheduleKeyDeletion; KMS Developer Guide, Monitor KMS keys with Amazon EventBridge.
 */
function deleteKey({ KeyId }: { KeyId: string }, ctx: Context): void {
  const { db } = ctx;
  const key = keys(db).get(KeyId);
  if (key?.KeyState !== "PendingDeletion" || !(key.deletion!.date! <= ctx.now)) return;
  unscheduleRotation(ctx, key);
  unscheduleExpiry(ctx, key);
  forgetMaterials(db, key);
  for (const { AliasName } of aliases(db).having("TargetKeyId", KeyId)) aliases(db).delete(AliasName);
  for (const id of grants(db).ids({ prefix: `${KeyId}/` })) grants(db).delete(id);
  keyUsage(db).delete(KeyId);
  keys(db).delete(KeyId);
  if (key.MultiRegion) leaveRelated(key, ctx);
  ctx.emit({ source: "aws.kms", detailType: "KMS CMK Deletion", resources: [key.Arn], detail: { "key-id": KeyId } });
}

function leaveRelated(gone: Readonly<KeyRow>, ctx: Context): void {
  const { primaryRegion, replicaRegions } = relatedRegions(ctx.db, gone);
  const left = replicaRegions.filter((region) => region !== regionOf(gone));
  if (left.length) {
    multiRegion(ctx.db).edit(gone.KeyId).replicaRegions = left;
    return;
  }
  multiRegion(ctx.db).delete(gone.KeyId);
  const table = keys(ctx.db.at({ region: primaryRegion }));
  if (table.get(gone.KeyId)?.KeyState !== "PendingReplicaDeletion") return;
  const primary = table.edit(gone.KeyId);
  startWaiting(ctx, primary, primary.deletion!.windowInDays);
}

/** Begins the waiting period, or for a primary key with replicas the wait for theirs to end. */
export function startWaiting(ctx: Context, key: KeyRow, windowInDays: number): void {
  if (replicasOf(ctx.db, key).length) {
    key.KeyState = "PendingReplicaDeletion";
    key.deletion = { windowInDays };
    return;
  }
  key.KeyState = "PendingDeletion";
  key.deletion = { date: ctx.now + windowInDays * DAY_MS, windowInDays };
  scheduleDeletion(ctx, key);
}

export const keyDeletion = { [DELETION_JOB]: deleteKey };
