import type { Failure } from "../../errors";
import { isFailure, notSimulated } from "../errors";
import { type Answer, type Session, commit, done, isMysql, rollBack, tongueOf } from "../session";
import * as mysql from "./mysql-users";
import { parse } from "./parse";
import * as postgres from "./postgres-users";
import { describe, select, show, use } from "./select";
import type { Statement } from "./statement";
import { createDatabase, createTable, dropTables, insert, remove, update } from "./tables";

/** Statements before and after which MySQL commits. Source: MySQL 8.4 Reference Manual, "Statements That Cause an Implicit Commit". */
const committing = new Set<Statement["kind"]>(["create-table", "drop-table", "create-database", "create-user", "alter-user", "drop-user", "rename-user", "set-password", "grant", "revoke", "begin"]);

/** One statement in a session. */
export function runSql(session: Session, sql: string, parameters: readonly string[]): Answer | Failure {
  const statement = parse(tongueOf(session.server), sql, parameters);
  if (isFailure(statement)) return statement;
  const { connection } = session;
  if (!isMysql(session) || !committing.has(statement.kind)) return run(session, statement);
  commit(session);
  const { autocommit } = connection;
  connection.autocommit = true;
  const answer = run(session, statement);
  connection.autocommit = autocommit;
  return answer;
}

function run(session: Session, statement: Statement): Answer | Failure {
  const users = isMysql(session) ? mysql : postgres;
  switch (statement.kind) {
    case "select": return select(session, statement);
    case "insert": return insert(session, statement);
    case "update": return update(session, statement);
    case "delete": return remove(session, statement);
    case "create-table": return createTable(session, statement);
    case "drop-table": return dropTables(session, statement);
    case "create-database": return createDatabase(session, statement);
    case "create-user": return users.createUser(session, statement);
    case "alter-user": return users.alterUser(session, statement);
    case "drop-user": return users.dropUser(session, statement);
    case "alter-group": return postgres.alterGroup(session, statement);
    case "grant":
    case "revoke": return users.grantOrRevoke(session, statement);
    case "rename-user": return mysql.renameUser(session, statement);
    case "set-password": return mysql.setPassword(session, statement);
    case "show-grants": return mysql.showGrants(session, statement);
    case "show": return show(session, statement);
    case "describe": return describe(session, statement);
    case "use": return use(session, statement);
    case "set": return set(session, statement.name, statement.value);
    case "nothing": return done(statement.status);
    default: return transaction(session, statement.kind);
  }
}

function set(session: Session, name: string, value: string): Answer | Failure {
  if (name === "AUTOCOMMIT" && !isMysql(session)) return notSimulated("the variable autocommit");
  if (name === "AUTOCOMMIT") {
    const on = /^(1|on|true)$/i.test(value);
    if (on) commit(session);
    session.connection.autocommit = on;
  }
  return done(isMysql(session) ? "" : "SET");
}

function transaction(session: Session, kind: "begin" | "commit" | "rollback"): Answer {
  if (kind === "begin") session.connection.transaction = "open";
  else if (kind === "commit") commit(session);
  else rollBack(session);
  return done(isMysql(session) ? "" : kind.toUpperCase());
}
