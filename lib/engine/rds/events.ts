import type { Context } from "../types";
import { clusterArn, instanceArn } from "./names";

/**
 * What RDS tells EventBridge. Source: Amazon RDS User Guide, "Amazon RDS event categories and event messages", "Monitoring Amazon
 * RDS events".
 */
const told = {
  created: { id: "0005", category: "creation", text: "DB instance created" },
  deleted: { id: "0003", category: "deletion", text: "DB instance deleted" },
  password: { id: "0016", category: "configuration change", text: "The master password for the DB instance has been reset." },
  modifying: { id: "0012", category: "configuration change", text: "Applying modification to database instance class" },
  modified: { id: "0014", category: "configuration change", text: "Finished applying modification to DB instance class" },
  stopped: { id: "0087", category: "notification", text: "DB instance stopped" },
  started: { id: "0088", category: "notification", text: "DB instance started" },
} as const;

const toldOfCluster = {
  created: { id: "0170", category: "creation", text: "DB cluster created" },
  deleted: { id: "0171", category: "deletion", text: "DB cluster deleted" },
  password: { id: "0016", category: "configuration change", text: "Reset master credentials" },
  stopped: { id: "0150", category: "notification", text: "DB cluster stopped" },
  started: { id: "0151", category: "notification", text: "DB cluster started" },
} as const;

export function tell(ctx: Context, what: keyof typeof told, id: string): void {
  const { id: number, category, text } = told[what];
  emit(ctx, "RDS DB Instance Event", "DB_INSTANCE", id, instanceArn(ctx, id), number, category, text);
}

export function tellOfCluster(ctx: Context, what: keyof typeof toldOfCluster, id: string): void {
  const { id: number, category, text } = toldOfCluster[what];
  emit(ctx, "RDS DB Cluster Event", "CLUSTER", id, clusterArn(ctx, id), number, category, text);
}

function emit(ctx: Context, detailType: string, SourceType: string, SourceIdentifier: string, SourceArn: string, id: string, category: string, Message: string): void {
  ctx.emit({ source: "aws.rds", detailType, resources: [SourceArn], detail: { EventCategories: [category], SourceType, SourceArn, Date: new Date(ctx.now).toISOString(), Message, SourceIdentifier, EventID: `RDS-EVENT-${id}` } });
}
