import { type Managed, type MasterSecret, makeSecret } from "../database/managed-secret";
import { serviceItself } from "../database/storage-key";
import * as storage from "../database/storage-key";
import type { Failure } from "../errors";
import type { Context, JsonObject } from "../types";
import { clusterArn } from "./authorise";
import { isFailure, redshiftErrors } from "./errors";
import type { ClusterRow } from "./state";

/** What Redshift takes for a cluster from other services: a key of KMS, a secret, and the server that answers to logins. */

const contextOf = (ctx: Context, id: string): Record<string, string> => ({ "aws:redshift:arn": clusterArn(ctx, id) });

export function takeKey(ctx: Context, id: string, asked: string | undefined): storage.StorageKey | Failure {
  const key = storage.takeKey(ctx, "redshift", contextOf(ctx, id), asked);
  return "notAccessible" in key ? redshiftErrors.keyNotAccessible(key.notAccessible) : key;
}

export const makeVolume = (ctx: Context, row: Readonly<ClusterRow>): boolean => storage.makeVolume(ctx, "redshift", contextOf(ctx, row.ClusterIdentifier), row);
export const leaveKey = (ctx: Context, row: Readonly<ClusterRow>): void => storage.leaveKey(ctx, "redshift", row);

/** Rotated every thirty days. */
export function managed(ctx: Context, id: string, username: string): Managed {
  const arn = clusterArn(ctx, id);
  return { name: `redshift!${id}-${username}`, description: `The secret associated with the Amazon Redshift cluster: ${arn}`, username, tag: "aws:redshift:primaryClusterArn", arn, days: 30 };
}

export function takeSecret(ctx: Context, wanted: Managed, keyId: string | undefined): { secret: MasterSecret; password: string } | Failure {
  const made = makeSecret(ctx, wanted, keyId);
  return isFailure(made) ? made : "notAccessible" in made ? redshiftErrors.keyNotAccessible(made.notAccessible) : made;
}

function ask(ctx: Context, operation: string, input: JsonObject): void {
  const answer = ctx.call("database", operation, input, { as: serviceItself("redshift", ctx.account) });
  if (!answer.ok) throw new Error(`${operation} of a database server: ${answer.error.code} ${answer.error.message ?? ""}`);
}

/** A server that nobody reaches yet. */
export const makeServer = (ctx: Context, row: Readonly<ClusterRow>, Password: string): void =>
  ask(ctx, "CreateServer", { Host: row.host, Port: row.Port, Engine: "redshift", EngineVersion: row.ClusterVersion, ResourceArn: clusterArn(ctx, row.ClusterIdentifier), MasterUsername: row.MasterUsername, Database: row.DBName, State: "starting", MaxConnections: 500, StorageKey: row.KmsKeyId, Password });

export const follow = (ctx: Context, { host, Port, status }: Readonly<ClusterRow>): void => ask(ctx, "UpdateServer", { Host: host, Port, State: status === "creating" ? "starting" : status === "deleting" ? "stopped" : "up" });
export const dropServer = (ctx: Context, { host }: Readonly<ClusterRow>): void => ask(ctx, "DeleteServer", { Host: host });
export const setMasterPassword = (ctx: Context, { host, MasterUsername }: Readonly<ClusterRow>, PasswordHash: string): void => ask(ctx, "SetPassword", { Host: host, User: MasterUsername, PasswordHash });
