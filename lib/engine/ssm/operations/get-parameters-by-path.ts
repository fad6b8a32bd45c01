import { type Failure, ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { everything } from "../authorise";
import { isFailure } from "../errors";
import { type Filter, readFilters } from "../filters";
import { isBeneath, isPublicName, pathPrefix, trimmed } from "../names";
import { publicNames, publicParameter } from "../public-parameters";
import { refuseSecrets, shownValue } from "../read";
import { type ParameterRow, type VersionRow, currentVersion, parameterArn, parameters, versionId, versions } from "../state";
import { takePage } from "../tokens";
import { parameterView } from "../views";
import { children, names } from "../walk";

interface Input {
  Path: string;
  Recursive?: boolean;
  ParameterFilters?: Filter[];
  WithDecryption?: boolean;
  MaxResults?: number;
  NextToken?: string;
}

const usualPage = 10;

/**
 * What lies beneath a path, one level or all. The policies are asked about the path as it is written, not about what is
 * found: whoever may read `/a` recursively reads `/a/b`, even where `/a/b` is denied.
 * Errors: ValidationException, InvalidFilterKey, InvalidFilterOption, InvalidFilterValue, InvalidNextToken, InvalidKeyId, AccessDeniedException.
 * Source: SSM API, GetParametersByPath; the ARN with the path's last slash is seen in
 * github.com/aws-ia/terraform-aws-control_tower_account_factory/issues/174.
 */
export const getParametersByPath: Operation = {
  name: "GetParametersByPath",
  validate: (input: Input) => refuseSecrets([`${trimmed(input.Path).replace(/\/$/, "")}/`]),
  authorise(input: Input, ctx) {
    const path = trimmed(input.Path);
    const readable = !isFailure(asFailure(pathPrefix(path)));
    const owner = isPublicName(`${path}/`) ? "" : ctx.account;
    return { action: "ssm:GetParametersByPath", resource: readable ? parameterArn(ctx.region, owner, path) : everything(ctx), context: { "ssm:Recursive": String(input.Recursive ?? false) } };
  },
  handle(input: Input, ctx) {
    const prefix = pathPrefix(input.Path);
    if (typeof prefix !== "string") return prefix;
    const filters = readFilters(input.ParameterFilters, "path");
    if ("ok" in filters) return filters;
    const recursive = input.Recursive ?? false;
    const list = JSON.stringify(["GetParametersByPath", prefix, recursive, input.ParameterFilters ?? []]);
    const limit = input.MaxResults ?? usualPage;

    if (isPublicName(prefix)) {
      const page = takePage(input.NextToken, list, limit, (after = "") => publicStream(ctx, prefix, recursive, after, (name) => filters.label === undefined && !input.ParameterFilters?.length ? true : matchesPublic(ctx, name, filters)));
      return isFailure(page) ? page : answer(page.items, page.next);
    }

    function* stream(after?: string): Generator<[string, { row: Readonly<ParameterRow>; version: Readonly<VersionRow> }]> {
      const table = parameters(ctx.db);
      for (const name of recursive ? names(table, prefix === "/" ? "" : (prefix as string), after) : children(table, prefix as string, after)) {
        const row = table.get(name)!;
        const version = picked(ctx, row, filters && "label" in filters ? filters.label : undefined);
        if (version && "matches" in filters && filters.matches({ row, version })) yield [name, { row, version }];
      }
    }
    const page = takePage(input.NextToken, list, limit, stream);
    if (isFailure(page)) return page;
    const shown: JsonObject[] = [];
    for (const { row, version } of page.items) {
      const value = shownValue(ctx, row, version, ctx.account, input.WithDecryption);
      if (typeof value !== "string") return value;
      shown.push(parameterView(row, version, value, { account: ctx.account, region: ctx.region, selector: filters.label }));
    }
    return answer(shown, page.next);
  },
  cost: () => [{ item: "ssm:request:standard", quantity: 1 }],
};

const answer = (Parameters: JsonObject[], NextToken?: string) => ok({ Parameters, ...(NextToken && { NextToken }) });
const asFailure = (value: string | Failure): object => (typeof value === "string" ? {} : value);

/** The version to show: the newest, or the one with the label; none if nothing has the label. */
function picked(ctx: Context, row: Readonly<ParameterRow>, label: string | undefined): Readonly<VersionRow> | undefined {
  if (label === undefined) return currentVersion(ctx.db, row);
  const version = row.labels.find(([known]) => known === label)?.[1];
  return version === undefined ? undefined : versions(ctx.db).get(versionId(row.Name, version));
}

function* publicStream(ctx: Context, prefix: string, recursive: boolean, after: string, wanted: (name: string) => boolean): Generator<[string, JsonObject]> {
  for (const name of publicNames) if (name > after && isBeneath(name, prefix, recursive) && wanted(name)) yield [name, publicParameter(ctx.ciphers, ctx.region, name)!];
}

/** Public parameters are Strings without key and label. */
function matchesPublic(_ctx: Context, name: string, filters: { label?: string; matches(candidate: { row: ParameterRow; version: VersionRow }): boolean }): boolean {
  const version: VersionRow = { Version: 1, Type: "String", Tier: "Standard", DataType: "text", Value: "", LastModifiedDate: 0, LastModifiedUser: "", policies: [] };
  return filters.label === undefined && filters.matches({ row: { Name: name, Version: 1, oldest: 1, Type: "String", Tier: "Standard", tags: [], labels: [], policies: [] }, version });
}
