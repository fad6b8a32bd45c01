import { ok } from "../../errors";
import type { Operation } from "../../types";
import { askAll } from "../authorise";
import { isFailure } from "../errors";
import { type FilterInput, namePrefixes, readFilters } from "../filters";
import { type SortBy, inOrder } from "../order";
import type { Placed } from "../state";
import { takePage } from "../tokens";
import { listView } from "../views";

interface Input {
  IncludePlannedDeletion?: boolean;
  MaxResults?: number;
  NextToken?: string;
  Filters?: FilterInput[];
  SortOrder?: "asc" | "desc";
  SortBy?: SortBy;
}

const usualPage = 100;

/**
 * The account's secrets in this Region, in the order of their making unless it is told another. What has just been made is
 * there at once, where AWS may need five minutes.
 * Errors: InvalidParameterException, InvalidNextTokenException. Source: Secrets Manager API, ListSecrets.
 */
export const ListSecrets: Operation = {
  name: "ListSecrets",
  authorise: () => askAll("ListSecrets"),
  handle({ IncludePlannedDeletion = false, MaxResults = usualPage, NextToken, Filters, SortOrder = "asc", SortBy = "created-date" }: Input, ctx) {
    const read = readFilters(Filters);
    if (typeof read !== "function") return read;
    const wanted = read;
    const list = JSON.stringify(["ListSecrets", ctx.region, IncludePlannedDeletion, Filters ?? [], SortOrder, SortBy]);
    function* stream(after?: string): Generator<Placed> {
      for (const placed of inOrder(ctx.db, { by: SortBy, order: SortOrder, prefixes: namePrefixes(Filters) }, after)) if ((IncludePlannedDeletion || placed[1].DeletedDate === undefined) && wanted(placed[1])) yield placed;
    }
    const page = takePage(NextToken, list, MaxResults, stream);
    return isFailure(page) ? page : ok({ SecretList: page.entries.map((secret) => listView(ctx.db, secret)), ...(page.next && { NextToken: page.next }) });
  },
};
