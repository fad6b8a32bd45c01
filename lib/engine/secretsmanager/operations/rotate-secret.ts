import { type Failure, ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { askAbout, given } from "../authorise";
import { isFailure, secretErrors } from "../errors";
import { type Found, findWritable } from "../find";
import { CURRENT, PENDING, versionOf } from "../labels";
import { touchReplicas } from "../replicate";
import { chainHere } from "../rotation/chain";
import { rotationErrors } from "../rotation/errors";
import { lastRotation, planNext } from "../rotation/plan";
import { begin } from "../rotation/run";
import { rulesProblem } from "../rotation/schedule";
import { invocationContext, isSecretsManager, secretsManagerPrincipal } from "../rotation/steps";
import { open, seal } from "../secure";
import { type RotationRules, type SecretRow, secrets, versionKey, versions } from "../state";

interface Input {
  SecretId: string;
  ClientRequestToken?: string;
  RotationLambdaARN?: string;
  RotationRules?: RotationRules;
  RotateImmediately?: boolean;
  ExternalSecretRotationMetadata?: { Key: string; Value: string }[];
  ExternalSecretRotationRoleArn?: string;
}

/**
 * Configures rotation and begins one: the answer comes before its first step, and `VersionId` is the version that it will
 * make. With RotateImmediately false only testSecret is run, with a copy of the current value that goes again.
 * Errors: ResourceNotFoundException, InvalidParameterException, InvalidRequestException, AccessDeniedException,
 * ResourceExistsException; NotSimulated for the partner of a managed external secret.
 * Source: Secrets Manager API, RotateSecret.
 */
export const RotateSecret: Operation = {
  name: "RotateSecret",
  authorise: (input: Input, ctx) =>
    isSecretsManager(ctx) ? undefined : askAbout(ctx, "RotateSecret", input.SecretId, given({ RotationLambdaARN: input.RotationLambdaARN, ModifyRotationRules: input.RotationRules !== undefined, RotateImmediately: input.RotateImmediately ?? true, ExternalSecretRotationRoleArn: input.ExternalSecretRotationRoleArn })),
  handle(input: Input, ctx) {
    // Another service's call has a token of its own, as in AWS.
    const token = input.ClientRequestToken ?? (ctx.via.length ? ctx.newId() : undefined);
    if (token === undefined) return secretErrors.noToken();
    const invalid = rulesProblem(input.RotationRules ?? {});
    if (invalid) return invalid;
    const found = findWritable(ctx, input.SecretId);
    if (isFailure(found)) return found;
    // Jobs and events are of the secret's account.
    if (found.account !== ctx.account) return ctx.call("secretsmanager", "RotateSecret", { ...(input as unknown as JsonObject), ClientRequestToken: token }, { as: secretsManagerPrincipal(found.account) });
    const { secret } = found;
    const answer = ok({ ARN: secret.ARN, Name: secret.Name, VersionId: token });
    // The same request again: the rotation is under way, or done.
    if (secret.rotation?.token === token || versionOf(secret, CURRENT) === token) return answer;
    if (secret.versionIds.includes(token)) return secretErrors.tokenInUse(token, secret.ARN);
    const problem = secret.OwningService !== undefined ? (input.RotationLambdaARN ? secretErrors.managedByService(secret.OwningService) : undefined) : secret.Type !== undefined ? externalProblem(ctx, secret, input) : functionProblem(ctx, secret, input);
    if (problem) return problem;
    const pending = versionOf(secret, PENDING);
    if (pending !== undefined && pending !== versionOf(secret, CURRENT)) return rotationErrors.notComplete();
    const row = secrets(found.db).edit(secret.Name);
    configure(ctx, row, input);
    touchReplicas(ctx, row, found.account);
    if (input.RotateImmediately ?? true) begin(ctx, row, { token, chain: chainHere(ctx) });
    else if (secret.RotationLambdaARN !== undefined || input.RotationLambdaARN) return tested(ctx, found, row, token) ?? answer;
    return answer;
  },
};

/** Whether there is a function that the caller and Secrets Manager may invoke. */
function functionProblem(ctx: Context, secret: Readonly<SecretRow>, input: Input): Failure | undefined {
  if (input.ExternalSecretRotationMetadata || input.ExternalSecretRotationRoleArn) return rotationErrors.notExternal();
  const FunctionName = input.RotationLambdaARN || secret.RotationLambdaARN;
  if (!FunctionName) return rotationErrors.noFunction();
  const dryRun = { FunctionName, InvocationType: "DryRun" };
  const account = secret.ARN.split(":")[4];
  if (!ctx.call("lambda", "Invoke", dryRun, { as: secretsManagerPrincipal(account), context: invocationContext(secret, account) }).ok) return rotationErrors.cannotInvoke();
  const mine = ctx.call("lambda", "Invoke", dryRun);
  return mine.ok ? undefined : mine;
}

/**
 * What AWS checks of a managed external secret's configuration: the role may be handed over, and Secrets Manager may take it on.
 * Source: Secrets Manager User Guide, "Security and permissions" (managed external secrets).
 */
function externalProblem(ctx: Context, secret: Readonly<SecretRow>, input: Input): Failure | undefined {
  const RoleArn = input.ExternalSecretRotationRoleArn ?? secret.ExternalSecretRotationRoleArn;
  if (RoleArn === undefined) return rotationErrors.noExternalRole();
  const passed = ctx.may({ action: "iam:PassRole", resource: RoleArn, context: { "iam:PassedToService": "secretsmanager.amazonaws.com" } });
  if (passed.effect !== "Allow") return rotationErrors.externalRole();
  const account = secret.ARN.split(":")[4];
  const taken = ctx.call("sts", "AssumeRole", { RoleArn, RoleSessionName: "SecretsManagerRotation" }, { as: secretsManagerPrincipal(account), context: invocationContext(secret, account) });
  if (!taken.ok) return rotationErrors.externalRole();
  return (input.RotateImmediately ?? true) ? rotationErrors.partner(secret.Type!) : undefined;
}

function configure(ctx: Context, row: SecretRow, input: Input): void {
  row.RotationEnabled = true;
  row.LastChangedDate = ctx.now;
  if (input.RotationLambdaARN) row.RotationLambdaARN = input.RotationLambdaARN;
  if (input.RotationRules) row.RotationRules = input.RotationRules;
  if (input.ExternalSecretRotationMetadata) row.ExternalSecretRotationMetadata = input.ExternalSecretRotationMetadata;
  if (input.ExternalSecretRotationRoleArn) row.ExternalSecretRotationRoleArn = input.ExternalSecretRotationRoleArn;
  planNext(ctx, row, lastRotation(ctx, row) ?? ctx.now);
}

/** Begins a test, with a pending version that has the current value. */
function tested(ctx: Context, { db }: Found, row: SecretRow, token: string): Failure | undefined {
  const current = versions(db).get(versionKey(row.Name, versionOf(row, CURRENT) ?? ""));
  if (current) {
    const value = open(ctx, row, current);
    if (isFailure(value)) return value;
    const sealed = seal(ctx, row, token, value);
    if (isFailure(sealed)) return sealed;
    versions(db).put(versionKey(row.Name, token), { VersionId: token, CreatedDate: ctx.now, ...sealed });
    row.versionIds.push(token);
  }
  begin(ctx, row, { token, chain: chainHere(ctx), test: true });
  return undefined;
}
