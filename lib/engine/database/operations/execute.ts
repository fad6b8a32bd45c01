import { fail, ok } from "../../errors";
import type { Operation } from "../../types";
import { runCommand } from "../documents";
import { isFailure } from "../errors";
import { type Login, logIn } from "../login";
import { commit, keep, openSession } from "../session";
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
 * Answer: Columns (Name, Type), Rows (texts, null for NULL), RowsAffected, Status (PostgreSQL's command tag), InTransaction.
 * Errors: those of Connect, ConnectionLost, ServerError; NotSimulated for what a real server would understand.
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
    const answer = engines[session.server.engine].dialect === "mongo" ? runCommand(session, input.Statement) : runSql(session, input.Statement, input.Parameters ?? []);
    ctx.note({ kind: "check", what: "database statement", ok: !isFailure(answer), detail: `${verbOf(input.Statement)} as ${session.connection.user} at ${session.server.host}` });
    if (isFailure(answer)) return answer;
    if (session.id === undefined && session.connection.transaction === "none") commit(session);
    keep(session);
    return ok({
      Columns: answer.columns.map(({ name, type }) => ({ Name: name, Type: type })),
      Rows: answer.rows,
      RowsAffected: answer.affected,
      Status: answer.status,
      InTransaction: session.connection.transaction === "open" || session.connection.pending.length > 0,
    });
  },
};

/** What a trace may show of a statement: its first words, never what stands in it. */
const verbOf = (statement: string): string => (/^\s*[{"\s]*([A-Za-z]+(?:\s+(?:USER|ROLE|TABLE|PASSWORD|GRANTS|INTO|GROUP)\b)?)/i.exec(statement)?.[1] ?? "statement").replace(/\s+/g, " ");
