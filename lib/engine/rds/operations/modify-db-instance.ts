import type { Failure } from "../../errors";
import { ok } from "../../errors";
import type { Context, Operation } from "../../types";
import { aboutInstance, given } from "../authorise";
import { classProblem, engineKinds, versionOf } from "../engines";
import { isFailure, rdsErrors } from "../errors";
import { tell } from "../events";
import { later, setStatus, waitForWindow } from "../jobs";
import { changePassword, type PasswordInput } from "../master-password";
import { managedInstance } from "../owned";
import { followInstance } from "../server";
import { instanceEntry } from "../show";
import { type InstanceRow, type Waiting, instances } from "../state";
import { lasts } from "../timing";
import { notHere, rangeProblem, storageProblem, windowsProblem } from "../validate";
import { harmless } from "./create-db-instance";

interface Input extends PasswordInput {
  DBInstanceIdentifier: string;
  DBInstanceClass?: string;
  AllocatedStorage?: number;
  MaxAllocatedStorage?: number;
  StorageType?: string;
  Iops?: number;
  StorageThroughput?: number;
  BackupRetentionPeriod?: number;
  PreferredBackupWindow?: string;
  PreferredMaintenanceWindow?: string;
  MultiAZ?: boolean;
  EngineVersion?: string;
  AllowMajorVersionUpgrade?: boolean;
  AutoMinorVersionUpgrade?: boolean;
  DBPortNumber?: number;
  PubliclyAccessible?: boolean;
  CopyTagsToSnapshot?: boolean;
  DeletionProtection?: boolean;
  VpcSecurityGroupIds?: string[];
  CACertificateIdentifier?: string;
  PromotionTier?: number;
  DBParameterGroupName?: string;
}

const known = [
  "DBInstanceIdentifier", "ApplyImmediately", "DBInstanceClass", "AllocatedStorage", "MaxAllocatedStorage", "StorageType", "Iops", "StorageThroughput", "MasterUserPassword", "ManageMasterUserPassword", "RotateMasterUserPassword",
  "MasterUserSecretKmsKeyId", "BackupRetentionPeriod", "PreferredBackupWindow", "PreferredMaintenanceWindow", "MultiAZ", "EngineVersion", "AllowMajorVersionUpgrade", "AutoMinorVersionUpgrade", "DBPortNumber", "PubliclyAccessible",
  "CopyTagsToSnapshot", "DeletionProtection", "VpcSecurityGroupIds", "CACertificateIdentifier", "PromotionTier", "DBParameterGroupName",
];

/**
 * Changes an instance. Class, storage, version and Multi-AZ wait for the maintenance window unless ApplyImmediately is true;
 * the rest, the master password too, is changed at once.
 * Errors: DBInstanceNotFound, InvalidDBInstanceState, InvalidParameterValue, InvalidParameterCombination; NotSimulated.
 * Source: RDS API, ModifyDBInstance; Amazon RDS User Guide, "Settings for DB instances".
 */
export const ModifyDBInstance: Operation = {
  name: "ModifyDBInstance",
  validate: (input: Input) => notHere("ModifyDBInstance", input, known, harmless),
  authorise: (input: Input, ctx) => aboutInstance(ctx, "ModifyDBInstance", input.DBInstanceIdentifier, given({ DatabaseClass: input.DBInstanceClass, StorageSize: input.AllocatedStorage, MultiAz: input.MultiAZ, Piops: input.Iops, ManageMasterUserPassword: input.ManageMasterUserPassword })),
  handle(input: Input, ctx) {
    const id = input.DBInstanceIdentifier.toLowerCase();
    const before = instances(ctx.db).get(id);
    if (!before) return rdsErrors.noInstance(input.DBInstanceIdentifier);
    if (before.status !== "available") return rdsErrors.instanceState(`Database instance is not in available state.`);
    const problem = (before.DBClusterIdentifier !== undefined ? ofCluster(input) : undefined) ?? windowsProblem(input) ?? rangeProblem("port", input.DBPortNumber, 1150, 65_535) ?? rangeProblem("backup retention period", input.BackupRetentionPeriod, 0, 35);
    if (problem) return problem;
    const waiting = waitingOf(before, input);
    if (isFailure(waiting)) return waiting;
    const row = instances(ctx.db).edit(id);
    const password = changePassword(ctx, row, () => managedInstance(ctx, id, row.MasterUsername), input);
    if (isFailure(password)) return password;
    atOnce(ctx, row, input);
    row.pending = { ...row.pending, ...waiting };
    if (Object.keys(row.pending).length && input.ApplyImmediately) {
      setStatus(ctx, id, "modifying");
      later(ctx, "Modified", "db", id, lasts.modification);
      if (row.pending.DBInstanceClass) tell(ctx, "modifying", id);
    } else if (Object.keys(waiting).length) waitForWindow(ctx, id);
    if (password.changed) {
      const next = instances(ctx.db).edit(id);
      if (next.status === "available") next.status = "resetting-master-credentials";
      later(ctx, "Password", "db", id, lasts.password);
    }
    return ok({ DBInstance: instanceEntry(ctx, instances(ctx.db).get(id)!) });
  },
};

/** What a member has from its cluster. */
function ofCluster(input: Input): Failure | undefined {
  const there = (what: string): Failure => rdsErrors.combination(`The specified DB Instance is a member of a cluster. Modify ${what} for the DB Cluster using the ModifyDbCluster API`);
  if (input.MasterUserPassword !== undefined || input.ManageMasterUserPassword !== undefined || input.RotateMasterUserPassword) return there("master user password");
  if (input.BackupRetentionPeriod !== undefined) return there("backup retention");
  if (input.PreferredBackupWindow !== undefined) return there("backup window");
  if (input.EngineVersion !== undefined) return there("the DB engine version");
  if (input.DBPortNumber !== undefined) return there("the port");
  if (input.AllocatedStorage !== undefined || input.StorageType !== undefined || input.Iops !== undefined) return there("storage");
  return input.DeletionProtection ? rdsErrors.combination("Deletion Protection can only be applied on the Cluster level, not for individual instances") : undefined;
}

/** Changes that take the instance some time. */
function waitingOf(row: Readonly<InstanceRow>, input: Input): Waiting | Failure {
  const out: Waiting = {};
  const differs = <Name extends keyof Waiting>(name: Name, value: Waiting[Name]): boolean => value !== undefined && value !== (row.pending[name] ?? row[name]);
  const version = input.EngineVersion === undefined ? row.EngineVersion : versionOf(row.Engine, input.EngineVersion);
  if (isFailure(version)) return version;
  if (input.DBInstanceClass !== undefined) {
    const wrong = classProblem(row.Engine, version, input.DBInstanceClass);
    if (wrong) return wrong;
    if (differs("DBInstanceClass", input.DBInstanceClass)) out.DBInstanceClass = input.DBInstanceClass;
  }
  if (differs("EngineVersion", version)) {
    const { versions, family } = engineKinds[row.Engine];
    if (versions.indexOf(version) < versions.indexOf(row.EngineVersion)) return rdsErrors.combination(`Cannot upgrade ${row.Engine} from ${row.EngineVersion} to ${version}`);
    if (family(version) !== family(row.EngineVersion) && !input.AllowMajorVersionUpgrade) return rdsErrors.combination("The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.");
    out.EngineVersion = version;
  }
  if (row.DBClusterIdentifier === undefined && (input.AllocatedStorage !== undefined || input.StorageType !== undefined || input.Iops !== undefined)) {
    const StorageType = input.StorageType ?? row.StorageType;
    const wrong = storageProblem(row.Engine, StorageType, input.AllocatedStorage ?? row.AllocatedStorage, input.Iops ?? (StorageType === row.StorageType && /^io|gp3/.test(StorageType) ? row.Iops : undefined));
    if (wrong) return wrong;
    if (input.AllocatedStorage !== undefined && input.AllocatedStorage < row.AllocatedStorage) return rdsErrors.combination(`Requested size of ${input.AllocatedStorage} GiB is less than the current size of ${row.AllocatedStorage} GiB: storage cannot be reduced.`);
    if (differs("AllocatedStorage", input.AllocatedStorage)) out.AllocatedStorage = input.AllocatedStorage;
    if (differs("StorageType", input.StorageType)) out.StorageType = input.StorageType;
    if (differs("Iops", input.Iops)) out.Iops = input.Iops;
  }
  if (differs("StorageThroughput", input.StorageThroughput)) out.StorageThroughput = input.StorageThroughput;
  if (differs("MultiAZ", input.MultiAZ)) out.MultiAZ = input.MultiAZ;
  return out;
}

/** Changes that are there at once. */
function atOnce(ctx: Context, row: InstanceRow, input: Input): void {
  if (input.BackupRetentionPeriod !== undefined) row.BackupRetentionPeriod = input.BackupRetentionPeriod;
  if (input.PreferredBackupWindow !== undefined) row.PreferredBackupWindow = input.PreferredBackupWindow;
  if (input.PreferredMaintenanceWindow !== undefined) row.PreferredMaintenanceWindow = input.PreferredMaintenanceWindow.toLowerCase();
  for (const name of ["AutoMinorVersionUpgrade", "PubliclyAccessible", "CopyTagsToSnapshot", "DeletionProtection"] as const) if (input[name] !== undefined) row[name] = input[name];
  if (input.MaxAllocatedStorage !== undefined) row.MaxAllocatedStorage = input.MaxAllocatedStorage;
  if (input.VpcSecurityGroupIds !== undefined) row.VpcSecurityGroupIds = input.VpcSecurityGroupIds;
  if (input.CACertificateIdentifier !== undefined) row.CACertificateIdentifier = input.CACertificateIdentifier;
  if (input.PromotionTier !== undefined) row.PromotionTier = input.PromotionTier;
  if (input.DBPortNumber !== undefined && input.DBPortNumber !== row.Port) {
    row.Port = input.DBPortNumber;
    followInstance(ctx, row);
  }
}
