import { allUsers, type Session, self } from "../session";
import type { MysqlGrant, UserRow } from "../state";
import { isLike } from "./like";

/** MySQL's privileges. Source: MySQL 8.4 Reference Manual, "Privileges Provided by MySQL", "GRANT Statement". */

/** In the order in which SHOW GRANTS prints them. */
export const privileges = [
  "SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "RELOAD", "SHUTDOWN", "PROCESS", "FILE", "REFERENCES", "INDEX", "ALTER", "SHOW DATABASES", "SUPER",
  "CREATE TEMPORARY TABLES", "LOCK TABLES", "EXECUTE", "REPLICATION SLAVE", "REPLICATION CLIENT", "CREATE VIEW", "SHOW VIEW", "CREATE ROUTINE", "ALTER ROUTINE",
  "CREATE USER", "EVENT", "TRIGGER", "CREATE TABLESPACE", "CREATE ROLE", "DROP ROLE",
];

/** Privileges that are the server's, and so stand on `*.*` alone. */
const ofServer = new Set(["RELOAD", "SHUTDOWN", "PROCESS", "FILE", "SHOW DATABASES", "SUPER", "REPLICATION SLAVE", "REPLICATION CLIENT", "CREATE USER", "CREATE TABLESPACE", "CREATE ROLE", "DROP ROLE"]);
const ofTable = new Set(["SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "REFERENCES", "INDEX", "ALTER", "CREATE VIEW", "SHOW VIEW", "TRIGGER"]);

/** What RDS gives the master user: what MySQL has, without the server's own. Source: Amazon RDS User Guide, "Master user account privileges". */
export const masterGrant: MysqlGrant = { privileges: privileges.filter((name) => !["SHUTDOWN", "FILE", "SUPER", "CREATE TABLESPACE", "CREATE ROLE", "DROP ROLE"].includes(name)), on: "*.*", grantOption: true };

/** What ALL means on an object. */
export const allOn = (on: string): string[] => (on === "*.*" ? privileges : privileges.filter((name) => (on.endsWith(".*") ? !ofServer.has(name) : ofTable.has(name))));

export const quote = (name: string): string => `\`${name.replaceAll("`", "``")}\``;

/** From the widest to the narrowest, where a privilege on this table (or database) may stand. */
const reach = (database: string | undefined, table: string | undefined): string[] => [
  "*.*", ...(database === undefined ? [] : [`${quote(database)}.*`]), ...(database !== undefined && table !== undefined ? [`${quote(database)}.${quote(table)}`] : []),
];

export function holds(user: Readonly<UserRow> | undefined, privilege: string, database?: string, table?: string): boolean {
  const places = reach(database, table);
  return user?.grants.some(({ privileges: held, on }) => places.includes(on) && held.includes(privilege)) === true;
}

/** Any privilege at all within a database. */
export const reaches = (user: Readonly<UserRow> | undefined, database: string): boolean =>
  user?.grants.some(({ on, privileges: held }) => held.length > 0 && (on === "*.*" || on.startsWith(`${quote(database)}.`))) === true;

/** Whether someone may hand these on: each of them held, with the right to grant. */
export const mayGrant = (user: Readonly<UserRow> | undefined, wanted: readonly string[], on: string): boolean => {
  const places = on === "*.*" ? ["*.*"] : ["*.*", `${on.slice(0, on.indexOf("`.") + 1)}.*`, on];
  const mine = user?.grants.filter((grant) => places.includes(grant.on)) ?? [];
  return mine.some(({ grantOption }) => grantOption) && wanted.every((privilege) => mine.some(({ privileges: held }) => held.includes(privilege)));
};

/** What SHOW GRANTS prints. */
export function grantLines({ name, from, grants }: Readonly<UserRow>): string[] {
  const to = `TO ${quote(name)}@${quote(from)}`;
  const line = ({ privileges: held, on, grantOption }: MysqlGrant): string => {
    const whole = on !== "*.*" && allOn(on).every((one) => held.includes(one));
    return `GRANT ${whole ? "ALL PRIVILEGES" : privileges.filter((one) => held.includes(one)).join(", ") || "USAGE"} ON ${on} ${to}${grantOption ? " WITH GRANT OPTION" : ""}`;
  };
  const everywhere = grants.find(({ on }) => on === "*.*") ?? { privileges: [], on: "*.*", grantOption: false };
  return [everywhere, ...grants.filter(({ on }) => on !== "*.*").sort((a, b) => (a.on < b.on ? -1 : 1))].map(line);
}

/** The accounts of a name, the ones for fewer addresses first: the first that fits a client's is the one. */
export function accountFor(session: Session, name: string, client: string): Readonly<UserRow> | undefined {
  return matching(allUsers(session), name, client);
}

export function matching(rows: readonly Readonly<UserRow>[], name: string, client: string): Readonly<UserRow> | undefined {
  const width = (from: string): number => (/[%_]/.test(from) ? 1_000 - from.length : 0);
  return rows
    .filter((row) => row.name === name && isLike(row.from, client, true))
    .sort((a, b) => width(a.from) - width(b.from))[0];
}

export const selfHolds = (session: Session, privilege: string, database?: string, table?: string): boolean => holds(self(session), privilege, database, table);
