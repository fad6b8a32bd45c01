import { engines } from "../../database/state";
import { ok } from "../../errors";
import type { AuthRequest, Operation } from "../../types";
import { aboutCluster, given, requestTags } from "../authorise";
import { engineKinds, engineOf, versionOf } from "../engines";
import { isFailure, rdsErrors } from "../errors";
import { later } from "../jobs";
import { clusterHost, readerHost, resourceId, zonesOf } from "../names";
import { managedCluster, takeKey, takeSecret } from "../owned";
import { makeClusterServer } from "../server";
import { clusterEntry } from "../show";
import { type ClusterRow, type Tag, clusters } from "../state";
import { readTags } from "../tags";
import { lasts } from "../timing";
import { credentialsProblem, databaseProblem, identifierOf, notHere, rangeProblem, usernameProblem, windowsProblem } from "../validate";
import { harmless, mostOf } from "./create-db-instance";

interface Input {
  DBClusterIdentifier: string;
  Engine: string;
  EngineVersion?: string;
  EngineMode?: string;
  DatabaseName?: string;
  MasterUsername?: string;
  MasterUserPassword?: string;
  ManageMasterUserPassword?: boolean;
  MasterUserSecretKmsKeyId?: string;
  StorageEncrypted?: boolean;
  KmsKeyId?: string;
  Port?: number;
  AvailabilityZones?: string[];
  BackupRetentionPeriod?: number;
  PreferredBackupWindow?: string;
  PreferredMaintenanceWindow?: string;
  VpcSecurityGroupIds?: string[];
  DBSubnetGroupName?: string;
  DBClusterParameterGroupName?: string;
  CopyTagsToSnapshot?: boolean;
  DeletionProtection?: boolean;
  Tags?: Tag[];
}

const known = [
  "DBClusterIdentifier", "Engine", "EngineVersion", "EngineMode", "DatabaseName", "MasterUsername", "MasterUserPassword", "ManageMasterUserPassword", "MasterUserSecretKmsKeyId", "StorageEncrypted", "KmsKeyId", "Port", "AvailabilityZones",
  "BackupRetentionPeriod", "PreferredBackupWindow", "PreferredMaintenanceWindow", "VpcSecurityGroupIds", "DBSubnetGroupName", "DBClusterParameterGroupName", "CopyTagsToSnapshot", "DeletionProtection", "Tags",
];

/**
 * Makes an Aurora or DocumentDB cluster: storage, endpoints and the master user. Nobody answers at its endpoints before a member
 * is there (CreateDBInstance). Multi-AZ DB clusters of MySQL and PostgreSQL are not simulated.
 * Errors: DBClusterAlreadyExistsFault, InvalidParameterValue, InvalidParameterCombination, KMSKeyNotAccessibleFault,
 * DBClusterQuotaExceededFault, DBSubnetGroupNotFoundFault; NotSimulated.
 * Source: RDS API, CreateDBCluster; DocumentDB Developer Guide, CreateDBCluster.
 */
export const CreateDBCluster: Operation = {
  name: "CreateDBCluster",
  validate: (input: Input) => notHere("CreateDBCluster", input, known, { ...harmless, AutoMinorVersionUpgrade: true, StorageType: "aurora" }),
  authorise(input: Input, ctx) {
    const id = identifierOf("DBClusterIdentifier", input.DBClusterIdentifier);
    if (isFailure(id)) return id;
    const context = { ...given({ DatabaseEngine: input.Engine, DatabaseName: input.DatabaseName, StorageEncrypted: input.StorageEncrypted ?? false, ManageMasterUserPassword: input.ManageMasterUserPassword ?? false }), ...requestTags(input.Tags) };
    const questions: AuthRequest[] = [aboutCluster(ctx, "CreateDBCluster", id, context)];
    if (input.Tags?.length) questions.push(aboutCluster(ctx, "AddTagsToResource", id, requestTags(input.Tags)));
    return questions;
  },
  handle(input: Input, ctx) {
    const id = input.DBClusterIdentifier.toLowerCase();
    const engine = engineOf(input.Engine);
    if (isFailure(engine)) return engine;
    if (!engineKinds[engine].clustered) return engine === "mariadb" ? rdsErrors.value("The engine mariadb is not supported for DB clusters.") : rdsErrors.notSimulated("Multi-AZ DB clusters");
    if (clusters(ctx.db).get(id)) return rdsErrors.clusterExists();
    if (clusters(ctx.db).size >= mostOf) return rdsErrors.quota("DBCluster");
    const version = versionOf(engine, input.EngineVersion);
    if (isFailure(version)) return version;
    const tags = readTags(input.Tags);
    if (isFailure(tags)) return tags;
    if (input.EngineMode !== undefined && input.EngineMode !== "provisioned") return rdsErrors.notSimulated(`the engine mode ${input.EngineMode}`);
    if (input.DBSubnetGroupName !== undefined && input.DBSubnetGroupName !== "default") return rdsErrors.noSubnetGroup(input.DBSubnetGroupName);
    if (input.DBClusterParameterGroupName !== undefined && input.DBClusterParameterGroupName !== `default.${engineKinds[engine].family(version)}`) return rdsErrors.noClusterParameterGroup(input.DBClusterParameterGroupName);
    const problem =
      usernameProblem(engine, input.MasterUsername) ?? credentialsProblem(engine, input) ?? databaseProblem(engine, "DatabaseName", input.DatabaseName) ?? windowsProblem(input) ??
      rangeProblem("port", input.Port, 1150, 65_535) ?? rangeProblem("backup retention period", input.BackupRetentionPeriod, 1, 35);
    if (problem) return problem;
    if (input.KmsKeyId !== undefined && !input.StorageEncrypted) return rdsErrors.combination(`You must enable StorageEncrypted when you specify KmsKeyId for DB engine ${engine}`);
    const resource = resourceId(ctx, "cluster");
    const key = input.StorageEncrypted ? takeKey(ctx, resource, input.KmsKeyId) : {};
    if (isFailure(key)) return key;
    const MasterUsername = input.MasterUsername!;
    const managed = input.ManageMasterUserPassword ? takeSecret(ctx, managedCluster(ctx, id, MasterUsername), input.MasterUserSecretKmsKeyId) : undefined;
    if (isFailure(managed)) return managed;
    const row: ClusterRow = {
      DBClusterIdentifier: id, Engine: engine, EngineVersion: version, status: "creating", MasterUsername, host: clusterHost(ctx, engine, id), readerHost: readerHost(ctx, engine, id), Port: input.Port ?? engines[engine].port,
      createdAt: ctx.now, resourceId: resource, BackupRetentionPeriod: input.BackupRetentionPeriod ?? 1, PreferredBackupWindow: input.PreferredBackupWindow ?? "07:12-07:42",
      PreferredMaintenanceWindow: (input.PreferredMaintenanceWindow ?? "sun:04:01-sun:04:31").toLowerCase(), StorageEncrypted: input.StorageEncrypted ?? false, ...key, VpcSecurityGroupIds: input.VpcSecurityGroupIds ?? ["sg-0d5f1a2b3c4e60718"],
      DBSubnetGroupName: "default", CopyTagsToSnapshot: input.CopyTagsToSnapshot ?? false, DeletionProtection: input.DeletionProtection ?? false, tags, AvailabilityZones: input.AvailabilityZones ?? zonesOf(ctx.region), EngineMode: "provisioned",
      ...(input.DatabaseName === undefined ? {} : { DatabaseName: input.DatabaseName }), ...(managed ? { secret: managed.secret } : {}),
    };
    clusters(ctx.db).put(id, row);
    makeClusterServer(ctx, row, { Password: managed?.password ?? input.MasterUserPassword! });
    later(ctx, "Ready", "cluster", id, lasts.cluster);
    return ok({ DBCluster: clusterEntry(ctx, row) });
  },
};
