import { boundedCache } from "../crypto/bytes";
import { findGroup, findRole, findUser, groups, nameId, policies, roles, users, type PolicyRow } from "./state";
import { managedPolicies } from "./managed-policies";
import type { AttachedPolicy, Db, Principal } from "../types";

/** The documents that hang on a user, role or group. */

/** Name and account of a managed policy's ARN; the account is `aws` for AWS's own. */
export function parsePolicyArn(arn: string): { account: string; name: string } | undefined {
  return policyArns.get(arn, () => {
    const match = /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/(?:.*\/)?([^/]+)$/s.exec(arn);
    return { found: match ? { account: match[1], name: match[2] } : undefined };
  }).found;
}

/** The ARNs that hang on somebody are asked for in every call of theirs. */
const policyArns = boundedCache<{ found?: { account: string; name: string } }>(256);

/** The default version of a managed policy, AWS's or the account's; undefined if there is none of that ARN. */
export function managedDocument(db: Db, arn: string): { name: string; document: string } | undefined {
  const builtIn = managedPolicies.get(arn);
  if (builtIn) return { name: builtIn.PolicyName, document: builtIn.document };
  const row = customerPolicy(db, arn);
  const version = row?.versions.find(({ VersionId }) => VersionId === row.DefaultVersionId);
  return row && version && { name: row.PolicyName, document: version.Document };
}

function customerPolicy(db: Db, arn: string): Readonly<PolicyRow> | undefined {
  const parsed = parsePolicyArn(arn);
  const row = parsed && policies(db, parsed.account).get(nameId(parsed.name));
  return row?.Arn === arn ? row : undefined;
}

function isTouched(db: Db, arn: string): boolean {
  const parsed = parsePolicyArn(arn);
  return parsed !== undefined && policies(db, parsed.account).touched(nameId(parsed.name));
}

interface Holder {
  inline: Record<string, string>;
  attached: string[];
}

/** Inline policies first, then managed ones in the order of attachment. `from`: "user alice". */
export function policiesOf(db: Db, holder: Readonly<Holder>, from: string): readonly AttachedPolicy[] {
  const found: AttachedPolicy[] = Object.entries(holder.inline).map(([name, document]) => ({ name, document, from }));
  for (const arn of holder.attached) {
    const managed = managedDocument(db, arn);
    if (managed) found.push({ ...managed, arn, from });
  }
  return found;
}

/** The policies of a holder whose row is settled: the same list each time while the row and all that it names stay. */
const lists = new WeakMap<Readonly<Holder>, { managed: (PolicyRow | undefined)[]; list: readonly AttachedPolicy[] }>();

function settledPoliciesOf(db: Db, holder: Readonly<Holder>, from: string): readonly AttachedPolicy[] {
  const kept = lists.get(holder);
  if (kept && holder.attached.every((arn, i) => kept.managed[i] === (managedPolicies.has(arn) ? undefined : customerPolicy(db, arn)))) return kept.list;
  const managed = holder.attached.map((arn) => (managedPolicies.has(arn) ? undefined : customerPolicy(db, arn)));
  const list = policiesOf(db, holder, from);
  // A policy that this very call has changed may change again.
  if (!holder.attached.some((arn) => !managedPolicies.has(arn) && isTouched(db, arn))) lists.set(holder, { managed, list });
  return list;
}

export interface PrincipalPolicies {
  identity: readonly AttachedPolicy[];
  boundary?: AttachedPolicy;
}

/** A holder's boundary as it was last: the same object while it says the same. */
const boundaries = new WeakMap<Readonly<Holder>, AttachedPolicy>();

function boundaryOf(db: Db, holder: Readonly<Holder & { PermissionsBoundary?: string }>, from: string): AttachedPolicy | undefined {
  const arn = holder.PermissionsBoundary;
  if (arn === undefined) return undefined;
  // A boundary whose policy is gone allows nothing.
  const { name, document } = managedDocument(db, arn) ?? { name: arn, document: "" };
  let boundary = boundaries.get(holder);
  if (boundary?.arn !== arn || boundary.name !== name || boundary.document !== document || boundary.from !== from)
    boundaries.set(holder, (boundary = { name, document, arn, from }));
  return boundary;
}

export function userPolicies(db: Db, account: string, name: string): PrincipalPolicies {
  const user = findUser(db, account, name);
  if (!user) return { identity: [] };
  const own = users(db, account).touched(nameId(name)) ? policiesOf : settledPoliciesOf;
  let identity = own(db, user, `user ${user.UserName}`);
  for (const groupName of user.groups) {
    const group = findGroup(db, account, groupName);
    const groupsOwn = groups(db, account).touched(nameId(groupName)) ? policiesOf : settledPoliciesOf;
    if (group) identity = identity.concat(groupsOwn(db, group, `group ${group.GroupName}`));
  }
  return { identity, boundary: boundaryOf(db, user, `user ${user.UserName}`) };
}

export function rolePolicies(db: Db, account: string, name: string): PrincipalPolicies {
  const role = findRole(db, account, name);
  if (!role) return { identity: [] };
  const own = roles(db, account).touched(nameId(name)) ? policiesOf : settledPoliciesOf;
  return {
    identity: own(db, role, `role ${role.RoleName}`),
    boundary: boundaryOf(db, role, `role ${role.RoleName}`),
  };
}

export function principalPolicies(db: Db, principal: Principal): PrincipalPolicies {
  if (principal.name === undefined) return { identity: [] };
  if (principal.type === "AssumedRole") return rolePolicies(db, principal.account, principal.name);
  return principal.type === "User" || principal.type === "FederatedUser"
    ? userPolicies(db, principal.account, principal.name)
    : { identity: [] };
}
