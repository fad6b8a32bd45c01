import { pathTo } from "../frame/place";
import type { Subject } from "./lambda-types";

/**
 * The address of a function's page, of its tabs and forms, and of its versions and aliases:
 * `functions/<name>[/<tab>[/…]]`, `functions/<name>/versions/<number>[/<tab>]`, `functions/<name>/aliases/<alias>[/<tab>]`.
 */
export function functionPath({ name, qualifier }: Subject, ...rest: string[]): string {
  if (qualifier !== undefined) return pathTo("functions", name, /^\d+$|^\$LATEST$/.test(qualifier) ? "versions" : "aliases", qualifier, ...rest);
  return pathTo("functions", name, ...rest);
}

/** The console that shows a log group, and in it a stream. */
export const logGroupAddress = (group: string, ...rest: string[]): string => `/console/cloudwatch/${pathTo("log-groups", group, ...rest)}`;
export const roleAddress = (arn: string, ...rest: string[]): string => `/console/iam/${pathTo("roles", "details", roleNameOf(arn), ...rest)}`;
/** Of `arn:aws:iam::111122223333:role/service-role/app`, `app`. */
export const roleNameOf = (arn: string): string => arn.split("/").at(-1) ?? arn;
