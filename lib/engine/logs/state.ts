import type { Db, Table } from "../types";

/**
 * What CloudWatch Logs keeps, by account and Region. Times are ms since the epoch.
 * Tables: `groups` by name; `streams` by `<group>\0<stream>`; `batches`, one for each PutLogEvents, by
 * `<group>\0<its number in the group, 12 digits>`, so that the oldest stand first; `policies` by name.
 */

export interface GroupRow {
  logGroupName: string;
  creationTime: number;
  retentionInDays?: number;
  tags: Record<string, string>;
  deletionProtectionEnabled?: boolean;
  /** Number of the next batch. */
  next: number;
  /** Bytes of all batches that are kept. */
  storedBytes: number;
}

export interface StreamRow {
  logGroupName: string;
  logStreamName: string;
  creationTime: number;
  firstEventTimestamp?: number;
  lastEventTimestamp?: number;
  lastIngestionTime?: number;
}

export interface BatchRow {
  /** The stream's id: `<group>\0<stream>`. */
  stream: string;
  number: number;
  ingestionTime: number;
  bytes: number;
  /** In the order of their times. */
  events: [timestamp: number, message: string][];
}

/** A policy of the account, by which services may write to its log groups. */
export interface PolicyRow {
  policyName: string;
  policyDocument: string;
  lastUpdatedTime: number;
}

export const policies = (db: Db): Table<PolicyRow> => db.table<PolicyRow>("policies");
export const groups = (db: Db): Table<GroupRow> => db.table<GroupRow>("groups");
export const streams = (db: Db): Table<StreamRow> => db.table<StreamRow>("streams");
export const batches = (db: Db): Table<BatchRow> => db.table<BatchRow>("batches");

export const streamId = (group: string, stream: string): string => `${group}\0${stream}`;
export const batchId = (group: string, number: number): string => `${group}\0${String(number).padStart(12, "0")}`;
