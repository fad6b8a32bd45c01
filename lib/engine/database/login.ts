import type { Failure } from "../errors";
import type { Context, Db } from "../types";
import { isFailure, mongoErrors, mysqlErrors, postgresErrors, refused, unknownHost } from "./errors";
import { isPassword } from "./passwords";
import type { Session } from "./session";
import { matching, reaches } from "./sql/mysql-privileges";
import { systemDatabases } from "./sql/tables";
import { type HostRow, type ServerRow, type UserRow, engines, hosts, placeOf, servers, users } from "./state";

export interface Login {
  Host: string;
  Port?: number;
  User: string;
  Password?: string;
  Database?: string;
}

/** Who says nothing of itself comes from inside the network of the database. */
const insideAddress = "10.0.1.20";

interface Found {
  place: Readonly<HostRow>;
  db: Db;
  server: Readonly<ServerRow>;
}

/** The server that answers to a name at a port. Errors: UnknownHost, ConnectionRefused. */
export function findServer(ctx: Context, host: string, port?: number): Found | Failure {
  const place = hosts(ctx.db).get(host.toLowerCase());
  const db = place && placeOf(ctx.db, place);
  const server = db && servers(db).get(place.server);
  ctx.note({ kind: "lookup", what: "database server", id: host, found: server !== undefined, ...(server ? { detail: `${server.engine}, ${server.state}` } : {}) });
  if (!place || !db || !server) return unknownHost(host);
  if (server.state !== "up" || (port !== undefined && port !== server.port)) return refused(host, port ?? server.port);
  return { place, db, server };
}

/**
 * Checks name and password and begins a session. What was said and what the server thought of it stands in the trace; the
 * password stands nowhere.
 * Errors: UnknownHost, ConnectionRefused, the server's own.
 */
export function logIn(ctx: Context, { Host, Port, User, Password, Database }: Login): Session | Failure {
  const found = findServer(ctx, Host, Port);
  if (isFailure(found)) return found;
  const { place, db, server } = found;
  const client = ctx.sourceIp && /^[\d.]+$/.test(ctx.sourceIp) && !ctx.sourceIp.startsWith("127.") ? ctx.sourceIp : insideAddress;
  const rows = users(db).having("host", server.host);
  const { dialect } = engines[server.engine];
  const user = dialect === "mysql" ? matching(rows, User, client) : rows.find(({ name }) => name === User);
  const right = knows(user, Password ?? "", ctx.now);
  const note = (ok: boolean, why: string): void => ctx.note({ kind: "check", what: "database login", ok, detail: `${User} at ${server.host}: ${why}` });
  if (!right || !user) {
    note(false, !user || user.superuser ? "no such user" : Password === undefined ? "no password was sent" : "wrong password");
    if (dialect === "mysql") return mysqlErrors.denied(User, client, Boolean(Password));
    if (dialect === "mongo") return mongoErrors.denied();
    return Password === undefined ? postgresErrors.noPassword(User) : postgresErrors.denied(User);
  }
  const database = Database ?? (dialect === "postgres" ? User : dialect === "mongo" ? "admin" : "");
  const problem = problemAfter(server, user, database, client);
  note(!problem, problem ? "refused after the password" : "accepted");
  if (problem) return problem;
  return {
    ctx, db, server: structuredClone(server) as ServerRow,
    connection: {
      account: place.account, region: place.region, host: server.host, number: server.connections + 1, user: user.name, userFrom: user.from,
      client, database, autocommit: true, transaction: "none", pending: [], begun: ctx.now,
    },
  };
}

/** Whether the password fits; a server's own administrator never comes in from outside. */
const knows = (user: Readonly<UserRow> | undefined, password: string, now: number): boolean =>
  user !== undefined && (!user.superuser || user.password !== null) && (user.validUntil === undefined || user.validUntil > now) && (user.password === null ? password === "" && user.from !== "" : isPassword(user.password, password));

/** What a server looks at once it knows who comes. */
function problemAfter({ databases, engine }: Readonly<ServerRow>, user: Readonly<UserRow>, database: string, client: string): Failure | undefined {
  const { dialect } = engines[engine];
  if (dialect === "mongo") return undefined;
  if (dialect === "mysql") {
    // Error 3118; its words say no more than that the account is locked.
    if (!user.login) return { ok: false, error: { code: "ServerError", message: `Access denied for user '${user.name}'@'${client}'. Account is locked.`, fields: { Number: 3118, SqlState: "HY000" } } };
    if (database && ![...databases, ...systemDatabases].includes(database)) return reaches(user, database) ? mysqlErrors.unknownDatabase(database) : mysqlErrors.deniedDatabase(user.name, user.from, database);
    return database && database !== "information_schema" && !reaches(user, database) ? mysqlErrors.deniedDatabase(user.name, user.from, database) : undefined;
  }
  if (!user.login) return postgresErrors.noLogin(user.name);
  return databases.includes(database) ? undefined : postgresErrors.unknownDatabase(database);
}
