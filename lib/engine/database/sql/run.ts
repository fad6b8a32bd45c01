import type { Failure } from "../../errors";
import { isFailure, notSimulated, postgresErrors } from "../errors";
import { type Answer, type Session, commit, done, inTransaction, isMysql, rollBack, tongueOf } from "../session";
import * as mysql from "./mysql-users";
import { parse } from "./parse";
import { positionOf } from "./position";
import * as postgres from "./postgres-users";
import { describe, select, show, use } from "./select";
import type { Statement } from "./statement";
import { createDatabase, createTable, dropTables, insert, remove, update } from "./tables";

/** Statements before and after which MySQL commits. Source: MySQL 8.4 Reference Manual, "Statements That Cause an Implicit Commit". */
const committing = new Set<Statement["kind"]>(["create-table", "drop-table", "create-database", "create-user", "alter-user", "drop-user", "rename-user", "set-password", "grant", "revoke", "begin"]);

/**
 * One statement in a session. A failed one leaves nothing half done; in PostgreSQL it ends its transaction, of which nothing
 * more is wanted then but ROLLBACK.
 */
export function runSql(session: Session, sql: string, parameters: readonly string[]): Answer | Failure {
  const { connection } = session;
  if (!isMysql(session) && (sql.includes("\0") || parameters.some((one) => one.includes("\0")))) return postgresErrors.noBytes();
  const statement = parse(tongueOf(session.server), sql, parameters);
  let answer: Answer | Failure;
  if (isFailure(statement)) answer = statement;
  else if (isMysql(session)) answer = inMysql(session, statement);
  else if (connection.transaction === "failed" && statement.kind !== "commit" && statement.kind !== "rollback") answer = postgresErrors.aborted();
  else answer = whole(session, statement);
  const place = isFailure(answer) && !isMysql(session) && answer.error.fields?.Position === undefined ? positionOf(tongueOf(session.server), sql, parameters, answer) : undefined;
  if (place !== undefined && isFailure(answer)) answer.error.fields = { ...answer.error.fields, Position: place };
  if (isFailure(answer) && connection.transaction === "open" && !isMysql(session) && answer.error.code === "ServerError") {
    connection.pending = [];
    connection.transaction = "failed";
  }
  return answer;
}

/** A statement that is there whole, or not at all. */
function whole(session: Session, statement: Statement): Answer | Failure {
  const { connection } = session;
  const before = connection.pending;
  const answer = run(session, statement);
  if (isFailure(answer)) {
    // A commit that failed has ended its transaction.
    if (statement.kind !== "commit") connection.pending = before;
    return answer;
  }
  return (inTransaction(session) ? undefined : commit(session)) ?? answer;
}

function inMysql(session: Session, statement: Statement): Answer | Failure {
  if (!committing.has(statement.kind)) return whole(session, statement);
  const { connection } = session;
  const problem = commit(session);
  if (problem) return problem;
  const { autocommit } = connection;
  connection.autocommit = true;
  const answer = whole(session, statement);
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
    default: return transaction(session, statement);
  }
}

function set(session: Session, name: string, value: string): Answer | Failure {
  if (name === "AUTOCOMMIT" && !isMysql(session)) return notSimulated("the variable autocommit");
  if (name === "AUTOCOMMIT") {
    const on = /^(1|on|true)$/i.test(value);
    const problem = on ? commit(session) : undefined;
    if (problem) return problem;
    session.connection.autocommit = on;
  }
  return done(isMysql(session) ? "" : "SET");
}

function transaction(session: Session, { kind, ...rest }: Extract<Statement, { kind: "begin" | "commit" | "rollback" }>): Answer | Failure {
  const { connection } = session;
  const before = connection.transaction;
  const tag = (status: string, warning?: string): Answer => ({ ...done(isMysql(session) ? "" : status), ...(warning && !isMysql(session) ? { notices: [`WARNING:  ${warning}`] } : {}) });
  if (kind === "begin") {
    connection.transaction = "open";
    return tag("tag" in rest ? rest.tag : "BEGIN", before === "open" ? "there is already a transaction in progress" : undefined);
  }
  const none = before === "none" ? "there is no transaction in progress" : undefined;
  if (kind === "rollback" || before === "failed") {
    rollBack(session);
    return tag("ROLLBACK", none);
  }
  return commit(session) ?? tag("COMMIT", none);
}
