import type { Failure } from "../errors";
import type { Context, JsonObject } from "../types";
import { lambdaErrors } from "./errors";
import type { VersionRow } from "./state";

/** What the API calls a configuration, and what it may be. Source: Lambda API, CreateFunction, FunctionConfiguration. */

/** Runtimes that functions can be made with today. Others are known and refused. Source: Lambda Developer Guide, Lambda runtimes, as of November 2026. */
export const creatableRuntimes: readonly string[] = [
  "nodejs24.x", "nodejs22.x", "nodejs20.x", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "java25", "java21", "java17", "java11", "java8.al2",
  "dotnet10", "dotnet8", "ruby4.0", "ruby3.4", "ruby3.3", "ruby3.2", "provided.al2023", "provided.al2",
];

/** Runtimes whose code runs in this lab. */
export const runs = (runtime: string): boolean => /^(python3\.1[0-4]|nodejs2[024]\.x)$/.test(runtime);

interface Asked {
  VpcConfig?: { SubnetIds?: string[]; SecurityGroupIds?: string[] };
  DeadLetterConfig?: { TargetArn?: string };
  TracingConfig?: { Mode?: string };
  Layers?: string[];
  FileSystemConfigs?: unknown[];
  ImageConfig?: unknown;
  CodeSigningConfigArn?: string;
  SnapStart?: { ApplyOn?: string };
  LoggingConfig?: { LogGroup?: string; LogFormat?: string; ApplicationLogLevel?: string; SystemLogLevel?: string };
  CapacityProviderConfig?: unknown;
  DurableConfig?: unknown;
  TenancyConfig?: unknown;
  PublishTo?: string;
}

/** Parts of Lambda that this lab does not have. Errors: NotSimulated. */
export function notHere(input: Asked): Failure | undefined {
  const { VpcConfig, LoggingConfig } = input;
  const what =
    VpcConfig?.SubnetIds?.length || VpcConfig?.SecurityGroupIds?.length ? "functions in a VPC (VpcConfig)"
    : input.DeadLetterConfig?.TargetArn ? "dead-letter queues (DeadLetterConfig)"
    : input.TracingConfig?.Mode === "Active" ? "X-Ray tracing (TracingConfig)"
    : input.Layers?.length ? "layers (Layers)"
    : input.FileSystemConfigs?.length ? "file systems (FileSystemConfigs)"
    : input.ImageConfig ? "container images (ImageConfig)"
    : input.CodeSigningConfigArn ? "code signing (CodeSigningConfigArn)"
    : input.SnapStart?.ApplyOn === "PublishedVersions" ? "SnapStart"
    : LoggingConfig?.LogFormat === "JSON" || LoggingConfig?.ApplicationLogLevel || LoggingConfig?.SystemLogLevel ? "logs in JSON (LoggingConfig)"
    : input.CapacityProviderConfig || input.PublishTo ? "managed instances (CapacityProviderConfig)"
    : input.DurableConfig ? "durable functions (DurableConfig)"
    : input.TenancyConfig ? "tenant isolation (TenancyConfig)"
    : undefined;
  return what === undefined ? undefined : lambdaErrors.notSimulated(what);
}

/** Errors: InvalidParameterValueException, ValidationException. */
export function problemOfRuntime(runtime: string): Failure | undefined {
  if (creatableRuntimes.includes(runtime)) return undefined;
  return lambdaErrors.invalid(`The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`);
}

/** `2026-11-24T08:07:05.123+0000` */
export const lambdaTime = (ms: number): string => new Date(ms).toISOString().replace("Z", "+0000");

/** A configuration as the API shows it. `environment`: what the caller may see of the variables (`environment.ts`). */
export function shown(row: Readonly<VersionRow>, arn: string, environment: JsonObject | undefined): JsonObject {
  const { State, LastUpdateStatus } = row;
  return {
    FunctionName: row.FunctionName,
    FunctionArn: arn,
    Runtime: row.Runtime,
    Role: row.Role,
    Handler: row.Handler,
    CodeSize: row.CodeSize,
    Description: row.Description,
    Timeout: row.Timeout,
    MemorySize: row.MemorySize,
    LastModified: lambdaTime(row.LastModified),
    CodeSha256: row.CodeSha256,
    Version: row.Version,
    ...(environment ? { Environment: environment } : {}),
    ...(row.KMSKeyArn ? { KMSKeyArn: row.KMSKeyArn } : {}),
    TracingConfig: { Mode: "PassThrough" },
    RevisionId: row.RevisionId,
    State,
    ...(State === "Pending" ? { StateReason: "The function is being created.", StateReasonCode: "Creating" } : {}),
    ...(LastUpdateStatus ? { LastUpdateStatus } : {}),
    ...(LastUpdateStatus === "InProgress" ? { LastUpdateStatusReason: "The function is being created.", LastUpdateStatusReasonCode: "Creating" } : {}),
    PackageType: "Zip",
    Architectures: row.Architectures,
    EphemeralStorage: { Size: row.EphemeralStorage },
    SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
    LoggingConfig: { LogFormat: "Text", LogGroup: row.LogGroup },
  };
}

/** How long a function takes to be made or changed, ms. */
export const settleMs = 1_500;

/** Schedules the moment when a version is ready. */
export function settleLater(ctx: Context, { FunctionName, Version }: VersionRow): void {
  ctx.schedule({ id: `settle ${FunctionName} ${Version}`, due: ctx.now + settleMs, kind: "FunctionReady", args: { FunctionName, Version } });
}
