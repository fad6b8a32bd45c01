import type { Change, Db, Row, Table } from "./types";

/**
 * Records, and drafts over them. A committed row is never changed in place, so a change is two references
 * (before, after), undo is a swap, and whoever holds a row may compare it by identity.
 *
 * Maps, not objects: a parameter may be called `__proto__`.
 */

/** Where a table is: account, Region (or `global`), service, table name. */
export type Place = [account: string, region: string, service: string, table: string];

const placeKey = (place: Place): string => place.join("\n");
export const placeOf = (key: string): Place => key.split("\n") as Place;

/** First index whose id is not before `id`. */
function lowerBound(ids: string[], id: string): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ids[middle] < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One table's committed rows with its ids in order; the order is kept only once somebody asked for it. */
class Rows {
  constructor(
    readonly byId = new Map<string, Row>(),
    private order?: string[],
  ) {}
  /** By member, by its value: ids. Made when somebody first asks, and kept up from then on. */
  private readonly indexes = new Map<string, Map<unknown, Set<string>>>();

  set(id: string, row: Row): void {
    const before = this.byId.get(id);
    if (this.order && before === undefined) this.order.splice(lowerBound(this.order, id), 0, id);
    this.byId.set(id, row);
    for (const [member, index] of this.indexes) move(index, id, before && memberOf(before, member), memberOf(row, member));
  }

  delete(id: string): void {
    const before = this.byId.get(id);
    if (before === undefined) return;
    this.byId.delete(id);
    for (const [member, index] of this.indexes) move(index, id, memberOf(before, member), undefined);
    if (this.order) this.order.splice(lowerBound(this.order, id), 1);
  }

  having(member: string, value: unknown): ReadonlySet<string> {
    let index = this.indexes.get(member);
    if (!index) {
      this.indexes.set(member, (index = new Map()));
      for (const [id, row] of this.byId) move(index, id, undefined, memberOf(row, member));
    }
    return index.get(value) ?? nobody;
  }

  ids(): string[] {
    return (this.order ??= [...this.byId.keys()].sort(byCodeUnit));
  }

  copy(): Rows {
    return new Rows(new Map(this.byId), this.order?.slice());
  }
}

const nobody: ReadonlySet<string> = new Set();
const memberOf = (row: Row, member: string): unknown => (row as Record<string, unknown>)[member];

function move(index: Map<unknown, Set<string>>, id: string, from: unknown, to: unknown): void {
  if (from === to) return;
  if (from !== undefined) {
    const ids = index.get(from);
    ids?.delete(id);
    if (!ids?.size) index.delete(from);
  }
  if (to === undefined) return;
  const ids = index.get(to);
  if (ids) ids.add(id);
  else index.set(to, new Set([id]));
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What a draft stands on: the committed records, or another draft. */
interface Ground {
  get(key: string, id: string): Row | undefined;
  /** Whether a draft here or below has written the row. */
  touched(key: string, id: string): boolean;
  ids(key: string): string[];
  /** Ids, in any order, of the rows with this value in this member. */
  having(key: string, member: string, value: unknown): Iterable<string>;
  size(key: string): number;
}

/** Accounts → Regions → services → tables → rows in the order of their ids. The state as plain data. */
export type PlainRecords = Record<string, Record<string, Record<string, Record<string, [id: string, row: Row][]>>>>;

export class Records implements Ground {
  private readonly tables = new Map<string, Rows>();
  /** Tables that a fork reads too: copied before the first write. */
  private readonly shared = new Set<string>();

  get(key: string, id: string): Row | undefined {
    return this.tables.get(key)?.byId.get(id);
  }

  touched(): boolean {
    return false;
  }

  ids(key: string): string[] {
    return this.tables.get(key)?.ids() ?? [];
  }

  having(key: string, member: string, value: unknown): Iterable<string> {
    return this.tables.get(key)?.having(member, value) ?? nobody;
  }

  size(key: string): number {
    return this.tables.get(key)?.byId.size ?? 0;
  }

  /** Makes the changes true, in order. */
  apply(changes: readonly Change[]): void {
    for (const { account, region, service, table, id, after } of changes) this.write([account, region, service, table], id, after);
  }

  /** Takes the changes back, last first. */
  revert(changes: readonly Change[]): void {
    for (let i = changes.length - 1; i >= 0; i--) {
      const { account, region, service, table, id, before } = changes[i];
      this.write([account, region, service, table], id, before);
    }
  }

  write(place: Place, id: string, row: Row | undefined): void {
    const key = placeKey(place);
    let rows = this.tables.get(key);
    if (!rows) this.tables.set(key, (rows = new Rows()));
    else if (this.shared.delete(key)) this.tables.set(key, (rows = rows.copy()));
    if (row === undefined) rows.delete(id);
    else rows.set(id, row);
  }

  /** The same records, to go on by themselves. Costs next to nothing until either side writes to a table. */
  fork(): Records {
    const fork = new Records();
    for (const [key, rows] of this.tables) {
      fork.tables.set(key, rows);
      fork.shared.add(key);
      this.shared.add(key);
    }
    return fork;
  }

  /** Places that hold at least one row, in order. */
  places(): Place[] {
    return [...this.tables.keys()].filter((key) => this.size(key) > 0).sort(byCodeUnit).map(placeOf);
  }

  plain(): PlainRecords {
    const out: PlainRecords = {};
    for (const place of this.places()) {
      const [account, region, service, table] = place;
      const key = placeKey(place);
      const tables = (((out[account] ??= {})[region] ??= {})[service] ??= {});
      tables[table] = this.ids(key).map((id) => [id, this.get(key, id)!]);
    }
    return out;
  }

  static from(plain: PlainRecords): Records {
    const records = new Records();
    for (const [account, regions] of Object.entries(plain))
      for (const [region, services] of Object.entries(regions))
        for (const [service, tables] of Object.entries(services))
          for (const [table, rows] of Object.entries(tables))
            for (const [id, row] of rows) records.write([account, region, service, table], id, row);
    return records;
  }
}

/** Changes that are not true yet. Thrown away, or committed, or taken up by the draft below. */
export class Draft implements Ground {
  private readonly written = new Map<string, Map<string, Row | undefined>>();

  constructor(private readonly ground: Ground) {}

  get(key: string, id: string): Row | undefined {
    const rows = this.written.get(key);
    return rows?.has(id) ? rows.get(id) : this.ground.get(key, id);
  }

  set(key: string, id: string, row: Row | undefined): void {
    let rows = this.written.get(key);
    if (!rows) this.written.set(key, (rows = new Map()));
    rows.set(id, row);
  }

  /** True if this draft itself made the row, so that it may be changed in place. */
  owns(key: string, id: string): boolean {
    return this.written.get(key)?.get(id) !== undefined;
  }

  touched(key: string, id: string): boolean {
    return this.written.get(key)?.has(id) === true || this.ground.touched(key, id);
  }

  ids(key: string): string[] {
    const below = this.ground.ids(key);
    const rows = this.written.get(key);
    if (!rows?.size) return below;
    const born = [...rows].filter(([id, row]) => row !== undefined && this.ground.get(key, id) === undefined).map(([id]) => id);
    const dead = [...rows].some(([, row]) => row === undefined);
    if (!born.length && !dead) return below;
    const kept = dead ? below.filter((id) => !rows.has(id) || rows.get(id) !== undefined) : below.slice();
    for (const id of born) kept.splice(lowerBound(kept, id), 0, id);
    return kept;
  }

  having(key: string, member: string, value: unknown): Iterable<string> {
    const below = this.ground.having(key, member, value);
    const rows = this.written.get(key);
    if (!rows?.size) return below;
    const out = new Set<string>();
    for (const id of below) if (!rows.has(id)) out.add(id);
    for (const [id, row] of rows) if (row !== undefined && memberOf(row, member) === value) out.add(id);
    return out;
  }

  size(key: string): number {
    let size = this.ground.size(key);
    for (const [id, row] of this.written.get(key) ?? []) {
      const was = this.ground.get(key, id) !== undefined;
      if (was && row === undefined) size--;
      if (!was && row !== undefined) size++;
    }
    return size;
  }

  /** What this draft would change, in the order of first touch. */
  changes(): Change[] {
    const out: Change[] = [];
    for (const [key, rows] of this.written) {
      const [account, region, service, table] = placeOf(key);
      for (const [id, after] of rows) {
        const before = this.ground.get(key, id);
        if (before === after) continue;
        const change: Change = { account, region, service, table, id };
        if (before !== undefined) change.before = before;
        if (after !== undefined) change.after = after;
        out.push(change);
      }
    }
    return out;
  }

  /** Hands everything to the draft that this one stands on. */
  mergeInto(below: Draft): void {
    for (const [key, rows] of this.written) for (const [id, row] of rows) below.set(key, id, row);
  }
}

/** A window on records: reads through, writes into the draft. */
export const dbOf = (draft: Draft, account: string, region: string, service: string): Db => new Window(draft, account, region, service);

// Classes, because every call makes a few of these and closures cost more.
class Window implements Db {
  constructor(
    private readonly draft: Draft,
    private readonly account: string,
    private readonly region: string,
    private readonly service: string,
  ) {}

  table<R extends Row>(name: string): Table<R> {
    return new TableWindow<R>(this.draft, `${this.account}\n${this.region}\n${this.service}\n${name}`);
  }

  at({ account = this.account, region = this.region, service = this.service }: { account?: string; region?: string; service?: string }): Db {
    return new Window(this.draft, account, region, service);
  }
}

class TableWindow<R extends Row> implements Table<R> {
  constructor(
    private readonly draft: Draft,
    private readonly key: string,
  ) {}

  get(id: string): R | undefined {
    return this.draft.get(this.key, id) as R | undefined;
  }

  edit(id: string): R {
    const row = this.get(id);
    if (row === undefined) throw new Error(`no row ${id} in ${this.key.replaceAll("\n", "/")}`);
    if (this.draft.owns(this.key, id)) return row;
    const copy = structuredClone(row);
    this.draft.set(this.key, id, copy);
    return copy;
  }

  put(id: string, row: R): void {
    this.draft.set(this.key, id, row);
  }

  delete(id: string): void {
    this.draft.set(this.key, id, undefined);
  }

  touched(id: string): boolean {
    return this.draft.touched(this.key, id);
  }

  ids({ prefix = "", after, limit = Infinity }: { prefix?: string; after?: string; limit?: number } = {}): string[] {
    const all = this.draft.ids(this.key);
    if (!prefix && after === undefined && limit === Infinity) return all.slice();
    const out: string[] = [];
    let i = lowerBound(all, prefix);
    if (after !== undefined && after >= prefix) {
      i = lowerBound(all, after);
      if (all[i] === after) i++;
    }
    for (; i < all.length && out.length < limit && all[i].startsWith(prefix); i++) out.push(all[i]);
    return out;
  }

  having(member: keyof R & string, value: unknown): R[] {
    return [...this.draft.having(this.key, member, value)].sort(byCodeUnit).map((id) => this.draft.get(this.key, id) as R);
  }

  all(): R[] {
    return this.draft.ids(this.key).map((id) => this.draft.get(this.key, id) as R);
  }

  get size(): number {
    return this.draft.size(this.key);
  }
}
