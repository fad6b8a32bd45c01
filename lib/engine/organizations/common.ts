import type { Failure } from "../errors";
import { parseBase64, toBase64, utf8, utf8Text } from "../crypto/bytes";
import { orgErrors } from "./errors";
import {
  controlPolicy,
  attachments,
  awsManaged,
  members,
  membership,
  organizations,
  units,
  type MemberRow,
  type OrganizationRow,
  type PolicyType,
  type UnitRow,
} from "./state";
import type { AuthRequest, ConditionContext, Context, Db, Operation } from "../types";

export type Input = Record<string, any>;

const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
/** Lower-case letters and digits, as ids of Organizations are made of. */
export const word = (ctx: Context, length: number): string => Array.from(ctx.random(length), (byte) => alphabet[byte % 36]).join("");

interface Definition {
  name: string;
  /** Member accounts may call it too; the others belong to the management account. */
  anyMember?: true;
  handle(input: Input, ctx: Context, organization: OrganizationRow): ReturnType<Operation["handle"]>;
}

/** Members of requests that name a root, unit, account or policy. */
const naming = [
  "PolicyId",
  "TargetId",
  "OrganizationalUnitId",
  "ParentId",
  "ChildId",
  "AccountId",
  "RootId",
  "SourceParentId",
  "DestinationParentId",
];

/**
 * One question for each thing that the request names, by its ARN; `*` where it names none.
 * Source: Service Authorization Reference, AWS Organizations (resource types, `organizations:PolicyType`).
 */
function questions(name: string, input: Input, ctx: Context): AuthRequest[] {
  const organization = membership(ctx.db, ctx.account)?.organization;
  const type =
    input.Type ??
    input.PolicyType ??
    (typeof input.Filter === "string" ? input.Filter : undefined) ??
    (input.PolicyId && controlPolicy(ctx.db, input.PolicyId)?.Type);
  const context: ConditionContext = typeof type === "string" ? { "organizations:PolicyType": type } : {};
  const arns = organization
    ? naming.flatMap((member) =>
        typeof input[member] === "string"
          ? ((member === "PolicyId" ? controlPolicy(ctx.db, input[member])?.Arn : targetOf(ctx.db, organization, input[member])?.Arn) ?? [])
          : [],
      )
    : [];
  return (arns.length > 0 ? [...new Set(arns)] : ["*"]).map((resource) => ({ action: `organizations:${name}`, resource, context }));
}

/** An operation on the caller's organization. Source: Organizations API Reference, "can be called only from the management account". */
export const operation = ({ name, anyMember, handle }: Definition): Operation => ({
  name,
  authorise: (input: Input, ctx) => questions(name, input, ctx),
  handle(input, ctx) {
    const found = membership(ctx.db, ctx.account);
    if (!found) return orgErrors.notInUse();
    if (!anyMember && found.organization.MasterAccountId !== ctx.account) return orgErrors.notManagement();
    return handle(input, ctx, found.organization);
  },
});

/** Up to 20 items and a token for the next. Source: Organizations API Reference, ListAccounts (MaxResults, NextToken). */
export function page<T>(
  items: readonly T[],
  { MaxResults = 20, NextToken }: Input,
): { ok: true; items: T[]; next: { NextToken?: string } } | Failure {
  let from = 0;
  if (NextToken !== undefined) {
    const bytes = parseBase64(NextToken);
    const match = bytes ? /^from (\d+)$/.exec(utf8Text(bytes)) : null;
    if (!match) return orgErrors.invalidToken();
    from = Number(match[1]);
  }
  const to = from + MaxResults;
  return { ok: true, items: items.slice(from, to), next: to < items.length ? { NextToken: toBase64(utf8(`from ${to}`)) } : {} };
}

export const arnOf = (organization: { MasterAccountId: string }, resource: string): string =>
  `arn:aws:organizations::${organization.MasterAccountId}:${resource}`;

export const rootArnOf = (organization: OrganizationRow): string => arnOf(organization, `root/${organization.Id}/${organization.rootId}`);

/** Root, unit or account of this organization; undefined if it has none of that id. */
export function targetOf(
  db: Db,
  organization: OrganizationRow,
  id: string,
): { TargetId: string; Arn: string; Name: string; Type: "ROOT" | "ORGANIZATIONAL_UNIT" | "ACCOUNT" } | undefined {
  if (id === organization.rootId) return { TargetId: id, Arn: rootArnOf(organization), Name: "Root", Type: "ROOT" };
  const unit = units(db).get(id);
  if (unit?.organization === organization.Id) return { TargetId: id, Arn: unit.Arn, Name: unit.Name, Type: "ORGANIZATIONAL_UNIT" };
  const member = members(db).get(id);
  if (member?.organization === organization.Id) return { TargetId: id, Arn: member.Arn, Name: member.Name, Type: "ACCOUNT" };
  return undefined;
}

export const isParent = (db: Db, organization: OrganizationRow, id: string): boolean =>
  id === organization.rootId || units(db).get(id)?.organization === organization.Id;

export const unitsOf = (db: Db, organization: OrganizationRow): Readonly<UnitRow>[] =>
  units(db)
    .all()
    .filter((unit) => unit.organization === organization.Id);
export const membersOf = (db: Db, organization: OrganizationRow): Readonly<MemberRow>[] =>
  members(db)
    .all()
    .filter((member) => member.organization === organization.Id);

const fullAccess: Record<PolicyType, string> = { SERVICE_CONTROL_POLICY: "p-FullAWSAccess", RESOURCE_CONTROL_POLICY: "p-RCPFullAWSAccess" };

/** Attaches AWS's own policy of the type, as AWS does to every target while the type is enabled. */
export function attachFullAccess(db: Db, organization: OrganizationRow, target: string, type: PolicyType): void {
  const table = attachments(db);
  const policies = table.get(target)?.policies ?? [];
  if (!policies.includes(fullAccess[type])) table.put(target, { organization: organization.Id, policies: [...policies, fullAccess[type]] });
}

export function attachDefaults(db: Db, organization: OrganizationRow, target: string): void {
  for (const type of organization.policyTypes) attachFullAccess(db, organization, target, type);
}

export const isAwsManaged = (id: string): boolean => Object.hasOwn(awsManaged, id);

/** Puts an account into the organization, at its root. */
export function join(
  ctx: Context,
  organization: OrganizationRow,
  account: string,
  how: { Name: string; Email: string; JoinedMethod: MemberRow["JoinedMethod"] },
): MemberRow {
  const member: MemberRow = {
    Id: account,
    Arn: arnOf(organization, `account/${organization.Id}/${account}`),
    ...how,
    JoinedTimestamp: ctx.now,
    organization: organization.Id,
    parent: organization.rootId,
  };
  members(ctx.db).put(account, member);
  attachDefaults(ctx.db, organization, account);
  return member;
}

/** Takes an account out. Its attachments go with it. */
export function leave(ctx: Context, organization: OrganizationRow, account: string): Failure | undefined {
  if (organization.MasterAccountId === account) return orgErrors.masterCannotLeave();
  members(ctx.db).delete(account);
  attachments(ctx.db).delete(account);
  return undefined;
}

export const emailOf = (account: string): string => `${account}@example.com`;
export const nameOf = (account: string): string => `Account ${account}`;

export const organizationRow = (ctx: Context, id: string) => organizations(ctx.db).edit(id);
