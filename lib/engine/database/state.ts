import type { Db, Table } from "../types";
import type { Expression } from "./sql/statement";

/**
 * Database servers as programs meet them: hosts that answer, users with passwords, small tables, open connections. The
 * services that keep servers (RDS, Redshift) make and end them by `CreateServer`, `UpdateServer` and `DeleteServer`.
 *
 * By the server's account and Region: `servers` by host, `users` by `<host>\0<name>\0<from>`, `tables` by
 * `<host>\0<database>\0<schema>\0<name>`. Host names are the world's: `hosts` and `connections` stand in one place for all
 * (account `""`, Region `global`).
 *
 * Networks are not simulated: whoever knows a host's name can reach it.
 */

/** What is spoken: MySQL's or PostgreSQL's protocol and errors, or MongoDB's. */
export type Dialect = "mysql" | "postgres" | "mongo";

export const engines = {
  mysql: { dialect: "mysql", port: 3306 },
  mariadb: { dialect: "mysql", port: 3306 },
  "aurora-mysql": { dialect: "mysql", port: 3306 },
  postgres: { dialect: "postgres", port: 5432 },
  "aurora-postgresql": { dialect: "postgres", port: 5432 },
  redshift: { dialect: "postgres", port: 5439 },
  docdb: { dialect: "mongo", port: 27017 },
} as const satisfies Record<string, { dialect: Dialect; port: number }>;
export type Engine = keyof typeof engines;

export interface ServerRow {
  host: string;
  port: number;
  engine: Engine;
  version: string;
  /** The instance or cluster, as AWS names it. */
  arn: string;
  /** `stopped` refuses connections, `starting` has a name and nobody who answers. */
  state: "up" | "stopped" | "starting";
  /** Other names of the same server (a cluster's reader endpoint). */
  aliases: string[];
  databases: string[];
  master: string;
  /** The highest number that a connection was given. */
  connections: number;
  /** The KMS key of its storage, an ARN. */
  storageKey?: string;
  /** How many connections it keeps at a time. */
  maxConnections: number;
}

/** A grant as MySQL prints it: privileges on an object (`*.*`, `` `app`.* ``). */
export interface MysqlGrant {
  privileges: string[];
  on: string;
  grantOption: boolean;
}

export interface UserRow {
  host: string;
  name: string;
  /** MySQL: the addresses that the account is for (`%`). Otherwise empty. */
  from: string;
  /** As the server keeps it (`passwords.ts`); null for a role without one. */
  password: string | null;
  changedAt: number;
  login: boolean;
  superuser: boolean;
  createRole: boolean;
  createDb: boolean;
  /** Until when the password is good, ms. */
  validUntil?: number;
  /** MySQL: days for which a password is good. */
  lifetime?: number;
  /** PostgreSQL: roles (Redshift: groups) that it belongs to. DocumentDB: `role@db`. */
  memberOf: string[];
  /** MySQL. */
  grants: MysqlGrant[];
}

export interface TableRow {
  host: string;
  database: string;
  schema: string;
  name: string;
  owner: string;
  columns: Column[];
  rows: (string | null)[][];
  /** The rows' own numbers, in the same order: by them changes of several connections are told apart. */
  numbers: number[];
  nextNumber: number;
  /** The value that AUTO_INCREMENT or SERIAL gives next. */
  nextSerial: number;
  /** PostgreSQL: by role (or `public`), what it may do. */
  granted: [role: string, privileges: string[]][];
}

export interface Column {
  name: string;
  type: ColumnType;
  /** Characters, for texts that are bounded. */
  length?: number;
  /** Digits behind the point, for decimals that are bounded. */
  scale?: number;
  notNull?: boolean;
  primary?: boolean;
  serial?: boolean;
  default?: Expression;
}

export type ColumnType = "int" | "decimal" | "text" | "bool" | "timestamp";

/** A change that a transaction has not committed. */
export type Pending =
  | { table: "users"; id: string; row: UserRow | null }
  /** `changed`: numbers of the rows that the transaction inserted (below 0), updated or deleted. */
  | { table: "tables"; id: string; row: TableRow | null; changed: number[] };

export interface ConnectionRow {
  account: string;
  region: string;
  host: string;
  number: number;
  user: string;
  /** MySQL: the account's own pattern. */
  userFrom: string;
  /** The client's address. */
  client: string;
  database: string;
  autocommit: boolean;
  /** `failed`: PostgreSQL ignores everything until the transaction ends. */
  transaction: "none" | "open" | "failed";
  pending: Pending[];
  begun: number;
  /** When it was last used, ms. */
  used: number;
}

export interface HostRow {
  account: string;
  region: string;
  server: string;
}

const world = { account: "", region: "global", service: "database" } as const;
export const hosts = (db: Db): Table<HostRow> => db.at(world).table<HostRow>("hosts");
export const connections = (db: Db): Table<ConnectionRow> => db.at(world).table<ConnectionRow>("connections");

export const placeOf = (db: Db, { account, region }: Pick<HostRow, "account" | "region">): Db => db.at({ account, region, service: "database" });
export const servers = (db: Db): Table<ServerRow> => db.table<ServerRow>("servers");
export const users = (db: Db): Table<UserRow> => db.table<UserRow>("users");
export const tables = (db: Db): Table<TableRow> => db.table<TableRow>("tables");

export const userId = (host: string, name: string, from: string): string => `${host}\0${name}\0${from}`;
export const tableId = (host: string, database: string, schema: string, name: string): string => `${host}\0${database}\0${schema}\0${name}`;

/** Users of a server that are kept. */
export const mostUsers = 200;

/** A user who may do nothing yet. */
export const blankUser = (host: string, name: string, from: string, now: number): UserRow => ({
  host, name, from, password: null, changedAt: now, login: true, superuser: false, createRole: false, createDb: false, memberOf: [], grants: [],
});

/** A table without columns or rows. A schema's own row is one without a name. */
export const blankTable = (host: string, database: string, schema: string, name: string, owner: string): TableRow => ({ host, database, schema, name, owner, columns: [], rows: [], numbers: [], nextNumber: 1, nextSerial: 1, granted: [] });
