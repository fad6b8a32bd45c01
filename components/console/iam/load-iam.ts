import type { JsonObject } from "@/lib/engine/types";
import { allPages, leaveOut, type Ask } from "../frame/use-load";
import { named, titleOf, type Group, type Holder, type Policy, type Role, type TagOut, type User } from "./types";

/** All pages of an IAM listing: `listing<User>(ask, "ListUsers", "Users")`. */
export const listing = <Item>(ask: Ask, operation: string, member: string, input: JsonObject = {}): Promise<Item[]> =>
  allPages<Item>(async (Marker) => {
    const page = await ask("iam", operation, Marker ? { ...input, Marker } : input);
    return { items: page[member] as Item[], next: page.IsTruncated ? (page.Marker as string) : undefined };
  });

/** A document as IAM sends it, in plain text and laid out for reading where it stood in one line. */
export function documentText(encoded: string): string {
  const text = decodeURIComponent(encoded);
  if (text.includes("\n")) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

interface Details {
  UserDetailList: { UserName: string; GroupList: string[] }[];
  GroupDetailList: { GroupName: string; GroupPolicyList: unknown[]; AttachedManagedPolicies: unknown[] }[];
  RoleDetailList: { RoleName: string; RoleLastUsed?: { LastUsedDate?: number } }[];
}

/** What lists show beside the names comes from one more call; a caller who may not make it sees the names alone. */
async function detailsOf<Kind extends keyof Details>(ask: Ask, member: Kind, filter: string): Promise<Details[Kind] | undefined> {
  return listing<Details[Kind][number]>(ask, "GetAccountAuthorizationDetails", member, { Filter: [filter] }).catch(leaveOut) as Promise<
    Details[Kind] | undefined
  >;
}

export interface UserRow extends User {
  groups?: string[];
}

export async function loadUsers(ask: Ask): Promise<UserRow[]> {
  const users = await listing<User>(ask, "ListUsers", "Users");
  const details = await detailsOf(ask, "UserDetailList", "User");
  const groups = new Map(details?.map(({ UserName, GroupList }) => [UserName, GroupList]));
  return users.map((user) => ({ ...user, groups: groups.get(user.UserName) }));
}

export interface GroupRow extends Group {
  users?: string[];
  /** Whether anything hangs on it. */
  permissions?: boolean;
}

export async function loadGroups(ask: Ask): Promise<GroupRow[]> {
  const groups = await listing<Group>(ask, "ListGroups", "Groups");
  const details = await detailsOf(ask, "GroupDetailList", "Group");
  const users = await detailsOf(ask, "UserDetailList", "User");
  return groups.map((group) => {
    const detail = details?.find(({ GroupName }) => GroupName === group.GroupName);
    return {
      ...group,
      users: users?.filter(({ GroupList }) => GroupList.includes(group.GroupName)).map(({ UserName }) => UserName),
      permissions: detail && detail.GroupPolicyList.length + detail.AttachedManagedPolicies.length > 0,
    };
  });
}

export interface RoleRow extends Role {
  trusted: string[];
}

export async function loadRoles(ask: Ask): Promise<RoleRow[]> {
  const roles = await listing<Role>(ask, "ListRoles", "Roles");
  const details = await detailsOf(ask, "RoleDetailList", "Role");
  const used = new Map(details?.map(({ RoleName, RoleLastUsed }) => [RoleName, RoleLastUsed]));
  return roles.map((role) => ({
    ...role,
    RoleLastUsed: used.get(role.RoleName),
    trusted: trustedEntities(documentText(role.AssumeRolePolicyDocument)),
  }));
}

/** "AWS Service: ssm", "Account: 111122223333", as the list of roles words whom a trust policy lets in. Empty: nobody, or it cannot be read. */
export function trustedEntities(document: string): string[] {
  let policy: { Statement?: unknown };
  try {
    policy = JSON.parse(document);
  } catch {
    return [];
  }
  const found: string[] = [];
  for (const statement of [policy?.Statement ?? []].flat() as { Effect?: string; Principal?: unknown }[]) {
    if (statement.Effect !== "Allow" || !statement.Principal) continue;
    if (statement.Principal === "*") found.push("Everyone (*)");
    if (typeof statement.Principal !== "object") continue;
    for (const [kind, values] of Object.entries(statement.Principal as Record<string, string | string[]>))
      for (const value of [values].flat()) found.push(entityWords(kind, value));
  }
  return [...new Set(found)];
}

function entityWords(kind: string, value: string): string {
  if (kind === "Service") return `AWS Service: ${value.replace(/\.amazonaws\.com$/, "")}`;
  if (kind !== "AWS") return `${kind}: ${value}`;
  if (value === "*") return "Everyone (*)";
  const account = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(value)?.[1];
  return account ? `Account: ${account}` : value.replace(/^arn:aws:(?:iam|sts)::/, "");
}

export interface PolicyRow extends Policy {
  type: "AWS managed" | "Customer managed";
}

export const policyType = (arn: string): PolicyRow["type"] => (arn.startsWith("arn:aws:iam::aws:") ? "AWS managed" : "Customer managed");

export const loadPolicies = async (ask: Ask): Promise<PolicyRow[]> =>
  (await listing<Policy>(ask, "ListPolicies", "Policies")).map((policy) => ({ ...policy, type: policyType(policy.Arn) }));

/** A policy as it hangs on a user, group or role. */
export interface HeldPolicy {
  name: string;
  /** Managed policies only. */
  arn?: string;
  type: "AWS managed" | "Customer managed" | "Customer inline";
  /** The group that brings it to a user. */
  group?: string;
  id: string;
}

/** Everything that hangs on it, inline policies first; on a user also what its groups bring. */
export async function loadHeldPolicies(ask: Ask, holder: Holder): Promise<HeldPolicy[]> {
  const own = await ownPolicies(ask, holder);
  if (holder.kind !== "user") return own;
  const groups = await listing<Group>(ask, "ListGroupsForUser", "Groups", named(holder));
  const brought: HeldPolicy[] = [];
  for (const { GroupName } of groups) {
    const policies = await ownPolicies(ask, { kind: "group", name: GroupName });
    brought.push(...policies.map((policy) => ({ ...policy, group: GroupName, id: `${GroupName} ${policy.id}` })));
  }
  return [...own, ...brought];
}

async function ownPolicies(ask: Ask, holder: Holder): Promise<HeldPolicy[]> {
  const Title = titleOf[holder.kind];
  const inline = await listing<string>(ask, `List${Title}Policies`, "PolicyNames", named(holder));
  const attached = await listing<{ PolicyName: string; PolicyArn: string }>(ask, `ListAttached${Title}Policies`, "AttachedPolicies", named(holder));
  return [
    ...inline.map((name): HeldPolicy => ({ name, type: "Customer inline", id: `inline ${name}` })),
    ...attached.map(({ PolicyName, PolicyArn }): HeldPolicy => ({ name: PolicyName, arn: PolicyArn, type: policyType(PolicyArn), id: PolicyArn })),
  ];
}

/** The text of a policy that hangs somewhere: its default version, or the inline document. */
export async function loadDocument(ask: Ask, policy: Pick<HeldPolicy, "name" | "arn">, holder?: Holder): Promise<string> {
  if (policy.arn !== undefined) {
    const { Policy } = await ask<{ Policy: Policy }>("iam", "GetPolicy", { PolicyArn: policy.arn });
    const { PolicyVersion } = await ask("iam", "GetPolicyVersion", { PolicyArn: policy.arn, VersionId: Policy.DefaultVersionId });
    return documentText(PolicyVersion.Document);
  }
  const answer = await ask("iam", `Get${titleOf[holder!.kind]}Policy`, { ...named(holder!), PolicyName: policy.name });
  return documentText(answer.PolicyDocument);
}

export const tagsIn = (tags: TagOut[] | undefined) => (tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value }));
export const tagsOut = (tags: { key: string; value?: string }[]) => tags.map(({ key, value }) => ({ Key: key, Value: value ?? "" }));
