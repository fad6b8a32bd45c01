import type { Failure } from "../errors";
import type { Context } from "../types";
import { parameterNotFound, versionNotFound } from "./errors";
import type { Reference } from "./names";
import { type ParameterRow, type VersionRow, currentVersion, parameters, versionId, versions } from "./state";

/** A parameter and the version that was asked for. */
export interface Found {
  row: Readonly<ParameterRow>;
  version: Readonly<VersionRow>;
}

/** The parameter that a reference names, in its owner's records; another Region's is not here. */
export function findRow(ctx: Context, reference: Reference): Readonly<ParameterRow> | undefined {
  if (reference.region !== ctx.region || !reference.account) return undefined;
  const table = parameters(ctx.db.at({ account: reference.account }));
  for (const name of reference.names) {
    const row = table.get(name);
    if (row) return row;
  }
  return undefined;
}

/**
 * The version that a selector means: a number is a version, anything else a label; none means the newest.
 * Errors: ParameterVersionNotFound. Source: Systems Manager User Guide, working with parameter versions and labels.
 */
export function selectVersion(ctx: Context, row: Readonly<ParameterRow>, account: string, selector: string | undefined): Readonly<VersionRow> | Failure {
  const db = ctx.db.at({ account });
  if (selector === undefined) return currentVersion(db, row);
  const number = /^\d{1,12}$/.test(selector) ? Number(selector) : row.labels.find(([label]) => label === selector)?.[1];
  const version = number === undefined ? undefined : versions(db).get(versionId(row.Name, number));
  return version ?? versionNotFound(selector, row.Name);
}

/** Errors: ParameterNotFound, ParameterVersionNotFound. */
export function find(ctx: Context, reference: Reference): Found | Failure {
  const row = findRow(ctx, reference);
  ctx.note({ kind: "lookup", what: "parameter", id: reference.text, found: !!row });
  if (!row) return parameterNotFound();
  const version = selectVersion(ctx, row, reference.account, reference.selector);
  return "ok" in version ? version : { row, version };
}
