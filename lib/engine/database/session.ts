import type { Failure } from "../errors";
import type { Context, Db } from "../types";
import { gone, refused } from "./errors";
import type { Tongue } from "./sql/tokens";
import { type ConnectionRow, type Pending, type ServerRow, type TableRow, type UserRow, connections, engines, placeOf, servers, tables, userId, users } from "./state";

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

/** What a statement answers. Values are as the server writes them; `status` is PostgreSQL's command tag. */
export interface Answer {
  columns: { name: string; type: string }[];
  rows: (string | null)[][];
  affected: number;
  status: string;
}

export const done = (status: string, affected = 0): Answer => ({ columns: [], rows: [], affected, status });

/** An open connection by its id. Errors: ConnectionLost, ConnectionRefused. */
export function openSession(ctx: Context, id: string): Session | Failure {
  const row = connections(ctx.db).get(id);
  if (!row) return gone();
  const db = placeOf(ctx.db, row);
  const server = servers(db).get(row.host);
  if (!server) return gone();
  // A server that was stopped has closed what was open.
  if (server.state !== "up") return refused(server.host, server.port);
  return { ctx, db, server, connection: structuredClone(row), id };
}

/** Remembers what a statement did to the connection. */
export function keep({ ctx, connection, id }: Session): void {
  if (id !== undefined) connections(ctx.db).put(id, connection);
}

export const isMysql = ({ server }: Session): boolean => engines[server.engine].dialect === "mysql";
export const isRedshift = ({ server }: Session): boolean => server.engine === "redshift";
export const tongueOf = ({ engine, version }: ServerRow): Tongue => ({ dialect: engines[engine].dialect === "mysql" ? "mysql" : "postgres", redshift: engine === "redshift", version: engine === "mariadb" ? `${version}-MariaDB` : version });

// ---------------------------------------------------------------- rows

/** Whether changes wait for a commit. */
const inTransaction = ({ connection }: Session): boolean => connection.transaction === "open" || !connection.autocommit;

const tableOf = (session: Session, table: Pending["table"]) => (table === "users" ? users(session.db) : table === "tables" ? tables(session.db) : servers(session.db));

function read(session: Session, table: Pending["table"], id: string): object | undefined {
  const pending = session.connection.pending.findLast((one) => one.table === table && one.id === id);
  return pending ? (pending.row ?? undefined) : tableOf(session, table).get(id);
}

/** Writes a row, or deletes it (null): at once, or into the open transaction. */
export function write(session: Session, table: Pending["table"], id: string, row: Pending["row"]): void {
  if (!inTransaction(session)) {
    if (row) tableOf(session, table).put(id, row as never);
    else tableOf(session, table).delete(id);
    return;
  }
  const { connection } = session;
  connection.pending = [...connection.pending.filter((one) => one.table !== table || one.id !== id), { table, id, row }];
}

export function commit(session: Session): void {
  const { connection } = session;
  const pending = connection.pending;
  connection.pending = [];
  connection.transaction = "none";
  for (const { table, id, row } of pending) {
    if (row) tableOf(session, table).put(id, row as never);
    else tableOf(session, table).delete(id);
  }
}

export function rollBack({ connection }: Session): void {
  connection.pending = [];
  connection.transaction = "none";
}

function all<Row extends UserRow | TableRow>(session: Session, table: "users" | "tables", idOf: (row: Row) => string): Readonly<Row>[] {
  const committed = tableOf(session, table).having("host" as never, session.server.host) as unknown as Row[];
  const pending = session.connection.pending.filter((one) => one.table === table);
  if (!pending.length) return committed;
  const changed = new Set(pending.map(({ id }) => id));
  return [...committed.filter((row) => !changed.has(idOf(row))), ...pending.flatMap(({ row }) => (row ? [row as Row] : []))];
}

export const allUsers = (session: Session): Readonly<UserRow>[] => all<UserRow>(session, "users", (row) => userId(row.host, row.name, row.from));
export const allTables = (session: Session): Readonly<TableRow>[] => all<TableRow>(session, "tables", (row) => `${row.host}\0${row.database}\0${row.schema}\0${row.name}`);
export const readUser = (session: Session, name: string, from = ""): Readonly<UserRow> | undefined => read(session, "users", userId(session.server.host, name, from)) as UserRow | undefined;
export const readTable = (session: Session, id: string): Readonly<TableRow> | undefined => read(session, "tables", id) as TableRow | undefined;
export const readServer = (session: Session): Readonly<ServerRow> => (read(session, "servers", session.server.host) as ServerRow | undefined) ?? session.server;
export const writeUser = (session: Session, row: UserRow): void => write(session, "users", userId(row.host, row.name, row.from), row);

/** Who is logged in; undefined where the user was dropped meanwhile. */
export const self = (session: Session): Readonly<UserRow> | undefined => readUser(session, session.connection.user, session.connection.userFrom);
