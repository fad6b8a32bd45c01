import type { Failure } from "../../errors";
import { isFailure, mysqlErrors, postgresErrors } from "../errors";
import { type Session, isMysql, isRedshift } from "../session";
import type { Expression } from "./statement";

export interface Value {
  value: string | null;
  type: string;
  /** What the column is called, where nothing else is said. */
  name: string;
}

const pad = (n: number): string => String(n).padStart(2, "0");

/** An expression that needs no row. Errors: an unknown function or column. */
export function evaluate(session: Session, expression: Expression): Value | Failure {
  if (expression.kind === "value" && expression.type === "bool" && expression.value !== null) return truth(session, expression.value === "true");
  if (expression.kind === "value") return { value: expression.value, type: expression.type, name: isMysql(session) ? (expression.value ?? "NULL") : "?column?" };
  if (expression.kind === "column") return isMysql(session) ? mysqlErrors.unknownColumn(expression.name, "field list") : postgresErrors.noColumn(expression.name);
  if (expression.kind === "default") return isMysql(session) ? mysqlErrors.syntax(session.server.version, "DEFAULT", 1) : postgresErrors.syntax("DEFAULT");
  if (expression.kind === "all") return isMysql(session) ? mysqlErrors.unknownColumn("*", "field list") : postgresErrors.syntax("*");
  const args: Value[] = [];
  for (const one of expression.args) {
    const value = evaluate(session, one);
    if (isFailure(value)) return value;
    args.push(value);
  }
  const found = isMysql(session) ? ofMysql(session, expression.name, args) : ofPostgres(session, expression.name, args);
  if (found) return found;
  return isMysql(session) ? mysqlErrors.unknownFunction(expression.name) : postgresErrors.noFunction(expression.name.toLowerCase(), expression.args.map(typeWord));
}

/** MySQL has 1 and 0 for it. */
const truth = (session: Session, yes: boolean): Value => (isMysql(session) ? { value: yes ? "1" : "0", type: "int", name: yes ? "TRUE" : "FALSE" } : { value: yes ? "t" : "f", type: "bool", name: "?column?" });

/** What PostgreSQL calls an argument's type. */
const typeWord = (expression: Expression): string => (expression.kind !== "value" || expression.type === "text" ? "unknown" : { int: "integer", decimal: "numeric", bool: "boolean" }[expression.type]);

function ofMysql(session: Session, name: string, args: Value[]): Value | undefined {
  const { connection, server, ctx } = session;
  const as = (value: string | null, type = "text", written = `${name}(${args.map((arg) => arg.name).join(",")})`): Value => ({ value, type, name: written });
  const moment = new Date(ctx.now).toISOString().slice(0, 19).replace("T", " ");
  switch (name) {
    case "VERSION": return as(versionOf(session));
    case "@@version": return as(versionOf(session), "text", name);
    case "@@hostname": return as(server.host.split(".")[0], "text", name);
    case "NOW": case "SYSDATE": return as(moment, "timestamp");
    case "CURRENT_TIMESTAMP": return as(moment, "timestamp");
    case "CURRENT_USER": return as(`${connection.user}@${connection.userFrom}`);
    case "USER": case "SESSION_USER": return as(`${connection.user}@${connection.client}`);
    case "DATABASE": case "SCHEMA": return as(connection.database || null);
    case "CONNECTION_ID": return as(String(connection.number), "int");
    case "CONCAT": return as(args.some(({ value }) => value === null) ? null : args.map(({ value }) => value).join(""));
    case "QUOTE": return args.length === 1 ? as(args[0].value === null ? "NULL" : `'${args[0].value.replace(/['\\]/g, "\\$&")}'`) : undefined;
    case "PASSWORD": return undefined;
    default: return undefined;
  }
}

function ofPostgres(session: Session, name: string, args: Value[]): Value | undefined {
  const { connection, ctx } = session;
  const as = (value: string | null, type = "text"): Value => ({ value, type, name: name.toLowerCase() });
  const now = new Date(ctx.now);
  const date = `${now.getUTCFullYear()}-${pad(now.getUTCMonth() + 1)}-${pad(now.getUTCDate())}`;
  const one = args.length === 1 ? args[0].value : undefined;
  switch (name) {
    case "VERSION": return as(versionOf(session));
    case "NOW": case "CURRENT_TIMESTAMP": return as(`${date} ${now.toISOString().slice(11, 23)}+00`, "timestamp");
    case "CURRENT_DATE": return as(date, "timestamp");
    case "CURRENT_USER": case "SESSION_USER": case "USER": case "CURRENT_ROLE": return as(connection.user);
    case "CURRENT_DATABASE": case "CURRENT_CATALOG": return as(connection.database);
    case "CURRENT_SCHEMA": return as("public");
    case "PG_BACKEND_PID": return as(String(connection.number), "int");
    case "QUOTE_IDENT": return one === undefined ? undefined : as(one === null ? null : /^[a-z_][a-z0-9_$]*$/.test(one) ? one : `"${one.replaceAll('"', '""')}"`);
    case "QUOTE_LITERAL": return one === undefined ? undefined : as(one === null ? null : `'${one.replaceAll("'", "''")}'`);
    case "CONCAT": return as(args.map(({ value }) => value ?? "").join(""));
    default: return undefined;
  }
}

/** Source: VERSION() and version() as RDS, Aurora and Redshift answer. */
export function versionOf(session: Session): string {
  const { engine, version } = session.server;
  if (engine === "mariadb") return `${version}-MariaDB-log`;
  if (isMysql(session)) return engine === "aurora-mysql" ? version.split(".mysql_aurora")[0] : version;
  if (isRedshift(session)) return `PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017 (Red Hat 3.4.2-6.fc3), Redshift ${version}`;
  return `PostgreSQL ${version} on aarch64-unknown-linux-gnu, compiled by aarch64-unknown-linux-gnu-gcc (GCC) 10.5.0, 64-bit`;
}
