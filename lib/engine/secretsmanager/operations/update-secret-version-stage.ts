import { type Failure, ok } from "../../errors";
import type { Operation } from "../../types";
import { askAbout, given } from "../authorise";
import { invalidParameter, isFailure, secretErrors } from "../errors";
import { type Found, findWritable } from "../find";
import { CURRENT, removeLabel, versionOf } from "../labels";
import { refuseManaged } from "../managed-by";
import { touchReplicas } from "../replicate";
import { secrets, versionKey, versions } from "../state";
import { maxLabels, moveLabel, tooManyLabels } from "../write";

interface Input {
  SecretId: string;
  VersionStage: string;
  RemoveFromVersionId?: string;
  MoveToVersionId?: string;
}

/**
 * Moves a label to another version, or takes it off. With AWSCURRENT goes AWSPREVIOUS. A version without any label is
 * deprecated.
 * Errors: ResourceNotFoundException, InvalidParameterException, InvalidRequestException, LimitExceededException.
 * Source: Secrets Manager API, UpdateSecretVersionStage.
 */
export const UpdateSecretVersionStage: Operation = {
  name: "UpdateSecretVersionStage",
  authorise: ({ SecretId, VersionStage }: Input, ctx) => askAbout(ctx, "UpdateSecretVersionStage", SecretId, given({ VersionStage: [VersionStage] })),
  handle(input: Input, ctx) {
    const found = findWritable(ctx, input.SecretId);
    if (isFailure(found)) return found;
    const problem = refuseManaged(ctx, found.secret) ?? problemOf(found, input);
    if (problem) return problem;
    const secret = secrets(found.db).edit(found.secret.Name);
    if (input.MoveToVersionId === undefined) removeLabel(secret, input.VersionStage);
    else moveLabel(ctx, secret, input.VersionStage, input.MoveToVersionId);
    if (secret.labels.length > maxLabels) return tooManyLabels();
    secret.LastChangedDate = ctx.now;
    touchReplicas(ctx, secret, found.account);
    return ok({ ARN: secret.ARN, Name: secret.Name });
  },
};

/** The texts are AWS's where the label has a version already; the others are unverified. */
function problemOf({ db, secret }: Found, { VersionStage, RemoveFromVersionId, MoveToVersionId }: Input): Failure | undefined {
  if (RemoveFromVersionId === undefined && MoveToVersionId === undefined) return invalidParameter("You must provide a value for RemoveFromVersionId, MoveToVersionId, or both.");
  if (MoveToVersionId !== undefined && !versions(db).get(versionKey(secret.Name, MoveToVersionId))) return secretErrors.noValueForVersion(MoveToVersionId);
  const holder = versionOf(secret, VersionStage);
  if (RemoveFromVersionId !== undefined && holder !== RemoveFromVersionId) {
    if (holder === undefined) return invalidParameter(`Staging label ${VersionStage} is not attached to version ${RemoveFromVersionId}.`);
    return invalidParameter(`Staging label ${VersionStage} is currently attached to version ${holder}, so you must explicitly reference that version in RemoveFromVersionId.`);
  }
  if (RemoveFromVersionId === undefined && holder !== undefined && holder !== MoveToVersionId)
    return invalidParameter(`The parameter RemoveFromVersionId can't be empty. Staging label ${VersionStage} is currently attached to version ${holder}, so you must explicitly reference that version in RemoveFromVersionId.`);
  // Seen by the authors of Terraform's AWS provider, apostrophe and all.
  if (VersionStage === CURRENT && MoveToVersionId === undefined) return invalidParameter("You can only move staging label AWSCURRENT to a different secret version. It can’t be completely removed.");
  return undefined;
}
