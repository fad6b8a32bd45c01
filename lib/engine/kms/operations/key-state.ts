import { fail, ok } from "../../errors";
import type { ConditionContext } from "../../types";
import { startWaiting, unscheduleDeletion } from "../deletion";
import { editKey, managesKey, nothing } from "../manage";
import { complete } from "../material";
import { rotateIfOverdue } from "../rotation";

/**
 * Lets the key be used again. A rotation that fell due while it was disabled is made now.
 * Source: KMS API, EnableKey; GetKeyRotationStatus (Disabled).
 */
export const EnableKey = managesKey("EnableKey", {
  handle(_, found, ctx) {
    const key = editKey(found);
    key.KeyState = "Enabled";
    rotateIfOverdue(ctx, key);
    return nothing();
  },
});

/** Source: KMS API, DisableKey. */
export const DisableKey = managesKey("DisableKey", {
  handle(_, found) {
    editKey(found).KeyState = "Disabled";
    return nothing();
  },
});

/**
 * Puts the key away for a waiting period of 7 to 30 days (30 unless given), at whose end the clock deletes it.
 * A multi-Region primary key with replicas is PendingReplicaDeletion, and its waiting period begins when the last is gone.
 * The range is the guide's; the API's shapes allow 1 to 365. Its text: Skyscanner/kms-issuer#8, quoting AWS.
 * Source: KMS API, ScheduleKeyDeletion.
 */
export const ScheduleKeyDeletion = managesKey<{ KeyId: string; PendingWindowInDays?: number }>("ScheduleKeyDeletion", {
  context: ({ PendingWindowInDays }): ConditionContext =>
    PendingWindowInDays === undefined ? {} : { "kms:ScheduleKeyDeletionPendingWindowInDays": String(PendingWindowInDays) },
  validate: ({ PendingWindowInDays: days = 30 }) =>
    days < 7 || days > 30 ? fail("ValidationException", "PendingWindowInDays must be between 7 and 30") : undefined,
  handle({ PendingWindowInDays = 30 }, found, ctx) {
    const key = editKey(found);
    startWaiting(ctx, key, PendingWindowInDays);
    const { date } = key.deletion!;
    return ok({ KeyId: key.Arn, ...(date === undefined ? {} : { DeletionDate: date / 1000 }), KeyState: key.KeyState, PendingWindowInDays });
  },
});

/** Takes the key back; it is Disabled then, or PendingImport where imported material is missing. Source: KMS API, CancelKeyDeletion. */
export const CancelKeyDeletion = managesKey("CancelKeyDeletion", {
  handle(_, found, ctx) {
    const key = editKey(found);
    key.KeyState = complete(key) ? "Disabled" : "PendingImport";
    delete key.deletion;
    unscheduleDeletion(ctx, key);
    return ok({ KeyId: key.Arn });
  },
});

/** Source: KMS API, UpdateKeyDescription. */
export const UpdateKeyDescription = managesKey<{ KeyId: string; Description: string }>("UpdateKeyDescription", {
  handle({ Description }, found) {
    editKey(found).Description = Description;
    return nothing();
  },
});
