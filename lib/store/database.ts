import { type Database, openDatabase } from "./saved-lab";

let database: Promise<Database | undefined> | undefined;

/** The browser's database, opened once; undefined where there is none. */
export const getDatabase = (): Promise<Database | undefined> => (database ??= openDatabase().catch(() => undefined));
