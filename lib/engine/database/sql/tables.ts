import type { Failure } from "../../errors";
import { isFailure, mysqlErrors, notSimulated, postgresErrors } from "../errors";
import { type Answer, type Session, allTables, done, doubleKey, inTransaction, isMysql, isRedshift, noticed, readServer, readTable, self, writeTable } from "../session";
import { type Column, type ColumnType, type TableRow, blankTable, servers, tableId, tables } from "../state";
import { evaluate } from "./evaluate";
import { selfHolds } from "./mysql-privileges";
import { isSuper, mayDo, rolesOf, schemaRow } from "./postgres-users";
import type { ColumnDefinition, Expression, Name, Statement } from "./statement";
import { matches, whereProblem } from "./where";

/** A small store of tables: enough for an application that reads and writes while its password changes. */

type Of<Kind extends Statement["kind"]> = Extract<Statement, { kind: Kind }>;

/** `tables` and `databases` of a server, `rows` of a table, characters of one value, and of all values of a table. */
export const limits = { databases: 20, tables: 50, columns: 50, rows: 1_000, value: 4_096, table: 262_144 };

/** MySQL's own databases, which every server has. */
export const systemDatabases = ["information_schema", "mysql", "performance_schema", "sys"];
/** PostgreSQL's on RDS: `rdsadmin` is the server's own. */
const postgresOwn = ["rdsadmin", "template0", "template1"];
export const serverNames = (session: Session): string[] => [...readServer(session).databases, ...(isMysql(session) ? systemDatabases : isRedshift(session) ? ["template0", "template1"] : postgresOwn)].sort();

const types: [RegExp, ColumnType][] = [
  [/^(int|integer|bigint|smallint|tinyint|mediumint|serial|bigserial|smallserial|int2|int4|int8)$/, "int"],
  [/^(decimal|numeric|float|double|real|float4|float8)$/, "decimal"],
  [/^(bool|boolean)$/, "bool"],
  [/^(timestamp|timestamptz|datetime|date|time)$/, "timestamp"],
  [/^(varchar|char|character|text|json|jsonb|uuid|longtext|mediumtext|tinytext|varbinary|blob|bytea|name)$/, "text"],
];
const serials = /^(serial|bigserial|smallserial)$/;
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
  if (readTable(session, place.id)) return ifNotExists ? noticed(session, ended, `relation "${place.name}" already exists, skipping`) : mysql ? mysqlErrors.tableExists(place.name) : postgresErrors.relationExists(place.name);
  const made = columnsOf(session, place.name, columns);
  if (isFailure(made)) return made;
  if (allTables(session).length >= limits.tables || made.length > limits.columns) return mysql ? mysqlErrors.full(place.name) : postgresErrors.full();
  const { host } = session.server;
  writeTable(session, place.id, { ...blankTable(host, place.database, place.schema, place.name, session.connection.user), columns: made });
  return ended;
}

function columnsOf(session: Session, table: string, given: readonly ColumnDefinition[]): Column[] | Failure {
  const mysql = isMysql(session);
  const out: Column[] = [];
  for (const { name, type: written, length, scale, notNull, primary, default: usual, serial: counts } of given) {
    if (out.some((one) => same(session, one.name, name))) return mysql ? mysqlErrors.duplicateColumn(name) : postgresErrors.duplicateColumn(name);
    const type = typeOf(written);
    const serial = counts || serials.test(written);
    if (!type || (serials.test(written) && (mysql || isRedshift(session)))) return notSimulated(`columns of the type ${written}`);
    if (counts && !primary) return mysqlErrors.wrongAuto();
    const column: Column = { name, type };
    const bounded = length ?? (/^char(acter)?$/.test(written) ? 1 : undefined);
    if (bounded !== undefined && type === "text") column.length = bounded;
    // MySQL's DECIMAL has no digits behind the point unless it is told so.
    if (type === "decimal" && !/float|double|real/.test(written) && (scale !== undefined || length !== undefined || mysql)) column.scale = scale ?? 0;
    if (notNull || primary || serial) column.notNull = true;
    // Redshift does not hold anybody to its keys.
    if (primary && !isRedshift(session)) column.primary = true;
    if (serial) column.serial = true;
    if (usual) {
      const value = valueFor(session, column, usual, 1);
      if (isFailure(value)) return value;
      column.default = usual;
    }
    out.push(column);
  }
  if (given.filter(({ primary }) => primary === "own").length > 1) return mysql ? mysqlErrors.twoKeys() : postgresErrors.twoKeys(table);
  return given.filter(({ serial }) => serial).length > 1 ? mysqlErrors.wrongAuto() : out;
}

export function dropTables(session: Session, { tables: names, ifExists }: Of<"drop-table">): Answer | Failure {
  let answer = done(isMysql(session) ? "" : "DROP TABLE");
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
    if (row) writeTable(session, place.id, null);
    else answer = noticed(session, answer, `table "${place.name}" does not exist, skipping`);
  }
  return answer;
}

/** Outside transactions: MySQL has committed before, PostgreSQL refuses. */
export function createDatabase(session: Session, { name, ifNotExists }: Of<"create-database">): Answer | Failure {
  const mysql = isMysql(session);
  if (!mysql && inTransaction(session)) return postgresErrors.notInTransaction("CREATE DATABASE");
  const server = readServer(session);
  if (mysql ? !selfHolds(session, "CREATE", name) : !isSuper(session) && !self(session)?.createDb)
    return mysql ? mysqlErrors.deniedDatabase(session.connection.user, session.connection.userFrom, name) : postgresErrors.deniedCreateDatabase();
  if (serverNames(session).includes(name)) return ifNotExists ? done("") : mysql ? mysqlErrors.databaseExists(name) : postgresErrors.databaseExists(name);
  if (server.databases.length >= limits.databases) return mysql ? mysqlErrors.full(name) : postgresErrors.full();
  servers(session.db).edit(server.host).databases = [...server.databases, name];
  if (!mysql) tables(session.db).put(tableId(server.host, name, "public", ""), publicSchema(server.host, name, session.connection.user));
  return done(mysql ? "" : "CREATE DATABASE", mysql ? 1 : 0);
}

/** The schema that every database of PostgreSQL begins with. */
export const publicSchema = (host: string, database: string, owner: string): TableRow => ({ ...blankTable(host, database, "public", "", owner), granted: [["public", ["USAGE"]]] });

// ---------------------------------------------------------------- rows

const same = (session: Session, a: string, b: string): boolean => (isMysql(session) ? a.toLowerCase() === b.toLowerCase() : a === b);
export const indexOf = (session: Session, columns: readonly { name: string }[], name: string): number => columns.findIndex((column) => same(session, column.name, name));

type Kept = Pick<Column, "name" | "type" | "length" | "scale">;

/** A value as the column keeps it. */
function fitting(session: Session, { name, type, length, scale }: Kept, value: string | null, row: number): string | null | Failure {
  if (value === null) return null;
  const mysql = isMysql(session);
  if (type === "int" && !/^-?\d+$/.test(value)) return mysql ? (value === "true" || value === "false" ? String(Number(value === "true")) : mysqlErrors.badValue("integer", value, name, row)) : postgresErrors.badValue("integer", value);
  if (type === "decimal" && !/^-?\d+(\.\d+)?$/.test(value)) return mysql ? mysqlErrors.badValue("decimal", value, name, row) : postgresErrors.badValue("numeric", value);
  if (type === "decimal" && scale !== undefined) return Number(value).toFixed(Math.min(scale, 30));
  if (type === "bool") {
    if (mysql) return /^-?\d+$/.test(value) ? value : /^(true|false)$/.test(value) ? String(Number(value === "true")) : mysqlErrors.badValue("integer", value, name, row);
    if (!/^(t|true|f|false|yes|no|on|off|1|0)$/i.test(value)) return postgresErrors.badValue("boolean", value);
    return /^(t|true|yes|on|1)$/i.test(value) ? "t" : "f";
  }
  if (length !== undefined && [...value].length > length) return mysql ? mysqlErrors.tooLong(name, row) : postgresErrors.tooLong(length);
  return value.length > limits.value ? notSimulated(`values of more than ${limits.value} characters`) : value;
}

/** What a row must be like before it is kept: no null where none may be, no key twice, all within the limits. */
function problemOfRows(session: Session, table: TableRow, changed: readonly number[]): Failure | undefined {
  const mysql = isMysql(session);
  for (const number of changed) {
    const row = table.rows[table.numbers.indexOf(number)];
    const empty = row && table.columns.find(({ notNull }, i) => notNull && row[i] === null);
    if (empty) return mysql ? mysqlErrors.noNull(empty.name) : postgresErrors.noNull(table.name, empty.name, row.map((value) => value ?? "null").join(", "));
  }
  const twice = doubleKey(table);
  if (twice) {
    const key = table.columns.filter(({ primary }) => primary).map(({ name }) => name);
    return mysql ? mysqlErrors.duplicateKey(twice.join("-"), table.name) : postgresErrors.duplicateKey(table.name, key.join(", "), twice.join(", "));
  }
  const size = table.rows.reduce((sum, row) => sum + row.reduce((all, value) => all + (value?.length ?? 0), 0), 0);
  return table.rows.length > limits.rows || size > limits.table ? (mysql ? mysqlErrors.full(table.name) : postgresErrors.full()) : undefined;
}

export function insert(session: Session, { table, columns, rows }: Of<"insert">): Answer | Failure {
  const row = openTable(session, table, "INSERT");
  if (isFailure(row)) return row;
  const mysql = isMysql(session);
  const names = columns ?? row.columns.map(({ name }) => name);
  const places: number[] = [];
  for (const name of names) {
    const at = indexOf(session, row.columns, name);
    if (at < 0) return mysql ? mysqlErrors.unknownColumn(name, "field list") : postgresErrors.noColumnOf(name, row.name);
    places.push(at);
  }
  const next = structuredClone(row) as TableRow;
  const id = tableId(row.host, row.database, row.schema, row.name);
  // Numbers that are handed out are not taken back, whatever becomes of the transaction.
  const committed = row.columns.some(({ serial }) => serial) && tables(session.db).get(id) ? tables(session.db).edit(id) : undefined;
  next.nextSerial = Math.max(next.nextSerial, committed?.nextSerial ?? 1);
  const changed: number[] = [];
  for (const [i, values] of rows.entries()) {
    if (values.length !== names.length && (mysql || columns || values.length > names.length)) return mysql ? mysqlErrors.columnCount(i + 1) : values.length > names.length ? postgresErrors.insertMore() : postgresErrors.insertFewer();
    const out: (string | null)[] = [];
    for (const [at, column] of row.columns.entries()) {
      const given = values[places.indexOf(at)];
      const value = given === undefined || given.kind === "default" ? unsaid(session, next, column, i + 1) : valueFor(session, column, given, i + 1);
      if (isFailure(value)) return value;
      // MySQL counts on where NULL or 0 is given for the number that it gives itself.
      out.push(mysql && column.serial && (value === null || value === "0") ? String(next.nextSerial++) : value);
      if (column.serial && mysql && value !== null && Number(value) >= next.nextSerial) next.nextSerial = Number(value) + 1;
    }
    const number = Math.min(0, ...next.numbers) - 1;
    next.rows.push(out);
    next.numbers.push(number);
    changed.push(number);
  }
  if (committed) committed.nextSerial = next.nextSerial;
  const problem = problemOfRows(session, next, changed);
  if (problem) return problem;
  writeTable(session, id, next, changed);
  return done(mysql ? "" : `INSERT 0 ${rows.length}`, rows.length);
}

/** What stands in a column of which the statement says nothing. */
function unsaid(session: Session, table: TableRow, column: Column, row: number): string | null | Failure {
  if (column.serial) return String(table.nextSerial++);
  if (column.default) return valueFor(session, column, column.default, row);
  return column.notNull && isMysql(session) ? mysqlErrors.noDefault(column.name) : null;
}

function valueFor(session: Session, column: Kept, expression: Expression, row: number): string | null | Failure {
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
    if (at < 0) return isMysql(session) ? mysqlErrors.unknownColumn(column, "field list") : postgresErrors.noColumnOf(column, row.name);
    const fit = value.kind === "default" ? unsaid(session, structuredClone(row) as TableRow, row.columns[at], 1) : valueFor(session, row.columns[at], value, 1);
    if (isFailure(fit)) return fit;
    changes.push([at, fit]);
  }
  const next = structuredClone(row) as TableRow;
  const changed: number[] = [];
  // MySQL counts the rows that are another now, PostgreSQL all that were met.
  let affected = 0;
  for (const [i, values] of next.rows.entries()) {
    if (!matches(session, row.columns, values, where)) continue;
    const other = changes.some(([at, value]) => values[at] !== value);
    if (other || !isMysql(session)) affected++;
    if (!other) continue;
    for (const [at, value] of changes) values[at] = value;
    changed.push(next.numbers[i]);
  }
  const wrong = problemOfRows(session, next, changed);
  if (wrong) return wrong;
  writeTable(session, tableId(row.host, row.database, row.schema, row.name), next, changed);
  return done(isMysql(session) ? "" : `UPDATE ${affected}`, affected);
}

export function remove(session: Session, { table, where }: Of<"delete">): Answer | Failure {
  const row = openTable(session, table, "DELETE");
  if (isFailure(row)) return row;
  const problem = whereProblem(session, row.columns, where);
  if (problem) return problem;
  const gone = row.numbers.filter((_, i) => matches(session, row.columns, row.rows[i], where));
  const stays = row.numbers.map((number) => !gone.includes(number));
  const next = { ...structuredClone(row as TableRow), rows: row.rows.filter((_, i) => stays[i]).map((one) => [...one]), numbers: row.numbers.filter((_, i) => stays[i]) };
  writeTable(session, tableId(row.host, row.database, row.schema, row.name), next, gone);
  return done(isMysql(session) ? "" : `DELETE ${gone.length}`, gone.length);
}
