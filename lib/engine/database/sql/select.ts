import type { Failure } from "../../errors";
import { isFailure, mysqlErrors, notSimulated, postgresErrors } from "../errors";
import { type Answer, type Session, allTables, isMysql, readServer, self, usualKeeping } from "../session";
import { catalogTable, type Relation } from "./catalog-tables";
import { evaluate } from "./evaluate";
import { isLike } from "./like";
import { reaches, selfHolds } from "./mysql-privileges";
import type { Column } from "../state";
import type { Name, SelectStatement, Statement } from "./statement";
import { indexOf, openTable, serverNames, systemDatabases } from "./tables";
import { compare, matches, whereProblem } from "./where";

type Of<Kind extends Statement["kind"]> = Extract<Statement, { kind: Kind }>;

/** A table, or one of the server's own. */
function relationOf(session: Session, name: Name): Relation | Failure {
  const own = catalogTable(session, name.schema, name.name);
  if (own) {
    const secret = isMysql(session) && (name.schema ?? session.connection.database) === "mysql";
    return secret && !selfHolds(session, "SELECT", "mysql", name.name) ? mysqlErrors.tableDenied("SELECT", session.connection.user, session.connection.client, name.name) : own;
  }
  // What only the server's own administrator reads.
  if (!isMysql(session) && name.name === "pg_authid") return postgresErrors.deniedTable(name.name);
  if (!isMysql(session) && name.name === "pg_shadow") return postgresErrors.deniedView(name.name);
  if (/^(pg_|svv_|stl_|stv_)/.test(name.name) || ["pg_catalog", "information_schema", ...(isMysql(session) ? systemDatabases : [])].includes(name.schema ?? "")) return notSimulated(`the system table ${name.schema ? `${name.schema}.` : ""}${name.name}`);
  return openTable(session, name, "SELECT");
}

/** NULL comes first in MySQL, last in PostgreSQL. */
function inOrder(session: Session, type: string, a: string | null, b: string | null): number {
  if (a !== null && b !== null) return compare(session, type, a, b);
  return (a === b ? 0 : a === null ? -1 : 1) * (isMysql(session) ? 1 : -1);
}

/** Whether NULL can stand in it is told too: MySQL's clients leave room for the word. */
const shownColumn = ({ name, type, notNull = false }: Relation["columns"][number], as?: string): Answer["columns"][number] => ({ name: as ?? name, type, ...(notNull ? {} : { nullable: true }) });

export function select(session: Session, { items, from, where, order, limit, offset = 0 }: SelectStatement): Answer | Failure {
  const relation = from ? relationOf(session, from) : { columns: [], rows: [[]] };
  if (isFailure(relation)) return relation;
  const { columns } = relation;
  const problem = whereProblem(session, columns, where);
  if (problem) return problem;
  const noColumn = (name: string, place: string): Failure => (isMysql(session) ? mysqlErrors.unknownColumn(name, place) : postgresErrors.noColumn(name));
  let rows = relation.rows.filter((row) => matches(session, columns, row, where));
  for (const { column, descending } of [...order].reverse()) {
    const at = indexOf(session, columns, column);
    if (at < 0) return noColumn(column, "order clause");
    rows = [...rows].sort((a, b) => (descending ? -1 : 1) * inOrder(session, columns[at].type, a[at], b[at]));
  }
  const counting = items.some(({ expression }) => expression.kind === "call" && expression.name === "COUNT");
  const matched = rows.length;
  if (counting) rows = [[]];
  rows = rows.slice(offset, limit === undefined ? undefined : offset + limit);

  const out: Answer = { columns: [], rows: rows.map(() => []), affected: 0, status: "" };
  for (const { expression, as } of items) {
    if (expression.kind === "all") {
      if (!from || counting) return isMysql(session) ? mysqlErrors.syntax(session.server.version, "*", 1) : postgresErrors.syntax("*");
      out.columns.push(...columns.map((column) => shownColumn(column)));
      out.rows.forEach((row, i) => row.push(...rows[i]));
    } else if (expression.kind === "column" && from) {
      const at = indexOf(session, columns, expression.name);
      if (at < 0) return noColumn(expression.name, "field list");
      if (counting) return notSimulated("columns beside COUNT");
      out.columns.push(shownColumn(columns[at], as));
      out.rows.forEach((row, i) => row.push(rows[i][at]));
    } else if (expression.kind === "call" && expression.name === "COUNT") {
      if (expression.args[0]?.kind !== "all") return notSimulated("COUNT of a column");
      out.columns.push({ name: as ?? (isMysql(session) ? "COUNT(*)" : "count"), type: "int" });
      out.rows.forEach((row) => row.push(String(matched)));
    } else {
      const value = evaluate(session, expression);
      if (isFailure(value)) return value;
      out.columns.push(shownColumn({ name: value.name, type: value.type, notNull: value.value !== null }, as));
      out.rows.forEach((row) => row.push(value.value));
    }
  }
  out.affected = out.rows.length;
  out.status = isMysql(session) ? "" : `SELECT ${out.rows.length}`;
  return out;
}

export function show(session: Session, { what, like: pattern }: Of<"show">): Answer | Failure {
  const { database } = session.connection;
  if (what === "parameter") {
    const parameters: Record<string, string> = { server_version: session.server.version, password_encryption: usualKeeping(session), search_path: '"$user", public', timezone: "UTC" };
    const name = (pattern ?? "").toLowerCase();
    if (Object.hasOwn(parameters, name)) return { columns: [{ name: name === "timezone" ? "TimeZone" : name, type: "text" }], rows: [[parameters[name]]], affected: 1, status: "SHOW" };
    return ["grants", "databases", "tables", "schemas"].includes(name) ? postgresErrors.noParameter(name) : notSimulated(`SHOW ${pattern}`);
  }
  if (what === "tables" && !database) return mysqlErrors.noDatabase();
  const visible = what === "databases" ? serverNames(session).filter((name) => name === "information_schema" || name === "performance_schema" || selfHolds(session, "SHOW DATABASES") || reaches(self(session), name)) : allTables(session).filter((row) => row.database === database).map(({ name }) => name);
  const rows = visible.filter((name) => pattern === undefined || isLike(pattern, name, true)).map((name) => [name]);
  return { columns: [{ name: what === "databases" ? "Database" : `Tables_in_${database}`, type: "text" }], rows, affected: rows.length, status: "" };
}

export function describe(session: Session, { table }: Of<"describe">): Answer | Failure {
  const row = openTable(session, table, "SELECT");
  if (isFailure(row)) return row;
  const text = (...names: string[]): Answer["columns"] => names.map((name) => ({ name, type: "text" }));
  const typeText = ({ type, length }: Column): string => ({ int: "int", decimal: "decimal(10,0)", bool: "tinyint(1)", timestamp: "datetime", text: length === undefined ? "text" : `varchar(${length})` })[type];
  const usual = (column: Column): string | null => (column.default?.kind === "value" ? column.default.value : column.default?.kind === "call" ? column.default.name : null);
  return {
    columns: text("Field", "Type", "Null", "Key", "Default", "Extra"),
    rows: row.columns.map((column) => [column.name, typeText(column), column.notNull ? "NO" : "YES", column.primary ? "PRI" : "", usual(column), column.serial ? "auto_increment" : ""]),
    affected: row.columns.length,
    status: "",
  };
}

export function use(session: Session, { database }: Of<"use">): Answer | Failure {
  if (![...readServer(session).databases, ...systemDatabases].includes(database)) return mysqlErrors.unknownDatabase(database);
  if (database !== "information_schema" && !reaches(self(session), database)) return mysqlErrors.deniedDatabase(session.connection.user, session.connection.userFrom, database);
  session.connection.database = database;
  return { columns: [], rows: [], affected: 0, status: "" };
}
