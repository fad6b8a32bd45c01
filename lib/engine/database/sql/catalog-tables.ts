import { pluginOf } from "../passwords";
import { type Session, allTables, allUsers, isMysql, isRedshift, readServer, usualKeeping } from "../session";
import { serverNames } from "./tables";

/** Tables that the server keeps about itself, as far as logins need them. */
export interface Relation {
  columns: { name: string; type: string; notNull?: boolean }[];
  rows: (string | null)[][];
}

const moment = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace("T", " ");
const text = (...names: string[]): Relation["columns"] => names.map((name) => ({ name, notNull: true, type: /^(rolsuper|rolinherit|rolcreate|rolcanlogin|use(create|super|repl))/.test(name) ? "bool" : "name" }));

/** `schema` is MySQL's database. undefined for what is not such a table. */
export function catalogTable(session: Session, schema: string | undefined, name: string): Relation | undefined {
  const lower = name.toLowerCase();
  if (isMysql(session)) {
    const database = schema ?? session.connection.database;
    if (database === "mysql" && lower === "user")
      return {
        columns: text("Host", "User", "plugin", "authentication_string", "password_expired", "password_last_changed", "password_lifetime", "account_locked"),
        rows: allUsers(session).map((user) => [user.from, user.name, pluginOf(user.password, usualKeeping(session)), user.password ?? "", user.validUntil === undefined ? "N" : "Y", moment(user.changedAt), user.lifetime === undefined ? null : String(user.lifetime), user.login ? "N" : "Y"]),
      };
    if (database === "information_schema" && lower === "schemata") return { columns: text("SCHEMA_NAME"), rows: serverNames(session).map((one) => [one]) };
    if (database === "information_schema" && lower === "tables")
      return { columns: text("TABLE_SCHEMA", "TABLE_NAME"), rows: allTables(session).map((row) => [row.database, row.name]) };
    return undefined;
  }
  const bool = (yes: boolean): string => (yes ? "t" : "f");
  if (schema === "information_schema" && lower === "tables")
    return { columns: text("table_catalog", "table_schema", "table_name"), rows: allTables(session).filter((row) => row.name && row.database === session.connection.database).map((row) => [row.database, row.schema, row.name]) };
  if (schema !== undefined && schema !== "pg_catalog") return undefined;
  const until = (ms: number | undefined): string | null => (ms === undefined ? null : `${moment(ms)}+00`);
  switch (lower) {
    case "pg_roles":
      if (isRedshift(session)) return undefined;
      return {
        columns: text("rolname", "rolsuper", "rolinherit", "rolcreaterole", "rolcreatedb", "rolcanlogin", "rolpassword", "rolvaliduntil"),
        rows: allUsers(session).map((role) => [role.name, bool(role.superuser), "t", bool(role.createRole), bool(role.createDb), bool(role.login), "********", until(role.validUntil)]),
      };
    case "pg_user":
      return {
        columns: text("usename", "usecreatedb", "usesuper", "passwd", "valuntil"),
        rows: allUsers(session).filter(({ login }) => login).map((role) => [role.name, bool(role.createDb), bool(role.superuser), "********", until(role.validUntil)]),
      };
    case "pg_group":
      return {
        columns: text("groname", "grolist"),
        rows: allUsers(session).filter(({ login }) => !login).map((group) => [group.name, `{${allUsers(session).filter(({ memberOf }) => memberOf.includes(group.name)).map(({ name: one }) => one).join(",")}}`]),
      };
    case "pg_auth_members":
      // With names in place of the server's numbers.
      return { columns: text("roleid", "member"), rows: allUsers(session).flatMap((user) => user.memberOf.map((role) => [role, user.name])) };
    case "pg_database":
      return { columns: text("datname"), rows: serverNames(session).map((database) => [database]) };
    case "pg_tables":
      return { columns: text("schemaname", "tablename", "tableowner"), rows: allTables(session).filter((row) => row.name && row.database === session.connection.database).map((row) => [row.schema, row.name, row.owner]) };
    default:
      return undefined;
  }
}
