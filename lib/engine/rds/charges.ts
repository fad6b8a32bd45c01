import { databasePrices } from "../database-prices";
import { engineKinds } from "./engines";
import type { InstanceRow } from "./state";

/**
 * What an instance costs while it is there: its class by the hour (twice for Multi-AZ; nothing while it is stopped), and its
 * storage by the month. Members of a cluster have no storage of their own; what is in a cluster's volume is not charged here.
 * Source: aws.amazon.com/rds/pricing, aws.amazon.com/rds/aurora/pricing, aws.amazon.com/documentdb/pricing.
 */
export function chargesOf(row: Pick<InstanceRow, "Engine" | "DBInstanceClass" | "MultiAZ" | "AllocatedStorage" | "StorageType" | "status">): Record<string, number> {
  const { clustered } = engineKinds[row.Engine];
  const family = row.Engine.startsWith("aurora") ? "aurora" : row.Engine;
  const out: Record<string, number> = {};
  const add = (item: string, quantity: number): void => {
    if (Object.hasOwn(databasePrices, item)) out[item] = quantity;
  };
  const copies = row.MultiAZ && !clustered ? 2 : 1;
  if (row.status !== "stopped" && row.status !== "creating") add(`rds:instance:${family}:${row.DBInstanceClass}`, copies);
  if (!clustered && row.status !== "creating") add(`rds:storage:${row.StorageType}`, row.AllocatedStorage * copies);
  return out;
}
