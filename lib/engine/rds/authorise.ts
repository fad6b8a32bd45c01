import type { AuthRequest, ConditionContext, Context } from "../types";
import { clusterArn, instanceArn } from "./names";
import { clusters, instances, type Tag } from "./state";

/**
 * The questions that RDS asks of the policies. Option, parameter and subnet groups are not asked about: the lab has AWS's default
 * ones alone. Source: Service Authorization Reference, Amazon RDS.
 */

export function ownTags(kind: "db" | "cluster", tags: readonly Tag[] = []): ConditionContext {
  return Object.fromEntries(tags.flatMap(({ Key, Value }) => [[`aws:ResourceTag/${Key}`, Value], [`rds:${kind}-tag/${Key}`, Value]]));
}

export function requestTags(tags: readonly Tag[] | undefined): ConditionContext {
  const out: ConditionContext = Object.fromEntries((tags ?? []).flatMap(({ Key, Value }) => [[`aws:RequestTag/${Key}`, Value ?? ""], [`rds:req-tag/${Key}`, Value ?? ""]]));
  if (tags?.length) out["aws:TagKeys"] = tags.map(({ Key }) => Key);
  return out;
}

/** Condition keys of RDS that the request says something about: what was not given is absent. */
export function given(keys: Record<string, string | number | boolean | undefined>): ConditionContext {
  const out: ConditionContext = {};
  for (const [key, value] of Object.entries(keys)) if (value !== undefined) out[`rds:${key}`] = String(value);
  return out;
}

/** About an instance, or one that is to be made. */
export function aboutInstance(ctx: Context, action: string, id: string, context: ConditionContext = {}): AuthRequest {
  const row = instances(ctx.db).get(id.toLowerCase());
  const known = row ? { ...ownTags("db", row.tags), ...given({ DatabaseClass: row.DBInstanceClass, DatabaseEngine: row.Engine, StorageSize: row.AllocatedStorage, MultiAz: row.MultiAZ, StorageEncrypted: row.StorageEncrypted, DatabaseName: row.DBName }) } : {};
  return { action: `rds:${action}`, resource: instanceArn(ctx, id.toLowerCase()), context: { ...known, ...context } };
}

export function aboutCluster(ctx: Context, action: string, id: string, context: ConditionContext = {}): AuthRequest {
  const row = clusters(ctx.db).get(id.toLowerCase());
  const known = row ? { ...ownTags("cluster", row.tags), ...given({ DatabaseEngine: row.Engine, StorageEncrypted: row.StorageEncrypted, DatabaseName: row.DatabaseName }) } : {};
  return { action: `rds:${action}`, resource: clusterArn(ctx, id.toLowerCase()), context: { ...known, ...context } };
}
