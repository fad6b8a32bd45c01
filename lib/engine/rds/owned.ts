import { type Managed, type MasterSecret, makeSecret } from "../database/managed-secret";
import * as storage from "../database/storage-key";
import type { Failure } from "../errors";
import type { Context } from "../types";
import { isFailure, rdsErrors } from "./errors";
import { clusterArn, instanceArn } from "./names";
import type { Common } from "./state";

/** What RDS takes for a database from other services: a key of KMS for its storage, a secret for its master password. */

const contextOf = ({ resourceId }: Pick<Common, "resourceId">): Record<string, string> => ({ "aws:rds:db-id": resourceId });

/** Errors: KMSKeyNotAccessibleFault. */
export function takeKey(ctx: Context, resourceId: string, asked: string | undefined): storage.StorageKey | Failure {
  const key = storage.takeKey(ctx, "rds", contextOf({ resourceId }), asked);
  return "notAccessible" in key ? rdsErrors.keyNotAccessible(key.notAccessible) : key;
}

export const makeVolume = (ctx: Context, row: Readonly<Common>): boolean => storage.makeVolume(ctx, "rds", contextOf(row), row);
export const leaveKey = (ctx: Context, row: Readonly<Common>): void => storage.leaveKey(ctx, "rds", row);

/** Rotated every seven days. */
export function managedInstance(ctx: Context, id: string, username: string): Managed {
  const arn = instanceArn(ctx, id);
  return { name: `rds!db-${ctx.newId()}`, description: `The secret associated with the primary RDS DB instance: ${arn}`, username, tag: "aws:rds:primaryDBInstanceArn", arn, days: 7 };
}

export function managedCluster(ctx: Context, id: string, username: string): Managed {
  const arn = clusterArn(ctx, id);
  return { name: `rds!cluster-${ctx.newId()}`, description: `The secret associated with the primary RDS DB cluster: ${arn}`, username, tag: "aws:rds:primaryDBClusterArn", arn, days: 7 };
}

/** Errors: KMSKeyNotAccessibleFault, Secrets Manager's own. */
export function takeSecret(ctx: Context, managed: Managed, keyId: string | undefined): { secret: MasterSecret; password: string } | Failure {
  const made = makeSecret(ctx, managed, keyId);
  return isFailure(made) ? made : "notAccessible" in made ? rdsErrors.keyNotAccessible(made.notAccessible) : made;
}
