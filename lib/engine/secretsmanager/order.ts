import type { Db } from "../types";
import { type Placed, type SecretRow, byCreation, byName, createdKey, lastAccessed, secrets } from "./state";

/** The orders in which ListSecrets gives secrets. Source: Secrets Manager API, ListSecrets (SortBy). */
export type SortBy = "created-date" | "last-accessed-date" | "last-changed-date" | "name";

export interface Wish {
  by: SortBy;
  order: "asc" | "desc";
  /** Names that begin with none of these are not looked for. */
  prefixes?: readonly string[];
}

/** More than these are found sooner in the order that is kept than sorted by themselves. */
const few = 500;

/** Secrets by place, from the one after the place `after` on. The orders by making and by name are kept in the state; others are made when somebody asks. */
export function inOrder(db: Db, { by, order, prefixes }: Wish, after?: string): Iterable<Placed> {
  const named = prefixes && startingWith(db, prefixes);
  if (!named && by === "created-date") return byCreation(db, order, after);
  if (!named && by === "name") return byName(db, order, after);
  const placed = (named ?? secrets(db).all()).map((secret): Placed => [placeOf(db, by, secret), secret]);
  const rest = after === undefined ? placed : placed.filter(([place]) => (order === "asc" ? place > after : place < after));
  const turn = order === "asc" ? 1 : -1;
  return rest.sort(([a], [b]) => (a < b ? -turn : turn));
}

/** The secrets whose names begin with one of the prefixes; undefined if they are many. */
function startingWith(db: Db, prefixes: readonly string[]): Readonly<SecretRow>[] | undefined {
  const rows = secrets(db);
  const names = new Set<string>();
  for (const prefix of prefixes) {
    for (const name of rows.ids({ prefix, limit: few })) names.add(name);
    if (names.size >= few) return undefined;
  }
  return [...names].map((name) => rows.get(name)!);
}

function placeOf(db: Db, by: SortBy, secret: Readonly<SecretRow>): string {
  if (by === "created-date") return createdKey(secret);
  if (by === "name") return secret.Name;
  const ms = by === "last-changed-date" ? secret.LastChangedDate : (lastAccessed(db, secret.Name) ?? 0);
  return `${String(ms).padStart(15, "0")} ${secret.Name}`;
}
