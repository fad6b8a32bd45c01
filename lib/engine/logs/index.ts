import type { Operation, Service } from "../types";
import { FilterLogEvents, GetLogEvents } from "./operations/events";
import { CreateLogGroup, DeleteLogGroup, DeleteRetentionPolicy, DescribeLogGroups, ListTagsForResource, PutRetentionPolicy, TagResource, UntagResource } from "./operations/groups";
import { DeleteResourcePolicy, DescribeResourcePolicies, PutResourcePolicy } from "./operations/policies";
import { CreateLogStream, DeleteLogStream, DescribeLogStreams, PutLogEvents } from "./operations/streams";

const operations: Operation[] = [
  CreateLogGroup,
  CreateLogStream,
  DeleteLogGroup,
  DeleteLogStream,
  DeleteResourcePolicy,
  DeleteRetentionPolicy,
  DescribeLogGroups,
  DescribeLogStreams,
  DescribeResourcePolicies,
  FilterLogEvents,
  GetLogEvents,
  ListTagsForResource,
  PutLogEvents,
  PutResourcePolicy,
  PutRetentionPolicy,
  TagResource,
  UntagResource,
];

/** CloudWatch Logs: groups, streams and events. What comes in costs, requests do not. Source: aws.amazon.com/cloudwatch/pricing. */
export const logs: Service = {
  name: "logs",
  deniedCode: "AccessDeniedException",
  invalidCode: "InvalidParameterException",
  operations: operations.map((operation) => ({ cost: () => [], ...operation })),
};
