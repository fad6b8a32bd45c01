import type { Context, JsonObject } from "../../types";
import { type DetectionRow, events, type ResourceRow, resourceId, resources, type StackRow, stacks } from "../state";

/**
 * What happened to a stack, as DescribeStackEvents lists it, and as EventBridge is told.
 * Sources: CloudFormation API Reference, StackEvent; CloudFormation User Guide, "Manage events with CloudFormation and Amazon EventBridge".
 */

interface Happened {
  LogicalResourceId: string;
  PhysicalResourceId: string;
  ResourceType: string;
  ResourceStatus: string;
  ResourceStatusReason?: string;
  ResourceProperties?: string;
}

/** The row, to be changed. */
export const editStack = (ctx: Context, id: string): StackRow => stacks(ctx.db).edit(id);

function put(ctx: Context, id: string, happened: Happened, EventId: string): void {
  const stack = editStack(ctx, id);
  const at = stack.events++;
  events(ctx.db).put(`${id} ${String(at).padStart(6, "0")}`, {
    ...happened,
    EventId,
    stack: id,
    at: ctx.now,
    ...(stack.op?.token === undefined ? {} : { ClientRequestToken: stack.op.token }),
    ...(stack.op ? { OperationId: stack.op.operationId } : {}),
  });
}

const detailTypes = { stack: "CloudFormation Stack Status Change", resource: "CloudFormation Resource Status Change" };

function tell(ctx: Context, { StackId, op }: StackRow, what: keyof typeof detailTypes, { LogicalResourceId, PhysicalResourceId, ResourceType, ResourceStatus, ResourceStatusReason }: Happened): void {
  const detail: JsonObject = {
    "stack-id": StackId,
    ...(what === "resource" ? { "logical-resource-id": LogicalResourceId, "physical-resource-id": PhysicalResourceId, "resource-type": ResourceType } : {}),
    "status-details": { status: ResourceStatus, "status-reason": ResourceStatusReason ?? "" },
    ...(op?.token === undefined ? {} : { "client-request-token": op.token }),
  };
  ctx.emit({ source: "aws.cloudformation", detailType: detailTypes[what], detail, resources: [StackId] });
}

/** The stack's status from now on. */
export function stackStatus(ctx: Context, id: string, status: string, reason?: string): void {
  const stack = editStack(ctx, id);
  stack.status = status;
  if (reason === undefined) delete stack.reason;
  else stack.reason = reason;
  stackEvent(ctx, id, status, reason);
}

/** An event of the stack that leaves its status alone. */
export function stackEvent(ctx: Context, id: string, status: string, reason?: string): void {
  const { StackName, StackId } = editStack(ctx, id);
  const happened: Happened = { LogicalResourceId: StackName, PhysicalResourceId: StackId, ResourceType: "AWS::CloudFormation::Stack", ResourceStatus: status, ...(reason === undefined ? {} : { ResourceStatusReason: reason }) };
  put(ctx, id, happened, ctx.newId());
  tell(ctx, editStack(ctx, id), "stack", happened);
}

/** Properties as events print them; those of a secret are references there, never what they refer to. */
const printedProperties = (properties: JsonObject): string => JSON.stringify(properties);

export interface ResourceEvent {
  logicalId: string;
  physicalId?: string;
  type: string;
  status: string;
  reason?: string;
  properties?: JsonObject;
}

export function resourceEvent(ctx: Context, id: string, { logicalId, physicalId = "", type, status, reason, properties }: ResourceEvent): void {
  const happened: Happened = {
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    ResourceStatus: status,
    ...(reason === undefined ? {} : { ResourceStatusReason: reason }),
    ...(properties === undefined ? {} : { ResourceProperties: printedProperties(properties) }),
  };
  put(ctx, id, happened, ownEventId(ctx, id, `${logicalId}-${status}`));
  tell(ctx, editStack(ctx, id), "resource", happened);
}

/** No two events have one id: a second of the same status in one millisecond is named after the next. */
function ownEventId(ctx: Context, id: string, name: string): string {
  const taken = new Set<string>();
  for (let at = stacks(ctx.db).get(id)!.events - 1; at >= 0; at--) {
    const row = events(ctx.db).get(`${id} ${String(at).padStart(6, "0")}`)!;
    if (row.at !== ctx.now) break;
    taken.add(row.EventId);
  }
  for (let time = ctx.now; ; time++) {
    const own = `${name}-${new Date(time).toISOString()}`;
    if (!taken.has(own)) return own;
  }
}

/** The resource's status from now on, with its event. */
export function resourceStatus(ctx: Context, row: ResourceRow, status: string, reason?: string): void {
  row.status = status;
  row.at = ctx.now;
  if (reason === undefined) delete row.reason;
  else row.reason = reason;
  resources(ctx.db).put(resourceId(row.stack, row.logicalId), row);
  resourceEvent(ctx, row.stack, { logicalId: row.logicalId, physicalId: row.physicalId, type: row.type, status, reason, properties: row.properties });
}

/** Drift detection has begun (no number of drifted resources yet) or is over. Source: CloudFormation User Guide, "Drift Detection Status Change event detail". */
export function driftEvent(ctx: Context, StackId: string, { id, status, drift = "NOT_CHECKED", drifted = -1 }: Readonly<DetectionRow>): void {
  ctx.emit({
    source: "aws.cloudformation",
    detailType: "CloudFormation Drift Detection Status Change",
    detail: { "stack-id": StackId, "stack-drift-detection-id": id, "status-details": { "stack-drift-status": drift, "detection-status": status }, "drift-detection-details": { "drifted-stack-resource-count": drifted } },
    resources: [StackId],
  });
}
