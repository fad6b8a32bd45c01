import type { MasterSecret } from "../database/managed-secret";
import type { Engine } from "../database/state";
import type { StorageKey } from "../database/storage-key";
import type { Db, Table } from "../types";

/**
 * What RDS keeps, by account and Region: `instances` by DBInstanceIdentifier, `clusters` by DBClusterIdentifier, `snapshots` by
 * identifier. Times are ms since the epoch. The server that answers to logins is `database`'s: of an instance, or of a cluster,
 * whose members share its storage.
 */

export interface Tag {
  Key: string;
  Value: string;
}

export const dbEngines = ["mysql", "mariadb", "postgres", "aurora-mysql", "aurora-postgresql", "docdb"] as const satisfies readonly Engine[];
export type DbEngine = (typeof dbEngines)[number];

/** What both kinds have. */
export interface Common {
  Engine: DbEngine;
  EngineVersion: string;
  status: string;
  MasterUsername: string;
  /** The name by which the server is reached, and its port. */
  host: string;
  Port: number;
  createdAt: number;
  /** `db-…`, `cluster-…`. */
  resourceId: string;
  BackupRetentionPeriod: number;
  PreferredBackupWindow: string;
  PreferredMaintenanceWindow: string;
  StorageEncrypted: boolean;
  KmsKeyId?: string;
  /** The grant by which RDS uses the key. */
  grant?: StorageKey["grant"];
  VpcSecurityGroupIds: string[];
  DBSubnetGroupName: string;
  CopyTagsToSnapshot: boolean;
  DeletionProtection: boolean;
  tags: Tag[];
  secret?: MasterSecret;
  /** A password that was set and is not in force yet, as the server will keep it. */
  passwordHash?: string;
}

export interface InstanceRow extends Common {
  DBInstanceIdentifier: string;
  DBInstanceClass: string;
  DBName?: string;
  AllocatedStorage: number;
  StorageType: string;
  Iops?: number;
  StorageThroughput?: number;
  MaxAllocatedStorage?: number;
  MultiAZ: boolean;
  AutoMinorVersionUpgrade: boolean;
  LicenseModel: string;
  PubliclyAccessible: boolean;
  AvailabilityZone: string;
  CACertificateIdentifier: string;
  PromotionTier?: number;
  DBClusterIdentifier?: string;
  /** Changes that wait for the maintenance window. */
  pending: Waiting;
  /** What is charged by the hour or month: price items with how many of each. */
  charges: Record<string, number>;
}

export type Waiting = Partial<Pick<InstanceRow, "DBInstanceClass" | "AllocatedStorage" | "StorageType" | "Iops" | "StorageThroughput" | "MultiAZ" | "EngineVersion">>;

export interface ClusterRow extends Common {
  DBClusterIdentifier: string;
  DatabaseName?: string;
  readerHost: string;
  AvailabilityZones: string[];
  EngineMode: string;
}

/** The final snapshot of something that was deleted. */
export interface SnapshotRow {
  identifier: string;
  of: "DBInstance" | "DBCluster";
  source: string;
  Engine: DbEngine;
  EngineVersion: string;
  createdAt: number;
  StorageEncrypted: boolean;
  KmsKeyId?: string;
}

export const instances = (db: Db): Table<InstanceRow> => db.table<InstanceRow>("instances");
export const clusters = (db: Db): Table<ClusterRow> => db.table<ClusterRow>("clusters");
export const snapshots = (db: Db): Table<SnapshotRow> => db.table<SnapshotRow>("snapshots");

/** Members of a cluster, the writer first: the one that was made first and is not going away. */
export function membersOf(db: Db, cluster: string): Readonly<InstanceRow>[] {
  const order = ({ status, createdAt }: Readonly<InstanceRow>): number => (status === "deleting" ? Number.MAX_SAFE_INTEGER : createdAt);
  return instances(db).having("DBClusterIdentifier", cluster).toSorted((a, b) => order(a) - order(b));
}
