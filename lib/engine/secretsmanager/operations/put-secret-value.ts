import { ok } from "../../errors";
import type { Operation } from "../../types";
import { askAbout } from "../authorise";
import { invalidParameter, isFailure, secretErrors } from "../errors";
import { findWritable } from "../find";
import { stagesOf } from "../labels";
import { refuseManaged } from "../managed-by";
import { secrets } from "../state";
import { type ValueInput, valueOf } from "../values";
import { addVersion } from "../write";

interface Input extends ValueInput {
  SecretId: string;
  ClientRequestToken?: string;
  VersionStages?: string[];
  RotationToken?: string;
}

/**
 * A new version with a new value. Without VersionStages it becomes AWSCURRENT, and the one before AWSPREVIOUS.
 * Errors: ResourceNotFoundException, ResourceExistsException, InvalidRequestException, InvalidParameterException,
 * LimitExceededException, AccessDeniedException, EncryptionFailure, DecryptionFailure.
 * Source: Secrets Manager API, PutSecretValue.
 */
export const PutSecretValue: Operation = {
  name: "PutSecretValue",
  authorise: (input: Input, ctx) => askAbout(ctx, "PutSecretValue", input.SecretId),
  handle(input: Input, ctx) {
    const token = input.ClientRequestToken ?? (ctx.via.length ? ctx.newId() : undefined);
    if (token === undefined) return secretErrors.noToken();
    const value = valueOf(input);
    if (isFailure(value)) return value;
    if (!value) return secretErrors.noValue();
    const found = findWritable(ctx, input.SecretId);
    if (isFailure(found)) return found;
    const refused = refuseManaged(ctx, found.secret);
    if (refused) return refused;
    // The words are unverified.
    if (input.RotationToken !== undefined && input.RotationToken !== found.secret.rotation?.rotationToken) return invalidParameter("The RotationToken doesn't belong to a rotation of this secret that is in progress.");
    const done = addVersion(ctx, found, { token, value, stages: input.VersionStages });
    if (isFailure(done)) return done;
    const secret = secrets(found.db).get(found.secret.Name)!;
    const VersionStages = stagesOf(secret, token);
    return ok({ ARN: secret.ARN, Name: secret.Name, VersionId: token, ...(VersionStages.length && { VersionStages }) });
  },
};
