import type { CloudEvent, Db, JsonObject, Table } from "../types";

/**
 * What EventBridge keeps, by account and Region. Times are ms since the epoch. Tables: `buses` by name (the default bus has a row
 * only once it has a policy or tags); `rules` by `<bus>\0<rule>`; `targets` by `<bus>\0<rule>\0<id>`; `log`, the events that
 * came in (`../event-log.ts`); `deliveries`, what became of an event at a target, by `<event's key>\0<bus>\0<rule>\0<id>`.
 */

export const DEFAULT = "default";

export interface BusRow {
  Name: string;
  Description?: string;
  /** JSON. */
  Policy?: string;
  CreationTime: number;
  LastModifiedTime: number;
  tags: Record<string, string>;
}

export type RuleState = "ENABLED" | "DISABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

export interface RuleRow {
  bus: string;
  Name: string;
  EventPattern?: string;
  ScheduleExpression?: string;
  State: RuleState;
  Description?: string;
  RoleArn?: string;
  CreatedBy: string;
  /** When its schedule began to count. */
  anchor: number;
  changed: number;
  tags: Record<string, string>;
}

export interface TargetRow {
  /** The rule's id. */
  rule: string;
  Id: string;
  Arn: string;
  /** As PutTargets got it. */
  target: JsonObject;
  /** Log groups: the stream that its events go to, once there are any. */
  logStream?: string;
}

/** `stopped`: by the lab, not by AWS. */
export type DeliveryState = "delivered" | "retrying" | "dead-letter" | "dropped" | "stopped";

export interface DeliveryRow {
  /** The event's key in the log. */
  event: string;
  /** ARN of the rule. */
  rule: string;
  target: string;
  arn: string;
  state: DeliveryState;
  attempts: number;
  first: number;
  last: number;
  /** AWS's code for dead letters, and what the target said. */
  code?: string;
  message?: string;
  /** A scheduled rule's run that stands for so many. */
  runs?: number;
  /** What is to be sent again. */
  pending?: { event: CloudEvent; input: string };
}

export const buses = (db: Db): Table<BusRow> => db.table<BusRow>("buses");
export const rules = (db: Db): Table<RuleRow> => db.table<RuleRow>("rules");
export const targets = (db: Db): Table<TargetRow> => db.table<TargetRow>("targets");
export const log = (db: Db): Table<CloudEvent> => db.table<CloudEvent>("log");
export const deliveries = (db: Db): Table<DeliveryRow> => db.table<DeliveryRow>("deliveries");

export const ruleId = (bus: string, name: string): string => `${bus}\0${name}`;
export const targetId = (bus: string, name: string, id: string): string => `${bus}\0${name}\0${id}`;

export const targetsOf = (db: Db, { bus, Name }: Readonly<Pick<RuleRow, "bus" | "Name">>): Readonly<TargetRow>[] =>
  targets(db).ids({ prefix: `${ruleId(bus, Name)}\0` }).map((id) => targets(db).get(id)!);
