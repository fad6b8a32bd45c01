import type { Failure } from "../../errors";
import { ok } from "../../errors";
import type { AuthRequest, Context, Operation } from "../../types";
import { about, passRole } from "../authorise";
import { notHere, problemOfRuntime, settleLater } from "../configuration";
import { type CodeInput, dropCode, keepCode, packageOf } from "../deploy";
import { type Variables, open, problemOfVariables, refused, retire, seal } from "../environment";
import { isFailure, lambdaErrors } from "../errors";
import { find, functionArn } from "../names";
import { publish } from "../publish";
import { problemOfRole } from "../role";
import { LATEST, type VersionRow, versionId, versions } from "../state";
import { type ConfigurationInput, problemOfBounds } from "./create-function";
import { configurationOf } from "./get-function";

type Named<T> = T & { FunctionName: string; RevisionId?: string };

/** `$LATEST` of a function of the caller's own account, to be changed. Errors: ResourceNotFoundException, ResourceConflictException, PreconditionFailedException. */
function changeable(ctx: Context, { FunctionName, RevisionId }: Named<object>): { row: VersionRow; arn: string } | Failure {
  const found = find(ctx, FunctionName);
  if (isFailure(found)) return found;
  const { reference, version } = found;
  const arn = functionArn({ ...reference, qualifier: undefined });
  if (reference.account !== ctx.account) return lambdaErrors.notSimulated("changes to another account's function");
  if (version.Version !== LATEST) return lambdaErrors.invalid("Changes are made to the function itself, and not to a version or an alias of it.");
  if (version.State === "Pending") return lambdaErrors.conflict(`The operation cannot be performed at this time. The function is currently in the following state: ${version.State}`);
  if (version.LastUpdateStatus === "InProgress") return lambdaErrors.conflict(`The operation cannot be performed at this time. An update is in progress for resource: ${arn}`);
  if (RevisionId !== undefined && RevisionId !== version.RevisionId) return lambdaErrors.stale();
  return { row: versions(ctx.db).edit(versionId(version.FunctionName, LATEST)), arn };
}

function touch(ctx: Context, row: VersionRow): void {
  row.LastModified = ctx.now;
  row.RevisionId = ctx.newId();
  row.LastUpdateStatus = "InProgress";
  settleLater(ctx, row);
}

const answer = (ctx: Context, FunctionName: string) => {
  const found = find(ctx, FunctionName);
  return isFailure(found) ? found : ok(configurationOf(ctx, found));
};

type CodeUpdate = Named<CodeInput & { Publish?: boolean; DryRun?: boolean; Architectures?: string[] }>;

/**
 * Puts other code in place of a function's.
 * Errors: InvalidParameterValueException, ResourceConflictException, ResourceNotFoundException, PreconditionFailedException, NotSimulated.
 * Source: Lambda API, UpdateFunctionCode.
 */
export const UpdateFunctionCode: Operation = {
  name: "UpdateFunctionCode",
  authorise: about("UpdateFunctionCode"),
  handle(input: CodeUpdate, ctx) {
    const found = changeable(ctx, input);
    if (isFailure(found)) return found;
    const { row } = found;
    const code = packageOf(ctx, input);
    if (isFailure(code)) return code;
    if (input.DryRun) return answer(ctx, input.FunctionName);
    const before = row.CodeSha256;
    row.CodeSha256 = code.sha256;
    row.CodeSize = code.size;
    if (input.Architectures) row.Architectures = input.Architectures;
    keepCode(ctx, row.FunctionName, code);
    touch(ctx, row);
    const version = input.Publish ? publish(ctx, row.FunctionName, row.Description) : undefined;
    dropCode(ctx, row.FunctionName, before);
    return answer(ctx, version ? `${row.FunctionName}:${version.Version}` : row.FunctionName);
  },
};

type ConfigurationUpdate = Named<ConfigurationInput>;

/**
 * Changes a function's configuration; members that are not given stay.
 * Errors: InvalidParameterValueException, ResourceConflictException, ResourceNotFoundException, PreconditionFailedException, NotSimulated.
 * Source: Lambda API, UpdateFunctionConfiguration.
 */
export const UpdateFunctionConfiguration: Operation = {
  name: "UpdateFunctionConfiguration",
  authorise(input: ConfigurationUpdate, ctx) {
    const question = about("UpdateFunctionConfiguration")(input, ctx);
    if (isFailure(question) || input.Role === undefined) return question;
    return [question as AuthRequest, passRole(input.Role)];
  },
  handle(input: ConfigurationUpdate, ctx) {
    const missing = notHere(input);
    if (missing) return missing;
    const found = changeable(ctx, input);
    if (isFailure(found)) return found;
    const { row, arn } = found;
    const { Runtime, Role, Handler, Description, Timeout, MemorySize, EphemeralStorage, LoggingConfig } = input;
    const problem =
      (Runtime !== undefined && Runtime !== row.Runtime ? problemOfRuntime(Runtime) : undefined) ??
      problemOfBounds(input) ??
      problemOfVariables(input.Environment?.Variables ?? {}) ??
      (Role !== undefined && Role !== row.Role ? problemOfRole(ctx, Role, arn) : undefined);
    if (problem) return problem;
    const sealing = reseal(ctx, row, arn, input);
    if (sealing) return sealing;
    Object.assign(row, defined({ Runtime, Role, Handler, Description, Timeout, MemorySize, EphemeralStorage: EphemeralStorage?.Size, LogGroup: LoggingConfig?.LogGroup }));
    touch(ctx, row);
    return answer(ctx, row.FunctionName);
  },
};

const defined = <T extends object>(members: T): Partial<T> => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>;

/** Encrypts the variables anew where they, the key, or the role that decrypts them are others than before. */
function reseal(ctx: Context, row: VersionRow, arn: string, { Environment, KMSKeyArn, Role = row.Role }: ConfigurationUpdate): Failure | undefined {
  const before = row.environment;
  const key = KMSKeyArn ?? row.KMSKeyArn;
  const same = (key || undefined) === row.KMSKeyArn && (!before?.grant || Role === row.Role);
  if (Environment?.Variables === undefined && (same || !before)) {
    if (KMSKeyArn !== undefined) setKey(row, KMSKeyArn);
    return undefined;
  }
  const variables: Variables | { ok: false; error: Failure["error"] } = Environment?.Variables ?? open(ctx, arn, before!);
  if (refused(variables)) return lambdaErrors.invalid(`Lambda was unable to decrypt your environment variables. KMS Exception: ${variables.error.code} KMS Message: ${variables.error.message ?? ""}`);
  const environment = seal(ctx, arn, variables, key || undefined, Role);
  if (isFailure(environment)) return environment;
  if (environment) row.environment = environment;
  else delete row.environment;
  setKey(row, key);
  retire(ctx, row.FunctionName, before);
  return undefined;
}

function setKey(row: VersionRow, key: string | undefined): void {
  if (key) row.KMSKeyArn = key;
  else delete row.KMSKeyArn;
}
