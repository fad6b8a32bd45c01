import type { Context } from "../types";
import { forgetMaterials } from "./material";
import { unscheduleRotation } from "./rotation-clock";
import { aliases, grants, keys, type KeyRow } from "./state";

/** Kind of the job at the end of the waiting period; `args` is `{ KeyId }`, its place the key's account and Region. */
export const DELETION_JOB = "kms:deletion";

const jobId = (key: Pick<KeyRow, "Arn">): string => `${DELETION_JOB}:${key.Arn}`;

/** The row must have `deletion`. */
export function scheduleDeletion(ctx: Context, key: KeyRow): void {
  if (!key.deletion) throw new Error(`key ${key.KeyId} is not pending deletion`);
  ctx.schedule({ id: jobId(key), due: key.deletion.date, kind: DELETION_JOB, args: { KeyId: key.KeyId } });
}

export const unscheduleDeletion = (ctx: Context, key: Pick<KeyRow, "Arn">): void => ctx.unschedule(jobId(key));

/**
 * The key goes, with its material, its aliases and its grants; what was encrypted under it stays shut for ever.
 * Sends the EventBridge event "KMS CMK Deletion".
 * Source: KMS API, ScheduleKeyDeletion; KMS Developer Guide, Monitor KMS keys with Amazon EventBridge.
 */
function deleteKey({ KeyId }: { KeyId: string }, ctx: Context): void {
  const key = keys(ctx.db).get(KeyId);
  if (!key) return;
  unscheduleRotation(ctx, key);
  forgetMaterials(ctx.db, key);
  for (const { AliasName, TargetKeyId } of aliases(ctx.db).all()) if (TargetKeyId === KeyId) aliases(ctx.db).delete(AliasName);
  for (const id of grants(ctx.db).ids({ prefix: `${KeyId}/` })) grants(ctx.db).delete(id);
  keys(ctx.db).delete(KeyId);
  ctx.emit({ source: "aws.kms", detailType: "KMS CMK Deletion", resources: [key.Arn], detail: { "key-id": KeyId } });
}

export const keyDeletion = { [DELETION_JOB]: deleteKey };
