import { wakeApplications } from "../application/wake";
import type { Context, Db, Service } from "../types";
import { stepJob, windowJob } from "./rotation/plan";
import { type ServiceEventName, serviceEvent } from "./service-events";
import { type SecretRow, dropSecret, secrets } from "./state";

/**
 * The end of a secret. AWS deletes in the background some time after the recovery window; here it is at its end.
 * Source: Secrets Manager API, DeleteSecret; Secrets Manager User Guide, Delete an AWS Secrets Manager secret.
 */

export const DELETION = "SecretDeletion";

const jobId = (name: string): string => `${DELETION}:${name}`;

/** Marks a secret. `secret` is open for change. */
export function markForDeletion(ctx: Context, secret: SecretRow, account: string, due: number): void {
  secret.markedAt = ctx.now;
  secret.DeletedDate = due;
  ctx.schedule({ id: jobId(secret.Name), due, kind: DELETION, account, args: { SecretId: secret.Name } });
  tell(ctx, "StartSecretVersionDelete", secret);
}

/** `secret` is open for change. */
export function unmark(ctx: Context, secret: SecretRow, account: string): void {
  delete secret.markedAt;
  delete secret.DeletedDate;
  ctx.unschedule(jobId(secret.Name), undefined, account);
  tell(ctx, "CancelSecretVersionDelete", secret);
}

export function removeNow(ctx: Context, db: Db, secret: Readonly<SecretRow>, account: string): void {
  for (const id of [jobId(secret.Name), windowJob(secret.ARN), stepJob(secret.ARN)]) ctx.unschedule(id, undefined, account);
  dropSecret(db, secret);
  tell(ctx, "EndSecretVersionDelete", secret);
}

/** One event for each version. */
function tell(ctx: Context, event: ServiceEventName, { ARN, versionIds }: Readonly<SecretRow>): void {
  wakeApplications(ctx, { secret: ARN });
  for (const versionId of versionIds) serviceEvent(ctx, event, ARN, { versionId });
}

function windowEnds({ SecretId }: { SecretId: string }, ctx: Context): void {
  const secret = secrets(ctx.db).get(SecretId);
  if (secret?.DeletedDate !== undefined && secret.DeletedDate <= ctx.now) removeNow(ctx, ctx.db, secret, ctx.account);
}

export const removalJobs: NonNullable<Service["jobs"]> = { [DELETION]: windowEnds };
