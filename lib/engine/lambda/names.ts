import { arn } from "../arn";
import type { Failure } from "../errors";
import type { Context, Db } from "../types";
import { isFailure, lambdaErrors } from "./errors";
import { type AliasRow, LATEST, type VersionRow, aliases, functions, partId, versionId, versions } from "./state";

/**
 * How a function is named: `f`, `f:prod`, `111122223333:f`, `111122223333:function:f`, or a whole ARN, with or without a qualifier.
 * Source: Lambda API, Invoke (FunctionName).
 */
export interface Reference {
  account: string;
  region: string;
  name: string;
  /** Of the name itself or of the request; a version's number, `$LATEST`, or an alias. */
  qualifier?: string;
}

const form = /^(?:arn:aws[a-zA-Z-]*:lambda:)?(?:([a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):)?(?:(\d{12}):)?(?:function:)?([a-zA-Z0-9-_]+)(?::(\$LATEST|[a-zA-Z0-9-_]+))?$/;

/** Errors: InvalidParameterValueException where name and request have different qualifiers, ResourceNotFoundException for another Region. */
export function parseReference(given: string, qualifier: string | undefined, ctx: Pick<Context, "account" | "region">): Reference | Failure {
  const match = form.exec(given);
  if (!match) return lambdaErrors.invalid(`${given} is not a function name or ARN.`);
  const [, region = ctx.region, account = ctx.account, name, own] = match;
  if (own !== undefined && qualifier !== undefined && own !== qualifier)
    return lambdaErrors.invalid("The derived qualifier from the function name does not match the specified qualifier.");
  const reference: Reference = { account, region, name };
  if (region !== ctx.region) return lambdaErrors.unreachable(region, ctx.region);
  const said = own ?? qualifier;
  if (said !== undefined) reference.qualifier = said;
  return reference;
}

export const functionArn = ({ region, account, name, qualifier }: Reference): string =>
  arn("lambda", region, account, `function:${name}${qualifier === undefined ? "" : `:${qualifier}`}`);

/** Lambda's records where the reference points to: in the reference's account, in this Region. */
export const dbOfReference = (ctx: Context, { account, region }: Reference): Db => ctx.db.at({ account, region });

/** What a reference stands for. `alias` where it came by one. */
export interface Found {
  reference: Reference;
  db: Db;
  version: Readonly<VersionRow>;
  alias?: Readonly<AliasRow>;
}

/**
 * The version that a reference means: `$LATEST` where it has no qualifier. An alias with weights is its main version here;
 * Invoke draws (`operations/invoke.ts`).
 * Errors: InvalidParameterValueException, ResourceNotFoundException.
 */
export function find(ctx: Context, given: string, qualifier?: string): Found | Failure {
  const reference = parseReference(given, qualifier, ctx);
  if (isFailure(reference)) return reference;
  const db = dbOfReference(ctx, reference);
  const { name, qualifier: said = LATEST } = reference;
  const missing = lambdaErrors.notFound(functionArn(reference));
  if (!functions(db).get(name)) return lambdaErrors.notFound(functionArn({ ...reference, qualifier: reference.qualifier }));
  if (isVersion(said)) {
    const version = versions(db).get(versionId(name, said));
    return version ? { reference, db, version } : missing;
  }
  const alias = aliases(db).get(partId(name, said));
  const version = alias && versions(db).get(versionId(name, alias.FunctionVersion));
  return version ? { reference, db, version, alias } : missing;
}

export const isVersion = (qualifier: string): boolean => qualifier === LATEST || /^[0-9]+$/.test(qualifier);
