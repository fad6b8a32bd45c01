import { keyIsUsable } from "../database/storage-key";
import type { Context, JsonObject } from "../types";
import { engineKinds } from "./engines";
import { clusterArn, instanceArn, instanceHost, zonesOf } from "./names";
import { type ClusterRow, type Common, type InstanceRow, clusters, membersOf } from "./state";

/** Rows as the API shows them. Source: RDS API, DBInstance, DBCluster; answers of the service as published with its examples. */

const seconds = (ms: number): number => ms / 1000;

/** The status, which the storage's key has a say in. */
export const statusOf = (ctx: Context, { status, KmsKeyId }: Readonly<Common>): string => (status === "available" && !keyIsUsable(ctx.db, KmsKeyId) ? "inaccessible-encryption-credentials-recoverable" : status);

const common = (row: Readonly<Common>): JsonObject => ({
  Engine: row.Engine,
  EngineVersion: row.EngineVersion,
  MasterUsername: row.MasterUsername,
  BackupRetentionPeriod: row.BackupRetentionPeriod,
  PreferredBackupWindow: row.PreferredBackupWindow,
  PreferredMaintenanceWindow: row.PreferredMaintenanceWindow,
  VpcSecurityGroups: row.VpcSecurityGroupIds.map((id) => ({ VpcSecurityGroupId: id, Status: "active" })),
  StorageEncrypted: row.StorageEncrypted,
  ...(row.KmsKeyId === undefined ? {} : { KmsKeyId: row.KmsKeyId }),
  CopyTagsToSnapshot: row.CopyTagsToSnapshot,
  IAMDatabaseAuthenticationEnabled: false,
  DeletionProtection: row.DeletionProtection,
  AssociatedRoles: [],
  TagList: row.tags.map(({ Key, Value }) => ({ Key, Value })),
  ...(row.secret ? { MasterUserSecret: { SecretArn: row.secret.arn, SecretStatus: row.status === "creating" ? "creating" : "active", KmsKeyId: row.secret.keyArn } } : {}),
  NetworkType: "IPV4",
});

export function instanceEntry(ctx: Context, row: Readonly<InstanceRow>): JsonObject {
  const kind = engineKinds[row.Engine];
  const parent = row.DBClusterIdentifier === undefined ? undefined : clusters(ctx.db).get(row.DBClusterIdentifier);
  const address = parent ? instanceHost(ctx, row.Engine, row.DBInstanceIdentifier) : row.host;
  const made = row.status !== "creating";
  return {
    DBInstanceIdentifier: row.DBInstanceIdentifier,
    DBInstanceClass: row.DBInstanceClass,
    ...common({ ...row, ...(parent ? { secret: undefined } : {}) }),
    DBInstanceStatus: statusOf(ctx, row),
    ...(row.DBName === undefined ? {} : { DBName: row.DBName }),
    ...(made ? { Endpoint: { Address: address, Port: row.Port, HostedZoneId: "Z2R2ITUGPM61AM" }, InstanceCreateTime: seconds(row.createdAt), ...(parent ? {} : { LatestRestorableTime: seconds(row.createdAt) }) } : {}),
    AllocatedStorage: row.AllocatedStorage,
    StorageType: row.StorageType,
    ...(row.Iops === undefined ? {} : { Iops: row.Iops }),
    StorageThroughput: row.StorageThroughput ?? 0,
    ...(row.MaxAllocatedStorage === undefined ? {} : { MaxAllocatedStorage: row.MaxAllocatedStorage }),
    DBSecurityGroups: [],
    DBParameterGroups: [{ DBParameterGroupName: `default.${kind.family(row.EngineVersion)}`, ParameterApplyStatus: "in-sync" }],
    AvailabilityZone: row.AvailabilityZone,
    DBSubnetGroup: { DBSubnetGroupName: row.DBSubnetGroupName, DBSubnetGroupDescription: row.DBSubnetGroupName, VpcId: "vpc-0a1b2c3d4e5f60718", SubnetGroupStatus: "Complete", Subnets: [] },
    PendingModifiedValues: { ...(row.pending as JsonObject), ...(row.passwordHash === undefined ? {} : { MasterUserPassword: "****" }) },
    MultiAZ: row.MultiAZ,
    AutoMinorVersionUpgrade: row.AutoMinorVersionUpgrade,
    ReadReplicaDBInstanceIdentifiers: [],
    LicenseModel: row.LicenseModel,
    OptionGroupMemberships: parent ? [] : [{ OptionGroupName: `default:${row.Engine}-${row.EngineVersion.split(".").slice(0, row.Engine === "postgres" ? 1 : 2).join("-")}`, Status: "in-sync" }],
    PubliclyAccessible: row.PubliclyAccessible,
    DbInstancePort: 0,
    ...(row.DBClusterIdentifier === undefined ? {} : { DBClusterIdentifier: row.DBClusterIdentifier }),
    DbiResourceId: row.resourceId,
    CACertificateIdentifier: row.CACertificateIdentifier,
    DomainMemberships: [],
    MonitoringInterval: 0,
    ...(row.PromotionTier === undefined ? {} : { PromotionTier: row.PromotionTier }),
    DBInstanceArn: instanceArn(ctx, row.DBInstanceIdentifier),
    PerformanceInsightsEnabled: false,
    CustomerOwnedIpEnabled: false,
    ActivityStreamStatus: "stopped",
    BackupTarget: "region",
    DedicatedLogVolume: false,
    EngineLifecycleSupport: "open-source-rds-extended-support",
  };
}

export function clusterEntry(ctx: Context, row: Readonly<ClusterRow>): JsonObject {
  const members = membersOf(ctx.db, row.DBClusterIdentifier);
  return {
    AllocatedStorage: 1,
    AvailabilityZones: row.AvailabilityZones,
    DBClusterIdentifier: row.DBClusterIdentifier,
    DBClusterParameterGroup: `default.${engineKinds[row.Engine].family(row.EngineVersion)}`,
    DBSubnetGroup: row.DBSubnetGroupName,
    Status: statusOf(ctx, row),
    ...(row.DatabaseName === undefined ? {} : { DatabaseName: row.DatabaseName }),
    EarliestRestorableTime: seconds(row.createdAt),
    Endpoint: row.host,
    ReaderEndpoint: row.readerHost,
    MultiAZ: members.length > 1,
    ...common(row),
    LatestRestorableTime: seconds(row.createdAt),
    Port: row.Port,
    DBClusterMembers: members.map(({ DBInstanceIdentifier, PromotionTier = 1 }, i) => ({ DBInstanceIdentifier, IsClusterWriter: i === 0, DBClusterParameterGroupStatus: "in-sync", PromotionTier })),
    HostedZoneId: "Z2R2ITUGPM61AM",
    DbClusterResourceId: row.resourceId,
    DBClusterArn: clusterArn(ctx, row.DBClusterIdentifier),
    ClusterCreateTime: seconds(row.createdAt),
    EngineMode: row.EngineMode,
    HttpEndpointEnabled: false,
    ActivityStreamStatus: "stopped",
    CrossAccountClone: false,
    DomainMemberships: [],
    AutoMinorVersionUpgrade: true,
    ...(row.passwordHash === undefined ? {} : { PendingModifiedValues: { MasterUserPassword: "****" } }),
    EngineLifecycleSupport: "open-source-rds-extended-support",
  };
}

/** The zone in which something is put: the one that was asked for, or one by its number. */
export const zoneOf = (ctx: Pick<Context, "region">, asked: string | undefined, number: number): string => asked ?? zonesOf(ctx.region)[number % 3];
