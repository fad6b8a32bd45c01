import type { Failure } from "../../errors";
import { ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { about } from "../authorise";
import { isFailure, lambdaErrors } from "../errors";
import { find, functionArn, isVersion } from "../names";
import { page } from "../page";
import { type AliasRow, LATEST, aliases, invokeConfigs, partId, policies, versionId, versions } from "../state";

interface Input {
  FunctionName: string;
  Name: string;
  FunctionVersion?: string;
  Description?: string;
  RoutingConfig?: { AdditionalVersionWeights?: Record<string, number> };
  RevisionId?: string;
}

/** Name of a function of the caller's own account. */
function own(ctx: Context, FunctionName: string): string | Failure {
  const found = find(ctx, FunctionName);
  if (isFailure(found)) return found;
  return found.reference.account === ctx.account ? found.version.FunctionName : lambdaErrors.notSimulated("aliases of another account's function");
}

const aliasArn = (ctx: Context, name: string, qualifier: string): string => functionArn({ account: ctx.account, region: ctx.region, name, qualifier });

const shown = (ctx: Context, row: Readonly<AliasRow>): JsonObject => ({
  AliasArn: aliasArn(ctx, row.FunctionName, row.Name),
  Name: row.Name,
  FunctionVersion: row.FunctionVersion,
  Description: row.Description,
  ...(row.weights ? { RoutingConfig: { AdditionalVersionWeights: row.weights } } : {}),
  RevisionId: row.RevisionId,
});

/** Errors: ResourceNotFoundException, InvalidParameterValueException. */
function problemOfTarget(ctx: Context, name: string, version: string, weights: Record<string, number> | undefined): Failure | undefined {
  for (const target of [version, ...Object.keys(weights ?? {})])
    if (!isVersion(target) || !versions(ctx.db).get(versionId(name, target))) return lambdaErrors.notFound(aliasArn(ctx, name, target));
  if (!weights || !Object.keys(weights).length) return undefined;
  if (version === LATEST || Object.hasOwn(weights, LATEST)) return lambdaErrors.invalid("$LATEST is not supported for an alias pointing to more than 1 version");
  if (Object.hasOwn(weights, version)) return lambdaErrors.invalid(`Invalid function version ${version}. Function version ${version} is already included in routing configuration.`);
  if (Object.keys(weights).length > 1) return lambdaErrors.invalid("Number of items in AdditionalVersionWeights cannot be greater than 1");
  return undefined;
}

/** Errors: ResourceConflictException, ResourceNotFoundException, InvalidParameterValueException. Source: Lambda API, CreateAlias. */
export const CreateAlias: Operation = {
  name: "CreateAlias",
  authorise: about("CreateAlias"),
  handle({ FunctionName, Name, FunctionVersion, Description = "", RoutingConfig }: Input & { FunctionVersion: string }, ctx) {
    const name = own(ctx, FunctionName);
    if (isFailure(name)) return name;
    const weights = RoutingConfig?.AdditionalVersionWeights;
    if (aliases(ctx.db).get(partId(name, Name))) return lambdaErrors.conflict(`Alias already exists: ${aliasArn(ctx, name, Name)}`);
    const problem = problemOfTarget(ctx, name, FunctionVersion, weights);
    if (problem) return problem;
    const row: AliasRow = { FunctionName: name, Name, FunctionVersion, Description, ...(weights && Object.keys(weights).length ? { weights } : {}), RevisionId: ctx.newId() };
    aliases(ctx.db).put(partId(name, Name), row);
    return ok(shown(ctx, row));
  },
};

/** Errors: ResourceNotFoundException. Source: Lambda API, GetAlias. */
export const GetAlias: Operation = {
  name: "GetAlias",
  authorise: about("GetAlias"),
  handle({ FunctionName, Name }: Input, ctx) {
    const name = own(ctx, FunctionName);
    if (isFailure(name)) return name;
    const row = aliases(ctx.db).get(partId(name, Name));
    return row ? ok(shown(ctx, row)) : lambdaErrors.aliasNotFound(aliasArn(ctx, name, Name));
  },
};

/** Errors: ResourceNotFoundException, PreconditionFailedException, InvalidParameterValueException. Source: Lambda API, UpdateAlias. */
export const UpdateAlias: Operation = {
  name: "UpdateAlias",
  authorise: about("UpdateAlias"),
  handle({ FunctionName, Name, FunctionVersion, Description, RoutingConfig, RevisionId }: Input, ctx) {
    const name = own(ctx, FunctionName);
    if (isFailure(name)) return name;
    const id = partId(name, Name);
    const before = aliases(ctx.db).get(id);
    if (!before) return lambdaErrors.aliasNotFound(aliasArn(ctx, name, Name));
    if (RevisionId !== undefined && RevisionId !== before.RevisionId) return lambdaErrors.stale();
    const version = FunctionVersion ?? before.FunctionVersion;
    const weights = RoutingConfig ? (RoutingConfig.AdditionalVersionWeights ?? {}) : before.weights;
    const problem = problemOfTarget(ctx, name, version, weights);
    if (problem) return problem;
    const row = aliases(ctx.db).edit(id);
    row.FunctionVersion = version;
    if (Description !== undefined) row.Description = Description;
    if (weights && Object.keys(weights).length) row.weights = weights;
    else delete row.weights;
    row.RevisionId = ctx.newId();
    return ok(shown(ctx, row));
  },
};

/** An alias that is not there is no error. Source: Lambda API, DeleteAlias. */
export const DeleteAlias: Operation = {
  name: "DeleteAlias",
  authorise: about("DeleteAlias"),
  handle({ FunctionName, Name }: Input, ctx) {
    const name = own(ctx, FunctionName);
    if (isFailure(name)) return name;
    const id = partId(name, Name);
    for (const table of [aliases(ctx.db), policies(ctx.db), invokeConfigs(ctx.db)]) table.delete(id);
    return ok({});
  },
};

/** Source: Lambda API, ListAliases. Errors: ResourceNotFoundException. */
export const ListAliases: Operation = {
  name: "ListAliases",
  authorise: about("ListAliases"),
  handle({ FunctionName, FunctionVersion, ...paging }: { FunctionName: string; FunctionVersion?: string; Marker?: string; MaxItems?: number }, ctx) {
    const name = own(ctx, FunctionName);
    if (isFailure(name)) return name;
    const ids = aliases(ctx.db).ids({ prefix: `${name}\0` }).filter((id) => FunctionVersion === undefined || aliases(ctx.db).get(id)!.FunctionVersion === FunctionVersion);
    const part = page(ids, (id) => shown(ctx, aliases(ctx.db).get(id)!), paging);
    return isFailure(part) ? part : ok({ Aliases: part.items, ...(part.NextMarker ? { NextMarker: part.NextMarker } : {}) });
  },
};
