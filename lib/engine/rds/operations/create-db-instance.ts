import { engines } from "../../database/state";
import type { Failure } from "../../errors";
import { ok } from "../../errors";
import type { AuthRequest, Context, Operation } from "../../types";
import { aboutCluster, aboutInstance, given, requestTags } from "../authorise";
import { classProblem, engineKinds, engineOf, versionOf } from "../engines";
import { isFailure, rdsErrors } from "../errors";
import { later } from "../jobs";
import { instanceHost, resourceId } from "../names";
import { managedInstance, takeKey, takeSecret } from "../owned";
import { followCluster, makeInstanceServer } from "../server";
import { instanceEntry, zoneOf } from "../show";
import { type Common, type DbEngine, type InstanceRow, type Tag, clusters, instances } from "../state";
import { readTags } from "../tags";
import { lasts } from "../timing";
import { credentialsProblem, databaseProblem, identifierOf, notHere, rangeProblem, storageProblem, usernameProblem, windowsProblem } from "../validate";

export interface CreateInput {
  DBInstanceIdentifier: string;
  DBInstanceClass: string;
  Engine: string;
  EngineVersion?: string;
  DBName?: string;
  DBClusterIdentifier?: string;
  AllocatedStorage?: number;
  MaxAllocatedStorage?: number;
  StorageType?: string;
  Iops?: number;
  StorageThroughput?: number;
  MasterUsername?: string;
  MasterUserPassword?: string;
  ManageMasterUserPassword?: boolean;
  MasterUserSecretKmsKeyId?: string;
  StorageEncrypted?: boolean;
  KmsKeyId?: string;
  Port?: number;
  MultiAZ?: boolean;
  AvailabilityZone?: string;
  AutoMinorVersionUpgrade?: boolean;
  LicenseModel?: string;
  PubliclyAccessible?: boolean;
  BackupRetentionPeriod?: number;
  PreferredBackupWindow?: string;
  PreferredMaintenanceWindow?: string;
  VpcSecurityGroupIds?: string[];
  DBSubnetGroupName?: string;
  DBParameterGroupName?: string;
  CACertificateIdentifier?: string;
  CopyTagsToSnapshot?: boolean;
  DeletionProtection?: boolean;
  PromotionTier?: number;
  Tags?: Tag[];
}

const known = [
  "DBInstanceIdentifier", "DBInstanceClass", "Engine", "EngineVersion", "DBName", "DBClusterIdentifier", "AllocatedStorage", "MaxAllocatedStorage", "StorageType", "Iops", "StorageThroughput", "MasterUsername", "MasterUserPassword",
  "ManageMasterUserPassword", "MasterUserSecretKmsKeyId", "StorageEncrypted", "KmsKeyId", "Port", "MultiAZ", "AvailabilityZone", "AutoMinorVersionUpgrade", "LicenseModel", "PubliclyAccessible", "BackupRetentionPeriod", "PreferredBackupWindow",
  "PreferredMaintenanceWindow", "VpcSecurityGroupIds", "DBSubnetGroupName", "DBParameterGroupName", "CACertificateIdentifier", "CopyTagsToSnapshot", "DeletionProtection", "PromotionTier", "Tags",
];
/** What is so anyway. */
export const harmless = { MonitoringInterval: 0, NetworkType: "IPV4", BackupTarget: "region", EngineLifecycleSupport: "open-source-rds-extended-support", DatabaseInsightsMode: "standard", MasterUserAuthenticationType: "password" };

export const mostOf = 40;

/**
 * Makes a DB instance: alone, or as a member of a cluster. It is `creating` for some minutes of the lab's clock; nobody can log
 * in before it is `available`. The master password is the caller's, or RDS's own in Secrets Manager (ManageMasterUserPassword).
 * Errors: DBInstanceAlreadyExists, DBClusterNotFoundFault, InvalidParameterValue, InvalidParameterCombination,
 * KMSKeyNotAccessibleFault, DBParameterGroupNotFound, DBSubnetGroupNotFoundFault, InstanceQuotaExceeded; NotSimulated.
 * Source: RDS API, CreateDBInstance.
 */
export const CreateDBInstance: Operation = {
  name: "CreateDBInstance",
  validate: (input: CreateInput) => notHere("CreateDBInstance", input, known, harmless),
  authorise(input: CreateInput, ctx) {
    const id = identifierOf("DBInstanceIdentifier", input.DBInstanceIdentifier);
    if (isFailure(id)) return id;
    const context = {
      ...given({ DatabaseClass: input.DBInstanceClass, DatabaseEngine: input.Engine, DatabaseName: input.DBName, StorageSize: input.AllocatedStorage, StorageEncrypted: input.StorageEncrypted ?? false, MultiAz: input.MultiAZ ?? false, Piops: input.Iops ?? 0, ManageMasterUserPassword: input.ManageMasterUserPassword ?? false }),
      ...requestTags(input.Tags),
    };
    const questions: AuthRequest[] = [aboutInstance(ctx, "CreateDBInstance", id, context)];
    if (input.DBClusterIdentifier !== undefined) questions.push(aboutCluster(ctx, "CreateDBInstance", input.DBClusterIdentifier, context));
    if (input.Tags?.length) questions.push(aboutInstance(ctx, "AddTagsToResource", id, requestTags(input.Tags)));
    return questions;
  },
  handle(input: CreateInput, ctx) {
    const id = input.DBInstanceIdentifier.toLowerCase();
    const engine = engineOf(input.Engine);
    if (isFailure(engine)) return engine;
    if (instances(ctx.db).get(id)) return rdsErrors.instanceExists();
    if (instances(ctx.db).size >= mostOf) return rdsErrors.quota("DBInstance");
    const tags = readTags(input.Tags);
    if (isFailure(tags)) return tags;
    const problem = windowsProblem(input) ?? rangeProblem("port", input.Port, 1150, 65_535) ?? rangeProblem("backup retention period", input.BackupRetentionPeriod, 0, 35) ?? rangeProblem("promotion tier", input.PromotionTier, 0, 15);
    if (problem) return problem;
    const row = engineKinds[engine].clustered ? member(ctx, id, engine, input, tags) : alone(ctx, id, engine, input, tags);
    if (isFailure(row)) return row;
    later(ctx, "Ready", "db", id, lasts.instance);
    return ok({ DBInstance: instanceEntry(ctx, row) });
  },
};

/** What every instance has. */
function blank(ctx: Context, id: string, engine: DbEngine, version: string, input: CreateInput, tags: Tag[]): Omit<InstanceRow, "MasterUsername" | "host" | "Port" | "AllocatedStorage" | "StorageType" | "StorageEncrypted" | "BackupRetentionPeriod" | "DeletionProtection"> {
  return {
    DBInstanceIdentifier: id, DBInstanceClass: input.DBInstanceClass, Engine: engine, EngineVersion: version, status: "creating", createdAt: ctx.now, resourceId: resourceId(ctx, "db"),
    PreferredBackupWindow: input.PreferredBackupWindow ?? "07:12-07:42", PreferredMaintenanceWindow: (input.PreferredMaintenanceWindow ?? "sun:04:01-sun:04:31").toLowerCase(),
    VpcSecurityGroupIds: input.VpcSecurityGroupIds ?? ["sg-0d5f1a2b3c4e60718"], DBSubnetGroupName: input.DBSubnetGroupName ?? "default", CopyTagsToSnapshot: input.CopyTagsToSnapshot ?? false, tags,
    MultiAZ: input.MultiAZ ?? false, AutoMinorVersionUpgrade: input.AutoMinorVersionUpgrade ?? true, LicenseModel: engineKinds[engine].license, PubliclyAccessible: input.PubliclyAccessible ?? false,
    AvailabilityZone: zoneOf(ctx, input.AvailabilityZone, instances(ctx.db).size), CACertificateIdentifier: input.CACertificateIdentifier ?? "rds-ca-rsa2048-g1", pending: {}, charges: {},
  };
}

/** Groups that the lab does not have, other licences. */
function surroundingsProblem(engine: DbEngine, version: string, { DBParameterGroupName, DBSubnetGroupName, LicenseModel }: CreateInput): Failure | undefined {
  if (DBParameterGroupName !== undefined && DBParameterGroupName !== `default.${engineKinds[engine].family(version)}`) return rdsErrors.noParameterGroup(DBParameterGroupName);
  if (DBSubnetGroupName !== undefined && DBSubnetGroupName !== "default") return rdsErrors.noSubnetGroup(DBSubnetGroupName);
  return LicenseModel === undefined || LicenseModel === engineKinds[engine].license ? undefined : rdsErrors.combination(`Invalid license model '${LicenseModel}' for engine '${engine}'. Valid license models are: ${engineKinds[engine].license}.`);
}

function alone(ctx: Context, id: string, engine: DbEngine, input: CreateInput, tags: Tag[]): InstanceRow | Failure {
  if (input.DBClusterIdentifier !== undefined) return rdsErrors.combination(`The engine ${engine} does not run in DB clusters in this lab.`);
  const version = versionOf(engine, input.EngineVersion);
  if (isFailure(version)) return version;
  const { Iops, MasterUsername = "", StorageType = Iops === undefined ? "gp3" : "io1" } = input;
  const problem =
    classProblem(engine, version, input.DBInstanceClass) ?? surroundingsProblem(engine, version, input) ?? storageProblem(engine, StorageType, input.AllocatedStorage, Iops) ?? usernameProblem(engine, input.MasterUsername) ??
    credentialsProblem(engine, input) ?? databaseProblem(engine, "DBName", input.DBName) ?? (input.MultiAZ && input.AvailabilityZone !== undefined ? rdsErrors.combination("Requesting a specific availability zone is not valid for Multi-AZ instances.") : undefined);
  if (problem) return problem;
  if (input.KmsKeyId !== undefined && !input.StorageEncrypted) return rdsErrors.combination(`You must enable StorageEncrypted when you specify KmsKeyId for DB engine ${engine}`);
  const base = blank(ctx, id, engine, version, input, tags);
  const key = input.StorageEncrypted ? takeKey(ctx, base.resourceId, input.KmsKeyId) : {};
  if (isFailure(key)) return key;
  const managed = input.ManageMasterUserPassword ? takeSecret(ctx, managedInstance(ctx, id, MasterUsername), input.MasterUserSecretKmsKeyId) : undefined;
  if (isFailure(managed)) return managed;
  const row: InstanceRow = {
    ...base, MasterUsername, host: instanceHost(ctx, engine, id), Port: input.Port ?? engines[engine].port, AllocatedStorage: input.AllocatedStorage!, StorageType, StorageEncrypted: input.StorageEncrypted ?? false, ...key,
    BackupRetentionPeriod: input.BackupRetentionPeriod ?? 1, DeletionProtection: input.DeletionProtection ?? false,
    ...(Iops !== undefined ? { Iops } : StorageType === "gp3" ? { Iops: 3000 } : {}), ...(StorageType === "gp3" ? { StorageThroughput: input.StorageThroughput ?? 125 } : {}),
    ...(input.MaxAllocatedStorage === undefined ? {} : { MaxAllocatedStorage: input.MaxAllocatedStorage }), ...(input.DBName === undefined ? {} : { DBName: input.DBName }), ...(managed ? { secret: managed.secret } : {}),
  };
  instances(ctx.db).put(id, row);
  makeInstanceServer(ctx, row, { Password: managed?.password ?? input.MasterUserPassword! });
  return row;
}

/** Parameters that a member has from its cluster, with what RDS says where they are given all the same. */
function ofCluster(input: CreateInput): Failure | undefined {
  const set = (what: string): Failure => rdsErrors.combination(`The requested DB Instance will be a member of a DB Cluster. Set ${what} for the DB Cluster.`);
  if (input.MasterUserPassword !== undefined || input.ManageMasterUserPassword) return set("master user password");
  if (input.MasterUsername !== undefined) return set("master user name");
  if (input.DBName !== undefined) return set("database name");
  if (input.BackupRetentionPeriod !== undefined) return set("backup retention period");
  if (input.Port !== undefined) return set("port");
  if (input.KmsKeyId !== undefined) return rdsErrors.combination("The requested DB Instance will be a member of a DB Cluster and its storage encryption key should not be set directly.");
  if (input.AllocatedStorage !== undefined && input.AllocatedStorage !== 1) return set("allocated storage");
  return input.DeletionProtection ? rdsErrors.combination("Deletion Protection can only be applied on the Cluster level, not for individual instances") : undefined;
}

function member(ctx: Context, id: string, engine: DbEngine, input: CreateInput, tags: Tag[]): InstanceRow | Failure {
  if (input.DBClusterIdentifier === undefined) return rdsErrors.combination(`The engine ${engine} requires a DB cluster: DBClusterIdentifier must be provided.`);
  const parent = clusters(ctx.db).get(input.DBClusterIdentifier.toLowerCase());
  if (!parent) return rdsErrors.noCluster(input.DBClusterIdentifier);
  if (parent.Engine !== engine) return rdsErrors.combination(`The engine name requested for your DB instance (${engine}) doesn't match the engine name of your DB cluster (${parent.Engine}).`);
  if (!["available", "creating"].includes(parent.status)) return rdsErrors.clusterState(`DBCluster ${parent.DBClusterIdentifier} is not in available state.`);
  const version = input.EngineVersion === undefined ? parent.EngineVersion : versionOf(engine, input.EngineVersion);
  if (isFailure(version)) return version;
  if (version !== parent.EngineVersion) return rdsErrors.combination(`The engine version that you requested for your DB instance (${version}) does not match the engine version of your DB cluster (${parent.EngineVersion}).`);
  const problem = ofCluster(input) ?? classProblem(engine, version, input.DBInstanceClass) ?? surroundingsProblem(engine, version, input);
  if (problem) return problem;
  if (input.StorageEncrypted !== undefined && input.StorageEncrypted !== parent.StorageEncrypted)
    return rdsErrors.combination(`If you specify storageEncrypted for instance that will be part of cluster it should match cluster setting; requested: ${input.StorageEncrypted}, cluster: ${parent.StorageEncrypted}`);
  const shared: Pick<Common, "MasterUsername" | "host" | "Port" | "StorageEncrypted" | "KmsKeyId" | "BackupRetentionPeriod" | "DeletionProtection"> = {
    MasterUsername: parent.MasterUsername, host: parent.host, Port: parent.Port, StorageEncrypted: parent.StorageEncrypted, BackupRetentionPeriod: parent.BackupRetentionPeriod, DeletionProtection: false, ...(parent.KmsKeyId === undefined ? {} : { KmsKeyId: parent.KmsKeyId }),
  };
  const row: InstanceRow = {
    ...blank(ctx, id, engine, version, input, tags), ...shared, AllocatedStorage: 1, StorageType: engine === "docdb" ? "standard" : "aurora", PromotionTier: input.PromotionTier ?? 1, DBClusterIdentifier: parent.DBClusterIdentifier,
    MultiAZ: false, ...(parent.DatabaseName === undefined ? {} : { DBName: parent.DatabaseName }),
  };
  instances(ctx.db).put(id, row);
  followCluster(ctx, parent);
  return row;
}
