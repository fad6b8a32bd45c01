import { wakeApplications } from "../../application/wake";
import { parseArn } from "../../arn";
import { type Failure, fail, ok } from "../../errors";
import type { Context, Operation } from "../../types";
import { unknownHost } from "../errors";
import { hashPassword, keepingOf } from "../passwords";
import { masterGrant } from "../sql/mysql-privileges";
import { namesOf } from "../session";
import { publicSchema } from "../sql/tables";
import { type Engine, type ServerRow, type UserRow, blankUser, connections, engines, hosts, placeOf, servers, tableId, tables, userId, users } from "../state";

/**
 * For the services that keep servers, and for managed rotation. They act as themselves (`ctx.call(…, { as })` with a principal
 * of the type Service), in the account and Region that own the server; nobody else is let in.
 */
const forServices = (_input: unknown, { principal }: Context): Failure | undefined =>
  principal.type === "Service" ? undefined : fail("AccessDeniedException", "Only the service that keeps a database server can do this.");

const operation = (name: string, handle: Operation["handle"]): Operation => ({ name, validate: forServices, authorise: () => undefined, cost: () => [], handle });

/** A hash that `hashPassword` made, or a password to be hashed. */
interface Secret {
  Password?: string;
  PasswordHash?: string;
}
const keptFrom = (ctx: Context, { engine, version }: Pick<ServerRow, "engine" | "version">, user: string, { Password, PasswordHash }: Secret): string => PasswordHash ?? hashPassword(ctx, keepingOf(engine, version), user, Password ?? "");

interface CreateInput extends Secret {
  Host: string;
  Port?: number;
  Engine: Engine;
  EngineVersion: string;
  ResourceArn: string;
  MasterUsername: string;
  Database?: string;
  Aliases?: string[];
  /** `up` unless it is given. */
  State?: ServerRow["state"];
  /** 85 unless it is given: MySQL's on an instance of 1 GiB. */
  MaxConnections?: number;
  /** The KMS key of its storage, an ARN: without it nobody is let in. */
  StorageKey?: string;
}

/** A server comes up, with its master user and what every server of its kind has. */
export const createServer = operation("CreateServer", (input: CreateInput, ctx) => {
  const { Host, Engine: engine, MasterUsername, Database } = input;
  const kind = engines[engine];
  const host = Host.toLowerCase();
  if (hosts(ctx.db).get(host)) return fail("HostExists", `There is a database server at ${host}.`);
  const { account, region, db } = ctx;
  const own = kind.dialect === "postgres" ? (engine === "redshift" ? [] : ["postgres"]) : [];
  const databases = [...new Set([...own, ...(Database ? [Database] : [])])];
  const row: ServerRow = { host, port: input.Port ?? kind.port, engine, version: input.EngineVersion, arn: input.ResourceArn, state: input.State ?? "up", aliases: (input.Aliases ?? []).map((alias) => alias.toLowerCase()), databases, master: MasterUsername, connections: 0, maxConnections: input.MaxConnections ?? 85, ...(input.StorageKey === undefined ? {} : { storageKey: input.StorageKey }) };
  servers(db).put(host, row);
  for (const name of [host, ...row.aliases]) hosts(db).put(name, { account, region, server: host });
  const user = (name: string, from: string, more: Partial<UserRow>): void => users(db).put(userId(host, name, from), { ...blankUser(host, name, from, ctx.now), ...more });
  const password = keptFrom(ctx, row, MasterUsername, input);
  if (kind.dialect === "mysql") {
    user("rdsadmin", "localhost", { superuser: true });
    user(MasterUsername, "%", { password, grants: [structuredClone(masterGrant)] });
  } else if (kind.dialect === "mongo") user(MasterUsername, "", { password, memberOf: ["root@admin"] });
  else if (engine === "redshift") {
    user("rdsdb", "", { superuser: true, createDb: true });
    user(MasterUsername, "", { password, superuser: true, createDb: true });
  } else {
    user("rdsadmin", "", { superuser: true });
    user("rds_superuser", "", { login: false });
    user(MasterUsername, "", { password, createRole: true, createDb: true, memberOf: ["rds_superuser"] });
  }
  if (kind.dialect === "postgres") for (const database of databases) tables(db).put(tableId(host, database, "public", ""), publicSchema(host, database, MasterUsername));
  return ok({});
});

/** Its state (`up`, `stopped`, `starting`), version, port, room or other names. Connections end with a server that is no longer up. */
export const updateServer = operation("UpdateServer", ({ Host, State, EngineVersion, Port, Aliases, MaxConnections }: Pick<CreateInput, "Host" | "State" | "Port" | "Aliases" | "MaxConnections"> & { EngineVersion?: string }, ctx) => {
  const host = Host.toLowerCase();
  if (!servers(ctx.db).get(host)) return unknownHost(Host);
  const row = servers(ctx.db).edit(host);
  if (State) row.state = State;
  if (EngineVersion) row.version = EngineVersion;
  if (Port) row.port = Port;
  if (MaxConnections) row.maxConnections = MaxConnections;
  if (Aliases) {
    for (const alias of row.aliases) hosts(ctx.db).delete(alias);
    row.aliases = Aliases.map((alias) => alias.toLowerCase());
    for (const alias of row.aliases) hosts(ctx.db).put(alias, { account: ctx.account, region: ctx.region, server: host });
  }
  if (row.state !== "up") closeAll(ctx, host);
  wakeApplications(ctx, { hosts: namesOf(row) });
  return ok({});
});

function closeAll(ctx: Context, host: string): void {
  const table = connections(ctx.db);
  for (const id of table.ids()) if (table.get(id)!.host === host) table.delete(id);
}

/** The server ends, with everything in it. One that is not there is nothing to it. */
export const deleteServer = operation("DeleteServer", ({ Host }: { Host: string }, ctx) => {
  const host = Host.toLowerCase();
  const row = servers(ctx.db).get(host);
  if (!row) return ok({});
  for (const name of [host, ...row.aliases]) hosts(ctx.db).delete(name);
  for (const { name, from } of users(ctx.db).having("host", host)) users(ctx.db).delete(userId(host, name, from));
  for (const table of tables(ctx.db).having("host", host)) tables(ctx.db).delete(tableId(host, table.database, table.schema, table.name));
  closeAll(ctx, host);
  servers(ctx.db).delete(host);
  wakeApplications(ctx, { hosts: namesOf(row) });
  return ok({});
});

/**
 * Sets a password from outside the database: a reset of the master password, managed rotation. By `Host`, or by the ARN of the
 * instance or cluster (`ResourceArn`); `User` is the master user unless it is given.
 * Errors: UnknownHost; UserNotFound.
 */
export const setPassword = operation("SetPassword", ({ Host, ResourceArn, User, ...secret }: { Host?: string; ResourceArn?: string; User?: string } & Secret, ctx) => {
  const owner = ResourceArn ? parseArn(ResourceArn) : undefined;
  const place = Host ? hosts(ctx.db).get(Host.toLowerCase()) : undefined;
  const db = owner ? placeOf(ctx.db, owner) : place ? placeOf(ctx.db, place) : ctx.db;
  const server = place ? servers(db).get(place.server) : ResourceArn ? servers(db).having("arn", ResourceArn)[0] : undefined;
  if (!server) return unknownHost(Host ?? ResourceArn ?? "");
  const name = User ?? server.master;
  const user = users(db).having("host", server.host).find((row) => row.name === name && !(row.superuser && row.password === null));
  ctx.note({ kind: "check", what: "database password set", ok: user !== undefined, detail: `${name} at ${server.host}${user ? `, kept as ${keepingOf(server.engine, server.version)}` : ""}` });
  if (!user) return fail("UserNotFound", `There is no user ${name} at ${server.host}.`);
  const { validUntil, ...rest } = structuredClone(user as UserRow);
  users(db).put(userId(server.host, user.name, user.from), { ...rest, password: keptFrom(ctx, server, user.name, secret), changedAt: ctx.now });
  wakeApplications(ctx, { hosts: namesOf(server) });
  return ok({ Host: server.host, User: name });
});
