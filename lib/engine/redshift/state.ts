import type { MasterSecret } from "../database/managed-secret";
import type { StorageKey } from "../database/storage-key";
import type { Db, Table } from "../types";

/** What Redshift keeps, by account and Region: `clusters` by ClusterIdentifier, `snapshots` by identifier. Times are ms since the epoch. */

export interface Tag {
  Key: string;
  Value: string;
}

export interface ClusterRow {
  ClusterIdentifier: string;
  NodeType: string;
  NumberOfNodes: number;
  status: string;
  MasterUsername: string;
  DBName: string;
  host: string;
  Port: number;
  createdAt: number;
  ClusterVersion: string;
  AutomatedSnapshotRetentionPeriod: number;
  ManualSnapshotRetentionPeriod: number;
  AvailabilityZone: string;
  PreferredMaintenanceWindow: string;
  AllowVersionUpgrade: boolean;
  PubliclyAccessible: boolean;
  EnhancedVpcRouting: boolean;
  VpcSecurityGroupIds: string[];
  ClusterSubnetGroupName: string;
  KmsKeyId: string;
  grant: StorageKey["grant"];
  namespace: string;
  tags: Tag[];
  secret?: MasterSecret;
  /** A password that was set and is not in force yet, as the server will keep it. */
  passwordHash?: string;
  /** A resize that is under way. */
  pending: { NodeType?: string; NumberOfNodes?: number };
  charges: Record<string, number>;
}

export interface SnapshotRow {
  identifier: string;
  source: string;
  createdAt: number;
}

export const clusters = (db: Db): Table<ClusterRow> => db.table<ClusterRow>("clusters");
export const snapshots = (db: Db): Table<SnapshotRow> => db.table<SnapshotRow>("snapshots");
