import type { Change, Db, Row, Table } from "./types";

/**
 * Records, and drafts over them. A committed row is never changed in place, so a change is two references
 * (before, after), undo is a swap, and whoever holds a row may compare it by identity.
 *
 * Maps, not objects: a parameter may be called `__proto__`.
 */

/** Where a table is: account, Region (or `global`), service, table name. */
export type Place = [account: string, region: string, service: string, table: string];

/** Where a service's tables are, with the tables' keys: made once, because a text that is made anew is hashed anew. */
interface Spot {
  account: string;
  region: string;
  service: string;
  keys: Map<string, string>;
}

/** By account, Region and service; those of late. */
const spots = new Map<string, Map<string, Map<string, Spot>>>();
const places = new Map<string, Place>();

function spotOf(account: string, region: string, service: string): Spot {
  let byRegion = spots.get(account);
  if (!byRegion) spots.set(account, (byRegion = new Map()));
  let byService = byRegion.get(region);
  if (!byService) byRegion.set(region, (byService = new Map()));
  let spot = byService.get(service);
  if (!spot) byService.set(service, (spot = { account, region, service, keys: new Map() }));
  return spot;
}

/** The key of a table: the same text object each time. */
function keyIn({ account, region, service, keys }: Spot, table: string): string {
  let key = keys.get(table);
  if (key === undefined) {
    // Accounts are as many as callers name.
    if (places.size >= 10_000) {
      spots.clear();
      places.clear();
    }
    key = `${account}\n${region}\n${service}\n${table}`;
    keys.set(table, key);
    places.set(key, [account, region, service, table]);
  }
  return key;
}

const placeKey = ([account, region, service, table]: Place): string => keyIn(spotOf(account, region, service), table);
export const placeOf = (key: string): Place => places.get(key) ?? (key.split("\n") as Place);

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

/** Ids in code-unit order, in runs: one more among 100,000 moves a few hundred and not all. */
class Order {
  private constructor(private readonly runs: string[][]) {}

  static of(ids: Iterable<string>): Order {
    const sorted = [...ids].sort(byCodeUnit);
    const runs: string[][] = [];
    for (let i = 0; i < sorted.length; i += RUN / 2) runs.push(sorted.slice(i, i + RUN / 2));
    return new Order(runs);
  }

  copy(): Order {
    return new Order(this.runs.map((run) => run.slice()));
  }

  /** The first run whose last id is not before `id`; the last run if there is none. */
  private runOf(id: string): number {
    let low = 0;
    let high = this.runs.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.runs[middle][this.runs[middle].length - 1] < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  add(id: string): void {
    if (!this.runs.length) return void this.runs.push([id]);
    const at = this.runOf(id);
    const run = this.runs[at];
    run.splice(lowerBound(run, id), 0, id);
    if (run.length > RUN) this.runs.splice(at + 1, 0, run.splice(RUN / 2));
  }

  remove(id: string): void {
    const at = this.runOf(id);
    const run = this.runs[at];
    run.splice(lowerBound(run, id), 1);
    if (!run.length) this.runs.splice(at, 1);
  }

  /** Ids that are not before `id`, in order. */
  *from(id: string): Generator<string, void> {
    if (!this.runs.length) return;
    let at = this.runOf(id);
    let i = lowerBound(this.runs[at], id);
    for (; at < this.runs.length; at++, i = 0) for (const run = this.runs[at]; i < run.length; i++) yield run[i];
  }
}

const RUN = 512;

/** One table's committed rows with its ids in order; the order is kept only once somebody asked for it. */
class Rows {
  constructor(
    readonly byId = new Map<string, Row>(),
    private order?: Order,
  ) {}
  /** By member, by its value: ids. Made when somebody first asks, and kept up from then on. */
  private readonly indexes = new Map<string, Map<unknown, Set<string>>>();

  set(id: string, row: Row): void {
    const before = this.byId.get(id);
    if (before === undefined) this.order?.add(id);
    this.byId.set(id, row);
    for (const [member, index] of this.indexes) move(index, id, before && memberOf(before, member), memberOf(row, member));
  }

  delete(id: string): void {
    const before = this.byId.get(id);
    if (before === undefined) return;
    this.byId.delete(id);
    for (const [member, index] of this.indexes) move(index, id, memberOf(before, member), undefined);
    this.order?.remove(id);
  }

  having(member: string, value: unknown): ReadonlySet<string> {
    let index = this.indexes.get(member);
    if (!index) {
      this.indexes.set(member, (index = new Map()));
      for (const [id, row] of this.byId) move(index, id, undefined, memberOf(row, member));
    }
    return index.get(value) ?? nobody;
  }

  from(id: string): Iterable<string> {
    return (this.order ??= Order.of(this.byId.keys())).from(id);
  }

  copy(): Rows {
    return new Rows(new Map(this.byId), this.order?.copy());
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
  /** Ids that are not before `id`, in code-unit order. */
  from(key: string, id: string): Iterable<string>;
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

  from(key: string, id: string): Iterable<string> {
    return this.tables.get(key)?.from(id) ?? nobody;
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
      tables[table] = Array.from(this.from(key, ""), (id) => [id, this.get(key, id)!]);
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
  /** By table. None yet: most drafts only read. */
  private written: Map<string, Map<string, Row | undefined>> = nothingWritten;

  constructor(private readonly ground: Ground) {}

  get(key: string, id: string): Row | undefined {
    const rows = this.written.get(key);
    return rows?.has(id) ? rows.get(id) : this.ground.get(key, id);
  }

  set(key: string, id: string, row: Row | undefined): void {
    if (this.written === nothingWritten) this.written = new Map();
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

  from(key: string, id: string): Iterable<string> {
    const below = this.ground.from(key, id);
    const rows = this.written.get(key);
    return rows?.size ? this.merged(key, below, rows, id) : below;
  }

  private *merged(key: string, below: Iterable<string>, rows: Map<string, Row | undefined>, start: string): Generator<string, void> {
    const born = [...rows.keys()].filter((id) => id >= start && rows.get(id) !== undefined && this.ground.get(key, id) === undefined).sort(byCodeUnit);
    let next = 0;
    for (const id of below) {
      while (next < born.length && born[next] < id) yield born[next++];
      if (!rows.has(id) || rows.get(id) !== undefined) yield id;
    }
    while (next < born.length) yield born[next++];
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

/** Of drafts that have written nothing. */
const nothingWritten = new Map<string, Map<string, Row | undefined>>();

/** A window on records: reads through, writes into the draft. */
export const dbOf = (draft: Draft, account: string, region: string, service: string): Db => new Window(draft, spotOf(account, region, service));

// Classes, because every call makes a few of these and closures cost more.
class Window implements Db {
  constructor(
    private readonly draft: Draft,
    private readonly spot: Spot,
  ) {}

  table<R extends Row>(name: string): Table<R> {
    return new TableWindow<R>(this.draft, keyIn(this.spot, name));
  }

  at(place: { account?: string; region?: string; service?: string }): Db {
    const { spot } = this;
    const { account = spot.account, region = spot.region, service = spot.service } = place;
    return account === spot.account && region === spot.region && service === spot.service ? this : new Window(this.draft, spotOf(account, region, service));
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
    const out: string[] = [];
    if (limit <= 0) return out;
    for (const id of this.draft.from(this.key, after !== undefined && after > prefix ? after : prefix)) {
      if (!id.startsWith(prefix)) break;
      if (id !== after && out.push(id) >= limit) break;
    }
    return out;
  }

  having(member: keyof R & string, value: unknown): R[] {
    return [...this.draft.having(this.key, member, value)].sort(byCodeUnit).map((id) => this.draft.get(this.key, id) as R);
  }

  all(): R[] {
    return Array.from(this.draft.from(this.key, ""), (id) => this.draft.get(this.key, id) as R);
  }

  get size(): number {
    return this.draft.size(this.key);
  }
}
