import { ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { about } from "../authorise";
import { shown as shownConfiguration } from "../configuration";
import { shown as shownVariables } from "../environment";
import { isFailure } from "../errors";
import { type Found, find, functionArn } from "../names";
import { functions } from "../state";

interface Input {
  FunctionName: string;
  Qualifier?: string;
}

/** A found version's configuration, with the variables as far as the caller may see them. */
export function configurationOf(ctx: Context, { reference, version }: Found): JsonObject {
  const arn = functionArn({ ...reference, qualifier: undefined });
  return shownConfiguration(version, functionArn(reference), version.environment && shownVariables(ctx, arn, version.environment));
}

/** Errors: ResourceNotFoundException, InvalidParameterValueException. Source: Lambda API, GetFunctionConfiguration. */
export const GetFunctionConfiguration: Operation = {
  name: "GetFunctionConfiguration",
  authorise: about("GetFunctionConfiguration"),
  handle({ FunctionName, Qualifier }: Input, ctx) {
    const found = find(ctx, FunctionName, Qualifier);
    return isFailure(found) ? found : ok(configurationOf(ctx, found));
  },
};

/**
 * AWS gives a link to the package in Amazon S3 for ten minutes (`Code.Location`). There is no Amazon S3 here, and so no link:
 * the page reads the package from the lab's own records.
 * Errors: ResourceNotFoundException, InvalidParameterValueException. Source: Lambda API, GetFunction.
 */
export const GetFunction: Operation = {
  name: "GetFunction",
  authorise: about("GetFunction"),
  handle({ FunctionName, Qualifier }: Input, ctx) {
    const found = find(ctx, FunctionName, Qualifier);
    if (isFailure(found)) return found;
    const { tags, reserved } = functions(found.db).get(found.version.FunctionName)!;
    return ok({
      Configuration: configurationOf(ctx, found),
      Code: { RepositoryType: "S3" },
      ...(Object.keys(tags).length ? { Tags: tags } : {}),
      ...(reserved === undefined ? {} : { Concurrency: { ReservedConcurrentExecutions: reserved } }),
    });
  },
};
