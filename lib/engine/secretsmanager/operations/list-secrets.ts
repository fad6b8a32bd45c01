import { ok } from "../../errors";
import type { Db, Operation } from "../../types";
import { askAll } from "../authorise";
import { isFailure } from "../errors";
import { type FilterInput, readFilters } from "../filters";
import { type SecretRow, byCreation, lastAccessed, secrets } from "../state";
import { takePage } from "../tokens";
import { listView } from "../views";

type SortBy = "created-date" | "last-accessed-date" | "last-changed-date" | "name";

interface Input {
  IncludePlannedDeletion?: boolean;
  MaxResults?: number;
  NextToken?: string;
  Filters?: FilterInput[];
  SortOrder?: "asc" | "desc";
  SortBy?: SortBy;
}

const usualPage = 100;

type Placed = [place: string, secret: Readonly<SecretRow>];

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
      for (const placed of inOrder(ctx.db, SortBy, SortOrder, after)) if ((IncludePlannedDeletion || placed[1].DeletedDate === undefined) && wanted(placed[1])) yield placed;
    }
    const page = takePage(NextToken, list, MaxResults, stream);
    return isFailure(page) ? page : ok({ SecretList: page.entries.map((secret) => listView(ctx.db, secret)), ...(page.next && { NextToken: page.next }) });
  },
};

/** Secrets by place. The usual order is kept in the state; the others are made when somebody asks. */
export function inOrder(db: Db, by: SortBy, order: "asc" | "desc", after?: string): Iterable<Placed> {
  if (by === "created-date" && order === "asc") return byCreation(db, after);
  const all: Placed[] = by === "created-date" ? [...byCreation(db)] : secrets(db).all().map((secret) => [placeOf(db, by, secret), secret]);
  if (by !== "created-date") all.sort(([a], [b]) => (a < b ? -1 : 1));
  if (order === "desc") all.reverse();
  return after === undefined ? all : all.filter(([place]) => (order === "asc" ? place > after : place < after));
}

function placeOf(db: Db, by: SortBy, { Name, LastChangedDate }: Readonly<SecretRow>): string {
  if (by === "name") return Name;
  const ms = by === "last-changed-date" ? LastChangedDate : (lastAccessed(db, Name) ?? 0);
  return `${String(ms).padStart(15, "0")} ${Name}`;
}
