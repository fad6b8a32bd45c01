import { dropSecret } from "../database/managed-secret";
import type { Context, Service } from "../types";
import { dropServer, follow, leaveKey, makeVolume, setMasterPassword } from "./owned";
import { type ClusterRow, clusters } from "./state";

/** How long the lab lets things take, ms of its clock. */
export const lasts = { creation: 3 * 60_000, password: 30_000, resize: 5 * 60_000, deletion: 2 * 60_000 };

type Job = (args: any, ctx: Context) => void;
interface Named {
  ClusterIdentifier: string;
}

export function later(ctx: Context, what: "Ready" | "Password" | "Resized" | "Deleted", id: string, ms: number): void {
  ctx.schedule({ id: `${what} ${id}`, due: ctx.now + ms, kind: `Cluster${what}`, args: { ClusterIdentifier: id } });
}

/** Nodes by the hour, from when the cluster can be used until it goes. */
export const chargesOf = ({ NodeType, NumberOfNodes, status }: Readonly<ClusterRow>): Record<string, number> => (status === "creating" || status === "deleting" ? {} : { [`redshift:node:${NodeType}`]: NumberOfNodes });

export function setStatus(ctx: Context, id: string, status: string): ClusterRow {
  const row = clusters(ctx.db).edit(id);
  row.status = status;
  row.charges = chargesOf(row);
  follow(ctx, row);
  return row;
}

const is = (ctx: Context, id: string, status: string): boolean => clusters(ctx.db).get(id)?.status === status;

const ready: Job = ({ ClusterIdentifier: id }: Named, ctx) => {
  if (!is(ctx, id, "creating")) return;
  // Without its key the cluster stays as it is: nobody reaches it, and it can be deleted.
  if (makeVolume(ctx, clusters(ctx.db).get(id)!)) setStatus(ctx, id, "available");
};

const password: Job = ({ ClusterIdentifier: id }: Named, ctx) => {
  const row = clusters(ctx.db).get(id);
  if (row?.passwordHash === undefined || row.status === "deleting") return;
  setMasterPassword(ctx, row, row.passwordHash);
  delete clusters(ctx.db).edit(id).passwordHash;
  if (row.status === "modifying") setStatus(ctx, id, "available");
};

const resized: Job = ({ ClusterIdentifier: id }: Named, ctx) => {
  if (!is(ctx, id, "resizing")) return;
  const row = clusters(ctx.db).edit(id);
  Object.assign(row, row.pending, { pending: {} });
  setStatus(ctx, id, "available");
};

const deleted: Job = ({ ClusterIdentifier: id }: Named, ctx) => {
  if (!is(ctx, id, "deleting")) return;
  const row = clusters(ctx.db).get(id)!;
  clusters(ctx.db).delete(id);
  dropServer(ctx, row);
  leaveKey(ctx, row);
  if (row.secret) dropSecret(ctx, row.secret);
};

export const jobs: Service["jobs"] = { ClusterReady: ready, ClusterPassword: password, ClusterResized: resized, ClusterDeleted: deleted };
