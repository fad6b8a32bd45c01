import { arn } from "../arn";
import type { Db, Table } from "../types";

/**
 * What Parameter Store keeps, by account and Region. Times are ms since the epoch, ciphertexts are base64.
 * Tables: `parameters` by name, `versions` by `<name>\0<version, 12 digits>`, `counts` (one row), `settings` by setting id,
 * `resource-policies` by `<name>\0<policy id>`.
 *
 * A parameter's versions are contiguous (`oldest` … `Version`), so that no version is ever looked for by scanning.
 */

export type ParameterType = "String" | "StringList" | "SecureString";
export type StoredTier = "Standard" | "Advanced";
export type PolicyType = "Expiration" | "ExpirationNotification" | "NoChangeNotification";
export type PolicyStatus = "Pending" | "Finished" | "Failed" | "InProgress";

export interface Tag {
  Key: string;
  Value: string;
}

/** One parameter policy as it was put, with what became of it. */
export interface PolicyRow {
  type: PolicyType;
  /** The policy's JSON text, compact. */
  text: string;
  status: PolicyStatus;
  createdAt: number;
  /** When the clock acts on it; absent if nothing can come of it (a notification without an expiration). */
  due?: number;
}

export interface ParameterRow {
  Name: string;
  Version: number;
  oldest: number;
  Type: ParameterType;
  Tier: StoredTier;
  tags: Tag[];
  /** A label is on one version at most. A list, since a label may be called `__proto__`. */
  labels: [label: string, version: number][];
  policies: PolicyRow[];
}

export interface VersionRow {
  Version: number;
  Type: ParameterType;
  Tier: StoredTier;
  DataType: string;
  /** Plain for String and StringList; what the API shows without decryption for SecureString. */
  Value: string;
  /** How a SecureString is protected: KMS ciphertext (standard), or AWS Encryption SDK message (advanced). */
  form?: "kms" | "envelope";
  /** The KMS key that protects a SecureString. */
  keyArn?: string;
  /** As the caller gave it. */
  KeyId?: string;
  Description?: string;
  AllowedPattern?: string;
  LastModifiedDate: number;
  LastModifiedUser: string;
  /** The policies when the version was made. */
  policies: PolicyRow[];
}

export interface CountsRow {
  Standard: number;
  Advanced: number;
}

export interface SettingRow {
  SettingValue: string;
  LastModifiedDate: number;
  LastModifiedUser: string;
}

export interface ResourcePolicyRow {
  PolicyId: string;
  PolicyHash: string;
  Policy: string;
}

export const parameters = (db: Db): Table<ParameterRow> => db.table<ParameterRow>("parameters");
export const versions = (db: Db): Table<VersionRow> => db.table<VersionRow>("versions");
export const settings = (db: Db): Table<SettingRow> => db.table<SettingRow>("settings");
export const resourcePolicies = (db: Db): Table<ResourcePolicyRow> => db.table<ResourcePolicyRow>("resource-policies");

export const versionId = (name: string, version: number): string => `${name}\0${String(version).padStart(12, "0")}`;
export const policyRowId = (name: string, policyId: string): string => `${name}\0${policyId}`;

/** How many parameters of each tier there are: kept, not counted, so that a full lab is as quick as an empty one. */
export const counts = (db: Db): CountsRow => db.table<CountsRow>("counts").get("parameters") ?? { Standard: 0, Advanced: 0 };

export function count(db: Db, tier: StoredTier, by: number): void {
  const now = counts(db);
  db.table<CountsRow>("counts").put("parameters", { ...now, [tier]: now[tier] + by });
}

/** The version that the parameter's name alone means. */
export function currentVersion(db: Db, row: Readonly<ParameterRow>): Readonly<VersionRow> {
  const version = versions(db).get(versionId(row.Name, row.Version));
  if (!version) throw new Error(`parameter ${row.Name} has no version ${row.Version}`);
  return version;
}

/** A leading slash does not come twice: `/a/b` is `…:parameter/a/b`, and so is a name without one. Source: Systems Manager User Guide, parameter ARNs. */
export const parameterArn = (region: string, account: string, name: string): string =>
  arn("ssm", region, account, `parameter${name.startsWith("/") ? "" : "/"}${name}`);

/** ms to the API's epoch seconds. */
export const seconds = (ms: number): number => ms / 1000;
