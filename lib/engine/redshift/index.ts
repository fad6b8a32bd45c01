import type { Operation, Service } from "../types";
import { jobs } from "./jobs";
import { CreateCluster } from "./operations/create-cluster";
import { DeleteCluster } from "./operations/delete-cluster";
import { DescribeClusters, DescribeLoggingStatus } from "./operations/describe-clusters";
import { ModifyCluster } from "./operations/modify-cluster";
import { CreateTags, DeleteTags, DescribeTags } from "./operations/tags";

const operations: Operation[] = [CreateCluster, CreateTags, DeleteCluster, DeleteTags, DescribeClusters, DescribeLoggingStatus, DescribeTags, ModifyCluster];

/** Redshift's provisioned clusters. Requests cost nothing; nodes do while they are there. */
export const redshift: Service = { name: "redshift", deniedCode: "AccessDenied", operations: operations.map((operation) => ({ cost: () => [], ...operation })), jobs };
