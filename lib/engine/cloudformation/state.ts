import type { Db, JsonObject, Principal, Table } from "../types";
import type { ParameterValue } from "./template/parameters";
import type { Tag } from "./types/type";

/** CloudFormation's records. A stack's id is the last part of its ARN. */

export interface StackRow {
  id: string;
  StackId: string;
  StackName: string;
  status: string;
  reason?: string;
  /** ms */
  created: number;
  updated?: number;
  deleted?: number;
  /** The template of the last operation that was begun, as it was sent. */
  template: string;
  parameters: ParameterValue[];
  tags: Tag[];
  capabilities: string[];
  notificationArns: string[];
  roleArn?: string;
  disableRollback: boolean;
  timeoutMinutes?: number;
  terminationProtection: boolean;
  policy?: string;
  outputs: OutputRow[];
  changeSetId?: string;
  /** As whom the stack acts: who asked for its last operation. */
  principal: Principal;
  drift: { status: "DRIFTED" | "IN_SYNC" | "NOT_CHECKED" | "UNKNOWN"; at?: number };
  /** The last operations, newest first. */
  operations: { type: string; id: string }[];
  /** How many events there are. */
  events: number;
  token?: { token: string; what: string };
  /** Physical resources that replacements left: deleted when the update is complete. */
  leftovers: { id: string; leftover: Leftover }[];
  op?: OperationRow;
  /** What a failed update would go back to, where it has not gone back yet. */
  before?: Before;
}

export interface OutputRow {
  OutputKey: string;
  OutputValue: string;
  Description?: string;
  ExportName?: string;
}

/** A stack as it was before an update. */
export interface Before {
  template: string;
  parameters: ParameterValue[];
  tags: Tag[];
  capabilities: string[];
  outputs: OutputRow[];
  /** Resources that the update touched, as they were; null: there was none. */
  resources: Record<string, ResourceRow | null>;
}

/** One thing to do with one resource. */
export interface Work {
  id: string;
  what: "create-or-update" | "restore" | "delete";
  state: "waiting" | "running" | "done" | "failed";
  /** Ids of work that comes first. */
  after: string[];
  /** Deletions: what is deleted, where it is not the resource that the stack has under this name now. */
  leftover?: Leftover;
  /** While running: what it is that is waited for, and since when (ms). */
  doing?: "create" | "update" | "delete";
  since?: number;
}

/** A physical resource that is no longer the stack's under its name. */
export interface Leftover {
  type: string;
  physicalId: string;
  properties: JsonObject;
  deletionPolicy?: string;
}

export interface OperationRow {
  kind: "create" | "update" | "delete";
  phase: "work" | "cleanup" | "rollback" | "rollback-cleanup" | "delete";
  operationId: string;
  token?: string;
  work: Work[];
  disableRollback: boolean;
  /** Creation: what happens when it fails. */
  onFailure?: "ROLLBACK" | "DELETE" | "DO_NOTHING";
  /** ms */
  deadline?: number;
  policyDuring?: string;
  retainExceptOnCreate?: boolean;
  /** Resources that a deletion leaves alone, or a rollback skips. */
  skip: string[];
  cancelled?: boolean;
}

export interface ResourceRow {
  stack: string;
  logicalId: string;
  type: string;
  physicalId?: string;
  status: string;
  reason?: string;
  /** ms */
  at: number;
  /** As the service was last given them, with secure references as they are written. */
  properties: JsonObject;
  attributes: JsonObject;
  metadata?: JsonObject;
  deletionPolicy?: string;
  updateReplacePolicy?: string;
  /** What it was made after. */
  needs: string[];
  drift: { status: "IN_SYNC" | "MODIFIED" | "DELETED" | "NOT_CHECKED" | "UNKNOWN"; at?: number };
}

export interface EventRow {
  EventId: string;
  stack: string;
  LogicalResourceId: string;
  PhysicalResourceId: string;
  ResourceType: string;
  at: number;
  ResourceStatus: string;
  ResourceStatusReason?: string;
  ResourceProperties?: string;
  ClientRequestToken?: string;
  OperationId?: string;
}

export interface ChangeSetRow {
  id: string;
  ChangeSetId: string;
  ChangeSetName: string;
  stack: string;
  type: "CREATE" | "UPDATE";
  Description?: string;
  created: number;
  status: string;
  reason?: string;
  execution: string;
  template: string;
  parameters: ParameterValue[];
  tags: Tag[];
  capabilities: string[];
  notificationArns: string[];
  roleArn?: string;
  onStackFailure?: string;
  changes: JsonObject[];
  principal: Principal;
  includeNestedStacks: boolean;
}

export interface ExportRow {
  Name: string;
  Value: string;
  stack: string;
}

/** Who imports an export. */
export interface ImportRow {
  Name: string;
  stack: string;
}

export interface DetectionRow {
  id: string;
  stack: string;
  status: "DETECTION_IN_PROGRESS" | "DETECTION_COMPLETE" | "DETECTION_FAILED";
  reason?: string;
  drift?: "DRIFTED" | "IN_SYNC" | "UNKNOWN" | "NOT_CHECKED";
  drifted?: number;
  at: number;
  only?: string[];
  principal: Principal;
}

export interface ResourceDriftRow {
  stack: string;
  logicalId: string;
  drift: JsonObject;
}

export const stacks = (db: Db): Table<StackRow> => db.table("stacks");
/** Names of stacks that are not deleted, to ids. */
export const stackNames = (db: Db): Table<{ id: string }> => db.table("stack-names");
export const resources = (db: Db): Table<ResourceRow> => db.table("resources");
export const events = (db: Db): Table<EventRow> => db.table("events");
export const changeSets = (db: Db): Table<ChangeSetRow> => db.table("change-sets");
export const exportsOf = (db: Db): Table<ExportRow> => db.table("exports");
export const imports = (db: Db): Table<ImportRow> => db.table("imports");
export const detections = (db: Db): Table<DetectionRow> => db.table("drift-detections");
export const resourceDrifts = (db: Db): Table<ResourceDriftRow> => db.table("resource-drifts");

export const resourceId = (stack: string, logicalId: string): string => `${stack} ${logicalId}`;

export const resourcesOf = (db: Db, stack: string): Readonly<ResourceRow>[] => resources(db).ids({ prefix: `${stack} ` }).map((id) => resources(db).get(id)!);

/** A stack by its name or ARN; by its name only while it is there. */
export function findStack(db: Db, nameOrId: string): Readonly<StackRow> | undefined {
  if (!nameOrId.startsWith("arn:")) {
    const named = stackNames(db).get(nameOrId);
    return named && stacks(db).get(named.id);
  }
  const row = stacks(db).get(nameOrId.slice(nameOrId.lastIndexOf("/") + 1));
  return row?.StackId === nameOrId ? row : undefined;
}

export const isInProgress = (status: string): boolean => status.endsWith("_IN_PROGRESS") && status !== "REVIEW_IN_PROGRESS";
