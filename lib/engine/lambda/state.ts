import type { Db, Table } from "../types";

/**
 * What Lambda keeps, by account and Region. Times are ms since the epoch.
 * Tables: `functions` by name; `versions` by `<name>\0$LATEST` and `<name>\0<number, 12 digits>`; `aliases` by
 * `<name>\0<alias>`; `code` by `<name>\0<CodeSha256>`; `policies` by `<name>\0<qualifier or nothing>`; `invoke-configs` by
 * `<name>\0<qualifier>`; `environments` by a version's id; `queue` by id; `chain` (one row, while a function runs).
 */

export interface FunctionRow {
  FunctionName: string;
  /** Number of the next version: numbers are never used twice, not even by a function that was deleted. */
  nextVersion: number;
  tags: Record<string, string>;
  /** Reserved concurrency; absent for a function without. */
  reserved?: number;
  recursiveLoop: "Terminate" | "Allow";
}

/** A function's configuration: that of `$LATEST`, or of a published version, which stays as it is. */
export interface VersionRow {
  FunctionName: string;
  /** `$LATEST` or a number. */
  Version: string;
  Runtime: string;
  Handler: string;
  Role: string;
  Description: string;
  Timeout: number;
  MemorySize: number;
  CodeSha256: string;
  CodeSize: number;
  Architectures: string[];
  EphemeralStorage: number;
  LogGroup: string;
  environment?: SealedEnvironment;
  /** The customer managed key, as it was given. */
  KMSKeyArn?: string;
  LastModified: number;
  RevisionId: string;
  State: "Pending" | "Active" | "Failed";
  LastUpdateStatus?: "Successful" | "InProgress" | "Failed";
}

/** Environment variables at rest: what KMS made of their JSON text. */
export interface SealedEnvironment {
  ciphertext: string;
  keyArn: string;
  /** Lets the execution role open it; only under a customer managed key. */
  grant?: { id: string; token: string };
}

export interface AliasRow {
  FunctionName: string;
  Name: string;
  FunctionVersion: string;
  Description: string;
  weights?: Record<string, number>;
  RevisionId: string;
}

/** A deployment package, as it was sent: base64 of the zip file. */
export interface CodeRow {
  FunctionName: string;
  CodeSha256: string;
  zip: string;
}

export interface PolicyRow {
  FunctionName: string;
  Qualifier?: string;
  /** The statements' JSON, in the order in which they were added. */
  statements: string[];
  RevisionId: string;
}

export interface InvokeConfigRow {
  FunctionName: string;
  Qualifier: string;
  LastModified: number;
  MaximumRetryAttempts?: number;
  MaximumEventAgeInSeconds?: number;
}

/** A place where one version runs, while it is warm: its log stream, and the credentials of its role. */
export interface EnvironmentRow {
  FunctionName: string;
  Version: string;
  /** The configuration and code for which it was made. */
  revision: string;
  role: string;
  logStream: string;
  usedAt: number;
  AccessKeyId: string;
  SecretAccessKey: string;
  SessionToken: string;
  expiresAt: number;
}

/** An asynchronous invocation that waits for its turn. */
export interface QueueRow {
  id: string;
  FunctionName: string;
  Qualifier?: string;
  event: string;
  attempt: number;
  queuedAt: number;
  /** How many functions stand before it in its chain of invocations. */
  chain: number;
}

export const functions = (db: Db): Table<FunctionRow> => db.table<FunctionRow>("functions");
export const versions = (db: Db): Table<VersionRow> => db.table<VersionRow>("versions");
export const aliases = (db: Db): Table<AliasRow> => db.table<AliasRow>("aliases");
export const code = (db: Db): Table<CodeRow> => db.table<CodeRow>("code");
export const policies = (db: Db): Table<PolicyRow> => db.table<PolicyRow>("policies");
export const invokeConfigs = (db: Db): Table<InvokeConfigRow> => db.table<InvokeConfigRow>("invoke-configs");
export const environments = (db: Db): Table<EnvironmentRow> => db.table<EnvironmentRow>("environments");
export const queue = (db: Db): Table<QueueRow> => db.table<QueueRow>("queue");

export const LATEST = "$LATEST";

/** Row id of what belongs to a function: its rows stand together. */
export const partId = (name: string, part: string): string => `${name}\0${part}`;
export const versionId = (name: string, version: string): string => partId(name, version === LATEST ? LATEST : version.padStart(12, "0"));
