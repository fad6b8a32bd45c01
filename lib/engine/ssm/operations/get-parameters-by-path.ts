import { ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { everything } from "../authorise";
import { isFailure } from "../errors";
import { type Candidate, type Filter, type FilterSet, readFilters } from "../filters";
import { isBeneath, isPublicName, pathPrefix, trimmed } from "../names";
import { publicNames, publicParameter } from "../public-parameters";
import { shownValue } from "../read";
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
  authorise(input: Input, ctx) {
    const path = trimmed(input.Path);
    const readable = typeof pathPrefix(path) === "string";
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
      const page = takePage(input.NextToken, list, limit, (after) => publicStream(ctx, prefix, recursive, filters, after));
      return isFailure(page) ? page : answer(page.items, page.next);
    }
    const page = takePage(input.NextToken, list, limit, (after) => ownStream(ctx, prefix, recursive, filters, after));
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

function* ownStream(ctx: Context, prefix: string, recursive: boolean, filters: FilterSet, after?: string): Generator<[string, Candidate]> {
  const table = parameters(ctx.db);
  for (const name of recursive ? names(table, prefix === "/" ? "" : prefix, after) : children(table, prefix, after)) {
    const row = table.get(name)!;
    const version = picked(ctx, row, filters.label);
    if (version && filters.matches({ row, version })) yield [name, { row, version }];
  }
}

/** The version to show: the newest, or the one with the label; none if nothing has the label. */
function picked(ctx: Context, row: Readonly<ParameterRow>, label: string | undefined): Readonly<VersionRow> | undefined {
  if (label === undefined) return currentVersion(ctx.db, row);
  const version = row.labels.find(([known]) => known === label)?.[1];
  return version === undefined ? undefined : versions(ctx.db).get(versionId(row.Name, version));
}

/** Public parameters are Strings without key and label. */
function* publicStream(ctx: Context, prefix: string, recursive: boolean, filters: FilterSet, after = ""): Generator<[string, JsonObject]> {
  const common = { Version: 1, Type: "String", Tier: "Standard", policies: [] } as const;
  const version: VersionRow = { ...common, policies: [], DataType: "text", Value: "", LastModifiedDate: 0, LastModifiedUser: "" };
  for (const Name of publicNames) {
    if (Name <= after || !isBeneath(Name, prefix, recursive) || filters.label !== undefined) continue;
    const row: ParameterRow = { ...common, Name, oldest: 1, tags: [], labels: [], policies: [] };
    if (filters.matches({ row, version })) yield [Name, publicParameter(ctx.ciphers, ctx.region, Name)!];
  }
}
