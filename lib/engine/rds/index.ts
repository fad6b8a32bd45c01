import type { Operation, Service } from "../types";
import { jobs } from "./jobs";
import { CreateDBCluster } from "./operations/create-db-cluster";
import { CreateDBInstance } from "./operations/create-db-instance";
import { DeleteDBCluster, DeleteDBInstance } from "./operations/delete";
import { DescribeDBClusters, DescribeDBEngineVersions, DescribeDBInstances, DescribeGlobalClusters, DescribeOrderableDBInstanceOptions } from "./operations/describe";
import { ModifyDBCluster } from "./operations/modify-db-cluster";
import { ModifyDBInstance } from "./operations/modify-db-instance";
import { StartDBCluster, StartDBInstance, StopDBCluster, StopDBInstance } from "./operations/stop-start";
import { AddTagsToResource, ListTagsForResource, RemoveTagsFromResource } from "./operations/tags";

const operations: Operation[] = [
  AddTagsToResource,
  CreateDBCluster,
  CreateDBInstance,
  DeleteDBCluster,
  DeleteDBInstance,
  DescribeDBClusters,
  DescribeDBEngineVersions,
  DescribeDBInstances,
  DescribeGlobalClusters,
  DescribeOrderableDBInstanceOptions,
  ListTagsForResource,
  ModifyDBCluster,
  ModifyDBInstance,
  RemoveTagsFromResource,
  StartDBCluster,
  StartDBInstance,
  StopDBCluster,
  StopDBInstance,
];

/** RDS, Aurora and DocumentDB, which share one API. Requests cost nothing; instances do while they are there (`charges.ts`). */
export const rds: Service = { name: "rds", deniedCode: "AccessDenied", operations: operations.map((operation) => ({ cost: () => [], ...operation })), jobs };
