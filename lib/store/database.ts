import { type Database, type DatabaseEvents, openDatabase } from "./saved-lab";

let database: Promise<Database | undefined> | undefined;
const told: DatabaseEvents[] = [];

/** The browser's database, opened once; undefined where there is none. */
export const getDatabase = (): Promise<Database | undefined> =>
  (database ??= openDatabase("keyhole", {
    onOutdated: () => told.forEach(({ onOutdated }) => onOutdated?.()),
    onBlocked: () => told.forEach(({ onBlocked }) => onBlocked?.()),
  }).catch(() => undefined));

/** Tells when a newer page takes the database over, and when an older one does not let go of it. */
export const watchDatabase = (events: DatabaseEvents): void => void told.push(events);
