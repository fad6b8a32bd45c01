import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Snapshot } from "../engine/lab";
import type { Change, JournalEntry, Row } from "../engine/types";

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
  /** Set when the lab could not be opened any more and was put aside. */
  aside?: { name: string; why: string; at: number };
}

type RowKey = [lab: string, account: string, region: string, service: string, table: string, id: string];

interface KeyholeDb extends DBSchema {
  labs: { key: string; value: LabRecord };
  rows: { key: RowKey; value: Row };
  journal: { key: [lab: string, seq: number]; value: JournalEntry };
  /** Progress, the terminal's files, and whatever else is one thing under one name. `lab` names the current lab. */
  things: { key: string; value: unknown };
}

export type Database = IDBPDatabase<KeyholeDb>;

/** Opens the browser's database. Rejects where there is none (some private windows). */
export async function openDatabase(name = "keyhole"): Promise<Database> {
  return openDB<KeyholeDb>(name, 1, {
    upgrade(db) {
      db.createObjectStore("labs", { keyPath: "id" });
      db.createObjectStore("rows");
      db.createObjectStore("journal");
      db.createObjectStore("things");
    },
  });
}

export interface SavedLab {
  id: string;
  snapshot: Snapshot;
  journal: JournalEntry[];
}

export type Opened = { lab: SavedLab } | { none: true } | { broken: { id: string; why: "newer" | "damaged"; detail: string } };

const everyRowOf = (lab: string): IDBKeyRange => IDBKeyRange.bound([lab], [lab, []]);

/** Reads the current lab; `snapshotVersion` is the newest that the engine knows. What cannot be trusted is reported, never repaired in silence. */
export async function readLab(db: Database, snapshotVersion: number): Promise<Opened> {
  const id = await db.get("things", "lab");
  if (typeof id !== "string") return { none: true };
  try {
    return await readRecords(db, id, snapshotVersion);
  } catch (problem) {
    // The browser itself could not give a record back.
    return { broken: { id, why: "damaged", detail: problem instanceof Error ? problem.message : String(problem) } };
  }
}

async function readRecords(db: Database, id: string, snapshotVersion: number): Promise<Opened> {
  const broken = (why: "newer" | "damaged", detail: string): Opened => ({ broken: { id, why, detail } });
  const tx = db.transaction(["labs", "rows", "journal"]);
  const record = await tx.objectStore("labs").get(id);
  if (!record) return broken("damaged", "its description is missing");
  if (!(Number.isInteger(record.version) && Number.isInteger(record.seq) && Number.isFinite(record.at)))
    return broken("damaged", "its description cannot be read");
  if (record.version > snapshotVersion) return broken("newer", `it has version ${record.version}, this page knows ${snapshotVersion}`);
  const [keys, rows, journal] = await Promise.all([
    tx.objectStore("rows").getAllKeys(everyRowOf(id)),
    tx.objectStore("rows").getAll(everyRowOf(id)),
    tx.objectStore("journal").getAll(everyRowOf(id)),
  ]);
  if (rows.length !== record.rows) return broken("damaged", `it should have ${record.rows} records and has ${rows.length}`);
  const records: Snapshot["records"] = {};
  for (let i = 0; i < rows.length; i++) {
    const [, account, region, service, table, rowId] = keys[i];
    if (rows[i] === null || typeof rows[i] !== "object") return broken("damaged", `the record ${service}/${table}/${rowId} cannot be read`);
    (((((records[account] ??= {})[region] ??= {})[service] ??= {})[table] ??= []) as [string, Row][]).push([rowId, rows[i]]);
  }
  if (journal.some((entry, i) => !Number.isInteger(entry?.seq) || entry.seq !== record.seq - journal.length + 1 + i))
    return broken("damaged", "its journal has a gap");
  return { lab: { id, snapshot: { version: record.version, at: record.at, seq: record.seq, records }, journal } };
}

/** Saves a whole new lab under a new id and makes it the current one. */
export async function saveFreshLab(db: Database, id: string, snapshot: Snapshot): Promise<void> {
  const tx = db.transaction(["labs", "rows", "things"], "readwrite");
  let rows = 0;
  for (const [account, regions] of Object.entries(snapshot.records))
    for (const [region, services] of Object.entries(regions))
      for (const [service, tables] of Object.entries(services))
        for (const [table, all] of Object.entries(tables))
          for (const [rowId, row] of all) {
            rows++;
            void tx.objectStore("rows").put(row, [id, account, region, service, table, rowId]);
          }
  void tx.objectStore("labs").put({ id, version: snapshot.version, seq: snapshot.seq, at: snapshot.at, rows });
  void tx.objectStore("things").put(id, "lab");
  await tx.done;
}

/** Leaves a lab's records where they are, with a name and the reason, so that a fresh lab can take its place. */
export async function putAside(db: Database, id: string, why: string, at: number): Promise<string> {
  const name = `Lab of ${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const tx = db.transaction(["labs", "things"], "readwrite");
  const record = await tx.objectStore("labs").get(id);
  await tx.objectStore("labs").put({ version: 0, seq: 0, at: 0, rows: 0, ...record, id, aside: { name, why, at } });
  await tx.objectStore("things").delete("lab");
  await tx.done;
  return name;
}

/** Makes a lab that was put aside the current one again. */
export async function takeUp(db: Database, id: string): Promise<void> {
  const tx = db.transaction(["labs", "things"], "readwrite");
  const record = await tx.objectStore("labs").get(id);
  if (record) {
    const { aside: _, ...rest } = record;
    await tx.objectStore("labs").put(rest);
    await tx.objectStore("things").put(id, "lab");
  }
  await tx.done;
}

/** Labs that were put aside, oldest first. */
export async function labsAside(db: Database): Promise<{ id: string; name: string; why: string; at: number }[]> {
  const all = await db.getAll("labs");
  return all.flatMap((record) => (record.aside ? [{ id: record.id, ...record.aside }] : [])).sort((a, b) => a.at - b.at);
}

/**
 * Writes what one or more entries changed: their rows, themselves, and where the lab stands now; one transaction, so all
 * or nothing. False when the lab is not where these entries left from, since another tab went on: then nothing was written.
 */
export async function saveEntries(
  db: Database,
  id: string,
  from: number,
  entries: readonly JournalEntry[],
  version: number,
): Promise<boolean> {
  const tx = db.transaction(["labs", "rows", "journal", "things"], "readwrite");
  const [record, current] = await Promise.all([tx.objectStore("labs").get(id), tx.objectStore("things").get("lab")]);
  if (!record || record.seq !== from || current !== id) {
    await tx.done;
    return false;
  }
  let rows = record.rows;
  for (const entry of entries) {
    for (const change of entry.changes) rows += writeChange(tx.objectStore("rows"), id, change, change.before, change.after);
    void tx.objectStore("journal").put(entry, [id, entry.seq]);
    if (entry.seq > journalKept) void tx.objectStore("journal").delete([id, entry.seq - journalKept]);
  }
  const last = entries[entries.length - 1];
  void tx.objectStore("labs").put({ ...record, version, seq: last.seq, at: last.at, rows });
  await tx.done;
  return true;
}

/** Takes the newest entry back from the saved lab, as `lab.undo()` did. */
export async function saveUndo(db: Database, id: string, entry: JournalEntry, at: number): Promise<boolean> {
  const tx = db.transaction(["labs", "rows", "journal", "things"], "readwrite");
  const [record, current] = await Promise.all([tx.objectStore("labs").get(id), tx.objectStore("things").get("lab")]);
  if (!record || record.seq !== entry.seq || current !== id) {
    await tx.done;
    return false;
  }
  let rows = record.rows;
  for (const change of entry.changes.toReversed()) rows += writeChange(tx.objectStore("rows"), id, change, change.after, change.before);
  void tx.objectStore("journal").delete([id, entry.seq]);
  void tx.objectStore("labs").put({ ...record, seq: entry.seq - 1, at, rows });
  await tx.done;
  return true;
}

interface RowStore {
  put(row: Row, key: RowKey): Promise<unknown>;
  delete(key: RowKey): Promise<unknown>;
}

/** Returns by how many the rows grew. */
function writeChange(
  rows: RowStore,
  lab: string,
  { account, region, service, table, id }: Change,
  was: Row | undefined,
  is: Row | undefined,
): number {
  const key: RowKey = [lab, account, region, service, table, id];
  if (is === undefined) void rows.delete(key);
  else void rows.put(is, key);
  return (is === undefined ? 0 : 1) - (was === undefined ? 0 : 1);
}
