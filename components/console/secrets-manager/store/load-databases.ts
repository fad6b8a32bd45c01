import { allPages, type Ask } from "../../frame/use-load";
import type { Database, SecretKind } from "./draft";

interface Endpoint {
  Address: string;
  Port: number;
}
interface Instance {
  DBInstanceIdentifier: string;
  DBClusterIdentifier?: string;
  Engine: string;
  DBName?: string;
  Endpoint?: Endpoint;
}
interface Cluster {
  DBClusterIdentifier: string;
  Engine: string;
  DatabaseName?: string;
  Endpoint?: string;
  Port?: number;
}
interface Warehouse {
  ClusterIdentifier: string;
  DBName?: string;
  Endpoint?: Partial<Endpoint>;
}

/** Databases of the Region that a secret of this kind can be for, with their addresses; those that have none yet are left out. */
export async function loadDatabases(ask: Ask, kind: SecretKind): Promise<Database[]> {
  if (kind === "redshift") {
    const clusters = await allPages<Warehouse>(async (Marker) => {
      const page = await ask("redshift", "DescribeClusters", { ...(Marker && { Marker }) });
      return { items: page.Clusters ?? [], next: page.Marker };
    });
    return clusters.flatMap(({ ClusterIdentifier, DBName, Endpoint }) => (Endpoint?.Address ? [{ id: ClusterIdentifier, engine: "redshift", host: Endpoint.Address, port: Endpoint.Port ?? 5439, dbname: DBName, member: "dbClusterIdentifier" as const }] : []));
  }
  const ofKind = (engine: string): boolean => (engine === "docdb") === (kind === "documentdb");
  const instances = await allPages<Instance>(async (Marker) => {
    const page = await ask("rds", "DescribeDBInstances", { ...(Marker && { Marker }) });
    return { items: page.DBInstances ?? [], next: page.Marker };
  });
  const clusters = await allPages<Cluster>(async (Marker) => {
    const page = await ask("rds", "DescribeDBClusters", { ...(Marker && { Marker }) });
    return { items: page.DBClusters ?? [], next: page.Marker };
  });
  return [
    // A cluster's instances are reached by the cluster.
    ...instances.flatMap(({ DBInstanceIdentifier, DBClusterIdentifier, Engine, DBName, Endpoint: at }): Database[] => (at && !DBClusterIdentifier && ofKind(Engine) ? [{ id: DBInstanceIdentifier, engine: Engine, host: at.Address, port: at.Port, dbname: DBName, member: "dbInstanceIdentifier" }] : [])),
    ...clusters.flatMap(({ DBClusterIdentifier, Engine, DatabaseName, Endpoint: at, Port }): Database[] => (at && ofKind(Engine) ? [{ id: DBClusterIdentifier, engine: Engine, host: at, port: Port ?? 3306, dbname: DatabaseName, member: "dbClusterIdentifier" }] : [])),
  ];
}
