import type { Failure } from "../../errors";
import { isFailure, mysqlErrors, notSimulated } from "../errors";
import { hashPassword, isHash } from "../passwords";
import { type Answer, type Session, allUsers, deleteUser, done, readUser, self, usualKeeping, writeUser } from "../session";
import { type UserRow, blankUser, mostUsers } from "../state";
import { allOn, grantLines, mayGrant, privileges, quote, selfHolds } from "./mysql-privileges";
import type { GrantObject, Statement, UserOptions, Who } from "./statement";

/** MySQL's account management. Source: MySQL 8.4 Reference Manual, "Account Management Statements"; errors, "Server Error Message Reference". */

type Of<Kind extends Statement["kind"]> = Extract<Statement, { kind: Kind }>;

const named = (session: Session, who: Who): { name: string; from: string } => (who.current ? { name: session.connection.user, from: session.connection.userFrom } : { name: who.name, from: who.from ?? "%" });
const isSelf = ({ connection }: Session, { name, from }: { name: string; from: string }): boolean => connection.user === name && connection.userFrom === from;

/** How the server keeps the password that was given; undefined where none was. Errors: a plugin that it does not have, a hash that is none. */
function kept(session: Session, { password, hashed, plugin }: UserOptions, name: string): string | null | undefined | Failure {
  const usual = usualKeeping(session);
  if (plugin && plugin !== usual && (plugin === "caching_sha2_password" ? session.server.engine === "mariadb" : usual === "caching_sha2_password")) return mysqlErrors.noPlugin(plugin);
  if (password === undefined || password === null) return password;
  if (hashed) return password === "" ? null : isHash[plugin ?? "mysql_native_password"].test(password) ? password : mysqlErrors.badHash();
  return password === "" ? null : hashPassword(session.ctx, plugin ?? usual, name, password);
}

/** Names that the server would not take. */
const badName = ({ name, from }: { name: string; from: string }): Failure | undefined => ([...name].length > 32 ? mysqlErrors.userTooLong(name) : from.length > 255 ? mysqlErrors.nameTooLong(from) : undefined);

export function createUser(session: Session, { word, users, ifNotExists }: Of<"create-user">): Answer | Failure {
  if (word !== "USER") return notSimulated("roles of MySQL");
  if (!selfHolds(session, "CREATE USER")) return mysqlErrors.needs("CREATE USER");
  for (const { who, options } of users) {
    const { name, from } = named(session, who);
    if (readUser(session, name, from)) {
      if (ifNotExists) continue;
      return mysqlErrors.failed("CREATE USER", name, from);
    }
    const bad = badName({ name, from });
    if (bad) return bad;
    if (allUsers(session).length >= mostUsers) return notSimulated(`more than ${mostUsers} users at a server`);
    const row = changed(session, blankUser(session.server.host, name, from, session.ctx.now), options);
    if (isFailure(row)) return row;
    writeUser(session, row);
  }
  return done("");
}

export function alterUser(session: Session, { users, ifExists }: Of<"alter-user">): Answer | Failure {
  for (const { who, options } of users) {
    const account = named(session, who);
    const own = isSelf(session, account) && options.login === undefined && options.expire === undefined;
    if (!own && !selfHolds(session, "CREATE USER")) return mysqlErrors.needs("CREATE USER");
    const user = readUser(session, account.name, account.from);
    // The server's own account is out of reach: RDS keeps SYSTEM_USER to itself.
    if (user?.superuser) return mysqlErrors.needs("SYSTEM_USER");
    if (!user) {
      if (ifExists) continue;
      return mysqlErrors.failed("ALTER USER", account.name, account.from);
    }
    const row = changed(session, user, options);
    if (isFailure(row)) return row;
    writeUser(session, row);
  }
  return done("");
}

function changed(session: Session, user: Readonly<UserRow>, options: UserOptions): UserRow | Failure {
  const password = kept(session, options, user.name);
  if (isFailure(password)) return password;
  const row = structuredClone(user as UserRow);
  if (password !== undefined) {
    row.password = password;
    row.changedAt = session.ctx.now;
    delete row.validUntil;
  }
  if (options.login !== undefined) row.login = options.login;
  if (options.expire === "now") row.validUntil = session.ctx.now;
  if (options.expire === "never") delete row.lifetime;
  if (typeof options.expire === "number") row.lifetime = options.expire;
  return row;
}

export function setPassword(session: Session, { who, password }: Of<"set-password">): Answer | Failure {
  const account = named(session, who);
  // SET PASSWORD for others is a change to the system's own tables.
  if (!isSelf(session, account) && !selfHolds(session, "CREATE USER")) return mysqlErrors.needs("CREATE USER");
  const user = readUser(session, account.name, account.from);
  if (!user || user.superuser) return user ? mysqlErrors.needs("SYSTEM_USER") : mysqlErrors.failed("SET PASSWORD", account.name, account.from);
  const row = changed(session, user, { password });
  if (isFailure(row)) return row;
  writeUser(session, row);
  return done("");
}

export function dropUser(session: Session, { word, users, ifExists }: Of<"drop-user">): Answer | Failure {
  if (word !== "USER") return notSimulated("roles of MySQL");
  if (!selfHolds(session, "CREATE USER")) return mysqlErrors.needs("CREATE USER");
  for (const who of users) {
    const { name, from } = named(session, who);
    const user = readUser(session, name, from);
    if (user?.superuser) return mysqlErrors.needs("SYSTEM_USER");
    if (user) deleteUser(session, user);
    else if (!ifExists) return mysqlErrors.failed("DROP USER", name, from);
  }
  return done("");
}

export function renameUser(session: Session, { pairs }: Of<"rename-user">): Answer | Failure {
  if (!selfHolds(session, "CREATE USER")) return mysqlErrors.needs("CREATE USER");
  for (const [who, as] of pairs) {
    const [old, next] = [named(session, who), named(session, as)];
    const user = readUser(session, old.name, old.from);
    if (!user || user.superuser || readUser(session, next.name, next.from)) return mysqlErrors.failed("RENAME USER", old.name, old.from);
    const bad = badName(next);
    if (bad) return bad;
    deleteUser(session, user);
    writeUser(session, { ...structuredClone(user), ...next });
  }
  return done("");
}

// ---------------------------------------------------------------- rights

/** The object as SHOW GRANTS writes it. */
function objectText(session: Session, object: GrantObject): string | Failure {
  const { database } = session.connection;
  if (object.kind === "everything") return "*.*";
  if (object.kind === "database") return object.names.length || database ? `${quote(object.names[0]?.name ?? database)}.*` : mysqlErrors.noDatabase();
  const [{ schema = database, name }] = object.names;
  return schema ? `${quote(schema)}.${quote(name)}` : mysqlErrors.noDatabase();
}

export function grantOrRevoke(session: Session, statement: Of<"grant" | "revoke">): Answer | Failure {
  const { kind, on: object, who, withOption } = statement;
  if (!object) return notSimulated("roles of MySQL");
  const on = objectText(session, object);
  if (isFailure(on)) return on;
  const asked = statement.privileges.map((one) => one.toUpperCase());
  const wanted = asked.flatMap((one) => (one === "ALL" || one === "ALL PRIVILEGES" ? allOn(on) : one === "USAGE" || one === "GRANT OPTION" ? [] : [one]));
  const unknown = wanted.find((one) => !privileges.includes(one));
  if (unknown) return notSimulated(`the privilege ${unknown}`);
  const option = withOption || asked.includes("GRANT OPTION");
  const me = self(session);
  if (!mayGrant(me, wanted, on)) return denied(session, on);
  for (const one of who) {
    const { name, from } = named(session, one);
    const user = readUser(session, name, from);
    if (!user) return kind === "grant" ? mysqlErrors.noUserByGrant() : mysqlErrors.noGrant(name, from);
    if (user.superuser) return mysqlErrors.needs("SYSTEM_USER");
    const before = user.grants.find((grant) => grant.on === on);
    if (kind === "revoke" && !before) return mysqlErrors.noGrant(name, from);
    const held = new Set(before?.privileges);
    for (const privilege of wanted) if (kind === "grant") held.add(privilege); else held.delete(privilege);
    const grantOption = kind === "grant" ? option || before?.grantOption === true : before?.grantOption === true && !asked.includes("GRANT OPTION");
    const rest = structuredClone(user.grants.filter((grant) => grant.on !== on));
    writeUser(session, { ...structuredClone(user), grants: held.size || grantOption ? [...rest, { privileges: [...held], on, grantOption }] : rest });
  }
  return done("");
}

/** On the server as a whole MySQL answers as if the password were wrong: seen by all who grant ALL on *.* on RDS (repost.aws, "duplicate-master-user-mysql"). */
function denied({ connection: { user, userFrom, client } }: Session, on: string): Failure {
  if (on === "*.*") return mysqlErrors.denied(user, userFrom, true);
  const [, database, table] = /^`(.*)`\.(?:\*|`(.*)`)$/.exec(on) ?? [];
  return table === undefined ? mysqlErrors.deniedDatabase(user, userFrom, database) : mysqlErrors.tableDenied("GRANT", user, client, table);
}

export function showGrants(session: Session, { who }: Of<"show-grants">): Answer | Failure {
  const { name, from } = named(session, who);
  if (!isSelf(session, { name, from }) && !selfHolds(session, "SELECT", "mysql")) return mysqlErrors.deniedDatabase(session.connection.user, session.connection.userFrom, "mysql");
  const user = allUsers(session).find((row) => row.name === name && row.from === from);
  if (!user) return mysqlErrors.noGrant(name, from);
  return { columns: [{ name: `Grants for ${name}@${from}`, type: "text" }], rows: grantLines(user).map((line) => [line]), affected: 0, status: "" };
}
