import { dropSecret } from "../database/managed-secret";
import type { Context, Service } from "../types";
import { chargesOf } from "./charges";
import { tell, tellOfCluster } from "./events";
import { dropServer, followCluster, followInstance, setMasterPassword } from "./server";
import { type ClusterRow, type InstanceRow, clusters, instances } from "./state";
import { leaveKey, makeVolume } from "./owned";
import { lasts, nextWindow } from "./timing";

/** What happens later. Each job looks at what is there by then: things that were deleted meanwhile are nothing to it. */
type Job = (id: string, ctx: Context) => void;

export const jobId = (what: string, of: "db" | "cluster", id: string): string => `${what} ${of} ${id}`;

/** Schedules the next step of something, in so many ms. */
export function later(ctx: Context, what: string, of: "db" | "cluster", id: string, ms: number): void {
  ctx.schedule({ id: jobId(what, of, id), due: ctx.now + ms, kind: `${of === "db" ? "DBInstance" : "DBCluster"}${what}`, args: { [of === "db" ? "DBInstanceIdentifier" : "DBClusterIdentifier"]: id } });
}

/** Sets an instance's status, and what it costs and how it is reached by it. */
export function setStatus(ctx: Context, id: string, status: string, change: Partial<InstanceRow> = {}): InstanceRow {
  const row = instances(ctx.db).edit(id);
  Object.assign(row, change, { status });
  row.charges = chargesOf(row);
  const parent = row.DBClusterIdentifier === undefined ? undefined : clusters(ctx.db).get(row.DBClusterIdentifier);
  if (parent) followCluster(ctx, parent);
  else followInstance(ctx, row);
  return row;
}

export function setClusterStatus(ctx: Context, id: string, status: string, change: Partial<ClusterRow> = {}): ClusterRow {
  const row = clusters(ctx.db).edit(id);
  Object.assign(row, change, { status });
  followCluster(ctx, row);
  return row;
}

const instanceIs = (ctx: Context, id: string, ...statuses: string[]): boolean => statuses.includes(instances(ctx.db).get(id)?.status ?? "");
const clusterIs = (ctx: Context, id: string, ...statuses: string[]): boolean => statuses.includes(clusters(ctx.db).get(id)?.status ?? "");

const instanceReady: Job = (id, ctx) => {
  if (!instanceIs(ctx, id, "creating")) return;
  const row = instances(ctx.db).get(id)!;
  // A key that went away meanwhile: AWS gives up.
  if (row.DBClusterIdentifier === undefined && !makeVolume(ctx, row)) return void setStatus(ctx, id, "inaccessible-encryption-credentials");
  setStatus(ctx, id, "available", { createdAt: row.createdAt });
  tell(ctx, "created", id);
};

const instanceModified: Job = (id, ctx) => {
  if (!instanceIs(ctx, id, "modifying")) return;
  const { pending } = instances(ctx.db).get(id)!;
  setStatus(ctx, id, "available", { ...pending, pending: {} });
  if (pending.DBInstanceClass) tell(ctx, "modified", id);
};

/** The maintenance window has come for what waits. */
const instanceMaintained: Job = (id, ctx) => {
  const row = instances(ctx.db).get(id);
  if (!row || !Object.keys(row.pending).length) return;
  if (row.status !== "available") return waitForWindow(ctx, id);
  setStatus(ctx, id, "modifying");
  later(ctx, "Modified", "db", id, lasts.modification);
};

export function waitForWindow(ctx: Context, id: string): void {
  const { PreferredMaintenanceWindow } = instances(ctx.db).get(id)!;
  later(ctx, "Maintained", "db", id, nextWindow(PreferredMaintenanceWindow, ctx.now) - ctx.now);
}

const instancePassword: Job = (id, ctx) => {
  const row = instances(ctx.db).get(id);
  if (row?.passwordHash === undefined || row.status === "deleting") return;
  setMasterPassword(ctx, row, { PasswordHash: row.passwordHash });
  const next = instances(ctx.db).edit(id);
  delete next.passwordHash;
  if (next.status === "resetting-master-credentials") next.status = "available";
  tell(ctx, "password", id);
};

const instanceStopped: Job = (id, ctx) => {
  if (!instanceIs(ctx, id, "stopping")) return;
  setStatus(ctx, id, "stopped");
  tell(ctx, "stopped", id);
  // Source: Amazon RDS User Guide, "Stopping an Amazon RDS DB instance temporarily".
  later(ctx, "Started", "db", id, 7 * 86_400_000);
};

const instanceStarted: Job = (id, ctx) => {
  if (instanceIs(ctx, id, "stopped")) {
    setStatus(ctx, id, "starting");
    return later(ctx, "Started", "db", id, lasts.start);
  }
  if (!instanceIs(ctx, id, "starting")) return;
  setStatus(ctx, id, "available");
  tell(ctx, "started", id);
};

const instanceDeleted: Job = (id, ctx) => {
  if (!instanceIs(ctx, id, "deleting")) return;
  const row = instances(ctx.db).get(id)!;
  instances(ctx.db).delete(id);
  const parent = row.DBClusterIdentifier === undefined ? undefined : clusters(ctx.db).get(row.DBClusterIdentifier);
  if (parent) followCluster(ctx, parent);
  else if (row.DBClusterIdentifier === undefined) {
    dropServer(ctx, row);
    leaveKey(ctx, row);
    if (row.secret) dropSecret(ctx, row.secret);
  }
  tell(ctx, "deleted", id);
};

const clusterReady: Job = (id, ctx) => {
  if (!clusterIs(ctx, id, "creating")) return;
  if (!makeVolume(ctx, clusters(ctx.db).get(id)!)) return void setClusterStatus(ctx, id, "inaccessible-encryption-credentials");
  setClusterStatus(ctx, id, "available");
  tellOfCluster(ctx, "created", id);
};

const clusterPassword: Job = (id, ctx) => {
  const row = clusters(ctx.db).get(id);
  if (row?.passwordHash === undefined || row.status === "deleting") return;
  setMasterPassword(ctx, row, { PasswordHash: row.passwordHash });
  const next = clusters(ctx.db).edit(id);
  delete next.passwordHash;
  if (next.status === "resetting-master-credentials") next.status = "available";
  tellOfCluster(ctx, "password", id);
};

const members = (ctx: Context, id: string): string[] => instances(ctx.db).having("DBClusterIdentifier", id).map(({ DBInstanceIdentifier }) => DBInstanceIdentifier);

const clusterStopped: Job = (id, ctx) => {
  if (!clusterIs(ctx, id, "stopping")) return;
  for (const member of members(ctx, id)) if (instanceIs(ctx, member, "stopping")) setStatus(ctx, member, "stopped");
  setClusterStatus(ctx, id, "stopped");
  tellOfCluster(ctx, "stopped", id);
  later(ctx, "Started", "cluster", id, 7 * 86_400_000);
};

const clusterStarted: Job = (id, ctx) => {
  if (clusterIs(ctx, id, "stopped")) {
    for (const member of members(ctx, id)) if (instanceIs(ctx, member, "stopped")) setStatus(ctx, member, "starting");
    setClusterStatus(ctx, id, "starting");
    return later(ctx, "Started", "cluster", id, lasts.start);
  }
  if (!clusterIs(ctx, id, "starting")) return;
  for (const member of members(ctx, id)) if (instanceIs(ctx, member, "starting")) setStatus(ctx, member, "available");
  setClusterStatus(ctx, id, "available");
  tellOfCluster(ctx, "started", id);
};

const clusterDeleted: Job = (id, ctx) => {
  if (!clusterIs(ctx, id, "deleting")) return;
  // Members go first.
  if (members(ctx, id).length) return later(ctx, "Deleted", "cluster", id, 30_000);
  const row = clusters(ctx.db).get(id)!;
  clusters(ctx.db).delete(id);
  dropServer(ctx, row);
  leaveKey(ctx, row);
  if (row.secret) dropSecret(ctx, row.secret);
  tellOfCluster(ctx, "deleted", id);
};

const ofInstance = (job: Job) => ({ DBInstanceIdentifier }: { DBInstanceIdentifier: string }, ctx: Context): void => job(DBInstanceIdentifier, ctx);
const ofCluster = (job: Job) => ({ DBClusterIdentifier }: { DBClusterIdentifier: string }, ctx: Context): void => job(DBClusterIdentifier, ctx);

export const jobs: Service["jobs"] = {
  DBInstanceReady: ofInstance(instanceReady), DBInstanceModified: ofInstance(instanceModified), DBInstanceMaintained: ofInstance(instanceMaintained), DBInstancePassword: ofInstance(instancePassword),
  DBInstanceStopped: ofInstance(instanceStopped), DBInstanceStarted: ofInstance(instanceStarted), DBInstanceDeleted: ofInstance(instanceDeleted),
  DBClusterReady: ofCluster(clusterReady), DBClusterPassword: ofCluster(clusterPassword), DBClusterStopped: ofCluster(clusterStopped), DBClusterStarted: ofCluster(clusterStarted), DBClusterDeleted: ofCluster(clusterDeleted),
};
