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
