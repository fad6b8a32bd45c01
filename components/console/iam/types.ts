/** What IAM answers, as far as the console shows it. Source: IAM API Reference, data types. Times are epoch seconds. */

export interface PermissionsBoundary {
  PermissionsBoundaryArn: string;
}
export interface TagOut {
  Key: string;
  Value: string;
}

interface Entity {
  Path: string;
  Arn: string;
  CreateDate: number;
}

export interface User extends Entity {
  UserName: string;
  UserId: string;
  PasswordLastUsed?: number;
  PermissionsBoundary?: PermissionsBoundary;
  Tags?: TagOut[];
}

export interface Group extends Entity {
  GroupName: string;
  GroupId: string;
}

export interface Role extends Entity {
  RoleName: string;
  RoleId: string;
  /** URL-encoded, as IAM sends documents. */
  AssumeRolePolicyDocument: string;
  Description?: string;
  MaxSessionDuration?: number;
  PermissionsBoundary?: PermissionsBoundary;
  Tags?: TagOut[];
  RoleLastUsed?: { LastUsedDate?: number; Region?: string };
}

export interface Policy extends Entity {
  PolicyName: string;
  PolicyId: string;
  DefaultVersionId: string;
  AttachmentCount: number;
  PermissionsBoundaryUsageCount: number;
  Description?: string;
  UpdateDate: number;
  Tags?: TagOut[];
}

export interface PolicyVersion {
  VersionId: string;
  IsDefaultVersion: boolean;
  CreateDate: number;
  Document?: string;
}

export interface AccessKey {
  AccessKeyId: string;
  Status: "Active" | "Inactive";
  CreateDate: number;
}

/** What policies can hang on. */
export type HolderKind = "user" | "group" | "role";
export interface Holder {
  kind: HolderKind;
  name: string;
}

/** `User`, `Group`, `Role`: as the operations' names have it, `AttachUserPolicy`, with the member `UserName`. */
export const titleOf = { user: "User", group: "Group", role: "Role" } as const;
export const named = ({ kind, name }: Holder): { [member: string]: string } => ({ [`${titleOf[kind]}Name`]: name });
