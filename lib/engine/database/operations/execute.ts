import { fail, ok } from "../../errors";
import type { Operation } from "../../types";
import { runCommand } from "../documents";
import { isFailure } from "../errors";
import { type Login, logIn } from "../login";
import { keep, openSession } from "../session";
import { runSql } from "../sql/run";
import { engines } from "../state";

interface Input extends Partial<Login> {
  ConnectionId?: string;
  Statement: string;
  Parameters?: string[];
}

/**
 * One statement: SQL, or a command document for DocumentDB. In an open connection (`ConnectionId`), or in one that is made for
 * it and closed behind it (the members of Connect). `Parameters` stand for `?` (MySQL) or `$1` (PostgreSQL).
 * Answer: Columns (Name, Type), Rows (texts, null for NULL), RowsAffected, Status (PostgreSQL's command tag), Notices
 * (what psql prints beside), InTransaction.
 * Errors: those of Connect, ConnectionLost, ServerError; NotSimulated for what a real server would understand.
 * A server's refusal that changes the connection (PostgreSQL ends the transaction, MySQL has committed what came before) is an
 * answer with `Error` (Code, Message and the other members of ServerError), for a failed call of the lab changes nothing.
 * `refusalOf` reads both.
 */
export const execute: Operation = {
  name: "Execute",
  validate(input: Input) {
    if (input.ConnectionId !== undefined || (input.Host !== undefined && input.User !== undefined)) return undefined;
    return fail("ValidationException", "Either ConnectionId, or Host and User must be given.");
  },
  authorise: () => undefined,
  cost: () => [],
  handle(input: Input, ctx) {
    const session = input.ConnectionId !== undefined ? openSession(ctx, input.ConnectionId) : logIn(ctx, input as Login);
    if (isFailure(session)) return session;
    const { connection } = session;
    const before = JSON.stringify([connection.transaction, connection.pending.length > 0]);
    const answer = engines[session.server.engine].dialect === "mongo" ? runCommand(session, input.Statement) : runSql(session, input.Statement, input.Parameters ?? []);
    ctx.note({ kind: "check", what: "database statement", ok: !isFailure(answer), detail: `${verbOf(input.Statement)} as ${connection.user} at ${session.server.host}` });
    const transaction = { InTransaction: connection.transaction !== "none" || connection.pending.length > 0 };
    if (isFailure(answer)) {
      if (session.id === undefined || before === JSON.stringify([connection.transaction, connection.pending.length > 0])) return answer;
      keep(session);
      const { code, message, fields } = answer.error;
      return ok({ Columns: [], Rows: [], RowsAffected: 0, Status: "", ...transaction, Error: { Code: code, Message: message ?? "", ...fields } });
    }
    keep(session);
    return ok({
      Columns: answer.columns.map(({ name, type, nullable }) => ({ Name: name, Type: type, ...(nullable ? { Nullable: true } : {}) })),
      Rows: answer.rows,
      RowsAffected: answer.affected,
      Status: answer.status,
      ...(answer.notices?.length ? { Notices: answer.notices } : {}),
      ...transaction,
    });
  },
};

/** What a trace may show of a statement: its first words, never what stands in it. */
const verbOf = (statement: string): string => (/^\s*[{"\s]*([A-Za-z]+(?:\s+(?:USER|ROLE|TABLE|PASSWORD|GRANTS|INTO|GROUP)\b)?)/i.exec(statement)?.[1] ?? "statement").replace(/\s+/g, " ");

export { refusalOf } from "../refusal";
