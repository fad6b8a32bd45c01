import type { Failure } from "../../errors";
import { ok } from "../../errors";
import type { JsonObject, Operation } from "../../types";
import { aboutCluster, aboutInstance } from "../authorise";
import { engineKinds, engineOf } from "../engines";
import { isFailure, rdsErrors } from "../errors";
import { clusterArn, instanceArn, zonesOf } from "../names";
import { page } from "../page";
import { clusterEntry, instanceEntry } from "../show";
import { clusters, dbEngines, instances } from "../state";

interface Filter {
  Name: string;
  Values: string[];
}
interface Input {
  Filters?: Filter[];
  MaxRecords?: number;
  Marker?: string;
}

/** An identifier as these operations take it: the name, or the ARN. */
const named = (id: string): string => (id.startsWith("arn:") ? id.slice(id.lastIndexOf(":") + 1) : id).toLowerCase();

/** Rows that meet all filters. Errors: a filter that there is not. */
function filtered<T>(all: readonly T[], filters: readonly Filter[] = [], known: Record<string, (row: T) => string[]>): T[] | Failure {
  const wrong = filters.find(({ Name }) => !Object.hasOwn(known, Name));
  if (wrong) return rdsErrors.value(`Unrecognized filter name: ${wrong.Name}`);
  return all.filter((row) => filters.every(({ Name, Values }) => known[Name](row).some((value) => Values.includes(value))));
}

/** Source: RDS API, DescribeDBInstances. Errors: DBInstanceNotFound, InvalidParameterValue. */
export const DescribeDBInstances: Operation = {
  name: "DescribeDBInstances",
  authorise: ({ DBInstanceIdentifier }: { DBInstanceIdentifier?: string }, ctx) => aboutInstance(ctx, "DescribeDBInstances", DBInstanceIdentifier === undefined ? "*" : named(DBInstanceIdentifier)),
  handle({ DBInstanceIdentifier, Filters, ...input }: Input & { DBInstanceIdentifier?: string }, ctx) {
    const one = DBInstanceIdentifier === undefined ? undefined : instances(ctx.db).get(named(DBInstanceIdentifier));
    if (DBInstanceIdentifier !== undefined && !one) return rdsErrors.noInstance(DBInstanceIdentifier);
    const found = filtered(one ? [one] : instances(ctx.db).all(), Filters, {
      "db-cluster-id": (row) => (row.DBClusterIdentifier === undefined ? [] : [row.DBClusterIdentifier, clusterArn(ctx, row.DBClusterIdentifier)]),
      "db-instance-id": (row) => [row.DBInstanceIdentifier, instanceArn(ctx, row.DBInstanceIdentifier)],
      "dbi-resource-id": (row) => [row.resourceId],
      engine: (row) => [row.Engine],
      domain: () => [],
    });
    if (isFailure(found)) return found;
    const listed = page(found, input, "DescribeDBInstances", (row) => row.DBInstanceIdentifier);
    return isFailure(listed) ? listed : ok({ DBInstances: listed.entries.map((row) => instanceEntry(ctx, row)), ...(listed.Marker ? { Marker: listed.Marker } : {}) });
  },
};

/** Source: RDS API, DescribeDBClusters. Errors: DBClusterNotFoundFault, InvalidParameterValue. */
export const DescribeDBClusters: Operation = {
  name: "DescribeDBClusters",
  authorise: ({ DBClusterIdentifier }: { DBClusterIdentifier?: string }, ctx) => aboutCluster(ctx, "DescribeDBClusters", DBClusterIdentifier === undefined ? "*" : named(DBClusterIdentifier)),
  handle({ DBClusterIdentifier, Filters, ...input }: Input & { DBClusterIdentifier?: string }, ctx) {
    const one = DBClusterIdentifier === undefined ? undefined : clusters(ctx.db).get(named(DBClusterIdentifier));
    if (DBClusterIdentifier !== undefined && !one) return rdsErrors.noCluster(DBClusterIdentifier);
    const found = filtered(one ? [one] : clusters(ctx.db).all(), Filters, {
      "db-cluster-id": (row) => [row.DBClusterIdentifier, clusterArn(ctx, row.DBClusterIdentifier)],
      "db-cluster-resource-id": (row) => [row.resourceId],
      engine: (row) => [row.Engine],
      "clone-group-id": () => [],
      domain: () => [],
    });
    if (isFailure(found)) return found;
    const listed = page(found, input, "DescribeDBClusters", (row) => row.DBClusterIdentifier);
    return isFailure(listed) ? listed : ok({ DBClusters: listed.entries.map((row) => clusterEntry(ctx, row)), ...(listed.Marker ? { Marker: listed.Marker } : {}) });
  },
};

/** There are none in the lab: their making is not simulated. Source: RDS API, DescribeGlobalClusters. */
export const DescribeGlobalClusters: Operation = {
  name: "DescribeGlobalClusters",
  authorise: () => ({ action: "rds:DescribeGlobalClusters", resource: "*" }),
  handle: ({ GlobalClusterIdentifier }: { GlobalClusterIdentifier?: string }) => (GlobalClusterIdentifier === undefined ? ok({ GlobalClusters: [] }) : rdsErrors.noGlobalCluster(GlobalClusterIdentifier)),
};

/** Engines and their versions, as far as the lab has them. Source: RDS API, DescribeDBEngineVersions. */
export const DescribeDBEngineVersions: Operation = {
  name: "DescribeDBEngineVersions",
  authorise: () => ({ action: "rds:DescribeDBEngineVersions", resource: "*" }),
  handle({ Engine, EngineVersion, DBParameterGroupFamily, DefaultOnly, Filters, ...input }: Input & { Engine?: string; EngineVersion?: string; DBParameterGroupFamily?: string; DefaultOnly?: boolean }) {
    if (Engine !== undefined) {
      const engine = engineOf(Engine);
      if (isFailure(engine)) return engine;
    }
    const all = dbEngines.flatMap((engine) => engineKinds[engine].versions.map((version) => ({ engine, version, family: engineKinds[engine].family(version) })));
    const found = filtered(
      all.filter(({ engine, version, family }) => (Engine === undefined || engine === Engine) && (EngineVersion === undefined || version === EngineVersion || version.startsWith(`${EngineVersion}.`)) && (DBParameterGroupFamily === undefined || family === DBParameterGroupFamily) && (!DefaultOnly || version === engineKinds[engine].usual)),
      Filters,
      { "db-parameter-group-family": ({ family }) => [family], engine: ({ engine }) => [engine], "engine-mode": () => ["provisioned"], "engine-version": ({ version }) => [version], status: () => ["available"] },
    );
    if (isFailure(found)) return found;
    const listed = page(found, input, "DescribeDBEngineVersions", ({ engine, version }) => `${dbEngines.indexOf(engine)} ${String(engineKinds[engine].versions.indexOf(version)).padStart(2, "0")}`);
    if (isFailure(listed)) return listed;
    const entries = listed.entries.map(({ engine, version, family }): JsonObject => ({
      Engine: engine, MajorEngineVersion: family.replace(/^.*?(\d[\d.]*)$/, "$1"), EngineVersion: version, DBParameterGroupFamily: family, DBEngineDescription: engineKinds[engine].title, DBEngineVersionDescription: `${engineKinds[engine].title} ${version}`,
      ValidUpgradeTarget: [], ExportableLogTypes: [], SupportsLogExportsToCloudwatchLogs: false, SupportsReadReplica: false, SupportedFeatureNames: [], Status: "available", SupportsParallelQuery: false, SupportsGlobalDatabases: false,
      ...(engineKinds[engine].clustered ? { SupportedEngineModes: ["provisioned"] } : {}),
    }));
    return ok({ DBEngineVersions: entries, ...(listed.Marker ? { Marker: listed.Marker } : {}) });
  },
};

/** Source: RDS API, DescribeOrderableDBInstanceOptions. */
export const DescribeOrderableDBInstanceOptions: Operation = {
  name: "DescribeOrderableDBInstanceOptions",
  authorise: () => ({ action: "rds:DescribeOrderableDBInstanceOptions", resource: "*" }),
  handle({ Engine, EngineVersion, DBInstanceClass, LicenseModel, ...input }: Input & { Engine: string; EngineVersion?: string; DBInstanceClass?: string; LicenseModel?: string }, ctx) {
    const engine = engineOf(Engine);
    if (isFailure(engine)) return engine;
    const kind = engineKinds[engine];
    const all = kind.versions.flatMap((version) => kind.classes.map((dbClass) => ({ version, dbClass })));
    const found = all.filter(({ version, dbClass }) => (EngineVersion === undefined || version === EngineVersion) && (DBInstanceClass === undefined || dbClass === DBInstanceClass) && (LicenseModel === undefined || LicenseModel === kind.license));
    const listed = page(found, input, `DescribeOrderableDBInstanceOptions ${engine}`, ({ version, dbClass }) => `${String(kind.versions.indexOf(version)).padStart(2, "0")} ${String(kind.classes.indexOf(dbClass)).padStart(2, "0")}`);
    if (isFailure(listed)) return listed;
    const entries = listed.entries.map(({ version, dbClass }): JsonObject => ({
      Engine: engine, EngineVersion: version, DBInstanceClass: dbClass, LicenseModel: kind.license, AvailabilityZones: zonesOf(ctx.region).map((Name) => ({ Name })), MultiAZCapable: !kind.clustered, ReadReplicaCapable: false, Vpc: true,
      SupportsStorageEncryption: true, StorageType: kind.clustered ? "aurora" : "gp3", SupportsIops: !kind.clustered, SupportsStorageThroughput: !kind.clustered, SupportsEnhancedMonitoring: false, SupportsIAMDatabaseAuthentication: false,
      SupportsPerformanceInsights: false, ...(kind.clustered ? {} : { MinStorageSize: 20, MaxStorageSize: 65_536 }), AvailableProcessorFeatures: [], SupportedEngineModes: ["provisioned"], SupportsStorageAutoscaling: !kind.clustered,
      SupportsKerberosAuthentication: false, OutpostCapable: false, SupportedNetworkTypes: ["IPV4"], SupportsGlobalDatabases: false, SupportsClusters: kind.clustered, SupportsDedicatedLogVolume: false,
    }));
    return ok({ OrderableDBInstanceOptions: entries, ...(listed.Marker ? { Marker: listed.Marker } : {}) });
  },
};
