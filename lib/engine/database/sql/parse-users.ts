import { isHash } from "../passwords";
import type { Reader } from "./reader";
import type { GrantObject, Name, Statement, UserOptions, Who } from "./statement";

/** Statements about users, roles and what they may do. Sources: MySQL 8.4 Reference Manual, "Account Management Statements"; PostgreSQL 17 documentation, CREATE ROLE, ALTER ROLE, GRANT; Redshift Developer Guide, CREATE USER, ALTER GROUP. */

const isMysql = (reader: Reader): boolean => reader.tongue.dialect === "mysql";

function list<T>(reader: Reader, one: () => T): T[] {
  const out = [one()];
  while (reader.symbol(",")) out.push(one());
  return out;
}

function whoOf(reader: Reader): Who {
  if (reader.oneOf(isMysql(reader) ? ["CURRENT_USER", "USER"] : ["CURRENT_USER", "SESSION_USER", "CURRENT_ROLE"])) {
    if (reader.symbol("(")) reader.expectSymbol(")");
    return { current: true };
  }
  if (!isMysql(reader)) {
    reader.word("GROUP");
    return { name: reader.name() };
  }
  const piece = (): string => (reader.peek().text.includes("\0") ? reader.unexpected() : reader.peek().kind === "text" ? reader.text() : reader.name());
  const name = piece();
  return reader.symbol("@") ? { name, from: piece() } : { name };
}

// ---------------------------------------------------------------- users

export function createUser(reader: Reader, word: "USER" | "ROLE" | "GROUP", ifNotExists: boolean): Statement {
  const users = isMysql(reader) ? list(reader, () => ({ who: whoOf(reader), options: identified(reader) })) : [{ who: whoOf(reader), options: roleOptions(reader) }];
  if (isMysql(reader)) accountOptions(reader, users);
  return { kind: "create-user", word, users, ifNotExists };
}

export function alterUser(reader: Reader): Statement {
  if (!isMysql(reader) && reader.word("GROUP")) return alterGroup(reader);
  const word = reader.oneOf(["USER", "ROLE"]);
  if (!word) return reader.sees("TABLE") || reader.sees("DATABASE") || reader.sees("DEFAULT") || reader.sees("SCHEMA") ? reader.notSimulated(`ALTER ${reader.peek().text.toUpperCase()}`) : reader.unexpected();
  const ifExists = reader.word("IF", "EXISTS");
  if (!isMysql(reader)) {
    const who = whoOf(reader);
    for (const clause of ["RENAME", "SET", "RESET"]) if (reader.sees(clause)) reader.notSimulated(`ALTER ROLE … ${clause}`);
    return { kind: "alter-user", word: word as "USER", ifExists, users: [{ who, options: roleOptions(reader) }] };
  }
  const users = list(reader, () => ({ who: whoOf(reader), options: identified(reader) }));
  accountOptions(reader, users);
  return { kind: "alter-user", word: "USER", ifExists, users };
}

/** MySQL: `IDENTIFIED [WITH plugin] [BY 'password' | AS 'hash']`. */
function identified(reader: Reader): UserOptions {
  const options: UserOptions = {};
  if (!reader.word("IDENTIFIED")) return options;
  if (reader.sees("VIA")) reader.notSimulated("IDENTIFIED VIA");
  if (reader.word("WITH")) {
    const plugin = (reader.peek().kind === "text" ? reader.text() : reader.name()).toLowerCase();
    if (plugin !== "caching_sha2_password" && plugin !== "mysql_native_password") reader.notSimulated(`the authentication plugin ${plugin}`);
    options.plugin = plugin;
    if (reader.word("AS")) return { ...options, password: reader.text(), hashed: true };
    if (!reader.word("BY")) return options;
  } else reader.expectWord("BY");
  if (reader.sees("RANDOM")) reader.notSimulated("IDENTIFIED BY RANDOM PASSWORD");
  options.password = reader.text();
  if (reader.sees("RETAIN") || reader.sees("REPLACE")) reader.notSimulated("dual passwords");
  return options;
}

function accountOptions(reader: Reader, users: { options: UserOptions }[]): void {
  for (;;) {
    if (reader.word("ACCOUNT", "LOCK")) users.forEach(({ options }) => (options.login = false));
    else if (reader.word("ACCOUNT", "UNLOCK")) users.forEach(({ options }) => (options.login = true));
    else if (reader.word("PASSWORD", "EXPIRE")) {
      const expire = reader.word("NEVER") || reader.word("DEFAULT") ? "never" : reader.word("INTERVAL") ? reader.number() : "now";
      if (typeof expire === "number") reader.expectWord("DAY");
      users.forEach(({ options }) => (options.expire = expire));
    } else if (reader.word("REQUIRE", "NONE")) continue;
    else if (["REQUIRE", "PASSWORD", "WITH", "COMMENT", "ATTRIBUTE", "DEFAULT"].some((one) => reader.sees(one))) reader.notSimulated(`${reader.peek().text.toUpperCase()} of accounts`);
    else return;
  }
}

/** PostgreSQL and Redshift: what may follow the role's name. */
function roleOptions(reader: Reader): UserOptions {
  const options: UserOptions = {};
  reader.word("WITH");
  for (;;) {
    const flag = reader.oneOf(["SUPERUSER", "NOSUPERUSER", "CREATEDB", "NOCREATEDB", "CREATEROLE", "NOCREATEROLE", "LOGIN", "NOLOGIN", "INHERIT", "NOINHERIT", "CREATEUSER", "NOCREATEUSER", "REPLICATION", "NOREPLICATION", "BYPASSRLS", "NOBYPASSRLS"]);
    if (flag) {
      const yes = !flag.startsWith("NO");
      const name = yes ? flag : flag.slice(2);
      if (name === "SUPERUSER" || (name === "CREATEUSER" && reader.tongue.redshift)) options.superuser = yes;
      else if (name === "CREATEDB") options.createDb = yes;
      else if (name === "CREATEROLE") options.createRole = yes;
      else if (name === "LOGIN") options.login = yes;
      else if (name === "INHERIT" ? !yes : yes) reader.notSimulated(`${flag} of roles`);
    } else if (reader.sees("ENCRYPTED", "PASSWORD") || reader.sees("PASSWORD")) {
      reader.word("ENCRYPTED");
      reader.expectWord("PASSWORD");
      const none = reader.tongue.redshift ? reader.word("DISABLE") : reader.word("NULL");
      options.password = none ? null : reader.text();
      const { password } = options;
      if (password && (reader.tongue.redshift ? isHash.md5.test(password) || isHash.redshiftSha256.test(password) : isHash.md5.test(password) || isHash["scram-sha-256"].test(password))) options.hashed = true;
    } else if (reader.word("VALID", "UNTIL")) options.validUntil = reader.text();
    else if (reader.word("IN", "ROLE") || reader.word("IN", "GROUP")) options.inRole = list(reader, () => reader.name());
    else if (["CONNECTION", "ROLE", "ADMIN", "USER", "SYSID", "SYSLOG", "SESSION", "EXTERNALID"].some((one) => reader.sees(one))) reader.notSimulated(`${reader.peek().text.toUpperCase()} of roles`);
    else return options;
  }
}

/** Redshift's way of putting users into groups; PostgreSQL has it too. */
function alterGroup(reader: Reader): Statement {
  const group = reader.name();
  const add = reader.word("ADD");
  if (!add) reader.expectWord("DROP");
  reader.expectWord("USER");
  return { kind: "alter-group", group, add, members: list(reader, () => reader.name()) };
}

export const dropUser = (reader: Reader, word: "USER" | "ROLE" | "GROUP", ifExists: boolean): Statement => ({ kind: "drop-user", word, ifExists, users: list(reader, () => whoOf(reader)) });

export const renameUser = (reader: Reader): Statement => ({
  kind: "rename-user",
  pairs: list(reader, (): [Who, Who] => {
    const from = whoOf(reader);
    reader.expectWord("TO");
    return [from, whoOf(reader)];
  }),
});

/** Variables of the session that change nothing here and that clients set: their names. */
const settings = new Set("NAMES CHARACTER_SET_CLIENT CHARACTER_SET_CONNECTION CHARACTER_SET_RESULTS COLLATION_CONNECTION SQL_MODE TIME_ZONE TIMEZONE WAIT_TIMEOUT INTERACTIVE_TIMEOUT NET_READ_TIMEOUT NET_WRITE_TIMEOUT CLIENT_ENCODING CLIENT_MIN_MESSAGES STATEMENT_TIMEOUT LOCK_TIMEOUT DATESTYLE EXTRA_FLOAT_DIGITS STANDARD_CONFORMING_STRINGS APPLICATION_NAME".split(" "));

/** `SET PASSWORD [FOR who] = 'password'`, and variables. */
export function setStatement(reader: Reader): Statement {
  if (isMysql(reader) && reader.word("PASSWORD")) {
    const who: Who = reader.word("FOR") ? whoOf(reader) : { current: true };
    reader.expectSymbol("=");
    if (reader.sees("PASSWORD")) {
      // Gone since MySQL 8.0; MariaDB has it still.
      if (!/mariadb/i.test(reader.tongue.version)) reader.unexpected();
      reader.expectWord("PASSWORD");
      reader.expectSymbol("(");
      const password = reader.text();
      reader.expectSymbol(")");
      return { kind: "set-password", who, password };
    }
    return { kind: "set-password", who, password: reader.text() };
  }
  for (const other of ["ROLE", "DEFAULT", "TRANSACTION", "CONSTRAINTS", "GLOBAL", "PERSIST"]) if (reader.sees(other)) reader.notSimulated(`SET ${other}`);
  if (!reader.word("SESSION")) reader.word("LOCAL");
  const written = reader.peek().kind === "word" ? reader.name(true) : reader.unexpected();
  const name = written.replace(/^@@(?:session\.)?/i, "").toUpperCase();
  if (name !== "AUTOCOMMIT" && !settings.has(name)) reader.notSimulated(`the variable ${written}`);
  if (!reader.symbol("=") && !reader.word("TO") && name !== "NAMES") reader.unexpected();
  const { kind, text } = reader.peek();
  if (kind === "end" || kind === "symbol") reader.unexpected();
  if (kind === "text") reader.text();
  else if (kind === "number") reader.number();
  else reader.name(true);
  return { kind: "set", name, value: text };
}

// ---------------------------------------------------------------- rights

export function grantOrRevoke(reader: Reader, kind: "grant" | "revoke"): Statement {
  let withOption = kind === "revoke" && (reader.word("GRANT", "OPTION", "FOR") || reader.word("ADMIN", "OPTION", "FOR"));
  const privileges = list(reader, () => {
    let out = "";
    while (reader.peek().kind === "text" || reader.peek().kind === "quoted" || (reader.peek().kind === "word" && !["ON", "TO", "FROM"].some((one) => reader.sees(one)))) {
      const piece = reader.peek().kind === "text" ? reader.text() : reader.name(true);
      out += `${out ? " " : ""}${piece}`;
    }
    if (reader.symbol("@")) reader.peek().kind === "text" ? reader.text() : reader.name();
    if (reader.peek().text === "(") reader.notSimulated("grants of single columns");
    return out || reader.unexpected();
  });
  const on = reader.word("ON") ? grantObject(reader) : undefined;
  reader.expectWord(kind === "grant" ? "TO" : "FROM");
  const who = list(reader, () => whoOf(reader));
  if (reader.word("WITH", "GRANT", "OPTION") || reader.word("WITH", "ADMIN", "OPTION")) withOption = true;
  if (withOption && !isMysql(reader)) reader.notSimulated("grants with an option to pass them on");
  if (!isMysql(reader) && !reader.word("CASCADE")) reader.word("RESTRICT");
  return { kind, privileges, who, withOption, ...(on && { on }) };
}

function grantObject(reader: Reader): GrantObject {
  if (isMysql(reader)) {
    if (reader.sees("FUNCTION") || reader.sees("PROCEDURE")) reader.notSimulated("grants on routines");
    reader.word("TABLE");
    const star = (): string | undefined => (reader.symbol("*") ? "*" : undefined);
    const first = star() ?? reader.name();
    const second = reader.symbol(".") ? (star() ?? reader.name(true)) : undefined;
    if (first === "*" && (second === "*" || second === undefined)) return { kind: second ? "everything" : "database", names: [] };
    if (second === "*") return { kind: "database", names: [{ name: first }] };
    return { kind: "table", names: [second === undefined ? { name: first } : { schema: first, name: second }] };
  }
  if (reader.word("ALL", "TABLES", "IN", "SCHEMA")) return { kind: "all-tables", names: list(reader, () => ({ name: reader.name() })) };
  for (const other of ["SEQUENCE", "FUNCTION", "PROCEDURE", "LANGUAGE", "TYPE", "FOREIGN", "TABLESPACE", "ALL"]) if (reader.sees(other)) reader.notSimulated(`grants on ${other}`);
  const kind = reader.word("SCHEMA") ? "schema" : reader.word("DATABASE") ? "database" : "table";
  if (kind === "table") reader.word("TABLE");
  const name = (): Name => {
    const first = reader.name();
    return reader.symbol(".") ? { schema: first, name: reader.name(true) } : { name: first };
  };
  return { kind, names: list(reader, name) };
}

export function showGrants(reader: Reader): Statement {
  return { kind: "show-grants", who: reader.word("FOR") ? whoOf(reader) : { current: true } };
}
