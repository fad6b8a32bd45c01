import { ok } from "../../errors";
import type { Context, Operation } from "../../types";
import { aboutCluster, aboutInstance } from "../authorise";
import { rdsErrors } from "../errors";
import { jobId, later, setClusterStatus, setStatus } from "../jobs";
import { clusterEntry, instanceEntry } from "../show";
import { clusters, instances, membersOf } from "../state";
import { lasts } from "../timing";

/** An instance that is no member of a cluster, as stopping and starting want it. */
function own(name: "StopDBInstance" | "StartDBInstance", wanted: string, during: string, step: "Stopped" | "Started", ms: number): Operation {
  return {
    name,
    authorise: ({ DBInstanceIdentifier }: { DBInstanceIdentifier: string }, ctx) => aboutInstance(ctx, name, DBInstanceIdentifier),
    handle({ DBInstanceIdentifier, DBSnapshotIdentifier }: { DBInstanceIdentifier: string; DBSnapshotIdentifier?: string }, ctx) {
      const id = DBInstanceIdentifier.toLowerCase();
      const row = instances(ctx.db).get(id);
      if (!row) return rdsErrors.noInstance(DBInstanceIdentifier);
      if (DBSnapshotIdentifier !== undefined) return rdsErrors.notSimulated("the parameter DBSnapshotIdentifier of StopDBInstance");
      if (row.DBClusterIdentifier !== undefined) return rdsErrors.clusterState(`The operation ${name} is not valid for a member of a DB cluster. Use ${name.replace("Instance", "Cluster")} instead.`);
      if (row.status !== wanted) return rdsErrors.instanceState(`Instance ${id} is not in ${wanted} state.`);
      setStatus(ctx, id, during);
      later(ctx, step, "db", id, ms);
      return ok({ DBInstance: instanceEntry(ctx, instances(ctx.db).get(id)!) });
    },
  };
}

/** A stopped instance starts by itself after seven days. Source: RDS API, StopDBInstance. */
export const StopDBInstance = own("StopDBInstance", "available", "stopping", "Stopped", lasts.stop);
/** Source: RDS API, StartDBInstance. */
export const StartDBInstance = own("StartDBInstance", "stopped", "starting", "Started", lasts.start);

function whole(name: "StopDBCluster" | "StartDBCluster", wanted: string, during: string, step: "Stopped" | "Started", ms: number): Operation {
  return {
    name,
    authorise: ({ DBClusterIdentifier }: { DBClusterIdentifier: string }, ctx) => aboutCluster(ctx, name, DBClusterIdentifier),
    handle({ DBClusterIdentifier }: { DBClusterIdentifier: string }, ctx: Context) {
      const id = DBClusterIdentifier.toLowerCase();
      const row = clusters(ctx.db).get(id);
      if (!row) return rdsErrors.noCluster(DBClusterIdentifier);
      if (row.status !== wanted) return rdsErrors.clusterState(`DBCluster ${id} is not in ${wanted} state.`);
      for (const member of membersOf(ctx.db, id)) if (member.status === wanted) setStatus(ctx, member.DBInstanceIdentifier, during);
      setClusterStatus(ctx, id, during);
      ctx.unschedule(jobId("Started", "cluster", id));
      later(ctx, step, "cluster", id, ms);
      return ok({ DBCluster: clusterEntry(ctx, clusters(ctx.db).get(id)!) });
    },
  };
}

/** Source: RDS API, StopDBCluster. */
export const StopDBCluster = whole("StopDBCluster", "available", "stopping", "Stopped", lasts.stop);
/** Source: RDS API, StartDBCluster. */
export const StartDBCluster = whole("StartDBCluster", "stopped", "starting", "Started", lasts.start);
