import type { Operation, Service } from "../types";
import { deliverEvent, retryEvent } from "./deliver";
import { CreateEventBus, DeleteEventBus, DescribeEventBus, ListEventBuses } from "./operations/buses";
import { PutPermission, RemovePermission } from "./operations/permissions";
import { PutEvents } from "./operations/put-events";
import { DeleteRule, DescribeRule, DisableRule, EnableRule, ListRules, PutRule } from "./operations/rules";
import { ListTagsForResource, TagResource, UntagResource } from "./operations/tags";
import { ListRuleNamesByTarget, ListTargetsByRule, PutTargets, RemoveTargets } from "./operations/targets";
import { TestEventPattern } from "./operations/test-event-pattern";
import { runScheduled } from "./scheduled";

const operations: Operation[] = [
  CreateEventBus,
  DeleteEventBus,
  DeleteRule,
  DescribeEventBus,
  DescribeRule,
  DisableRule,
  EnableRule,
  ListEventBuses,
  ListRuleNamesByTarget,
  ListRules,
  ListTagsForResource,
  ListTargetsByRule,
  PutEvents,
  PutPermission,
  PutRule,
  PutTargets,
  RemovePermission,
  RemoveTargets,
  TagResource,
  TestEventPattern,
  UntagResource,
];

/**
 * EventBridge: buses, rules, targets. Archives and replays, partner sources, connections and API destinations, global
 * endpoints, pipes and the Scheduler are not simulated and say so by name. AWS's own events are free, events of one's own are
 * not. Source: aws.amazon.com/eventbridge/pricing.
 */
export const events: Service = {
  name: "events",
  deniedCode: "AccessDeniedException",
  operations: operations.map((operation) => ({ cost: () => [], ...operation })),
  jobs: { EventDelivery: deliverEvent, EventRetry: retryEvent, ScheduledRule: runScheduled },
};
