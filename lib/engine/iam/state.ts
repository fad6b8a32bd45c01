import type { Db } from "../types";

/**
 * IAM's records. Users, groups, roles and customer managed policies belong to an account; access keys are found by
 * their id alone, before the account is known, and so are kept in one place for all accounts.
 * Times are ms since the epoch; documents are the JSON text as it was given.
 */

export interface Tag {
  Key: string;
  Value: string;
}

interface Entity {
  Path: string;
  Arn: string;
  CreateDate: number;
  /** Inline policies: documents by name. */
  inline: Record<string, string>;
  /** ARNs of attached managed policies, in the order of attachment. */
  attached: string[];
}

export interface UserRow extends Entity {
  UserName: string;
  UserId: string;
  Tags: Tag[];
  /** ARN of the managed policy that is its boundary. */
  PermissionsBoundary?: string;
  /** Names of its groups. */
  groups: string[];
  loginProfile?: { CreateDate: number; PasswordResetRequired: boolean };
  PasswordLastUsed?: number;
}

export interface GroupRow extends Entity {
  GroupName: string;
  GroupId: string;
}

export interface RoleRow extends Entity {
  RoleName: string;
  RoleId: string;
  AssumeRolePolicyDocument: string;
  Description?: string;
  MaxSessionDuration: number;
  Tags: Tag[];
  PermissionsBoundary?: string;
}

export interface PolicyRow {
  PolicyName: string;
  PolicyId: string;
  Arn: string;
  Path: string;
  Description?: string;
  CreateDate: number;
  UpdateDate: number;
  DefaultVersionId: string;
  /** Number of the next version: numbers are never used twice. */
  nextVersion: number;
  versions: { VersionId: string; Document: string; CreateDate: number }[];
  Tags: Tag[];
}

export interface AccountRow {
  account: string;
  CreateDate: number;
  alias?: string;
}

export interface AccessKeyRow {
  AccessKeyId: string;
  SecretAccessKey: string;
  Status: "Active" | "Inactive";
  CreateDate: number;
  account: string;
  /** Absent for a key of the root user. */
  UserName?: string;
}

/** Temporary credentials, as STS gave them out. */
export interface SessionRow {
  AccessKeyId: string;
  SecretAccessKey: string;
  SessionToken: string;
  account: string;
  issuedAt: number;
  expiresAt: number;
  /** `AssumeRole`. */
  role?: { RoleName: string; RoleId: string; Arn: string };
  /** `GetSessionToken`, `GetFederationToken`: the user who asked, or root. */
  user?: string;
  federated?: string;
  name: string;
  policies: string[];
  tags: Record<string, string>;
  transitiveTags?: string[];
  sourceIdentity?: string;
  mfa?: boolean;
}

/** IAM names are told apart without regard to case: `Admins` and `admins` are one name. */
export const nameId = (name: string): string => name.toLowerCase();

/** Where rows live that must be found before the account is known. Asked for several times in every call, so not put together there. */
const everywhereInIam = { account: "global", region: "global", service: "iam" } as const;
const everywhereInSts = { account: "global", region: "global", service: "sts" } as const;

const iamDb = (db: Db, account: string): Db => db.at({ account, region: "global", service: "iam" });

export const users = (db: Db, account: string) => iamDb(db, account).table<UserRow>("users");
export const groups = (db: Db, account: string) => iamDb(db, account).table<GroupRow>("groups");
export const roles = (db: Db, account: string) => iamDb(db, account).table<RoleRow>("roles");
export const policies = (db: Db, account: string) => iamDb(db, account).table<PolicyRow>("policies");
export const accounts = (db: Db) => db.at(everywhereInIam).table<AccountRow>("accounts");
export const accessKeys = (db: Db) => db.at(everywhereInIam).table<AccessKeyRow>("accessKeys");
export const sessions = (db: Db) => db.at(everywhereInSts).table<SessionRow>("sessions");

export const findUser = (db: Db, account: string, name: string) => users(db, account).get(nameId(name));
export const findRole = (db: Db, account: string, name: string) => roles(db, account).get(nameId(name));
export const findGroup = (db: Db, account: string, name: string) => groups(db, account).get(nameId(name));
