import type { Db, JsonObject, Table } from "../types";

/**
 * What Firewall Manager keeps. Administrators belong to an organization and stand with its management account, in us-east-1; policies,
 * lists and what evaluations found stand with the administrator that owns them, by Region. Times are ms since the epoch.
 * Tables: `admins` by account; `channel` by ONLY; `policies` by id; `lists` by id; `compliance` and `webAcls` by `<policy> <account>`;
 * `replicas` by `<policy> <account> <VPC> <group>`; `unused` by `<policy> <account> <group>`.
 */

export const GLOBAL_REGION = "us-east-1";
export const ONLY = "only";

export interface Tag {
  Key: string;
  Value: string;
}

export interface AdminRow {
  AdminAccount: string;
  /** The first one: it manages everything, and is the last to go. */
  DefaultAdmin: boolean;
  AdminScope: AdminScope;
}

export interface AdminScope {
  AccountScope?: { Accounts?: string[]; AllAccountsEnabled?: boolean; ExcludeSpecifiedAccounts?: boolean };
  OrganizationalUnitScope?: { OrganizationalUnits?: string[]; AllOrganizationalUnitsEnabled?: boolean; ExcludeSpecifiedOrganizationalUnits?: boolean };
  RegionScope?: { Regions?: string[]; AllRegionsEnabled?: boolean };
  PolicyTypeScope?: { PolicyTypes?: string[]; AllPolicyTypesEnabled?: boolean };
}

export type PolicyType = "WAFV2" | "SHIELD_ADVANCED" | "SECURITY_GROUPS_COMMON" | "SECURITY_GROUPS_CONTENT_AUDIT" | "SECURITY_GROUPS_USAGE_AUDIT";

export type ScopeMap = { ACCOUNT?: string[]; ORG_UNIT?: string[] };

export interface PolicyRow {
  PolicyId: string;
  PolicyName: string;
  PolicyDescription?: string;
  PolicyUpdateToken: string;
  /** The service data is JSON text, as it came. */
  SecurityServicePolicyData: { Type: PolicyType; ManagedServiceData: string };
  ResourceType: string;
  ResourceTypeList?: string[];
  ResourceTags: { Key: string; Value?: string }[];
  ResourceTagLogicalOperator: "AND" | "OR";
  ExcludeResourceTags: boolean;
  RemediationEnabled: boolean;
  DeleteUnusedFMManagedResources: boolean;
  IncludeMap?: ScopeMap;
  ExcludeMap?: ScopeMap;
  tags: Tag[];
  /** What it costs while it is there: nothing where Shield Advanced pays. */
  charges: Record<string, number>;
}

export interface Violator {
  ResourceId: string;
  ResourceType: string;
  ViolationReason: string;
  Metadata?: Record<string, string>;
}

/** What the last evaluation of a policy found in an account. */
export interface ComplianceRow {
  PolicyId: string;
  MemberAccount: string;
  violators: Violator[];
  /** How many resources were looked at. */
  resources: number;
  issues: Record<string, string>;
  at: number;
}

/** The policy's web ACL in an account, by its ARN. */
export interface WebAclOfPolicyRow {
  PolicyId: string;
  account: string;
  arn: string;
}

export interface ListRow {
  ListId: string;
  ListArn: string;
  ListName: string;
  kind: "apps" | "protocols";
  ListUpdateToken: string;
  CreateTime: number;
  LastUpdateTime: number;
  entries: (string | JsonObject)[];
  /** Earlier entries by number. */
  previous: Record<string, (string | JsonObject)[]>;
  tags: Tag[];
}

export interface ReplicaRow {
  PolicyId: string;
  account: string;
  arn: string;
}

export interface Place {
  account: string;
  region: string;
}

const fms = (db: Db, place: Partial<Place> = {}): Db => db.at({ service: "fms", ...place });

/** Administrators of the organization that this account manages. */
export const admins = (db: Db, management: string): Table<AdminRow> => fms(db, { account: management, region: GLOBAL_REGION }).table<AdminRow>("admins");
export const channels = (db: Db): Table<{ SnsTopicArn: string; SnsRoleName: string }> => fms(db).table<{ SnsTopicArn: string; SnsRoleName: string }>("channel");
export const policies = (db: Db, place?: Place): Table<PolicyRow> => fms(db, place).table<PolicyRow>("policies");
export const compliance = (db: Db): Table<ComplianceRow> => fms(db).table<ComplianceRow>("compliance");
export const webAcls = (db: Db): Table<WebAclOfPolicyRow> => fms(db).table<WebAclOfPolicyRow>("webAcls");
export const replicas = (db: Db): Table<ReplicaRow> => fms(db).table<ReplicaRow>("replicas");
export const unused = (db: Db): Table<{ since: number }> => fms(db).table<{ since: number }>("unused");
export const lists = (db: Db): Table<ListRow> => fms(db).table<ListRow>("lists");

export const seconds = (ms: number): number => ms / 1000;
