import type { Db, Table } from "../types";

/**
 * Applications that keep connecting to a database, by account and Region. Times are ms since the epoch.
 * Tables: `applications` by name, `connections` by `<name>\0<number, 9 digits>`. `watches` stands in one place for all (account
 * `""`, Region `global`), by `<account>\0<region>\0<name>`: who is to be woken when a secret or a server's users change.
 */

/**
 * What a program does with the login that it read: keeps it for ever; when the server refuses it, reads the secret again and
 * tries once more; or, if that does not help either, tries the version before it (AWSPREVIOUS).
 */
export type Strategy = "never-refreshes" | "refreshes-on-refusal" | "falls-back-to-previous";

export interface ApplicationRow {
  Name: string;
  RoleName: string;
  /** As it was given. */
  SecretId: string;
  Strategy: Strategy;
  IntervalSeconds: number;
  /** How long a value that was read is used before it is read again; `never-refreshes` does not look at it. */
  CacheSeconds: number;
  /** Where the secret does not say it. */
  Host?: string;
  Port?: number;
  Database?: string;
  Query?: string;
  State: "Running" | "Stopped";
  StoppedBecause?: string;
  startedAt: number;
  stopsAt: number;
  /** The machine's name, and so the role session's. */
  session: string;
  /** What the program holds in its memory. */
  memory?: Remembered;
  succeeded: number;
  failed: number;
  /** Entries written. */
  entries: number;
  lastAt?: number;
  /** Connections in a row that were alike, and the pause that followed, ms. */
  calm: number;
  pause: number;
}

/** A login as a secret's value has it. */
export interface Login {
  username: string;
  password: string;
  host?: string;
  port?: number;
  dbname?: string;
  engine?: string;
}

export interface Remembered {
  login: Login;
  ARN: string;
  VersionId: string;
  readAt: number;
}

/** One connection; `alike` more after it, of which nothing is known but that nothing was heard to change. */
export interface ConnectionRow {
  Name: string;
  at: number;
  ok: boolean;
  User?: string;
  VersionId?: string;
  /** Where the login that was tried last came from. */
  From?: "memory" | "AWSCURRENT" | "AWSPREVIOUS";
  /** It was not the first that was tried. */
  again?: true;
  error?: { code: string; message: string };
  alike: number;
  /** Of the last one alike. */
  lastAt: number;
}

export interface WatchRow {
  account: string;
  region: string;
  Name: string;
  secret: string;
  host: string;
}

/** Entries that are kept of an application. */
export const keptConnections = 200;

export const applications = (db: Db): Table<ApplicationRow> => db.table<ApplicationRow>("applications");
export const connections = (db: Db): Table<ConnectionRow> => db.table<ConnectionRow>("connections");
export const watches = (db: Db): Table<WatchRow> => db.at({ account: "", region: "global", service: "application" }).table<WatchRow>("watches");

export const connectionId = (name: string, number: number): string => `${name}\0${String(number).padStart(9, "0")}`;
export const watchId = (account: string, region: string, name: string): string => `${account}\0${region}\0${name}`;
export const connectJob = (name: string): string => `connect ${name}`;

/** The entries of an application that are kept, oldest first. */
export function entriesOf(db: Db, { Name, entries }: Pick<ApplicationRow, "Name" | "entries">): Readonly<ConnectionRow>[] {
  const out: Readonly<ConnectionRow>[] = [];
  for (let number = Math.max(0, entries - keptConnections); number < entries; number++) {
    const row = connections(db).get(connectionId(Name, number));
    if (row) out.push(row);
  }
  return out;
}
