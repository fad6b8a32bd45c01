import { ok } from "../../errors";
import type { Operation } from "../../types";
import { everything } from "../authorise";
import { invalid, isFailure } from "../errors";
import { type Candidate, type Filter, fromOldFilters, readFilters } from "../filters";
import { currentVersion, parameters } from "../state";
import { takePage } from "../tokens";
import { metadataView } from "../views";
import { names } from "../walk";

interface Input {
  Filters?: { Key: string; Values: string[] }[];
  ParameterFilters?: Filter[];
  MaxResults?: number;
  NextToken?: string;
  Shared?: boolean;
}

const usualPage = 10;

/**
 * Parameters without their values. `Shared` lists what was shared through AWS RAM; a resource policy alone never shows
 * there, and RAM is not simulated, so that list is empty.
 * Errors: ValidationException, InvalidFilterKey, InvalidFilterOption, InvalidFilterValue, InvalidNextToken.
 * Source: SSM API, DescribeParameters.
 */
export const describeParameters: Operation = {
  name: "DescribeParameters",
  authorise: (_input: Input, ctx) => ({ action: "ssm:DescribeParameters", resource: everything(ctx) }),
  handle(input: Input, ctx) {
    if (input.Filters?.length && input.ParameterFilters?.length) return invalid("You can use either Filters or ParameterFilters in a single request.");
    const given = input.Filters?.length ? fromOldFilters(input.Filters) : input.ParameterFilters;
    const filters = readFilters(given, "describe");
    if ("ok" in filters) return filters;
    if (input.Shared) {
      ctx.note({ kind: "check", what: "shared", ok: true, detail: "only shares of AWS RAM are listed, and RAM is not simulated" });
      return ok({ Parameters: [] });
    }
    const table = parameters(ctx.db);
    const { names: only, begins = "", matches } = filters;
    function* stream(after?: string): Generator<[string, Candidate]> {
      for (const name of only ? [...new Set(only)].sort() : names(table, begins, after)) {
        if (after !== undefined && name <= after) continue;
        const row = table.get(name);
        // Most filters look at the name alone: the version is looked up for those that ask.
        const candidate = row && { row, get version() { return currentVersion(ctx.db, row); } };
        if (candidate && matches(candidate)) yield [name, candidate];
      }
    }
    const page = takePage(input.NextToken, JSON.stringify(["DescribeParameters", given ?? []]), input.MaxResults ?? usualPage, stream);
    if (isFailure(page)) return page;
    return ok({ Parameters: page.items.map(({ row, version }) => metadataView(row, version, ctx.region, ctx.account)), ...(page.next && { NextToken: page.next }) });
  },
  cost: () => [{ item: "ssm:request:standard", quantity: 1 }],
};
