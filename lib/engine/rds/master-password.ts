import { type Managed, dropSecret, rotateSecret } from "../database/managed-secret";
import { hashPassword, keepingOf } from "../database/passwords";
import type { Failure } from "../errors";
import type { Context } from "../types";
import { isFailure, rdsErrors } from "./errors";
import { takeSecret } from "./owned";
import type { Common } from "./state";
import { passwordProblem } from "./validate";

export interface PasswordInput {
  ApplyImmediately?: boolean;
  MasterUserPassword?: string;
  ManageMasterUserPassword?: boolean;
  RotateMasterUserPassword?: boolean;
  MasterUserSecretKmsKeyId?: string;
}

/**
 * What a modification wants with the master password. The new one is in force a moment later, whatever ApplyImmediately says;
 * until then the old one is good, and connections that are open stay so.
 * Errors: InvalidParameterValue, InvalidParameterCombination, KMSKeyNotAccessibleFault, Secrets Manager's own.
 * Source: RDS API, ModifyDBInstance (MasterUserPassword, ManageMasterUserPassword, RotateMasterUserPassword).
 */
export function changePassword(ctx: Context, row: Common, managed: () => Managed, input: PasswordInput): { changed: boolean } | Failure {
  const { MasterUserPassword, ManageMasterUserPassword, RotateMasterUserPassword, MasterUserSecretKmsKeyId } = input;
  const problem = problemOf(row, input);
  if (problem) return problem;
  if (RotateMasterUserPassword) return rotateSecret(ctx, row.secret!) ?? { changed: false };
  const keep = (password: string): void => void (row.passwordHash = hashPassword(ctx, keepingOf(row.Engine, row.EngineVersion), row.MasterUsername, password));
  if (ManageMasterUserPassword && !row.secret) {
    const made = takeSecret(ctx, managed(), MasterUserSecretKmsKeyId);
    if (isFailure(made)) return made;
    row.secret = made.secret;
    keep(made.password);
    return { changed: true };
  }
  if (MasterUserPassword === undefined) return { changed: false };
  if (row.secret) {
    dropSecret(ctx, row.secret);
    delete row.secret;
  }
  keep(MasterUserPassword);
  return { changed: true };
}

function problemOf(row: Common, { ApplyImmediately, MasterUserPassword, ManageMasterUserPassword, RotateMasterUserPassword, MasterUserSecretKmsKeyId }: PasswordInput): Failure | undefined {
  const { combination } = rdsErrors;
  if (MasterUserSecretKmsKeyId !== undefined && !ManageMasterUserPassword) return combination("A ManageMasterUserPassword value is required when MasterUserSecretKmsKeyId is specified.");
  if (MasterUserSecretKmsKeyId !== undefined && row.secret && MasterUserSecretKmsKeyId !== row.secret.keyArn) return combination("You can't change the KMS key of a secret that RDS manages.");
  if (RotateMasterUserPassword) {
    if (!row.secret) return combination("You can't rotate the master user password because it is not managed by RDS in AWS Secrets Manager.");
    return ApplyImmediately ? undefined : combination("You must apply the change immediately when rotating the master user password.");
  }
  if (ManageMasterUserPassword && MasterUserPassword !== undefined) return combination("You can't specify MasterUserPassword when ManageMasterUserPassword is enabled.");
  if (ManageMasterUserPassword === false && !row.secret) return combination("You cannot set ManageMasterUserPassword to false because the master user password is not currently managed by RDS.");
  if (ManageMasterUserPassword === false && MasterUserPassword === undefined) return combination("MasterUserPassword must be provided when ManageMasterUserPassword is set to false.");
  if (MasterUserPassword === undefined) return undefined;
  if (row.secret && ManageMasterUserPassword === undefined) return combination("You can't specify MasterUserPassword while the master user password is managed by RDS in AWS Secrets Manager.");
  return passwordProblem(row.Engine, MasterUserPassword);
}
