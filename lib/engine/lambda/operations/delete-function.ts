import { ok } from "../../errors";
import type { Context, Operation } from "../../types";
import { about } from "../authorise";
import { dropCode } from "../deploy";
import { retire } from "../environment";
import { isFailure, lambdaErrors } from "../errors";
import { functionArn, isVersion, parseReference } from "../names";
import { dropSandbox } from "../sandbox";
import { LATEST, type VersionRow, aliases, functions, invokeConfigs, policies, queue, versionId, versions } from "../state";

/**
 * Deletes a function with its versions, aliases and policies, or one version of it. Its log group stays.
 * Errors: ResourceNotFoundException, ResourceConflictException, InvalidParameterValueException.
 * Source: Lambda API, DeleteFunction.
 */
export const DeleteFunction: Operation = {
  name: "DeleteFunction",
  authorise: about("DeleteFunction", { qualified: true }),
  handle({ FunctionName, Qualifier }: { FunctionName: string; Qualifier?: string }, ctx) {
    const reference = parseReference(FunctionName, Qualifier, ctx);
    if (isFailure(reference)) return reference;
    const { name, qualifier, account } = reference;
    if (account !== ctx.account) return lambdaErrors.notSimulated("deleting another account's function");
    const row = functions(ctx.db).get(name);
    if (!row) return lambdaErrors.notFound(functionArn(reference));
    if (qualifier === undefined) {
      for (const version of versions(ctx.db).having("FunctionName", name)) dropVersion(ctx, version);
      for (const table of [aliases(ctx.db), policies(ctx.db), invokeConfigs(ctx.db)]) for (const id of table.ids({ prefix: `${name}\0` })) table.delete(id);
      for (const { id } of queue(ctx.db).having("FunctionName", name)) {
        queue(ctx.db).delete(id);
        ctx.unschedule(`invoke ${id}`);
      }
      functions(ctx.db).delete(name);
      ctx.db.table<{ nextVersion: number }>("former").put(name, { nextVersion: row.nextVersion });
      return ok({ StatusCode: 204 });
    }
    if (!isVersion(qualifier)) return lambdaErrors.invalid(`Value '${qualifier}' is an alias; versions are deleted by their number.`);
    if (qualifier === LATEST) return lambdaErrors.invalid("$LATEST version cannot be deleted without deleting the function.");
    const version = versions(ctx.db).get(versionId(name, qualifier));
    if (!version) return ok({ StatusCode: 204 });
    const users = aliases(ctx.db).having("FunctionName", name).filter(({ FunctionVersion, weights = {} }) => FunctionVersion === qualifier || Object.hasOwn(weights, qualifier));
    if (users.length) return lambdaErrors.conflict(`Version ${qualifier} cannot be deleted: it is referenced by the ${users.length === 1 ? "alias" : "aliases"} ${users.map(({ Name }) => Name).join(", ")}.`);
    dropVersion(ctx, version);
    return ok({ StatusCode: 204 });
  },
};

function dropVersion(ctx: Context, { FunctionName, Version, CodeSha256, environment }: Readonly<VersionRow>): void {
  versions(ctx.db).delete(versionId(FunctionName, Version));
  ctx.unschedule(`settle ${FunctionName} ${Version}`);
  dropSandbox(ctx, FunctionName, Version);
  dropCode(ctx, FunctionName, CodeSha256);
  retire(ctx, FunctionName, environment);
}
