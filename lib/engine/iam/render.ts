import type { LastUsedRow } from "./last-used";
import type { GroupRow, PolicyRow, RoleRow, Tag, UserRow } from "./state";

/** Rows as the API prints them, members in the model's order. Source: IAM API Reference, data types. */

/** Documents go out URL-encoded by RFC 3986, which is more than `encodeURIComponent` does. */
export const encodeDocument = (document: string): string =>
  encodeURIComponent(wellFormed(document)).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** A lone half of a surrogate pair cannot be encoded. */
const wellFormed = (text: string) => text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");

export const seconds = (ms: number): number => Math.floor(ms / 1000);

export const boundaryOut = (arn: string | undefined) =>
  arn === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: arn } };
export const tagsOut = (tags: readonly Tag[]) => (tags.length > 0 ? { Tags: tags.map(({ Key, Value }) => ({ Key, Value })) } : {});

/** `whole`: with boundary and tags, as GetUser and CreateUser print it but lists do not. */
export const userOut = (user: Readonly<UserRow>, whole = true) => ({
  Path: user.Path,
  UserName: user.UserName,
  UserId: user.UserId,
  Arn: user.Arn,
  CreateDate: seconds(user.CreateDate),
  ...(user.PasswordLastUsed === undefined ? {} : { PasswordLastUsed: seconds(user.PasswordLastUsed) }),
  ...(whole ? { ...boundaryOut(user.PermissionsBoundary), ...tagsOut(user.Tags) } : {}),
});

export const groupOut = (group: Readonly<GroupRow>) => ({
  Path: group.Path,
  GroupName: group.GroupName,
  GroupId: group.GroupId,
  Arn: group.Arn,
  CreateDate: seconds(group.CreateDate),
});

const roleLastUsedOut = (used: Readonly<LastUsedRow> | undefined) =>
  used ? { LastUsedDate: seconds(used.LastUsedDate), Region: used.Region } : {};

/** `form`: lists leave out boundary, tags and last use; CreateRole has neither MaxSessionDuration nor last use. */
export const roleOut = (role: Readonly<RoleRow>, form: "get" | "list" | "create" = "get", used?: Readonly<LastUsedRow>) => ({
  Path: role.Path,
  RoleName: role.RoleName,
  RoleId: role.RoleId,
  Arn: role.Arn,
  CreateDate: seconds(role.CreateDate),
  AssumeRolePolicyDocument: encodeDocument(role.AssumeRolePolicyDocument),
  ...(role.Description === undefined || form === "create" ? {} : { Description: role.Description }),
  ...(form === "create" ? {} : { MaxSessionDuration: role.MaxSessionDuration }),
  ...(form === "list" ? {} : { ...boundaryOut(role.PermissionsBoundary), ...tagsOut(role.Tags) }),
  ...(form === "get" ? { RoleLastUsed: roleLastUsedOut(used) } : {}),
});

export interface Usage {
  attached: number;
  boundary: number;
}

/** `whole`: with description and tags, which lists leave out. */
export const policyOut = (policy: Omit<PolicyRow, "versions" | "nextVersion">, usage: Usage, whole: boolean) => ({
  PolicyName: policy.PolicyName,
  PolicyId: policy.PolicyId,
  Arn: policy.Arn,
  Path: policy.Path,
  DefaultVersionId: policy.DefaultVersionId,
  AttachmentCount: usage.attached,
  PermissionsBoundaryUsageCount: usage.boundary,
  IsAttachable: true,
  ...(whole && policy.Description !== undefined ? { Description: policy.Description } : {}),
  CreateDate: seconds(policy.CreateDate),
  UpdateDate: seconds(policy.UpdateDate),
  ...(whole ? tagsOut(policy.Tags) : {}),
});
