import type { Failure } from "../../errors";
import { isFailure, notSimulated, postgresErrors } from "../errors";
import { hashPassword } from "../passwords";
import { type Answer, type Session, allTables, allUsers, deleteUser, done, isRedshift, noticed, readServer, readUser, self, usualKeeping, writeTable, writeUser } from "../session";
import { type TableRow, type UserRow, blankUser, mostUsers, tableId } from "../state";
import type { GrantObject, Statement, UserOptions, Who } from "./statement";

/**
 * Roles of PostgreSQL, and users and groups of Redshift, which are the same thing here with other words and errors.
 * Source: PostgreSQL 17 documentation, CREATE ROLE, ALTER ROLE, DROP ROLE, GRANT; Redshift Developer Guide, CREATE USER, ALTER USER, CREATE GROUP.
 */

type Of<Kind extends Statement["kind"]> = Extract<Statement, { kind: Kind }>;

const nameOf = (session: Session, who: Who): string => (who.current ? session.connection.user : who.name);
const absent = (session: Session, name: string): Failure => (isRedshift(session) ? postgresErrors.noUser(name) : postgresErrors.noRole(name));

/** Role and all that it belongs to. */
export function rolesOf(session: Session, name: string): Set<string> {
  const out = new Set<string>();
  const visit = (role: string): void => {
    if (out.has(role)) return;
    out.add(role);
    readUser(session, role)?.memberOf.forEach(visit);
  };
  visit(name);
  return out;
}

export const isSuper = (session: Session): boolean => self(session)?.superuser === true;
const mayCreateRoles = (session: Session): boolean => isSuper(session) || self(session)?.createRole === true;

/** Before PostgreSQL 16, which rules roles more strictly, and says so. */
const isOld = ({ server }: Session): boolean => Number.parseInt(server.version, 10) < 16;

/** Redshift's rules for passwords. Source: Redshift Developer Guide, CREATE USER (PASSWORD). */
function badPassword(session: Session, { password, hashed }: UserOptions): Failure | undefined {
  if (hashed) return undefined;
  if (!isRedshift(session) || password === undefined || password === null) return undefined;
  if (password.length < 8) return postgresErrors.badPassword("Invalid password");
  const rules: [RegExp, string][] = [[/[A-Z]/, "an uppercase letter"], [/[a-z]/, "a lowercase letter"], [/\d/, "a number"]];
  const missing = rules.find(([rule]) => !rule.test(password));
  return missing ? postgresErrors.badPassword(`Password must contain ${missing[1]}.`) : undefined;
}

const noticeOf = (session: Session, { password }: UserOptions): Partial<Answer> => (password === "" && !isRedshift(session) ? { notices: ["NOTICE:  empty string is not a valid password, clearing password"] } : {});

function changed(session: Session, user: UserRow, options: UserOptions): UserRow | Failure {
  const { password, hashed, validUntil } = options;
  const row: UserRow = { ...user };
  if (password !== undefined) {
    row.password = password === null || hashed ? password : password === "" ? null : hashPassword(session.ctx, usualKeeping(session), user.name, password);
    row.changedAt = session.ctx.now;
  }
  for (const flag of ["login", "superuser", "createRole", "createDb"] as const) if (options[flag] !== undefined) row[flag] = options[flag];
  if (validUntil !== undefined) {
    const until = validUntil === null || validUntil === "infinity" ? undefined : Date.parse(/[zZ]|[+-]\d\d(:?\d\d)?$/.test(validUntil) ? validUntil : `${validUntil.replace(" ", "T")}${validUntil.length > 10 ? "Z" : ""}`);
    if (Number.isNaN(until)) return postgresErrors.badValue("timestamp with time zone", String(validUntil));
    row.validUntil = until;
  }
  return row;
}

export function createUser(session: Session, { word, users: [{ who, options }], ifNotExists }: Of<"create-user">): Answer | Failure {
  const name = nameOf(session, who);
  const status = `CREATE ${isRedshift(session) ? word : "ROLE"}`;
  if (!mayCreateRoles(session)) return isRedshift(session) ? postgresErrors.permission(`must be superuser to create ${word === "GROUP" ? "groups" : "users"}`) : postgresErrors.deniedCreateRole(isOld(session));
  if (options.superuser && !isSuper(session)) return postgresErrors.deniedSuper(isOld(session), "create");
  if (!isRedshift(session) && (name.startsWith("pg_") || name === "public" || name === "none")) return postgresErrors.reservedName(name);
  if (readUser(session, name)) return ifNotExists ? done(status) : isRedshift(session) ? postgresErrors.userExists(name) : postgresErrors.roleExists(name);
  if (isRedshift(session) && word === "USER" && options.password === undefined) return postgresErrors.badPassword("PASSWORD is required");
  const bad = badPassword(session, options) ?? missingRole(session, options.inRole ?? []);
  if (bad) return bad;
  if (allUsers(session).length >= mostUsers) return notSimulated(`more than ${mostUsers} users at a server`);
  const row = changed(session, { ...blankUser(session.server.host, name, "", session.ctx.now), login: word === "USER", memberOf: options.inRole ?? [] }, options);
  if (isFailure(row)) return row;
  writeUser(session, row);
  return { ...done(status), ...noticeOf(session, options) };
}

const missingRole = (session: Session, names: readonly string[]): Failure | undefined => {
  const missing = names.find((name) => !readUser(session, name));
  return missing === undefined ? undefined : isRedshift(session) ? postgresErrors.noGroup(missing) : postgresErrors.noRole(missing);
};

export function alterUser(session: Session, { word, users: [{ who, options }] }: Of<"alter-user">): Answer | Failure {
  const name = nameOf(session, who);
  const user = readUser(session, name);
  if (!user) return absent(session, name);
  const ownPassword = name === session.connection.user && Object.keys(options).every((option) => option === "password" || option === "hashed");
  const allowed = isSuper(session) || ownPassword || (mayCreateRoles(session) && !user.superuser && !options.superuser);
  if (!allowed && isRedshift(session)) return postgresErrors.permission("must be superuser to alter users");
  if (!allowed) return user.superuser || options.superuser !== undefined ? postgresErrors.deniedSuper(isOld(session), "alter") : postgresErrors.deniedAlterRole(isOld(session), name);
  const bad = badPassword(session, options);
  if (bad) return bad;
  const row = changed(session, structuredClone(user), options);
  if (isFailure(row)) return row;
  writeUser(session, row);
  return { ...done(`ALTER ${isRedshift(session) ? word : "ROLE"}`), ...noticeOf(session, options) };
}

export function dropUser(session: Session, { word, users, ifExists }: Of<"drop-user">): Answer | Failure {
  let answer = done(`DROP ${isRedshift(session) ? word : "ROLE"}`);
  for (const who of users) {
    const name = nameOf(session, who);
    const user = readUser(session, name);
    if (!user && ifExists) {
      answer = noticed(session, answer, `role "${name}" does not exist, skipping`);
      continue;
    }
    if (!user) return absent(session, name);
    if (name === session.connection.user) return postgresErrors.dropSelf();
    if (!isSuper(session) && (!mayCreateRoles(session) || user.superuser)) return isRedshift(session) ? postgresErrors.permission("must be superuser to drop users") : mayCreateRoles(session) ? postgresErrors.deniedSuper(isOld(session), "drop") : postgresErrors.deniedDropRole(isOld(session), name);
    const owned = allTables(session).filter((table) => table.name && (table.owner === name || table.granted.some(([role]) => role === name)));
    if (owned.length) return postgresErrors.dependents(name, owned.map((table) => `${table.owner === name ? "owner of" : "privileges for"} table ${table.name}`).join("\n"));
    deleteUser(session, user);
    for (const member of allUsers(session)) if (member.memberOf.includes(name)) writeUser(session, { ...structuredClone(member), memberOf: member.memberOf.filter((role) => role !== name) });
  }
  return answer;
}

export function alterGroup(session: Session, { group, add, members }: Of<"alter-group">): Answer | Failure {
  const problem = setMembers(session, [group], members, add);
  return problem ?? done(isRedshift(session) ? "ALTER GROUP" : "ALTER ROLE");
}

function setMembers(session: Session, roles: readonly string[], members: readonly string[], add: boolean): Failure | undefined {
  for (const role of roles) {
    const row = readUser(session, role);
    if (!row) return isRedshift(session) ? postgresErrors.noGroup(role) : postgresErrors.noRole(role);
    // The creator of a role has the ADMIN option on it; here whoever may create roles has it on all but the server's own.
    const mayAdmin = isSuper(session) || (mayCreateRoles(session) && !row.superuser);
    if (!mayAdmin) return isRedshift(session) ? postgresErrors.permission("must be superuser to alter groups") : postgresErrors.deniedGrantRole(isOld(session), role);
    for (const member of members) {
      const user = readUser(session, member);
      if (!user) return absent(session, member);
      if (add && rolesOf(session, role).has(member)) return postgresErrors.circular(role, member);
      const rest = user.memberOf.filter((one) => one !== role);
      writeUser(session, { ...structuredClone(user), memberOf: add ? [...rest, role] : rest });
    }
  }
  return undefined;
}

// ---------------------------------------------------------------- rights on things

const tablePrivileges = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"];
const schemaPrivileges = ["CREATE", "USAGE"];

/** A schema's own row among the tables: its owner and what was granted on it. */
export const schemaRow = (session: Session, schema: string): Readonly<TableRow> | undefined =>
  allTables(session).find((row) => row.name === "" && row.schema === schema && row.database === session.connection.database);

export function grantOrRevoke(session: Session, statement: Of<"grant" | "revoke">): Answer | Failure {
  const { kind, on, who, privileges } = statement;
  const tag = done(isRedshift(session) || on ? kind.toUpperCase() : `${kind.toUpperCase()} ROLE`);
  const grantees = who.map((one) => nameOf(session, one));
  if (!on) return setMembers(session, privileges.map((name) => name.toLowerCase() === name ? name : lower(session, name)), grantees, kind === "grant") ?? tag;
  const missing = grantees.find((name) => name !== "public" && !readUser(session, name));
  if (missing !== undefined) return absent(session, missing);
  if (on.kind === "database") return grantOnDatabases(session, statement, on.names.map(({ name }) => name)) ?? tag;
  const rows = objectRows(session, on);
  if (isFailure(rows)) return rows;
  const known = on.kind === "schema" ? schemaPrivileges : tablePrivileges;
  const wanted = privileges.flatMap((one) => (/^all( privileges)?$/i.test(one) ? known : [one.toUpperCase()]));
  const unknown = wanted.find((one) => !known.includes(one));
  if (unknown) return postgresErrors.syntax(unknown.toLowerCase());
  for (const row of rows) {
    if (!isSuper(session) && !rolesOf(session, session.connection.user).has(row.owner)) {
      // Who may do something with it is warned, who may do nothing refused.
      if (!known.some((privilege) => mayDo(session, row, privilege))) return row.name ? postgresErrors.deniedTable(row.name) : postgresErrors.permission(`permission denied for schema ${row.schema}`);
      return { ...tag, notices: [`WARNING:  no privileges ${kind === "grant" ? "were granted for" : "could be revoked for"} "${row.name || row.schema}"`] };
    }
    const granted = new Map(row.granted.map(([role, held]) => [role, new Set(held)]));
    for (const role of grantees) {
      const held = granted.get(role) ?? new Set<string>();
      for (const privilege of wanted) if (kind === "grant") held.add(privilege); else held.delete(privilege);
      granted.set(role, held);
    }
    const next: TableRow = { ...structuredClone(row), granted: [...granted].filter(([, held]) => held.size).map(([role, held]) => [role, [...held]]) };
    writeTable(session, tableId(row.host, row.database, row.schema, row.name), next);
  }
  return tag;
}

/** Everybody may connect to every database, and make temporary tables in it: granting that again changes nothing. */
function grantOnDatabases(session: Session, { kind, privileges }: Of<"grant" | "revoke">, names: readonly string[]): Failure | undefined {
  const missing = names.find((name) => !readServer(session).databases.includes(name));
  if (missing !== undefined) return postgresErrors.noDatabase(missing);
  if (kind === "revoke" || privileges.some((one) => !/^(connect|temp|temporary)$/i.test(one))) return notSimulated("rights on databases: whoever can log in to a server can connect to all of them");
  // Databases have no owner here: the master user's are all.
  return isSuper(session) || self(session)?.createDb ? undefined : postgresErrors.notOwnerOfDatabase(names[0]);
}

/** A role's name that was written without quotes is folded; the parser kept it as it was. */
const lower = (session: Session, name: string): string => (readUser(session, name) ? name : name.toLowerCase());

function objectRows(session: Session, { kind, names }: GrantObject): Readonly<TableRow>[] | Failure {
  const { database } = session.connection;
  const here = allTables(session).filter((row) => row.database === database);
  const out: Readonly<TableRow>[] = [];
  for (const { schema = "public", name } of names) {
    const schemaName = kind === "table" ? schema : name;
    if (!schemaRow(session, schemaName)) return postgresErrors.noSchema(schemaName);
    if (kind === "all-tables") out.push(...here.filter((row) => row.schema === name && row.name));
    else if (kind === "schema") out.push(schemaRow(session, name)!);
    else {
      const row = here.find((one) => one.schema === schema && one.name === name && name);
      if (!row) return postgresErrors.noRelation(name);
      out.push(row);
    }
  }
  return out;
}

/** Whether the session's user may do this to a table, or to a schema (its row). */
export function mayDo(session: Session, row: Readonly<TableRow>, privilege: string): boolean {
  if (isSuper(session)) return true;
  const roles = rolesOf(session, session.connection.user);
  return roles.has(row.owner) || row.granted.some(([role, held]) => (role === "public" || roles.has(role)) && held.includes(privilege));
}
