import { findGroup, findRole, findUser, nameId, policies } from "./state";
import { managedPolicies } from "./managed-policies";
import type { AttachedPolicy, Db, Principal } from "../types";

/** The documents that hang on a user, role or group. */

/** Name and account of a managed policy's ARN; the account is `aws` for AWS's own. */
export function parsePolicyArn(arn: string): { account: string; name: string } | undefined {
  const match = /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/(?:.*\/)?([^/]+)$/s.exec(arn);
  return match ? { account: match[1], name: match[2] } : undefined;
}

/** The default version of a managed policy, AWS's or the account's; undefined if there is none of that ARN. */
export function managedDocument(db: Db, arn: string): { name: string; document: string } | undefined {
  const builtIn = managedPolicies.get(arn);
  if (builtIn) return { name: builtIn.PolicyName, document: builtIn.document };
  const parsed = parsePolicyArn(arn);
  if (!parsed) return undefined;
  const row = policies(db, parsed.account).get(nameId(parsed.name));
  if (!row || row.Arn !== arn) return undefined;
  const version = row.versions.find(({ VersionId }) => VersionId === row.DefaultVersionId);
  return version && { name: row.PolicyName, document: version.Document };
}

interface Holder {
  inline: Record<string, string>;
  attached: string[];
}

/** Inline policies first, then managed ones in the order of attachment. `from`: "user alice". */
export function policiesOf(db: Db, holder: Readonly<Holder>, from: string): AttachedPolicy[] {
  const found: AttachedPolicy[] = Object.entries(holder.inline).map(([name, document]) => ({ name, document, from }));
  for (const arn of holder.attached) {
    const managed = managedDocument(db, arn);
    if (managed) found.push({ ...managed, arn, from });
  }
  return found;
}

export interface PrincipalPolicies {
  identity: AttachedPolicy[];
  boundary?: AttachedPolicy;
}

function boundaryOf(db: Db, arn: string | undefined, from: string): AttachedPolicy | undefined {
  if (arn === undefined) return undefined;
  const managed = managedDocument(db, arn);
  // A boundary whose policy is gone allows nothing.
  return managed ? { ...managed, arn, from } : { name: arn, arn, from, document: "" };
}

export function userPolicies(db: Db, account: string, name: string): PrincipalPolicies {
  const user = findUser(db, account, name);
  if (!user) return { identity: [] };
  const identity = policiesOf(db, user, `user ${user.UserName}`);
  for (const groupName of user.groups) {
    const group = findGroup(db, account, groupName);
    if (group) identity.push(...policiesOf(db, group, `group ${group.GroupName}`));
  }
  return { identity, boundary: boundaryOf(db, user.PermissionsBoundary, `user ${user.UserName}`) };
}

export function rolePolicies(db: Db, account: string, name: string): PrincipalPolicies {
  const role = findRole(db, account, name);
  if (!role) return { identity: [] };
  return {
    identity: policiesOf(db, role, `role ${role.RoleName}`),
    boundary: boundaryOf(db, role.PermissionsBoundary, `role ${role.RoleName}`),
  };
}

export function principalPolicies(db: Db, principal: Principal): PrincipalPolicies {
  if (principal.name === undefined) return { identity: [] };
  if (principal.type === "AssumedRole") return rolePolicies(db, principal.account, principal.name);
  return principal.type === "User" || principal.type === "FederatedUser"
    ? userPolicies(db, principal.account, principal.name)
    : { identity: [] };
}
