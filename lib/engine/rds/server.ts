import type { Context, JsonObject } from "../types";
import { connectionsOf } from "./engines";
import { clusterArn, instanceArn, instanceHost } from "./names";
import { type ClusterRow, type InstanceRow, membersOf } from "./state";
import { serviceItself } from "../database/storage-key";

/** The server behind a database, which the service `database` keeps: RDS asks for it as itself. */
function ask(ctx: Context, operation: string, input: JsonObject): void {
  const answer = ctx.call("database", operation, input, { as: serviceItself("rds", ctx.account) });
  if (!answer.ok) throw new Error(`${operation} of a database server: ${answer.error.code} ${answer.error.message ?? ""}`);
}

type Password = { Password: string } | { PasswordHash: string };

/** A server that nobody reaches yet. */
export function makeInstanceServer(ctx: Context, row: Readonly<InstanceRow>, password: Password): void {
  ask(ctx, "CreateServer", {
    Host: row.host, Port: row.Port, Engine: row.Engine, EngineVersion: row.EngineVersion, ResourceArn: instanceArn(ctx, row.DBInstanceIdentifier), MasterUsername: row.MasterUsername, State: "starting",
    MaxConnections: connectionsOf(row.Engine, row.DBInstanceClass), ...password, ...(row.DBName === undefined ? {} : { Database: row.DBName }), ...(row.KmsKeyId === undefined ? {} : { StorageKey: row.KmsKeyId }),
  });
}

export function makeClusterServer(ctx: Context, row: Readonly<ClusterRow>, password: Password): void {
  ask(ctx, "CreateServer", {
    Host: row.host, Port: row.Port, Engine: row.Engine, EngineVersion: row.EngineVersion, ResourceArn: clusterArn(ctx, row.DBClusterIdentifier), MasterUsername: row.MasterUsername, State: "starting", Aliases: [row.readerHost],
    ...password, ...(row.DatabaseName === undefined ? {} : { Database: row.DatabaseName }), ...(row.KmsKeyId === undefined ? {} : { StorageKey: row.KmsKeyId }),
  });
}

/** An instance's server as the instance is now. */
export function followInstance(ctx: Context, row: Readonly<InstanceRow>): void {
  ask(ctx, "UpdateServer", { Host: row.host, State: stateOf(row.status), EngineVersion: row.EngineVersion, Port: row.Port, MaxConnections: connectionsOf(row.Engine, row.DBInstanceClass) });
}

/** A cluster's server as the cluster and its members are now: nobody answers where there is no member that is up. */
export function followCluster(ctx: Context, row: Readonly<ClusterRow>): void {
  const members = membersOf(ctx.db, row.DBClusterIdentifier);
  const up = members.filter(({ status }) => stateOf(status) === "up");
  ask(ctx, "UpdateServer", {
    Host: row.host, State: stateOf(row.status) === "up" && !up.length ? "starting" : stateOf(row.status), EngineVersion: row.EngineVersion, Port: row.Port,
    Aliases: [row.readerHost, ...members.map((member) => instanceHost(ctx, row.Engine, member.DBInstanceIdentifier))],
    ...(up.length ? { MaxConnections: connectionsOf(row.Engine, up[0].DBInstanceClass) } : {}),
  });
}

export const dropServer = (ctx: Context, { host }: Readonly<Pick<InstanceRow, "host">>): void => ask(ctx, "DeleteServer", { Host: host });

export const setMasterPassword = (ctx: Context, { host, MasterUsername }: Readonly<Pick<InstanceRow, "host" | "MasterUsername">>, password: Password): void => ask(ctx, "SetPassword", { Host: host, User: MasterUsername, ...password });

/** What the network meets at each status. Changes go on beside the work. */
function stateOf(status: string): "up" | "starting" | "stopped" {
  if (status === "creating" || status === "starting") return "starting";
  return status === "stopped" || status === "stopping" || status === "deleting" || status === "failed" ? "stopped" : "up";
}
