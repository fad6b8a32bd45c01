import { ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { about } from "../authorise";
import { shown } from "../configuration";
import { shown as shownVariables } from "../environment";
import { isFailure, lambdaErrors } from "../errors";
import { find, functionArn } from "../names";
import { page } from "../page";
import { publish } from "../publish";
import { LATEST, type VersionRow, functions, versionId, versions } from "../state";
import { configurationOf } from "./get-function";

interface Paging {
  Marker?: string;
  MaxItems?: number;
}

/** Lists show a configuration without its state. Source: Lambda API, ListFunctions ("a subset of the FunctionConfiguration fields"). */
function listed(ctx: Context, row: Readonly<VersionRow>): JsonObject {
  const reference = { account: ctx.account, region: ctx.region, name: row.FunctionName };
  const arn = functionArn(reference);
  const { State: _state, LastUpdateStatus: _update, ...rest } = row;
  const { State, StateReason, StateReasonCode, ...out } = shown({ ...rest, State: row.State }, `${arn}:${row.Version}`, row.environment && shownVariables(ctx, arn, row.environment));
  return out;
}

/** Source: Lambda API, ListFunctions. Errors: InvalidParameterValueException. */
export const ListFunctions: Operation = {
  name: "ListFunctions",
  authorise: () => ({ action: "lambda:ListFunctions", resource: "*" }),
  handle({ FunctionVersion, MasterRegion, ...paging }: Paging & { FunctionVersion?: "ALL"; MasterRegion?: string }, ctx) {
    if (MasterRegion !== undefined && MasterRegion !== "ALL") return lambdaErrors.notSimulated("Lambda@Edge (MasterRegion)");
    const ids = FunctionVersion === "ALL" ? versions(ctx.db).ids() : functions(ctx.db).ids().map((name) => versionId(name, LATEST)).sort();
    const found = page(ids, (id) => {
      const out = listed(ctx, versions(ctx.db).get(id)!);
      return FunctionVersion === "ALL" ? out : { ...out, FunctionArn: String(out.FunctionArn).replace(/:\$LATEST$/, "") };
    }, paging);
    return isFailure(found) ? found : ok({ Functions: found.items, ...(found.NextMarker ? { NextMarker: found.NextMarker } : {}) });
  },
};

/** Source: Lambda API, ListVersionsByFunction. Errors: ResourceNotFoundException. */
export const ListVersionsByFunction: Operation = {
  name: "ListVersionsByFunction",
  authorise: about("ListVersionsByFunction"),
  handle({ FunctionName, ...paging }: Paging & { FunctionName: string }, ctx) {
    const found = find(ctx, FunctionName);
    if (isFailure(found)) return found;
    if (found.reference.account !== ctx.account) return lambdaErrors.notSimulated("lists of another account's versions");
    const part = page(versions(ctx.db).ids({ prefix: `${found.version.FunctionName}\0` }), (id) => listed(ctx, versions(ctx.db).get(id)!), paging);
    return isFailure(part) ? part : ok({ Versions: part.items, ...(part.NextMarker ? { NextMarker: part.NextMarker } : {}) });
  },
};

/** What makes one version differ from another. */
const contents = ({ Version: _1, Description: _2, RevisionId: _3, LastModified: _4, State: _5, LastUpdateStatus: _6, ...rest }: Readonly<VersionRow>): string => JSON.stringify(rest, Object.keys(rest).sort());

/**
 * Makes a version of what `$LATEST` is; where nothing has changed since the last one, that one.
 * Errors: InvalidParameterValueException, ResourceConflictException, ResourceNotFoundException, PreconditionFailedException.
 * Source: Lambda API, PublishVersion.
 */
export const PublishVersion: Operation = {
  name: "PublishVersion",
  authorise: about("PublishVersion"),
  handle({ FunctionName, CodeSha256, Description, RevisionId, PublishTo }: { FunctionName: string; CodeSha256?: string; Description?: string; RevisionId?: string; PublishTo?: string }, ctx) {
    if (PublishTo !== undefined) return lambdaErrors.notSimulated("managed instances (PublishTo)");
    const found = find(ctx, FunctionName);
    if (isFailure(found)) return found;
    const { reference, version: latest } = found;
    const name = latest.FunctionName;
    if (reference.account !== ctx.account) return lambdaErrors.notSimulated("publishing another account's function");
    if (latest.State === "Pending" || latest.LastUpdateStatus === "InProgress")
      return lambdaErrors.conflict(`The operation cannot be performed at this time. ${latest.State === "Pending" ? `The function is currently in the following state: Pending` : `An update is in progress for resource: ${functionArn(reference)}`}`);
    if (CodeSha256 !== undefined && CodeSha256 !== latest.CodeSha256)
      return lambdaErrors.invalid(`CodeSHA256 (${CodeSha256}) is different from current CodeSHA256 in $LATEST (${latest.CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`);
    if (RevisionId !== undefined && RevisionId !== latest.RevisionId) return lambdaErrors.stale();
    const last = versions(ctx.db).get(versionId(name, String(functions(ctx.db).get(name)!.nextVersion - 1)));
    const version = last && contents(last) === contents(latest) ? last : publish(ctx, name, Description ?? latest.Description);
    return ok(configurationOf(ctx, { reference: { ...reference, qualifier: version.Version }, db: ctx.db, version }));
  },
};
