import { ok } from "../../errors";
import type { Operation } from "../../types";
import { askAbout } from "../authorise";
import { isFailure, secretErrors } from "../errors";
import { findWritable } from "../find";
import { touchReplicas } from "../replicate";
import { rotationErrors } from "../rotation/errors";
import { forget, stepJob, windowJob } from "../rotation/plan";
import { isSecretsManager, secretsManagerPrincipal } from "../rotation/steps";
import { secrets } from "../state";

/**
 * Turns automatic rotation off; a rotation that is under way is left where it is, its labels too. The answer names its
 * version, which may be incomplete. What was configured stays and is shown.
 * Errors: ResourceNotFoundException, InvalidRequestException. Source: Secrets Manager API, CancelRotateSecret.
 */
export const CancelRotateSecret: Operation = {
  name: "CancelRotateSecret",
  authorise: ({ SecretId }: { SecretId: string }, ctx) => (isSecretsManager(ctx) ? undefined : askAbout(ctx, "CancelRotateSecret", SecretId)),
  handle({ SecretId }: { SecretId: string }, ctx) {
    const found = findWritable(ctx, SecretId);
    if (isFailure(found)) return found;
    if (found.account !== ctx.account) return ctx.call("secretsmanager", "CancelRotateSecret", { SecretId }, { as: secretsManagerPrincipal(found.account) });
    if (found.secret.RotationEnabled === undefined) return rotationErrors.neverConfigured();
    if (found.secret.OwningService !== undefined) return secretErrors.managedByService(found.secret.OwningService);
    const row = secrets(found.db).edit(found.secret.Name);
    const token = row.rotation?.token;
    row.RotationEnabled = false;
    row.LastChangedDate = ctx.now;
    delete row.NextRotationDate;
    delete row.rotation;
    forget(ctx, row, windowJob);
    forget(ctx, row, stepJob);
    touchReplicas(ctx, row, found.account);
    return ok({ ARN: row.ARN, Name: row.Name, ...(token === undefined ? {} : { VersionId: token }) });
  },
};
