import { ok } from "../../errors";
import type { Operation } from "../../types";
import { about } from "../authorise";
import { redshiftErrors } from "../errors";
import { lasts, later, setStatus } from "../jobs";
import { clusterEntry } from "../show";
import { clusters, snapshots } from "../state";

interface Input {
  ClusterIdentifier: string;
  SkipFinalClusterSnapshot?: boolean;
  FinalClusterSnapshotIdentifier?: string;
}

/**
 * Deletes a cluster. That a final snapshot was made is kept; its data is not, since restoring is not simulated.
 * Errors: ClusterNotFound, InvalidClusterState, InvalidParameterCombination, ClusterSnapshotAlreadyExists.
 * Source: Redshift API, DeleteCluster.
 */
export const DeleteCluster: Operation = {
  name: "DeleteCluster",
  authorise: ({ ClusterIdentifier }: Input, ctx) => about(ctx, "DeleteCluster", ClusterIdentifier),
  handle({ ClusterIdentifier: id, SkipFinalClusterSnapshot, FinalClusterSnapshotIdentifier }: Input, ctx) {
    const row = clusters(ctx.db).get(id);
    if (!row) return redshiftErrors.notFound(id);
    if (row.status === "deleting" || row.status === "resizing") return redshiftErrors.state("delete");
    if (SkipFinalClusterSnapshot && FinalClusterSnapshotIdentifier !== undefined) return redshiftErrors.combination("FinalClusterSnapshotIdentifier can not be specified when SkipFinalClusterSnapshot is true.");
    if (!SkipFinalClusterSnapshot) {
      if (FinalClusterSnapshotIdentifier === undefined) return redshiftErrors.combination("FinalClusterSnapshotIdentifier is required unless SkipFinalClusterSnapshot is specified.");
      if (row.status !== "available") return redshiftErrors.state("delete");
      if (snapshots(ctx.db).get(FinalClusterSnapshotIdentifier)) return redshiftErrors.snapshotExists(FinalClusterSnapshotIdentifier);
      snapshots(ctx.db).put(FinalClusterSnapshotIdentifier, { identifier: FinalClusterSnapshotIdentifier, source: id, createdAt: ctx.now });
    }
    setStatus(ctx, id, "deleting");
    later(ctx, "Deleted", id, lasts.deletion);
    return ok({ Cluster: clusterEntry(ctx, clusters(ctx.db).get(id)!) });
  },
};
