import type { Failure } from "../../errors";
import { ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { about } from "../authorise";
import { isFailure, lambdaErrors } from "../errors";
import { find, functionArn } from "../names";
import { page } from "../page";
import { type FunctionRow, type InvokeConfigRow, LATEST, code, functions, invokeConfigs, partId } from "../state";
import { limits } from "../zip";

/** Concurrency, recursion, runtime management and asynchronous invocation: what a function has beside its configuration. */

/** Executions at a time that an account has, and how many of them cannot be reserved. Source: Lambda Developer Guide, Lambda quotas. */
const concurrency = { account: 1_000, unreservable: 100 };

interface Named {
  FunctionName: string;
  Qualifier?: string;
}

/** A function of the caller's own account. */
function own(ctx: Context, FunctionName: string): Readonly<FunctionRow> | Failure {
  const found = find(ctx, FunctionName);
  if (isFailure(found)) return found;
  return found.reference.account === ctx.account ? functions(ctx.db).get(found.version.FunctionName)! : lambdaErrors.notSimulated("settings of another account's function");
}

const onOwn = (name: string, handle: (row: Readonly<FunctionRow>, input: any, ctx: Context) => ReturnType<Operation["handle"]>): Operation => ({
  name,
  authorise: about(name),
  handle(input: Named, ctx) {
    const row = own(ctx, input.FunctionName);
    return isFailure(row) ? row : handle(row, input, ctx);
  },
});

const reservedByOthers = (ctx: Context, name?: string): number => functions(ctx.db).all().reduce((sum, row) => sum + (row.FunctionName === name ? 0 : (row.reserved ?? 0)), 0);

/** Errors: InvalidParameterValueException. Source: Lambda API, PutFunctionConcurrency. */
const PutFunctionConcurrency = onOwn("PutFunctionConcurrency", ({ FunctionName }, { ReservedConcurrentExecutions: wanted }: { ReservedConcurrentExecutions: number }, ctx) => {
  if (concurrency.account - reservedByOthers(ctx, FunctionName) - wanted < concurrency.unreservable)
    return lambdaErrors.invalid(`Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${concurrency.unreservable}].`);
  functions(ctx.db).edit(FunctionName).reserved = wanted;
  return ok({ ReservedConcurrentExecutions: wanted });
});

const GetFunctionConcurrency = onOwn("GetFunctionConcurrency", ({ reserved }) => ok(reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved }));

const DeleteFunctionConcurrency = onOwn("DeleteFunctionConcurrency", ({ FunctionName }, _input, ctx) => {
  delete functions(ctx.db).edit(FunctionName).reserved;
  return ok({});
});

/** The package limits are the lab's own. Source: Lambda API, GetAccountSettings. */
const GetAccountSettings: Operation = {
  name: "GetAccountSettings",
  authorise: () => ({ action: "lambda:GetAccountSettings", resource: "*" }),
  handle: (_input, ctx) =>
    ok({
      AccountLimit: {
        TotalCodeSize: 80_530_636_800,
        CodeSizeUnzipped: limits.unzipped,
        CodeSizeZipped: limits.zipped,
        ConcurrentExecutions: concurrency.account,
        UnreservedConcurrentExecutions: concurrency.account - reservedByOthers(ctx),
      },
      AccountUsage: { TotalCodeSize: code(ctx.db).all().reduce((sum, { zip }) => sum + Math.floor((zip.length * 3) / 4), 0), FunctionCount: functions(ctx.db).size },
    }),
};

/** No function here has a code signing configuration. Source: Lambda API, GetFunctionCodeSigningConfig. */
const GetFunctionCodeSigningConfig = onOwn("GetFunctionCodeSigningConfig", ({ FunctionName }) => ok({ FunctionName }));

const GetRuntimeManagementConfig = onOwn("GetRuntimeManagementConfig", ({ FunctionName }, { Qualifier }: Named, ctx) =>
  ok({ UpdateRuntimeOn: "Auto", FunctionArn: functionArn({ account: ctx.account, region: ctx.region, name: FunctionName, qualifier: Qualifier ?? LATEST }) }),
);

const GetFunctionRecursionConfig = onOwn("GetFunctionRecursionConfig", ({ recursiveLoop }) => ok({ RecursiveLoop: recursiveLoop }));

const PutFunctionRecursionConfig = onOwn("PutFunctionRecursionConfig", ({ FunctionName }, { RecursiveLoop }: { RecursiveLoop: FunctionRow["recursiveLoop"] }, ctx) => {
  functions(ctx.db).edit(FunctionName).recursiveLoop = RecursiveLoop;
  return ok({ RecursiveLoop });
});

// ---------------------------------------------------------------- asynchronous invocation

interface InvokeConfigInput extends Named {
  MaximumRetryAttempts?: number;
  MaximumEventAgeInSeconds?: number;
  DestinationConfig?: { OnSuccess?: { Destination?: string }; OnFailure?: { Destination?: string } };
}

const shownConfig = (ctx: Context, { FunctionName: name, Qualifier: qualifier, LastModified, MaximumRetryAttempts, MaximumEventAgeInSeconds }: Readonly<InvokeConfigRow>): JsonObject => ({
  LastModified: LastModified / 1000,
  FunctionArn: functionArn({ account: ctx.account, region: ctx.region, name, qualifier }),
  ...(MaximumRetryAttempts === undefined ? {} : { MaximumRetryAttempts }),
  ...(MaximumEventAgeInSeconds === undefined ? {} : { MaximumEventAgeInSeconds }),
  DestinationConfig: { OnSuccess: {}, OnFailure: {} },
});

/** The row's id, if the function and its version or alias are there. */
function configId(ctx: Context, { FunctionName, Qualifier }: Named): { id: string; name: string; qualifier: string; arn: string } | Failure {
  const found = find(ctx, FunctionName, Qualifier);
  if (isFailure(found)) return found;
  if (found.reference.account !== ctx.account) return lambdaErrors.notSimulated("settings of another account's function");
  const { name, qualifier = LATEST } = found.reference;
  return { id: partId(name, qualifier), name, qualifier, arn: functionArn({ ...found.reference, qualifier }) };
}

const noDestinations = ({ DestinationConfig }: InvokeConfigInput): Failure | undefined =>
  DestinationConfig?.OnSuccess?.Destination || DestinationConfig?.OnFailure?.Destination ? lambdaErrors.notSimulated("destinations of asynchronous invocations (DestinationConfig)") : undefined;

/** Put: what is not given is as by default; Update: it stays. Errors: ResourceNotFoundException, NotSimulated. */
const putConfig = (name: string, merge: boolean): Operation => ({
  name,
  authorise: about(name),
  handle(input: InvokeConfigInput, ctx) {
    const missing = noDestinations(input);
    if (missing) return missing;
    const place = configId(ctx, input);
    if (isFailure(place)) return place;
    const before = invokeConfigs(ctx.db).get(place.id);
    if (merge && !before) return lambdaErrors.invokeConfigNotFound(place.arn);
    const attempts = input.MaximumRetryAttempts ?? (merge ? before?.MaximumRetryAttempts : undefined);
    const age = input.MaximumEventAgeInSeconds ?? (merge ? before?.MaximumEventAgeInSeconds : undefined);
    const row: InvokeConfigRow = {
      FunctionName: place.name, Qualifier: place.qualifier, LastModified: ctx.now,
      ...(attempts === undefined ? {} : { MaximumRetryAttempts: attempts }),
      ...(age === undefined ? {} : { MaximumEventAgeInSeconds: age }),
    };
    invokeConfigs(ctx.db).put(place.id, row);
    return ok(shownConfig(ctx, row));
  },
});

const GetFunctionEventInvokeConfig: Operation = {
  name: "GetFunctionEventInvokeConfig",
  authorise: about("GetFunctionEventInvokeConfig"),
  handle(input: Named, ctx) {
    const place = configId(ctx, input);
    if (isFailure(place)) return place;
    const row = invokeConfigs(ctx.db).get(place.id);
    return row ? ok(shownConfig(ctx, row)) : lambdaErrors.invokeConfigNotFound(place.arn);
  },
};

const DeleteFunctionEventInvokeConfig: Operation = {
  name: "DeleteFunctionEventInvokeConfig",
  authorise: about("DeleteFunctionEventInvokeConfig"),
  handle(input: Named, ctx) {
    const place = configId(ctx, input);
    if (isFailure(place)) return place;
    if (!invokeConfigs(ctx.db).get(place.id)) return lambdaErrors.invokeConfigNotFound(place.arn);
    invokeConfigs(ctx.db).delete(place.id);
    return ok({});
  },
};

const ListFunctionEventInvokeConfigs: Operation = {
  name: "ListFunctionEventInvokeConfigs",
  authorise: about("ListFunctionEventInvokeConfigs"),
  handle({ FunctionName, ...paging }: Named & { Marker?: string; MaxItems?: number }, ctx) {
    const row = own(ctx, FunctionName);
    if (isFailure(row)) return row;
    const part = page(invokeConfigs(ctx.db).ids({ prefix: `${row.FunctionName}\0` }), (id) => shownConfig(ctx, invokeConfigs(ctx.db).get(id)!), paging);
    return isFailure(part) ? part : ok({ FunctionEventInvokeConfigs: part.items, ...(part.NextMarker ? { NextMarker: part.NextMarker } : {}) });
  },
};

export const settings: Operation[] = [
  DeleteFunctionConcurrency,
  DeleteFunctionEventInvokeConfig,
  GetAccountSettings,
  GetFunctionCodeSigningConfig,
  GetFunctionConcurrency,
  GetFunctionEventInvokeConfig,
  GetFunctionRecursionConfig,
  GetRuntimeManagementConfig,
  ListFunctionEventInvokeConfigs,
  PutFunctionConcurrency,
  putConfig("PutFunctionEventInvokeConfig", false),
  PutFunctionRecursionConfig,
  putConfig("UpdateFunctionEventInvokeConfig", true),
];
