import { ok } from "../../errors";
import type { Operation } from "../../types";
import { askAbout, given } from "../authorise";
import { invalidParameter, isFailure, secretErrors } from "../errors";
import { findSecret, isReplica, lookUp, readSecretId, secretArn } from "../find";
import { refuseManaged } from "../managed-by";
import { newEnding } from "../names";
import { markForDeletion, removeNow, unmark } from "../removal";
import { isSecretsManager } from "../rotation/steps";
import { seconds, secrets } from "../state";

interface Input {
  SecretId: string;
  RecoveryWindowInDays?: number;
  ForceDeleteWithoutRecovery?: boolean;
}

const usualWindow = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Marks a secret for deletion, or (ForceDeleteWithoutRecovery) takes it away at once. To force the deletion of what is
 * not there is no error.
 * Errors: ResourceNotFoundException, InvalidParameterException, InvalidRequestException. Source: Secrets Manager API, DeleteSecret.
 */
export const DeleteSecret: Operation = {
  name: "DeleteSecret",
  // A service that ends what it manages asks nobody again.
  authorise: ({ SecretId, RecoveryWindowInDays, ForceDeleteWithoutRecovery }: Input, ctx) => isSecretsManager(ctx) ? undefined : askAbout(ctx, "DeleteSecret", SecretId, given({ RecoveryWindowInDays, ForceDeleteWithoutRecovery })),
  handle({ SecretId, RecoveryWindowInDays, ForceDeleteWithoutRecovery = false }: Input, ctx) {
    if (ForceDeleteWithoutRecovery && RecoveryWindowInDays !== undefined) return invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    if (RecoveryWindowInDays !== undefined && (RecoveryWindowInDays < 7 || RecoveryWindowInDays > 30)) return invalidParameter("The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    if (ForceDeleteWithoutRecovery && !lookUp(ctx, SecretId)) {
      const { name, arn } = readSecretId(SecretId, ctx.region, ctx.account) ?? { name: SecretId };
      return ok({ ARN: arn ?? secretArn(ctx.region, ctx.account, name, newEnding(ctx)), Name: name, DeletionDate: seconds(ctx.now) });
    }
    const found = findSecret(ctx, SecretId);
    if (isFailure(found)) return found;
    const { db, account, secret } = found;
    if (isReplica(secret)) return secretErrors.onReplica();
    if (secret.replicas.length) return invalidParameter(`You can't delete secret ${SecretId} that still has replica regions [${secret.replicas.map(({ Region }) => Region).join(", ")}]`);
    const refused = refuseManaged(ctx, secret);
    if (refused) return refused;
    const { ARN, Name } = secret;
    if (ForceDeleteWithoutRecovery) {
      removeNow(ctx, db, secret, account);
      return ok({ ARN, Name, DeletionDate: seconds(ctx.now) });
    }
    if (secret.DeletedDate !== undefined) return secretErrors.markedForDeletion();
    const due = ctx.now + (RecoveryWindowInDays ?? usualWindow) * DAY_MS;
    markForDeletion(ctx, secrets(db).edit(Name), account, due);
    return ok({ ARN, Name, DeletionDate: seconds(due) });
  },
};

/**
 * Takes the mark off. A secret that has none stays as it is.
 * Errors: ResourceNotFoundException, InvalidParameterException. Source: Secrets Manager API, RestoreSecret.
 */
export const RestoreSecret: Operation = {
  name: "RestoreSecret",
  authorise: ({ SecretId }: Input, ctx) => askAbout(ctx, "RestoreSecret", SecretId),
  handle({ SecretId }: Input, ctx) {
    const found = findSecret(ctx, SecretId);
    if (isFailure(found)) return found;
    const { db, account, secret } = found;
    if (isReplica(secret)) return secretErrors.onReplica();
    if (secret.DeletedDate !== undefined) unmark(ctx, secrets(db).edit(secret.Name), account);
    return ok({ ARN: secret.ARN, Name: secret.Name });
  },
};
