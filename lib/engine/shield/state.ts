import type { Db, JsonObject, Table } from "../types";

/**
 * What Shield Advanced keeps of an account. It is one service for all Regions, and works in us-east-1. Times are ms since the epoch.
 * Tables: `subscription` and `response-team` by ONLY; `protections` by id; `groups` by ProtectionGroupId; `attacks` by id;
 * `fees` by ONLY, in the account that pays.
 */

export const GLOBAL_REGION = "us-east-1";
/** Id of the row of a table that has one row. */
export const ONLY = "only";

export type Switch = "ENABLED" | "DISABLED";

export const resourceTypes = ["CLOUDFRONT_DISTRIBUTION", "ROUTE_53_HOSTED_ZONE", "ELASTIC_IP_ALLOCATION", "CLASSIC_LOAD_BALANCER", "APPLICATION_LOAD_BALANCER", "GLOBAL_ACCELERATOR"] as const;
export type ProtectedType = (typeof resourceTypes)[number];

export interface Tag {
  Key: string;
  Value: string;
}

export interface SubscriptionRow {
  StartTime: number;
  EndTime: number;
  AutoRenew: Switch;
  ProactiveEngagementStatus: Switch | "PENDING";
  /** Who pays the monthly fee. */
  payer: string;
}

/** The monthly fee, once for each account that pays: an organization's members share it. */
export interface FeeRow {
  charges: Record<string, number>;
  /** Accounts whose subscriptions it covers. */
  accounts: string[];
}

export interface ResponseTeamRow {
  RoleArn?: string;
  LogBucketList: string[];
  EmergencyContactList: Contact[];
}

export interface Contact {
  EmailAddress: string;
  PhoneNumber?: string;
  ContactNotes?: string;
}

export interface ProtectionRow {
  Id: string;
  Name: string;
  ResourceArn: string;
  ResourceType: ProtectedType;
  ProtectionArn: string;
  HealthCheckIds: string[];
  tags: Tag[];
  /** ms; AWS does not tell it. A credit needs a protection from before the attack. */
  CreatedAt?: number;
  /** Automatic application layer mitigation, where it is or was on. */
  automatic?: { Status: Switch; Action: JsonObject };
}

export interface GroupRow {
  ProtectionGroupId: string;
  ProtectionGroupArn: string;
  Aggregation: "SUM" | "MEAN" | "MAX";
  Pattern: "ALL" | "ARBITRARY" | "BY_RESOURCE_TYPE";
  ResourceType?: ProtectedType;
  Members: string[];
  tags: Tag[];
}

export interface Counter {
  Name?: string;
  Max?: number;
  Average?: number;
  Sum?: number;
  N?: number;
  Unit?: string;
}

export interface SubResource {
  Type: "IP" | "URL";
  Id: string;
  AttackVectors: { VectorType: string; VectorCounters?: Counter[] }[];
  Counters?: Counter[];
}

export interface AttackRow {
  AttackId: string;
  ResourceArn: string;
  StartTime: number;
  /** Absent while it goes on. */
  EndTime?: number;
  SubResources: SubResource[];
  AttackCounters: Counter[];
  AttackProperties: JsonObject[];
  Mitigations: { MitigationName?: string }[];
}

/** Shield's records of the account, from wherever it is asked. */
export const shieldDb = (db: Db, account?: string): Db => db.at({ service: "shield", region: GLOBAL_REGION, ...(account === undefined ? {} : { account }) });

export const subscriptions = (db: Db): Table<SubscriptionRow> => shieldDb(db).table<SubscriptionRow>("subscription");
export const fees = (db: Db, account: string): Table<FeeRow> => shieldDb(db, account).table<FeeRow>("fees");
export const responseTeam = (db: Db): Table<ResponseTeamRow> => shieldDb(db).table<ResponseTeamRow>("response-team");
export const protections = (db: Db): Table<ProtectionRow> => shieldDb(db).table<ProtectionRow>("protections");
export const groups = (db: Db): Table<GroupRow> => shieldDb(db).table<GroupRow>("groups");
export const attacks = (db: Db): Table<AttackRow> => shieldDb(db).table<AttackRow>("attacks");

/** ms to the API's epoch seconds. */
export const seconds = (ms: number): number => ms / 1000;
