import { ok } from "../../errors";
import type { Operation } from "../../types";
import { aboutCluster, given } from "../authorise";
import { engineKinds, versionOf } from "../engines";
import { isFailure, rdsErrors } from "../errors";
import { later } from "../jobs";
import { changePassword, type PasswordInput } from "../master-password";
import { managedCluster } from "../owned";
import { followCluster } from "../server";
import { clusterEntry } from "../show";
import { clusters, instances, membersOf } from "../state";
import { lasts } from "../timing";
import { notHere, rangeProblem, windowsProblem } from "../validate";
import { harmless } from "./create-db-instance";

interface Input extends PasswordInput {
  DBClusterIdentifier: string;
  BackupRetentionPeriod?: number;
  PreferredBackupWindow?: string;
  PreferredMaintenanceWindow?: string;
  EngineVersion?: string;
  AllowMajorVersionUpgrade?: boolean;
  Port?: number;
  CopyTagsToSnapshot?: boolean;
  DeletionProtection?: boolean;
  VpcSecurityGroupIds?: string[];
}

const known = [
  "DBClusterIdentifier", "ApplyImmediately", "MasterUserPassword", "ManageMasterUserPassword", "RotateMasterUserPassword", "MasterUserSecretKmsKeyId", "BackupRetentionPeriod", "PreferredBackupWindow", "PreferredMaintenanceWindow",
  "EngineVersion", "AllowMajorVersionUpgrade", "Port", "CopyTagsToSnapshot", "DeletionProtection", "VpcSecurityGroupIds",
];

/**
 * Changes a cluster; its members follow. What is changed is changed at once (AWS lets a new engine version and port wait for the
 * maintenance window unless ApplyImmediately is true).
 * Errors: DBClusterNotFoundFault, InvalidDBClusterStateFault, InvalidParameterValue, InvalidParameterCombination; NotSimulated.
 * Source: RDS API, ModifyDBCluster.
 */
export const ModifyDBCluster: Operation = {
  name: "ModifyDBCluster",
  validate: (input: Input) => notHere("ModifyDBCluster", input, known, harmless),
  authorise: (input: Input, ctx) => aboutCluster(ctx, "ModifyDBCluster", input.DBClusterIdentifier, given({ ManageMasterUserPassword: input.ManageMasterUserPassword })),
  handle(input: Input, ctx) {
    const id = input.DBClusterIdentifier.toLowerCase();
    const before = clusters(ctx.db).get(id);
    if (!before) return rdsErrors.noCluster(input.DBClusterIdentifier);
    if (before.status !== "available") return rdsErrors.clusterState(`DBCluster ${id} is not in available state.`);
    const problem = windowsProblem(input) ?? rangeProblem("port", input.Port, 1150, 65_535) ?? rangeProblem("backup retention period", input.BackupRetentionPeriod, 1, 35);
    if (problem) return problem;
    const version = input.EngineVersion === undefined ? before.EngineVersion : versionOf(before.Engine, input.EngineVersion);
    if (isFailure(version)) return version;
    const { versions, family } = engineKinds[before.Engine];
    if (versions.indexOf(version) < versions.indexOf(before.EngineVersion)) return rdsErrors.combination(`Cannot upgrade ${before.Engine} from ${before.EngineVersion} to ${version}`);
    if (family(version) !== family(before.EngineVersion) && !input.AllowMajorVersionUpgrade) return rdsErrors.combination("The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.");

    const row = clusters(ctx.db).edit(id);
    const password = changePassword(ctx, row, () => managedCluster(ctx, id, row.MasterUsername), input);
    if (isFailure(password)) return password;
    if (input.BackupRetentionPeriod !== undefined) row.BackupRetentionPeriod = input.BackupRetentionPeriod;
    if (input.PreferredBackupWindow !== undefined) row.PreferredBackupWindow = input.PreferredBackupWindow;
    if (input.PreferredMaintenanceWindow !== undefined) row.PreferredMaintenanceWindow = input.PreferredMaintenanceWindow.toLowerCase();
    for (const name of ["CopyTagsToSnapshot", "DeletionProtection"] as const) if (input[name] !== undefined) row[name] = input[name];
    if (input.VpcSecurityGroupIds !== undefined) row.VpcSecurityGroupIds = input.VpcSecurityGroupIds;
    row.EngineVersion = version;
    if (input.Port !== undefined) row.Port = input.Port;
    for (const { DBInstanceIdentifier } of membersOf(ctx.db, id)) Object.assign(instances(ctx.db).edit(DBInstanceIdentifier), { EngineVersion: version, Port: row.Port, BackupRetentionPeriod: row.BackupRetentionPeriod });
    if (version !== before.EngineVersion || row.Port !== before.Port) followCluster(ctx, row);
    if (password.changed) {
      row.status = "resetting-master-credentials";
      later(ctx, "Password", "cluster", id, lasts.password);
    }
    return ok({ DBCluster: clusterEntry(ctx, row) });
  },
};
