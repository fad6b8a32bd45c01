import { wakeApplications } from "../application/wake";
import type { Failure } from "../errors";
import type { Context, Db } from "../types";
import { gone, mysqlErrors, postgresErrors } from "./errors";
import { keepingOf, type Keeping } from "./passwords";
import type { Tongue } from "./sql/tokens";
import { keyIsUsable } from "./storage-key";
import { type ConnectionRow, type Pending, type ServerRow, type TableRow, type UserRow, connections, engines, placeOf, servers, tableId, tables, userId, users } from "./state";

/** One connection at work: what its user sees, its own changes before they are committed included. */
export interface Session {
  ctx: Context;
  /** Of the server's account and Region. */
  db: Db;
  server: ServerRow;
  /** A copy; written back by `keep`. */
  connection: ConnectionRow;
  /** Set where the connection has a row of its own. */
  id?: string;
}

/** What a statement answers. Values are as the server writes them; `status` is PostgreSQL's command tag, `notices` what it says beside. */
export interface Answer {
  columns: { name: string; type: string; nullable?: boolean }[];
  rows: (string | null)[][];
  affected: number;
  status: string;
  notices?: string[];
}

export const done = (status: string, affected = 0): Answer => ({ columns: [], rows: [], affected, status });

/** An answer with something that PostgreSQL says beside it; the others count it as a warning, or say nothing. */
export const noticed = (session: Session, answer: Answer, text: string): Answer => (session.server.engine.includes("postgres") ? { ...answer, notices: [...(answer.notices ?? []), `NOTICE:  ${text}`] } : answer);

/** An open connection by its id. Errors: ConnectionLost. */
export function openSession(ctx: Context, id: string): Session | Failure {
  const row = connections(ctx.db).get(id);
  if (!row) return gone();
  const db = placeOf(ctx.db, row);
  const server = servers(db).get(row.host);
  return server && keyIsUsable(ctx.db, server.storageKey) ? { ctx, db, server, connection: structuredClone(row), id } : gone();
}

/** Remembers what a statement did to the connection. */
export function keep({ ctx, connection, id }: Session): void {
  if (id !== undefined) connections(ctx.db).put(id, { ...connection, used: ctx.now });
}

export const isMysql = ({ server }: Session): boolean => engines[server.engine].dialect === "mysql";
export const isRedshift = ({ server }: Session): boolean => server.engine === "redshift";
/** How this server keeps a password that it is given in the clear. */
export const usualKeeping = ({ server }: Session): Keeping => keepingOf(server.engine, server.version);
export const tongueOf = ({ engine, version }: ServerRow): Tongue => ({ dialect: engines[engine].dialect === "mysql" ? "mysql" : "postgres", redshift: engine === "redshift", version: engine === "mariadb" ? `${version}-MariaDB` : version });

// ---------------------------------------------------------------- rows

/** Whether changes wait for a commit. */
export const inTransaction = ({ connection }: Session): boolean => connection.transaction === "open" || !connection.autocommit;

function read(session: Session, table: Pending["table"], id: string): object | undefined {
  const pending = session.connection.pending.find((one) => one.table === table && one.id === id);
  return pending ? (pending.row ?? undefined) : table === "users" ? users(session.db).get(id) : tables(session.db).get(id);
}

function put(session: Session, change: Pending): void {
  const { connection } = session;
  connection.pending = [...connection.pending.filter((one) => one.table !== change.table || one.id !== change.id), change];
}

/** Every statement writes here first: what it did stands when it has succeeded, and outside a transaction is committed then. */
export const writeUser = (session: Session, row: UserRow): void => put(session, { table: "users", id: userId(row.host, row.name, row.from), row });
export const deleteUser = (session: Session, { host, name, from }: Readonly<UserRow>): void => put(session, { table: "users", id: userId(host, name, from), row: null });

/** `changed`: the numbers of the rows that were inserted, updated or deleted. */
export function writeTable(session: Session, id: string, row: TableRow | null, changed: readonly number[] = []): void {
  const before = session.connection.pending.find((one) => one.table === "tables" && one.id === id);
  put(session, { table: "tables", id, row, changed: [...new Set([...(before?.table === "tables" ? before.changed : []), ...changed])] });
}

/** All names that programs may know a server by. */
export const namesOf = ({ host, aliases }: Pick<ServerRow, "host" | "aliases">): string[] => [host, ...aliases];

/**
 * Makes the changes true. Rows that other connections changed meanwhile stay as they are; for one that both changed, the later
 * commit counts (row locks are not simulated). Errors: a key that another connection has taken meanwhile; nothing is kept then.
 */
export function commit(session: Session): Failure | undefined {
  const { connection, db } = session;
  const pending = connection.pending;
  rollBack(session);
  const rows: [Pending, UserRow | TableRow | null][] = [];
  for (const one of pending) {
    const row = one.table === "tables" ? merged(tables(db).get(one.id), one) : one.row;
    if (row === "double key") return isMysql(session) ? mysqlErrors.deadlock() : postgresErrors.serialization();
    rows.push([one, row]);
  }
  for (const [{ table, id }, row] of rows) {
    const at = table === "users" ? users(db) : tables(db);
    if (row) at.put(id, row as never);
    else if (at.get(id)) at.delete(id);
  }
  if (rows.some(([{ table }]) => table === "users")) wakeApplications(session.ctx, { hosts: namesOf(session.server) });
  return undefined;
}

/** A table as it is now with a transaction's changes. */
function merged(now: Readonly<TableRow> | undefined, { row, changed }: Extract<Pending, { table: "tables" }>): TableRow | null | "double key" {
  if (!row) return null;
  const base = now ? { ...structuredClone(now as TableRow), granted: row.granted, nextSerial: Math.max(now.nextSerial, row.nextSerial) } : { ...row, rows: [], numbers: [] };
  const touched = new Set(now ? changed : row.numbers);
  for (const number of touched) {
    const at = row.numbers.indexOf(number);
    const there = base.numbers.indexOf(number);
    if (at >= 0 && there >= 0) base.rows[there] = row.rows[at];
    else if (at >= 0 && (number < 0 || !now)) {
      base.rows.push(row.rows[at]);
      base.numbers.push(base.nextNumber++);
    } else if (there >= 0) {
      base.rows.splice(there, 1);
      base.numbers.splice(there, 1);
    }
  }
  return doubleKey(base) ? "double key" : base;
}

/** The first row whose primary key another row has. */
export function doubleKey({ columns, rows }: Readonly<TableRow>): (string | null)[] | undefined {
  const key = columns.flatMap(({ primary }, i) => (primary ? [i] : []));
  if (!key.length) return undefined;
  const seen = new Set<string>();
  for (const row of rows) {
    const values = key.map((i) => row[i]);
    const text = JSON.stringify(values);
    if (seen.has(text)) return values;
    seen.add(text);
  }
  return undefined;
}

export function rollBack({ connection }: Session): void {
  connection.pending = [];
  connection.transaction = "none";
}

function all<Row extends UserRow | TableRow>(session: Session, table: Pending["table"], committed: readonly Readonly<Row>[], idOf: (row: Readonly<Row>) => string): Readonly<Row>[] {
  const pending = session.connection.pending.filter((one) => one.table === table);
  if (!pending.length) return [...committed];
  const changed = new Set(pending.map(({ id }) => id));
  return [...committed.filter((row) => !changed.has(idOf(row))), ...pending.flatMap(({ row }) => (row ? [row as Row] : []))];
}

export const allUsers = (session: Session): Readonly<UserRow>[] => all<UserRow>(session, "users", users(session.db).having("host", session.server.host), (row) => userId(row.host, row.name, row.from));
export const allTables = (session: Session): Readonly<TableRow>[] => all<TableRow>(session, "tables", tables(session.db).having("host", session.server.host), (row) => tableId(row.host, row.database, row.schema, row.name));
export const readUser = (session: Session, name: string, from = ""): Readonly<UserRow> | undefined => read(session, "users", userId(session.server.host, name, from)) as UserRow | undefined;
export const readTable = (session: Session, id: string): Readonly<TableRow> | undefined => read(session, "tables", id) as TableRow | undefined;
/** The server as it is now: databases are made outside transactions. */
export const readServer = (session: Session): Readonly<ServerRow> => servers(session.db).get(session.server.host) ?? session.server;

/** Who is logged in; undefined where the user was dropped meanwhile. */
export const self = (session: Session): Readonly<UserRow> | undefined => readUser(session, session.connection.user, session.connection.userFrom);
