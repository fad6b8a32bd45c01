import type { Failure } from "../errors";
import type { Context, Db } from "../types";
import { isFailure, mongoErrors, mysqlErrors, postgresErrors, refused, unknownHost, wrongProtocol } from "./errors";
import { isPassword } from "./passwords";
import type { Session } from "./session";
import { keyIsUsable } from "./storage-key";
import { matching, reaches } from "./sql/mysql-privileges";
import { systemDatabases } from "./sql/tables";
import { type Dialect, type HostRow, type ServerRow, type UserRow, connections, engines, hosts, placeOf, servers, users } from "./state";

export interface Login {
  Host: string;
  Port?: number;
  User: string;
  Password?: string;
  Database?: string;
  /** What the client speaks; whoever speaks another language than the server is not understood. */
  Protocol?: Dialect;
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
  if (!keyIsUsable(ctx.db, server.storageKey)) {
    ctx.note({ kind: "check", what: "database storage", ok: false, detail: `the KMS key ${server.storageKey} cannot be used` });
    return refused(host, server.port);
  }
  if (server.state !== "up" || (port !== undefined && port !== server.port)) return refused(host, port ?? server.port);
  return { place, db, server };
}

/**
 * Checks name and password and begins a session. What was said and what the server thought of it stands in the trace; the
 * password stands nowhere.
 * Errors: UnknownHost, ConnectionRefused, the server's own.
 */
export function logIn(ctx: Context, { Host, Port, User, Password, Database, Protocol }: Login): Session | Failure {
  const found = findServer(ctx, Host, Port);
  if (isFailure(found)) return found;
  const { place, db, server } = found;
  if (Protocol !== undefined && Protocol !== engines[server.engine].dialect) return wrongProtocol(Protocol, engines[server.engine].dialect);
  const client = ctx.sourceIp && /^[\d.]+$/.test(ctx.sourceIp) && !ctx.sourceIp.startsWith("127.") ? ctx.sourceIp : insideAddress;
  const rows = users(db).having("host", server.host);
  const { dialect } = engines[server.engine];
  const user = dialect === "mysql" ? matching(rows, User, client) : rows.find(({ name }) => name === User);
  const note = (ok: boolean, why: string): void => ctx.note({ kind: "check", what: "database login", ok, detail: `${User} at ${server.host}: ${why}` });
  const wrong = whyNot(user, Password, ctx.now, dialect);
  if (wrong || !user) {
    note(false, wrong ?? "no such user");
    if (dialect === "mysql") return mysqlErrors.denied(User, client, Boolean(Password));
    if (dialect === "mongo") return mongoErrors.denied();
    return !Password ? postgresErrors.noPassword() : server.engine === "redshift" ? postgresErrors.deniedRedshift(User) : postgresErrors.denied(User);
  }
  // Managed rotation tries a password wherever it can; programs mean the database of the user's name.
  const database = Database || (dialect === "postgres" ? (ctx.principal.type === "Service" ? (server.databases[0] ?? User) : User) : dialect === "mongo" ? "admin" : "");
  const problem = problemAfter(server, user, database, client, ctx.now) ?? problemOfRoom(ctx, server);
  note(!problem, problem ? "refused after the password" : "accepted");
  if (problem) return problem;
  return {
    ctx, db, server,
    connection: {
      account: place.account, region: place.region, host: server.host, number: server.connections + 1, user: user.name, userFrom: user.from,
      client, database, autocommit: true, transaction: "none", pending: [], begun: ctx.now, used: ctx.now,
    },
  };
}

/** Why name and password do not let anybody in. The server's own administrator never comes in from outside. */
function whyNot(user: Readonly<UserRow> | undefined, password: string | undefined, now: number, dialect: Dialect): string | undefined {
  if (!user || (user.superuser && user.password === null)) return "no such user";
  if (user.password === null) return dialect === "mysql" && !password ? undefined : "the user has no password to log in with";
  if (!password) return "no password was sent";
  if (!isPassword(user.password, user.name, password)) return "wrong password";
  // PostgreSQL says no more to the client than that it failed.
  return dialect === "postgres" && user.validUntil !== undefined && user.validUntil <= now ? "the password is good no longer (VALID UNTIL)" : undefined;
}

const day = 86_400_000;
const hasExpired = ({ validUntil, lifetime, changedAt }: Readonly<UserRow>, now: number): boolean => (validUntil !== undefined && validUntil <= now) || (lifetime !== undefined && changedAt + lifetime * day <= now);

/** What a server looks at once it knows who comes. */
function problemAfter({ databases, engine }: Readonly<ServerRow>, user: Readonly<UserRow>, database: string, client: string, now: number): Failure | undefined {
  const { dialect } = engines[engine];
  if (dialect === "mongo") return undefined;
  if (dialect === "mysql") {
    if (!user.login) return mysqlErrors.locked(user.name, client);
    // Clients that can go on with an expired password, to change it, are not simulated.
    if (hasExpired(user, now)) return mysqlErrors.expired();
    if (database && ![...databases, ...systemDatabases].includes(database)) return reaches(user, database) ? mysqlErrors.unknownDatabase(database) : mysqlErrors.deniedDatabase(user.name, user.from, database);
    return database && database !== "information_schema" && !reaches(user, database) ? mysqlErrors.deniedDatabase(user.name, user.from, database) : undefined;
  }
  if (!user.login) return postgresErrors.noLogin(user.name);
  if (database === "rdsadmin" && engine !== "redshift") return postgresErrors.noEntry(user.name, database, client);
  return databases.includes(database) ? undefined : postgresErrors.unknownDatabase(database);
}

/** Whether a further connection has room. Those that were not used for eight hours (MySQL's `wait_timeout`) make place. */
function problemOfRoom(ctx: Context, { host, port, engine, maxConnections }: Readonly<ServerRow>): Failure | undefined {
  const table = connections(ctx.db);
  const open = table.having("host", host);
  if (open.length < maxConnections && table.size < connectionsKept) return undefined;
  let room = false;
  for (const id of table.ids()) {
    if (ctx.now - table.get(id)!.used < idle) continue;
    table.delete(id);
    room = true;
  }
  if (room) return undefined;
  const { dialect } = engines[engine];
  return dialect === "mysql" ? mysqlErrors.tooMany() : dialect === "postgres" ? postgresErrors.tooMany() : refused(host, port);
}

const idle = 8 * 3_600_000;
/** In the whole lab, servers together. */
const connectionsKept = 1_000;
