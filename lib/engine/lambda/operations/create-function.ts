import { ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { passRole, requestTags } from "../authorise";
import { notHere, problemOfRuntime, settleLater, shown } from "../configuration";
import { type CodeInput, keepCode, packageOf } from "../deploy";
import { type Variables, problemOfVariables, seal } from "../environment";
import { isFailure, lambdaErrors } from "../errors";
import { functionArn, parseReference } from "../names";
import { publish } from "../publish";
import { problemOfRole } from "../role";
import { type FunctionRow, LATEST, type VersionRow, functions, versionId, versions } from "../state";
import { problemOfTags } from "../tags";

export interface ConfigurationInput {
  Runtime?: string;
  Role?: string;
  Handler?: string;
  Description?: string;
  Timeout?: number;
  MemorySize?: number;
  Environment?: { Variables?: Variables };
  KMSKeyArn?: string;
  EphemeralStorage?: { Size: number };
  LoggingConfig?: { LogGroup?: string };
}

interface Input extends ConfigurationInput {
  FunctionName: string;
  Role: string;
  Code: CodeInput;
  Publish?: boolean;
  PackageType?: "Zip" | "Image";
  Tags?: Record<string, string>;
  Architectures?: string[];
}

/** Bounds that the model does not have. Texts: as the service's front end writes them. */
export function problemOfBounds({ Timeout, MemorySize, LoggingConfig }: ConfigurationInput): ReturnType<typeof lambdaErrors.invalid> | undefined {
  if (Timeout !== undefined && Timeout > 900)
    return { ok: false, error: { code: "ValidationException", message: `1 validation error detected: Value '${Timeout}' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900` } };
  if (MemorySize !== undefined && MemorySize > 10_240) return lambdaErrors.invalid(`'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 10240`);
  if (LoggingConfig?.LogGroup?.startsWith("aws/")) return lambdaErrors.invalid("Log groups starting with 'aws/' are reserved for AWS.");
  return undefined;
}

/**
 * Makes a function. It is `Pending` for a moment, and can be invoked when it is `Active`.
 * Errors: InvalidParameterValueException, ResourceConflictException, AccessDeniedException, NotSimulated.
 * Source: Lambda API, CreateFunction; Lambda Developer Guide, Lambda function states.
 */
export const CreateFunction: Operation = {
  name: "CreateFunction",
  validate(input: Input, ctx) {
    const reference = parseReference(input.FunctionName, undefined, ctx);
    if (isFailure(reference)) return reference;
    if (reference.name.length > 64)
      return { ok: false, error: { code: "ValidationException", message: `1 validation error detected: Value '${reference.name}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64` } };
    return undefined;
  },
  authorise(input: Input, ctx) {
    const reference = parseReference(input.FunctionName, undefined, ctx);
    if (isFailure(reference)) return reference;
    return [{ action: "lambda:CreateFunction", resource: functionArn({ ...reference, qualifier: undefined }), context: requestTags(input.Tags) }, passRole(input.Role)];
  },
  handle(input: Input, ctx: Context) {
    if (input.PackageType === "Image" || input.Code.ImageUri) return lambdaErrors.notSimulated("container images (PackageType Image)");
    const missing = notHere(input);
    if (missing) return missing;
    const reference = parseReference(input.FunctionName, undefined, ctx);
    if (isFailure(reference)) return reference;
    const { name } = reference;
    const arn = functionArn({ account: ctx.account, region: ctx.region, name });
    const { Runtime, Handler, Role, Environment, KMSKeyArn, Tags = {}, Timeout = 3, MemorySize = 128, Description = "" } = input;
    if (!Runtime || !Handler) return lambdaErrors.invalid("Runtime and Handler are mandatory parameters for functions created with deployment packages.");
    const problem = problemOfRuntime(Runtime) ?? problemOfBounds(input) ?? problemOfVariables(Environment?.Variables ?? {}) ?? problemOfTags(Tags);
    if (problem) return problem;
    if (functions(ctx.db).get(name)) return lambdaErrors.conflict(`Function already exist: ${name}`);
    const code = packageOf(ctx, input.Code);
    if (isFailure(code)) return code;
    const roleProblem = problemOfRole(ctx, Role, arn);
    if (roleProblem) return roleProblem;
    const environment = seal(ctx, arn, Environment?.Variables ?? {}, KMSKeyArn || undefined, Role);
    if (isFailure(environment)) return environment;

    const row: FunctionRow = { FunctionName: name, nextVersion: formerly(ctx, name), tags: Tags, recursiveLoop: "Terminate" };
    const latest: VersionRow = {
      FunctionName: name, Version: LATEST, Runtime, Handler, Role, Description, Timeout, MemorySize,
      CodeSha256: code.sha256, CodeSize: code.size,
      Architectures: input.Architectures ?? ["x86_64"],
      EphemeralStorage: input.EphemeralStorage?.Size ?? 512,
      LogGroup: input.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
      ...(environment ? { environment } : {}),
      ...(KMSKeyArn ? { KMSKeyArn } : {}),
      LastModified: ctx.now,
      RevisionId: ctx.newId(),
      State: "Pending",
    };
    functions(ctx.db).put(name, row);
    versions(ctx.db).put(versionId(name, LATEST), latest);
    keepCode(ctx, name, code);
    settleLater(ctx, latest);
    const made = input.Publish ? publish(ctx, name, latest.Description) : latest;
    const visible: JsonObject | undefined = Environment?.Variables && environment ? { Variables: Environment.Variables } : undefined;
    return ok(shown(made, made === latest ? arn : `${arn}:${made.Version}`, visible));
  },
};

/** Version numbers go on where a function of this name that was deleted left off. */
function formerly(ctx: Context, name: string): number {
  return ctx.db.table<{ nextVersion: number }>("former").get(name)?.nextVersion ?? 1;
}
