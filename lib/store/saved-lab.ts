import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import type { Snapshot } from "../engine/lab";
import type { Change, Row } from "../engine/types";
import { type RowsOfPage, pageCount, pageOf, placeKey, rowsOf, snapshotRecords, writeRow } from "./row-pages";
import type { Recorded } from "./steps";

/** How many journal entries are kept with a lab; older ones are dropped one by one. */
export const journalKept = 2_000;

/** What is known of a lab beside its rows. */
interface LabRecord {
  id: string;
  /** The engine's version of the records. */
  version: number;
  seq: number;
  /** Lab time of the last entry, ms. */
  at: number;
  /** How many rows there are; a different count on opening means that something is missing. */
  rows: number;
  /** Grows with every change of the lab, an undo too: by it a tab sees that another went on. */
  turn: number;
  /** Real time of the last change, ms. */
  saved?: number;
  /** Set while another lab is the current one. `at` is real time, ms. */
  aside?: { name: string; why: string; at: number };
}

interface KeyholeDb extends DBSchema {
  labs: { key: string; value: LabRecord };
  /**
   * Rows by pages: a lab of 200,000 rows is opened several times as fast as from a record for each, and a call that changes
   * a row of it writes some thirteen.
   */
  pages: { key: [lab: string, page: number]; value: RowsOfPage };
  journal: { key: [lab: string, seq: number]; value: Recorded };
  /** Steps that were taken back and can be brought back; the last is the next. */
  undone: { key: [lab: string, place: number]; value: Recorded[] };
  /** Progress, the terminal's files, and whatever else is one thing under one name. `lab` names the current lab. */
  things: { key: string; value: unknown };
}

export type Database = IDBPDatabase<KeyholeDb>;
type Writing = IDBPTransaction<KeyholeDb, ("labs" | "pages" | "journal" | "undone" | "things")[], "readwrite">;

const stores = ["labs", "pages", "journal", "undone", "things"] as const;
/** A crash of the page loses nothing; only a failure of the whole machine could. */
const quick = { durability: "relaxed" } as const;
const writing = (db: Database): Writing => db.transaction([...stores], "readwrite", quick) as Writing;

export interface DatabaseEvents {
  /** A newer page wants to change the database: this one has let go of it. */
  onOutdated?(): void;
  /** An older page does not let go. */
  onBlocked?(): void;
}

/** Opens the browser's database. Rejects where there is none (some private windows). */
export async function openDatabase(name = "keyhole", { onOutdated, onBlocked }: DatabaseEvents = {}): Promise<Database> {
  return openDB<KeyholeDb>(name, 2, {
    async upgrade(db, from, _, tx) {
      if (from < 1) for (const store of ["labs", "journal", "things"] as const) db.createObjectStore(store, store === "labs" ? { keyPath: "id" } : undefined);
      db.createObjectStore("pages");
      db.createObjectStore("undone");
      if (from === 1) await turnPages(tx as unknown as IDBPTransaction<any, any, "versionchange">);
    },
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      onOutdated?.();
    },
    blocked: () => onBlocked?.(),
  });
}

/** Version 1 had a record for each row, under `[lab, account, region, service, table, id]`. */
async function turnPages(tx: IDBPTransaction<any, any, "versionchange">): Promise<void> {
  const rows = tx.objectStore("rows");
  const [keys, values] = (await Promise.all([rows.getAllKeys(), rows.getAll()])) as [string[][], Row[]];
  const pages = new Map<string, [lab: string, page: number, rows: RowsOfPage]>();
  keys.forEach(([lab, account, region, service, table, id], i) => {
    const place = placeKey(account, region, service, table);
    const page = pageOf(place, id);
    const name = `${lab} ${page}`;
    if (!pages.has(name)) pages.set(name, [lab, page, []]);
    pages.get(name)![2].push([place, id, values[i]]);
  });
  for (const [lab, page, content] of pages.values()) void tx.objectStore("pages").put(content, [lab, page]);
  for (const record of (await tx.objectStore("labs").getAll()) as LabRecord[]) void tx.objectStore("labs").put({ ...record, turn: 0 });
  tx.db.deleteObjectStore("rows");
}

// ---------------------------------------------------------------- reading

export interface SavedLab {
  id: string;
  turn: number;
  snapshot: Snapshot;
  journal: Recorded[];
  undone: Recorded[][];
}

export type Opened = { lab: SavedLab } | { none: true } | { broken: { id: string; why: "newer" | "damaged"; detail: string } };

/** Everything of a lab, in any store whose keys begin with its id. */
const allOf = (lab: string): IDBKeyRange => IDBKeyRange.bound([lab], [lab, []]);

/** How many pages are read at a time. */
const slice = 1_024;

/** Reads the current lab; `snapshotVersion` is the newest that the engine knows. What cannot be trusted is reported, never repaired in silence. */
export async function readLab(db: Database, snapshotVersion: number): Promise<Opened> {
  const id = await currentLab(db);
  if (id === undefined) return { none: true };
  return readLabNamed(db, id, snapshotVersion);
}

/** Reads any lab, also one that is kept aside. */
export async function readLabNamed(db: Database, id: string, snapshotVersion: number): Promise<Exclude<Opened, { none: true }>> {
  try {
    return await readRecords(db, id, snapshotVersion);
  } catch (problem) {
    // The browser itself could not give a record back.
    return { broken: { id, why: "damaged", detail: problem instanceof Error ? problem.message : String(problem) } };
  }
}

/**
 * The lab that is named as the current one. Should that name be lost, it is the lab that was last saved of those that
 * nobody put aside; and it is named again.
 */
async function currentLab(db: Database): Promise<string | undefined> {
  const named = await db.get("things", "lab");
  if (typeof named === "string") return named;
  const tx = db.transaction(["labs", "things"], "readwrite");
  const found = (await tx.objectStore("labs").getAll()).filter(({ aside }) => !aside).sort((a, b) => (b.saved ?? 0) - (a.saved ?? 0));
  if (found.length) void tx.objectStore("things").put(found[0].id, "lab");
  for (const other of found.slice(1)) void tx.objectStore("labs").put({ ...other, aside: asideAs("nothing said any more that it was the current one", Date.now()) });
  await tx.done;
  return found[0]?.id;
}

async function readRecords(db: Database, id: string, snapshotVersion: number): Promise<Exclude<Opened, { none: true }>> {
  const broken = (why: "newer" | "damaged", detail: string) => ({ broken: { id, why, detail } });
  const tx = db.transaction(["labs", "pages", "journal", "undone"]);
  const record = await tx.objectStore("labs").get(id);
  if (!record) return broken("damaged", "its description is missing");
  const { version, seq, at, turn } = record;
  if (!(Number.isInteger(version) && Number.isInteger(seq) && Number.isFinite(at) && Number.isInteger(turn)))
    return broken("damaged", "its description cannot be read");
  if (version > snapshotVersion) return broken("newer", `it has version ${version}, this page knows ${snapshotVersion}`);
  const pages: RowsOfPage[] = [];
  // In slices: what the browser hands over at once keeps the page from doing anything else.
  for (let from = 0; from < pageCount; from += slice) pages.push(...(await tx.objectStore("pages").getAll(IDBKeyRange.bound([id, from], [id, from + slice - 1]))));
  const [journal, undone] = await Promise.all([tx.objectStore("journal").getAll(allOf(id)), tx.objectStore("undone").getAll(allOf(id))]);
  const records = snapshotRecords(pages);
  if ("problem" in records) return broken("damaged", records.problem);
  if (records.rows !== record.rows) return broken("damaged", `it should have ${record.rows} records and has ${records.rows}`);
  if (journal.some((entry, i) => !Number.isInteger(entry?.seq) || entry.seq !== seq - journal.length + 1 + i)) return broken("damaged", "its journal has a gap");
  return { lab: { id, turn, snapshot: { version, at, seq, records: records.plain }, journal, undone } };
}

/** Which lab is the current one, and how far it has come. A short look, without its rows. */
export async function whereIs(db: Database): Promise<{ id: string; turn: number; version: number } | undefined> {
  const tx = db.transaction(["labs", "things"]);
  const id = await tx.objectStore("things").get("lab");
  const record = typeof id === "string" ? await tx.objectStore("labs").get(id) : undefined;
  return record && { id: record.id, turn: record.turn, version: record.version };
}

// ---------------------------------------------------------------- whole labs

/** What becomes the current lab. */
export interface NewLab {
  id: string;
  snapshot: Snapshot;
  journal?: readonly Recorded[];
  undone?: readonly (readonly Recorded[])[];
}

/**
 * Saves a whole new lab and makes it the current one, in one transaction. `instead` is the lab that was current until
 * now, and why it is put aside. False, and nothing written, when another tab was first and some other lab is the current one.
 */
export async function saveFreshLab(db: Database, { id, snapshot, journal = [], undone = [] }: NewLab, instead?: { id: string; why: string }): Promise<boolean> {
  const tx = writing(db);
  const current = await tx.objectStore("things").get("lab");
  if (current !== instead?.id) {
    await tx.done;
    return false;
  }
  if (instead) await markAside(tx, instead.id, instead.why);
  const { pages, rows } = rowsOf(snapshot.records);
  for (const [page, content] of pages) void tx.objectStore("pages").put(content, [id, page]);
  for (const entry of journal.slice(-journalKept)) void tx.objectStore("journal").put(entry, [id, entry.seq]);
  undone.forEach((entries, place) => void tx.objectStore("undone").put([...entries], [id, place]));
  void tx.objectStore("labs").put({ id, version: snapshot.version, seq: snapshot.seq, at: snapshot.at, rows, turn: 0, saved: Date.now() });
  void tx.objectStore("things").put(id, "lab");
  await tx.done;
  return true;
}

const asideAs = (why: string, at: number) => ({ name: `Lab of ${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`, why, at });

async function markAside(tx: Writing, id: string, why: string): Promise<string> {
  const record = await tx.objectStore("labs").get(id);
  const aside = asideAs(why, Date.now());
  void tx.objectStore("labs").put({ version: 0, seq: 0, at: 0, rows: 0, turn: 0, ...record, id, aside });
  return aside.name;
}

/** Leaves a lab's records where they are, with a name and the reason, so that a fresh lab can take its place. */
export async function putAside(db: Database, id: string, why: string): Promise<string> {
  const tx = writing(db);
  const name = await markAside(tx, id, why);
  if ((await tx.objectStore("things").get("lab")) === id) void tx.objectStore("things").delete("lab");
  await tx.done;
  return name;
}

/** Makes a lab that was put aside the current one again, and puts the present one aside. */
export async function takeUp(db: Database, id: string, why: string): Promise<void> {
  const tx = writing(db);
  const [record, current] = await Promise.all([tx.objectStore("labs").get(id), tx.objectStore("things").get("lab")]);
  if (record?.aside) {
    if (typeof current === "string") await markAside(tx, current, why);
    const { aside: _, ...rest } = record;
    void tx.objectStore("labs").put(rest);
    void tx.objectStore("things").put(id, "lab");
  }
  await tx.done;
}

export interface AsideLab {
  id: string;
  name: string;
  why: string;
  /** When it was put aside, real time, ms. */
  at: number;
  rows: number;
}

/** Labs that were put aside, oldest first. */
export async function labsAside(db: Database): Promise<AsideLab[]> {
  const all = await db.getAll("labs");
  return all.flatMap(({ id, rows, aside }) => (aside ? [{ id, rows, ...aside }] : [])).sort((a, b) => a.at - b.at);
}

export async function renameAside(db: Database, id: string, name: string): Promise<void> {
  const tx = db.transaction("labs", "readwrite");
  const record = await tx.store.get(id);
  if (record?.aside) void tx.store.put({ ...record, aside: { ...record.aside, name } });
  await tx.done;
}

/** Throws a lab away that was put aside; the current one is never touched. */
export async function deleteAside(db: Database, id: string): Promise<void> {
  const tx = writing(db);
  const record = await tx.objectStore("labs").get(id);
  if (record?.aside) {
    for (const store of ["pages", "journal", "undone"] as const) void tx.objectStore(store).delete(allOf(id));
    void tx.objectStore("labs").delete(id);
  }
  await tx.done;
}

// ---------------------------------------------------------------- what changed

/** One thing that happened to a lab. */
export type Move =
  /** Entries were recorded. `forgets`: what could be brought back cannot be any more. */
  | { kind: "did"; entries: readonly Recorded[]; forgets: boolean }
  /** The newest entries were taken back, as one step; in the order in which they were made. */
  | { kind: "undid"; entries: readonly Recorded[] }
  /** The step that was taken back last was brought back. */
  | { kind: "redid"; entries: readonly Recorded[] };

export interface Stand {
  id: string;
  /** How far the lab had come before these moves. */
  turn: number;
  /** Of the lab after them. */
  version: number;
  seq: number;
  at: number;
  /** How many steps could be brought back before them. */
  undone: number;
}

/**
 * Writes what moves changed: the pages with their rows, the entries, and where the lab stands now; one transaction, so all
 * or nothing. `behind` when the lab is not where these moves left from, since another tab went on; `newer` when a newer
 * page has it: then nothing was written.
 */
export async function saveMoves(db: Database, stand: Stand, moves: readonly Move[]): Promise<"saved" | "behind" | "newer"> {
  const { id, turn, version, seq, at } = stand;
  const tx = writing(db);
  const [record, current] = await Promise.all([tx.objectStore("labs").get(id), tx.objectStore("things").get("lab")]);
  if (!record || record.turn !== turn || current !== id || record.version > version) {
    await tx.done;
    return record && record.version > version ? "newer" : "behind";
  }
  const journal = tx.objectStore("journal");
  let undone = stand.undone;
  for (const move of moves) {
    if (move.kind === "undid") for (const entry of move.entries) void journal.delete([id, entry.seq]);
    else for (const entry of move.entries.slice(-journalKept)) void journal.put(entry, [id, entry.seq]);
    if (move.kind === "undid") void tx.objectStore("undone").put([...move.entries], [id, undone++]);
    else if (move.kind === "redid") void tx.objectStore("undone").delete([id, --undone]);
    else if (move.forgets && undone) {
      void tx.objectStore("undone").delete(allOf(id));
      undone = 0;
    }
  }
  if (seq > journalKept) void journal.delete(IDBKeyRange.bound([id], [id, seq - journalKept]));
  const rows = record.rows + (await writeRows(tx, id, moves));
  void tx.objectStore("labs").put({ ...record, version, seq, at, rows, turn: turn + 1, saved: Date.now() });
  await tx.done;
  return "saved";
}

/** Returns by how many the rows grew. */
async function writeRows(tx: Writing, lab: string, moves: readonly Move[]): Promise<number> {
  /** What each row is in the end, by page. */
  const pages = new Map<number, Map<string, [place: string, id: string, row: Row | undefined]>>();
  const note = ({ account, region, service, table, id }: Change, row: Row | undefined): void => {
    const place = placeKey(account, region, service, table);
    const page = pageOf(place, id);
    let rows = pages.get(page);
    if (!rows) pages.set(page, (rows = new Map()));
    rows.set(`${place}\n${id}`, [place, id, row]);
  };
  for (const { kind, entries } of moves)
    if (kind === "undid") for (const { changes } of entries.toReversed()) for (const change of changes.toReversed()) note(change, change.before);
    else for (const { changes } of entries) for (const change of changes) note(change, change.after);

  const store = tx.objectStore("pages");
  const grown = await Promise.all(
    [...pages].map(async ([page, rows]) => {
      const content = (await store.get([lab, page])) ?? [];
      const before = content.length;
      for (const [place, id, row] of rows.values()) writeRow(content, place, id, row);
      if (content.length) void store.put(content, [lab, page]);
      else void store.delete([lab, page]);
      return content.length - before;
    }),
  );
  return grown.reduce((sum, rows) => sum + rows, 0);
}
