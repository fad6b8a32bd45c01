import { allPages, type Ask } from "../frame/use-load";
import { type Database, type DBCluster, type DBInstance, databasesOf, fromCluster, fromInstance } from "./rds-types";

/** All of the Region: clusters stand with their instances, so both lists are read. */
export async function loadDatabases(ask: Ask): Promise<Database[]> {
  const instances = await allPages<DBInstance>(async (Marker) => {
    const page = await ask("rds", "DescribeDBInstances", Marker ? { Marker } : {});
    return { items: page.DBInstances, next: page.Marker };
  });
  const clusters = await allPages<DBCluster>(async (Marker) => {
    const page = await ask("rds", "DescribeDBClusters", Marker ? { Marker } : {});
    return { items: page.DBClusters, next: page.Marker };
  });
  return databasesOf(instances, clusters);
}

export async function loadDatabase(ask: Ask, kind: "instance" | "cluster", id: string): Promise<Database> {
  if (kind === "cluster") return fromCluster((await ask<{ DBClusters: DBCluster[] }>("rds", "DescribeDBClusters", { DBClusterIdentifier: id })).DBClusters[0]);
  const [instance] = (await ask<{ DBInstances: DBInstance[] }>("rds", "DescribeDBInstances", { DBInstanceIdentifier: id })).DBInstances;
  if (instance.DBClusterIdentifier === undefined) return fromInstance(instance);
  const { DBClusters } = await ask<{ DBClusters: DBCluster[] }>("rds", "DescribeDBClusters", { DBClusterIdentifier: instance.DBClusterIdentifier });
  return fromInstance(instance, DBClusters[0]?.DBClusterMembers.find(({ DBInstanceIdentifier }) => DBInstanceIdentifier === id)?.IsClusterWriter);
}
