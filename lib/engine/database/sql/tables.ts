import type { Failure } from "../../errors";
import { isFailure, mysqlErrors, notSimulated, postgresErrors } from "../errors";
import { type Answer, type Session, allTables, done, isMysql, isRedshift, readServer, readTable, self, write } from "../session";
import { type ColumnType, type TableRow, tableId } from "../state";
import { evaluate } from "./evaluate";
import { selfHolds } from "./mysql-privileges";
import { isSuper, mayDo, rolesOf, schemaRow } from "./postgres-users";
import type { Expression, Name, Statement } from "./statement";
import { matches, whereProblem } from "./where";

/** A tiny store of tables: enough for an application that reads and writes while its password changes. */

type Of<Kind extends Statement["kind"]> = Extract<Statement, { kind: Kind }>;

const limits = { tables: 50, rows: 1_000, bytes: 4_096 };

/** MySQL's own databases, which every server has. */
export const systemDatabases = ["information_schema", "mysql", "performance_schema", "sys"];
export const serverNames = (session: Session): string[] => [...readServer(session).databases, ...(isMysql(session) ? systemDatabases : [])].sort();

const types: [RegExp, ColumnType][] = [
  [/^(int|integer|bigint|smallint|tinyint|mediumint|serial|bigserial|int2|int4|int8)$/, "int"],
  [/^(decimal|numeric|float|double|real|float4|float8)$/, "decimal"],
  [/^(bool|boolean)$/, "bool"],
  [/^(timestamp|timestamptz|datetime|date|time)$/, "timestamp"],
  [/^(varchar|char|character|text|json|jsonb|uuid|longtext|mediumtext|tinytext|varbinary|blob|bytea|name)$/, "text"],
];
const typeOf = (written: string): ColumnType | undefined => types.find(([pattern]) => pattern.test(written))?.[1];

/** Where a table is, by its name as it was written. */
function placeOf(session: Session, { schema, name }: Name): { id: string; database: string; schema: string; name: string } | Failure {
  const { host } = session.server;
  if (!isMysql(session)) return { id: tableId(host, session.connection.database, schema ?? "public", name), database: session.connection.database, schema: schema ?? "public", name };
  const database = schema ?? session.connection.database;
  return database ? { id: tableId(host, database, "", name), database, schema: "", name } : mysqlErrors.noDatabase();
}

/** The table, if it is there and the user may do this with it. */
export function openTable(session: Session, name: Name, privilege: string): Readonly<TableRow> | Failure {
  const place = placeOf(session, name);
  if (isFailure(place)) return place;
  const row = readTable(session, place.id);
  if (isMysql(session)) {
    if (!selfHolds(session, privilege, place.database, place.name)) return mysqlErrors.tableDenied(privilege, session.connection.user, session.connection.client, place.name);
    return row ?? mysqlErrors.noTable(place.database, place.name);
  }
  if (!row || !place.name) return postgresErrors.noRelation(name.schema ? `${name.schema}.${name.name}` : name.name);
  return mayDo(session, row, privilege) ? row : postgresErrors.deniedTable(row.name);
}

export function createTable(session: Session, { table, ifNotExists, columns }: Of<"create-table">): Answer | Failure {
  const place = placeOf(session, table);
  if (isFailure(place)) return place;
  const mysql = isMysql(session);
  const ended = done(mysql ? "" : "CREATE TABLE");
  if (mysql) {
    if (!selfHolds(session, "CREATE", place.database, place.name)) return mysqlErrors.tableDenied("CREATE", session.connection.user, session.connection.client, place.name);
    if (!readServer(session).databases.includes(place.database)) return mysqlErrors.unknownDatabase(place.database);
  } else {
    const schema = schemaRow(session, place.schema);
    if (!schema) return postgresErrors.noSchema(place.schema);
    if (!mayDo(session, schema, "CREATE") && !isRedshift(session)) return postgresErrors.permission(`permission denied for schema ${place.schema}`);
  }
  if (readTable(session, place.id)) return ifNotExists ? ended : mysql ? mysqlErrors.tableExists(place.name) : postgresErrors.relationExists(place.name);
  const double = columns.find(({ name }, i) => columns.findIndex((one) => same(session, one.name, name)) < i);
  if (double) return mysql ? mysqlErrors.duplicateColumn(double.name) : postgresErrors.duplicateColumn(double.name);
  const strange = columns.find(({ type }) => !typeOf(type));
  if (strange) return notSimulated(`columns of the type ${strange.type}`);
  if (allTables(session).length >= limits.tables) return mysql ? mysqlErrors.full(place.name) : postgresErrors.full();
  write(session, "tables", place.id, {
    host: session.server.host, database: place.database, schema: place.schema, name: place.name, owner: session.connection.user, rows: [], granted: [],
    columns: columns.map(({ name, type }) => ({ name, type: typeOf(type)! })),
  });
  return ended;
}

export function dropTables(session: Session, { tables: names, ifExists }: Of<"drop-table">): Answer | Failure {
  for (const name of names) {
    const place = placeOf(session, name);
    if (isFailure(place)) return place;
    const row = place.name ? readTable(session, place.id) : undefined;
    if (isMysql(session)) {
      if (!selfHolds(session, "DROP", place.database, place.name)) return mysqlErrors.tableDenied("DROP", session.connection.user, session.connection.client, place.name);
      if (!row && !ifExists) return mysqlErrors.noTableToDrop(place.database, place.name);
    } else {
      if (!row && !ifExists) return postgresErrors.noTableToDrop(place.name);
      if (row && !isSuper(session) && !rolesOf(session, session.connection.user).has(row.owner)) return postgresErrors.notOwner(row.name);
    }
    if (row) write(session, "tables", place.id, null);
  }
  return done(isMysql(session) ? "" : "DROP TABLE");
}

export function createDatabase(session: Session, { name, ifNotExists }: Of<"create-database">): Answer | Failure {
  const mysql = isMysql(session);
  const server = readServer(session);
  if (mysql ? !selfHolds(session, "CREATE", name) : !isSuper(session) && !self(session)?.createDb)
    return mysql ? mysqlErrors.deniedDatabase(session.connection.user, session.connection.userFrom, name) : postgresErrors.deniedCreateDatabase();
  if (serverNames(session).includes(name)) return ifNotExists ? done("") : mysql ? mysqlErrors.databaseExists(name) : postgresErrors.databaseExists(name);
  if (server.databases.length >= 20) return mysql ? mysqlErrors.full(name) : postgresErrors.full();
  write(session, "servers", server.host, { ...structuredClone(server), databases: [...server.databases, name] });
  if (!mysql) write(session, "tables", tableId(server.host, name, "public", ""), publicSchema(server.host, name, session.connection.user));
  return done(mysql ? "" : "CREATE DATABASE", mysql ? 1 : 0);
}

/** The schema that every database of PostgreSQL begins with. */
export const publicSchema = (host: string, database: string, owner: string): TableRow => ({ host, database, schema: "public", name: "", owner, columns: [], rows: [], granted: [["public", ["USAGE"]]] });

// ---------------------------------------------------------------- rows

const same = (session: Session, a: string, b: string): boolean => (isMysql(session) ? a.toLowerCase() === b.toLowerCase() : a === b);
export const indexOf = (session: Session, columns: readonly { name: string }[], name: string): number => columns.findIndex((column) => same(session, column.name, name));

/** A value as the column keeps it. */
function fitting(session: Session, { name, type }: { name: string; type: ColumnType }, value: string | null, row: number): string | null | Failure {
  if (value === null) return null;
  const mysql = isMysql(session);
  if (type === "int" && !/^-?\d+$/.test(value)) return mysql ? (value === "true" || value === "false" ? String(Number(value === "true")) : mysqlErrors.badValue("integer", value, name, row)) : postgresErrors.badValue("integer", value);
  if (type === "decimal" && !/^-?\d+(\.\d+)?$/.test(value)) return mysql ? mysqlErrors.badValue("decimal", value, name, row) : postgresErrors.badValue("numeric", value);
  if (type === "bool") {
    if (mysql) return /^-?\d+$/.test(value) ? value : String(Number(value === "true"));
    if (!/^(t|true|f|false|yes|no|on|off|1|0)$/i.test(value)) return postgresErrors.badValue("boolean", value);
    return /^(t|true|yes|on|1)$/i.test(value) ? "true" : "false";
  }
  return value.slice(0, limits.bytes);
}

export function insert(session: Session, { table, columns, rows }: Of<"insert">): Answer | Failure {
  const row = openTable(session, table, "INSERT");
  if (isFailure(row)) return row;
  const mysql = isMysql(session);
  const names = columns ?? row.columns.map(({ name }) => name);
  const places: number[] = [];
  for (const name of names) {
    const at = indexOf(session, row.columns, name);
    if (at < 0) return mysql ? mysqlErrors.unknownColumn(name, "field list") : postgresErrors.noColumn(name);
    places.push(at);
  }
  const next = structuredClone(row) as TableRow;
  for (const [i, values] of rows.entries()) {
    if (values.length !== names.length && (mysql || columns || values.length > names.length)) return mysql ? mysqlErrors.columnCount(i + 1) : values.length > names.length ? postgresErrors.insertMore() : postgresErrors.insertFewer();
    const out: (string | null)[] = row.columns.map(() => null);
    for (const [j, expression] of values.entries()) {
      const value = valueFor(session, row.columns[places[j]], expression, i + 1);
      if (isFailure(value)) return value;
      out[places[j]] = value;
    }
    next.rows.push(out);
  }
  if (next.rows.length > limits.rows) return mysql ? mysqlErrors.full(row.name) : postgresErrors.full();
  write(session, "tables", tableId(row.host, row.database, row.schema, row.name), next);
  return done(mysql ? "" : `INSERT 0 ${rows.length}`, rows.length);
}

function valueFor(session: Session, column: TableRow["columns"][number], expression: Expression, row: number): string | null | Failure {
  const value = evaluate(session, expression);
  return isFailure(value) ? value : fitting(session, column, value.value, row);
}

export function update(session: Session, { table, set, where }: Of<"update">): Answer | Failure {
  const row = openTable(session, table, "UPDATE");
  if (isFailure(row)) return row;
  const problem = whereProblem(session, row.columns, where);
  if (problem) return problem;
  const changes: [number, string | null][] = [];
  for (const { column, value } of set) {
    const at = indexOf(session, row.columns, column);
    if (at < 0) return isMysql(session) ? mysqlErrors.unknownColumn(column, "field list") : postgresErrors.noColumn(column);
    const fit = valueFor(session, row.columns[at], value, 1);
    if (isFailure(fit)) return fit;
    changes.push([at, fit]);
  }
  const next = structuredClone(row) as TableRow;
  let affected = 0;
  for (const values of next.rows) {
    if (!matches(session, row.columns, values, where)) continue;
    affected++;
    for (const [at, value] of changes) values[at] = value;
  }
  write(session, "tables", tableId(row.host, row.database, row.schema, row.name), next);
  return done(isMysql(session) ? "" : `UPDATE ${affected}`, affected);
}

export function remove(session: Session, { table, where }: Of<"delete">): Answer | Failure {
  const row = openTable(session, table, "DELETE");
  if (isFailure(row)) return row;
  const problem = whereProblem(session, row.columns, where);
  if (problem) return problem;
  const rows = row.rows.filter((values) => !matches(session, row.columns, values, where));
  const affected = row.rows.length - rows.length;
  write(session, "tables", tableId(row.host, row.database, row.schema, row.name), { ...structuredClone(row), rows: structuredClone(rows) });
  return done(isMysql(session) ? "" : `DELETE ${affected}`, affected);
}
