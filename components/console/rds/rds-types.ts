/** What the RDS API says about databases, as far as the pages show it. Source: RDS API, DBInstance, DBCluster. */
interface Shared {
  Engine: string;
  EngineVersion: string;
  MasterUsername: string;
  BackupRetentionPeriod: number;
  StorageEncrypted: boolean;
  KmsKeyId?: string;
  DeletionProtection: boolean;
  MasterUserSecret?: { SecretArn: string; SecretStatus: string; KmsKeyId?: string };
  PendingModifiedValues?: Record<string, unknown>;
  VpcSecurityGroups: { VpcSecurityGroupId: string }[];
  TagList: { Key: string; Value: string }[];
}

export interface DBInstance extends Shared {
  DBInstanceIdentifier: string;
  DBInstanceClass: string;
  DBInstanceStatus: string;
  DBInstanceArn: string;
  DBName?: string;
  Endpoint?: { Address: string; Port: number };
  InstanceCreateTime?: number;
  AllocatedStorage: number;
  StorageType: string;
  AvailabilityZone: string;
  MultiAZ: boolean;
  PubliclyAccessible: boolean;
  DBClusterIdentifier?: string;
}

export interface DBCluster extends Shared {
  DBClusterIdentifier: string;
  Status: string;
  DBClusterArn: string;
  DatabaseName?: string;
  Endpoint: string;
  ReaderEndpoint: string;
  Port: number;
  ClusterCreateTime: number;
  AvailabilityZones: string[];
  DBClusterMembers: { DBInstanceIdentifier: string; IsClusterWriter: boolean }[];
}

/** An instance or a cluster, as a row of the list and as a page. */
export interface Database {
  kind: "instance" | "cluster";
  id: string;
  arn: string;
  status: string;
  role: string;
  /** Where it answers, once it was made. */
  host?: string;
  port?: number;
  /** The database that it was made with. */
  name?: string;
  created?: number;
  /** The cluster that an instance belongs to. */
  cluster?: string;
  class?: string;
  shared: Shared;
  instance?: DBInstance;
  dbCluster?: DBCluster;
}

export const engineNames: Record<string, string> = {
  mysql: "MySQL Community",
  mariadb: "MariaDB",
  postgres: "PostgreSQL",
  "aurora-mysql": "Aurora MySQL",
  "aurora-postgresql": "Aurora PostgreSQL",
  docdb: "Amazon DocumentDB",
};

export function fromInstance(instance: DBInstance, writer?: boolean): Database {
  return {
    kind: "instance",
    id: instance.DBInstanceIdentifier,
    arn: instance.DBInstanceArn,
    status: instance.DBInstanceStatus,
    role: writer === undefined ? "Instance" : writer ? "Writer instance" : "Reader instance",
    host: instance.Endpoint?.Address,
    port: instance.Endpoint?.Port,
    name: instance.DBName,
    created: instance.InstanceCreateTime,
    cluster: instance.DBClusterIdentifier,
    class: instance.DBInstanceClass,
    shared: instance,
    instance,
  };
}

export function fromCluster(cluster: DBCluster): Database {
  return {
    kind: "cluster",
    id: cluster.DBClusterIdentifier,
    arn: cluster.DBClusterArn,
    status: cluster.Status,
    role: "Regional cluster",
    ...(cluster.Status === "creating" ? {} : { host: cluster.Endpoint, port: cluster.Port }),
    name: cluster.DatabaseName,
    created: cluster.ClusterCreateTime,
    shared: cluster,
    dbCluster: cluster,
  };
}

/** Clusters with their instances after them, then instances that stand alone; each in the order of names. */
export function databasesOf(instances: readonly DBInstance[], clusters: readonly DBCluster[]): Database[] {
  const byName = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
  const writers = new Map(clusters.flatMap(({ DBClusterMembers }) => DBClusterMembers.map(({ DBInstanceIdentifier, IsClusterWriter }) => [DBInstanceIdentifier, IsClusterWriter] as const)));
  const all = instances.map((instance) => fromInstance(instance, writers.get(instance.DBInstanceIdentifier)));
  const heads = [...clusters.map(fromCluster), ...all.filter(({ cluster }) => cluster === undefined)].sort(byName);
  return heads.flatMap((head) => (head.kind === "cluster" ? [head, ...all.filter(({ cluster }) => cluster === head.id).sort(byName)] : [head]));
}
