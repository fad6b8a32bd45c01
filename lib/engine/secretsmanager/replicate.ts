import type { Failure } from "../errors";
import { regions } from "../regions";
import type { Context, Db, Principal } from "../types";
import { invalidParameter, isFailure } from "./errors";
import { isReplica, regionOf } from "./find";
import { stagesOf } from "./labels";
import { openDataKey, validateKey, wrap } from "./secure";
import { type ReplicaStatus, type SecretRow, dropSecret, dropVersion, enterSecret, secrets, versionKey, versions } from "./state";

/**
 * Replication. A replica follows its primary: values, labels, description, tags, resource policy, and how it rotates.
 * Its KMS key is its own. It is made and brought up to date some seconds later, for whoever asked, since KMS is asked on
 * their behalf; what goes wrong is told in the status.
 * Source: Secrets Manager User Guide, Replicate AWS Secrets Manager secrets across Regions; Secrets Manager API,
 * ReplicateSecretToRegions.
 */

/** "Reaches InSync in seconds": as seen with AWS by others. */
export const REPLICATION_MS = 3_000;
export const REPLICATE = "Replicate";

interface Args {
  SecretId: string;
  primary: string;
  principal: Principal;
}

export interface ReplicaInput {
  Region?: string;
  KmsKeyId?: string;
}

/** Why these Regions cannot be replicated to. Errors: InvalidParameterException. */
export function problemOfRegions(input: readonly ReplicaInput[], home: string): Failure | undefined {
  const names = input.map(({ Region }) => Region);
  if (names.some((name) => name === undefined || name === home || !Object.hasOwn(regions, name))) return invalidParameter("Invalid replica region.");
  // Unverified text.
  return new Set(names).size < names.length ? invalidParameter("You can't use the same replica region more than once.") : undefined;
}

/** Begins to replicate. `secret` is open for change; a Region that is a replica already begins anew. */
export function addReplicas(ctx: Context, secret: SecretRow, account: string, input: readonly ReplicaInput[], overwrite: boolean): void {
  secret.PrimaryRegion = regionOf(secret);
  for (const { Region, KmsKeyId } of input) {
    const status: ReplicaStatus = { Region: Region!, ...(KmsKeyId && { KmsKeyId }), Status: "InProgress", ...(overwrite && { overwrite: true as const }) };
    secret.replicas = [...secret.replicas.filter((replica) => replica.Region !== Region), status];
    scheduleReplication(ctx, secret, account, Region!);
  }
}

/** After a change of the primary: all replicas but the failed ones follow. `secret` is open for change. */
export function touchReplicas(ctx: Context, secret: SecretRow, account: string): void {
  for (const replica of secret.replicas) {
    if (replica.Status === "Failed") continue;
    replica.Status = "InProgress";
    delete replica.StatusMessage;
    scheduleReplication(ctx, secret, account, replica.Region);
  }
}

function scheduleReplication(ctx: Context, secret: SecretRow, account: string, region: string): void {
  const args: Args = { SecretId: secret.Name, primary: regionOf(secret), principal: ctx.principal };
  ctx.schedule({ id: `${REPLICATE}:${secret.Name}`, due: ctx.now + REPLICATION_MS, kind: REPLICATE, region, account, args: JSON.parse(JSON.stringify(args)) });
}

const replicaArn = (ARN: string, region: string): string => ARN.split(":").map((part, i) => (i === 3 ? region : part)).join(":");

/** The clock's part: runs in the replica's Region. */
export function replicate({ SecretId, primary, principal }: Args, ctx: Context): void {
  const here = ctx.db;
  const home = here.at({ region: primary });
  const status = secrets(home).get(SecretId)?.replicas.find(({ Region }) => Region === ctx.region);
  if (status?.Status !== "InProgress") return;
  const secret = secrets(home).edit(SecretId);
  const own = secret.replicas.find(({ Region }) => Region === ctx.region)!;
  const problem = bringOver(ctx, home, here, secret, own, principal);
  own.Status = problem === undefined ? "InSync" : "Failed";
  own.StatusMessage = problem === undefined ? "Replication succeeded" : `Replication failed: ${problem}`;
  if (problem === undefined) delete own.overwrite;
}

/** Makes the replica what its primary is; the words of why not. */
function bringOver(ctx: Context, home: Db, here: Db, secret: Readonly<SecretRow>, { KmsKeyId, overwrite }: ReplicaStatus, principal: Principal): string | undefined {
  const ARN = replicaArn(secret.ARN, ctx.region);
  const before = secrets(here).get(secret.Name);
  const isOurs = before?.ARN === ARN && before.PrimaryRegion === secret.PrimaryRegion;
  if (before && !isOurs) {
    // A replica of another secret, or one that has replicas, is never written over.
    if (isReplica(before) || before.replicas.length) return `Secret name ${secret.Name} is currently replicated to ${ctx.region} with a different arn.`;
    if (!overwrite) return `Secret name ${secret.Name} already exists in region ${ctx.region}.`;
    dropSecret(here, before);
  }
  const keyed = { ARN, ...(KmsKeyId !== undefined && { KmsKeyId }) };
  const there = { as: principal, region: ctx.region };
  if (!isOurs) {
    // Of the key in the replica's Region, GenerateDataKey and Encrypt are asked for, not Decrypt.
    const refused = validateKey(ctx, keyed, there, false);
    if (refused) return refused.error.message ?? refused.error.code;
  }
  const kept = new Set(isOurs ? before.versionIds : []);
  const wanted = secret.versionIds.filter((id) => stagesOf(secret, id).length);
  for (const id of wanted) {
    if (kept.has(id)) continue;
    const version = versions(home).get(versionKey(secret.Name, id))!;
    const key = openDataKey(ctx, secret, version, { as: principal, region: regionOf(secret) });
    if (isFailure(key)) return key.error.message ?? key.error.code;
    const wrapped = wrap(ctx, keyed, id, key.dataKey, there);
    if (isFailure(wrapped)) return wrapped.error.message ?? wrapped.error.code;
    versions(here).put(versionKey(secret.Name, id), { ...version, keys: [wrapped] });
  }
  for (const id of kept) if (!wanted.includes(id)) dropVersion(here, secret.Name, id);
  const { rotation: _, KmsKeyId: __, replicas: ___, ...shared } = secret;
  const row: SecretRow = { ...shared, ARN, ...(KmsKeyId !== undefined && { KmsKeyId }), labels: secret.labels.filter(([, id]) => wanted.includes(id)), versionIds: wanted, replicas: [] };
  if (isOurs) secrets(here).put(secret.Name, row);
  else enterSecret(here, row);
  return undefined;
}

/** Takes the replica in a Region away, if it is this secret's. */
export function removeReplica(db: Db, secret: Pick<SecretRow, "Name" | "ARN">, region: string): void {
  const there = db.at({ region });
  const replica = secrets(there).get(secret.Name);
  if (replica && replica.ARN === replicaArn(secret.ARN, region) && isReplica(replica)) dropSecret(there, replica);
}
