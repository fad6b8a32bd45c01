import type { Failure } from "../../errors";
import { ok } from "../../errors";
import type { Context, Operation } from "../../types";
import { aboutCluster, aboutInstance } from "../authorise";
import { rdsErrors } from "../errors";
import { later, setClusterStatus, setStatus } from "../jobs";
import { clusterEntry, instanceEntry } from "../show";
import { type ClusterRow, type InstanceRow, clusters, instances, membersOf, snapshots } from "../state";
import { lasts } from "../timing";
import { identifierOf } from "../validate";
import { isFailure } from "../errors";

interface Input {
  SkipFinalSnapshot?: boolean;
  FinalDBSnapshotIdentifier?: string;
}

/** Whether the caller said what is to become of the data; the final snapshot, if one is wanted. */
function lastSnapshot(ctx: Context, of: "DBInstance" | "DBCluster", row: Readonly<InstanceRow | ClusterRow>, { SkipFinalSnapshot, FinalDBSnapshotIdentifier }: Input): Failure | undefined {
  if (SkipFinalSnapshot) return FinalDBSnapshotIdentifier === undefined ? undefined : rdsErrors.combination("You cannot specify both FinalDBSnapshotIdentifier and SkipFinalSnapshot");
  if (FinalDBSnapshotIdentifier === undefined) return rdsErrors.combination("FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.");
  const identifier = identifierOf("FinalDBSnapshotIdentifier", FinalDBSnapshotIdentifier);
  if (isFailure(identifier)) return identifier;
  if (snapshots(ctx.db).get(identifier)) return rdsErrors.snapshotExists(of, identifier);
  const { Engine, EngineVersion, StorageEncrypted, KmsKeyId } = row;
  snapshots(ctx.db).put(identifier, { identifier, of, source: "DBInstanceIdentifier" in row ? row.DBInstanceIdentifier : row.DBClusterIdentifier, Engine, EngineVersion, createdAt: ctx.now, StorageEncrypted, ...(KmsKeyId === undefined ? {} : { KmsKeyId }) });
  return undefined;
}

/**
 * Deletes an instance. Nobody reaches it from then on; it is gone some minutes later. That a final snapshot was made is kept;
 * its data is not, since restoring is not simulated.
 * Errors: DBInstanceNotFound, InvalidDBInstanceState, InvalidParameterCombination, DBSnapshotAlreadyExists.
 * Source: RDS API, DeleteDBInstance.
 */
export const DeleteDBInstance: Operation = {
  name: "DeleteDBInstance",
  authorise: ({ DBInstanceIdentifier }: { DBInstanceIdentifier: string }, ctx) => aboutInstance(ctx, "DeleteDBInstance", DBInstanceIdentifier),
  handle({ DBInstanceIdentifier, ...input }: Input & { DBInstanceIdentifier: string }, ctx) {
    const id = DBInstanceIdentifier.toLowerCase();
    const row = instances(ctx.db).get(id);
    if (!row) return rdsErrors.noInstance(DBInstanceIdentifier);
    if (row.status === "deleting") return rdsErrors.instanceState(`Instance ${id} is already being deleted.`);
    if (row.DeletionProtection) return rdsErrors.combination("Cannot delete protected DB Instance, please disable deletion protection and try again.");
    if (row.DBClusterIdentifier !== undefined) {
      if (input.FinalDBSnapshotIdentifier !== undefined) return rdsErrors.combination("FinalDBSnapshotIdentifier can not be specified when deleting a cluster instance");
    } else {
      if (!input.SkipFinalSnapshot && row.status !== "available") return rdsErrors.instanceState(`Cannot create a snapshot because the database instance ${id} is not currently in the available state.`);
      const problem = lastSnapshot(ctx, "DBInstance", row, input);
      if (problem) return problem;
    }
    setStatus(ctx, id, "deleting");
    later(ctx, "Deleted", "db", id, lasts.deletion);
    return ok({ DBInstance: instanceEntry(ctx, instances(ctx.db).get(id)!) });
  },
};

/**
 * Deletes a cluster whose members are gone, or going.
 * Errors: DBClusterNotFoundFault, InvalidDBClusterStateFault, InvalidParameterCombination, DBClusterSnapshotAlreadyExistsFault.
 * Source: RDS API, DeleteDBCluster.
 */
export const DeleteDBCluster: Operation = {
  name: "DeleteDBCluster",
  authorise: ({ DBClusterIdentifier }: { DBClusterIdentifier: string }, ctx) => aboutCluster(ctx, "DeleteDBCluster", DBClusterIdentifier),
  handle({ DBClusterIdentifier, ...input }: Input & { DBClusterIdentifier: string }, ctx) {
    const id = DBClusterIdentifier.toLowerCase();
    const row = clusters(ctx.db).get(id);
    if (!row) return rdsErrors.noCluster(DBClusterIdentifier);
    if (row.status === "deleting") return rdsErrors.clusterState(`Cluster ${id} is already being deleted.`);
    if (row.DeletionProtection) return rdsErrors.combination("Cannot delete protected Cluster, please disable deletion protection and try again.");
    if (membersOf(ctx.db, id).some(({ status }) => status !== "deleting")) return rdsErrors.clusterState("Cluster cannot be deleted, it still contains DB instances in non-deleting state.");
    const problem = lastSnapshot(ctx, "DBCluster", row, input);
    if (problem) return problem;
    setClusterStatus(ctx, id, "deleting");
    later(ctx, "Deleted", "cluster", id, lasts.deletion);
    return ok({ DBCluster: clusterEntry(ctx, clusters(ctx.db).get(id)!) });
  },
};
