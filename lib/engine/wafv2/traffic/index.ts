import type { Service } from "../../types";
import { Inspect } from "./operations/inspect";
import { AddResource, ListResources, RemoveResource, UpdateDistribution } from "./operations/resources";
import { DescribeTraffic, ListTraffic, SendTraffic, StartTraffic, StopTraffic } from "./operations/streams";
import { TryRequests } from "./operations/try";

/**
 * Resources that web ACLs protect, and the requests that come to them: one by one, or in streams on the lab's clock. No AWS API: it has no endpoint, no IAM actions and no
 * CloudTrail records of its own. What it finds out stands with the web ACLs: samples, metrics, rates, logs.
 */
export const traffic: Service = {
  name: "traffic",
  deniedCode: "AccessDeniedException",
  operations: [AddResource, DescribeTraffic, Inspect, ListResources, ListTraffic, RemoveResource, SendTraffic, StartTraffic, StopTraffic, TryRequests, UpdateDistribution],
};
