/** Single things kept under a name in the browser's database: progress, the terminal's files and scrollback. */

/** What was kept; undefined when nothing was, or nothing can be. Values survive structured clone: bytes stay bytes. */
export async function loadThing<T>(name: string): Promise<T | undefined> {
  const { getDatabase } = await import("./database");
  const db = await getDatabase();
  return (await db?.get("things", `thing:${name}`).catch(() => undefined)) as T | undefined;
}

/** Keeps a value under a name. False when the browser did not take it. */
export async function saveThing(name: string, value: unknown): Promise<boolean> {
  const { getDatabase } = await import("./database");
  const db = await getDatabase();
  if (!db) return false;
  try {
    await db.put("things", value, `thing:${name}`);
    return true;
  } catch {
    return false;
  }
}

/** Changes what is kept under a name in one transaction: two tabs that do so at once lose nothing of each other's. */
export async function changeThing<T>(name: string, change: (kept: T | undefined) => T): Promise<boolean> {
  const { getDatabase } = await import("./database");
  const db = await getDatabase();
  if (!db) return false;
  try {
    const tx = db.transaction("things", "readwrite");
    await tx.store.put(change((await tx.store.get(`thing:${name}`)) as T | undefined), `thing:${name}`);
    await tx.done;
    return true;
  } catch {
    return false;
  }
}
