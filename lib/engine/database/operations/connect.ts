import { ok } from "../../errors";
import type { Context, Operation } from "../../types";
import { isFailure } from "../errors";
import { type Login, logIn } from "../login";
import type { Session } from "../session";
import { connections, servers } from "../state";

/** Counts a connection at its server. */
function begin({ ctx, db, server, connection }: Session): string {
  servers(db).edit(server.host).connections = connection.number;
  const id = ctx.newId();
  connections(ctx.db).put(id, connection);
  return id;
}

function describeSession({ server, connection }: Session): { Engine: string; ServerVersion: string; ConnectionNumber: number; User: string } {
  return { Engine: server.engine, ServerVersion: server.version, ConnectionNumber: connection.number, User: connection.user };
}

/**
 * A program logs in to a database server and keeps the connection, which stays open whatever becomes of the password.
 * Input: Host, User; Port (the server's own), Password, Database (PostgreSQL: the user's name), Protocol (the client's). Nobody is asked for permission:
 * to the server it is the password that counts, and networks are not simulated.
 * Errors: UnknownHost, ConnectionRefused, WrongProtocol, ServerError (see `errors.ts`).
 */
export const connect: Operation = {
  name: "Connect",
  authorise: () => undefined,
  cost: () => [],
  handle(input: Login, ctx) {
    const session = logIn(ctx, input);
    return isFailure(session) ? session : ok({ ConnectionId: begin(session), ...describeSession(session) });
  },
};

/** Ends a connection; what was not committed is gone. One that is not there is nothing to it. */
export const close: Operation = {
  name: "Close",
  authorise: () => undefined,
  cost: () => [],
  handle({ ConnectionId }: { ConnectionId: string }, ctx: Context) {
    if (connections(ctx.db).get(ConnectionId)) connections(ctx.db).delete(ConnectionId);
    return ok({});
  },
};
