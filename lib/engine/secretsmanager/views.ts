import type { Db, JsonObject } from "../types";
import { stagesOf } from "./labels";
import { isManaged } from "./secure";
import { type ReplicaStatus, type SecretRow, lastAccessed, seconds, secrets } from "./state";

const date = (member: string, ms: number | undefined): JsonObject => (ms === undefined ? {} : { [member]: seconds(ms) });

/** Versions to their labels; a version that a rotation has only announced is among them. */
function stages(secret: Readonly<SecretRow>): Record<string, string[]> | undefined {
  if (!secret.labels.length) return undefined;
  // Version ids are the callers': `__proto__…` must stay one.
  const out: Record<string, string[]> = Object.create(null);
  for (const [, id] of secret.labels) out[id] ??= stagesOf(secret, id);
  return out;
}

/** What DescribeSecret and an entry of ListSecrets have in common. Members without a value are left out, as AWS does. */
function metadata(db: Db, secret: Readonly<SecretRow>): JsonObject {
  const { Name, ARN, Type, Description, KmsKeyId, RotationEnabled, RotationLambdaARN, RotationRules, OwningService, PrimaryRegion, tags } = secret;
  return {
    ARN,
    Name,
    ...(Type !== undefined && { Type }),
    ...(Description !== undefined && { Description }),
    ...(!isManaged(KmsKeyId) && { KmsKeyId }),
    ...(RotationEnabled !== undefined && { RotationEnabled }),
    ...(RotationLambdaARN !== undefined && { RotationLambdaARN }),
    ...(RotationRules && { RotationRules: { ...RotationRules } }),
    ...(secret.ExternalSecretRotationMetadata && { ExternalSecretRotationMetadata: secret.ExternalSecretRotationMetadata.map((item) => ({ ...item })) }),
    ...(secret.ExternalSecretRotationRoleArn !== undefined && { ExternalSecretRotationRoleArn: secret.ExternalSecretRotationRoleArn }),
    ...date("LastRotatedDate", RotationEnabled === false ? undefined : secret.LastRotatedDate),
    ...date("LastChangedDate", secret.LastChangedDate),
    ...date("LastAccessedDate", lastAccessed(db, Name)),
    ...date("DeletedDate", secret.DeletedDate),
    ...date("NextRotationDate", secret.NextRotationDate),
    ...(tags && { Tags: tags.map((tag) => ({ ...tag })) }),
    ...(OwningService !== undefined && { OwningService }),
    ...date("CreatedDate", secret.CreatedDate),
    ...(PrimaryRegion !== undefined && { PrimaryRegion }),
  };
}

/** Source: Secrets Manager API, DescribeSecret. `db` is of the secret's owner and Region. */
export function describeView(db: Db, secret: Readonly<SecretRow>): JsonObject {
  const VersionIdsToStages = stages(secret);
  return {
    ...metadata(db, secret),
    ...(VersionIdsToStages && { VersionIdsToStages }),
    ...replicationMember(db, secret),
  };
}

/** Source: Secrets Manager API, SecretListEntry. */
export function listView(db: Db, secret: Readonly<SecretRow>): JsonObject {
  const SecretVersionsToStages = stages(secret);
  return { ...metadata(db, secret), ...(SecretVersionsToStages && { SecretVersionsToStages }) };
}

/** Source: Secrets Manager API, ReplicationStatusType. */
export const replicationView = (db: Db, secret: Pick<SecretRow, "Name" | "ARN" | "replicas">): JsonObject[] => secret.replicas.map((replica) => replicaView(db, secret, replica));

function replicaView(db: Db, { Name }: Pick<SecretRow, "Name" | "ARN">, { Region, KmsKeyId, Status, StatusMessage }: ReplicaStatus): JsonObject {
  const there = db.at({ region: Region });
  return {
    Region,
    KmsKeyId: KmsKeyId ?? "alias/aws/secretsmanager",
    Status,
    ...(StatusMessage !== undefined && { StatusMessage }),
    ...(Status !== "Failed" && secrets(there).get(Name) ? date("LastAccessedDate", lastAccessed(there, Name)) : {}),
  };
}

/** `ReplicationStatus`, where there is any. */
export const replicationMember = (db: Db, secret: Readonly<SecretRow>): { ReplicationStatus?: JsonObject[] } => (secret.replicas.length ? { ReplicationStatus: replicationView(db, secret) } : {});
