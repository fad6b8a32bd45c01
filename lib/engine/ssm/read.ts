import type { Failure } from "../errors";
import type { Context, JsonObject } from "../types";
import { parameterNotFound, versionNotFound } from "./errors";
import { type Reference, isPublicName } from "./names";
import { publicParameter } from "./public-parameters";
import { unprotect } from "./secure";
import { find } from "./selectors";
import { type ParameterRow, type VersionRow, parameterArn } from "./state";
import { parameterView } from "./views";

/** What the API shows as a version's Value. Errors: InvalidKeyId, AccessDeniedException. */
export function shownValue(ctx: Context, row: Readonly<ParameterRow>, version: Readonly<VersionRow>, owner: string, decrypt: boolean | undefined): string | Failure {
  return version.form && decrypt ? unprotect(ctx, parameterArn(ctx.region, owner, row.Name), version) : version.Value;
}

/**
 * One parameter as the API shows it.
 * Errors: ParameterNotFound, ParameterVersionNotFound, InvalidKeyId, AccessDeniedException.
 */
export function readOne(ctx: Context, reference: Reference, decrypt: boolean | undefined): { parameter: JsonObject } | Failure {
  const published = reference.names.find(isPublicName);
  if (published) {
    const parameter = reference.region === ctx.region ? publicParameter(ctx.ciphers, ctx.region, published) : undefined;
    ctx.note({ kind: "lookup", what: "public parameter", id: published, found: !!parameter, detail: "Keyhole makes up AMI ids; they name no real image" });
    if (!parameter) return parameterNotFound();
    if (reference.selector === undefined) return { parameter };
    return String(parameter.Version) === reference.selector ? { parameter: { ...parameter, Selector: `:${reference.selector}` } } : versionNotFound(reference.selector, published);
  }
  const found = find(ctx, reference);
  if ("ok" in found) return found;
  const value = shownValue(ctx, found.row, found.version, reference.account, decrypt);
  return typeof value === "string" ? { parameter: parameterView(found.row, found.version, value, reference) } : value;
}
