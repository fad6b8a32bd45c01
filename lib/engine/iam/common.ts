import { fail, type Failure } from "../errors";
import { iamErrors, type Kind } from "./errors";
import { parsePolicyArn } from "./attached";
import { managedPolicies } from "./managed-policies";
import { validatePolicy, principalsOf } from "./policy/validate";
import { readPolicy } from "./policy/grammar";
import { policySize, quotas } from "./quotas";
import {
  accounts,
  findGroup,
  findRole,
  findUser,
  groups,
  nameId,
  policies,
  roles,
  users,
  type GroupRow,
  type PolicyRow,
  type RoleRow,
  type Tag,
  type UserRow,
} from "./state";
import type { AuthRequest, ConditionContext, Context, Db, Operation, Table } from "../types";

/** What IAM's operations share: finding, asking permission, checking tags and documents. */

export type Input = Record<string, any>;

interface Definition {
  name: string;
  /** The resource's ARN, or several questions. */
  authorise(input: Input, ctx: Context): AuthRequest | AuthRequest[] | Failure;
  handle(input: Input, ctx: Context): ReturnType<Operation["handle"]>;
}

/**
 * An IAM operation. Credentials of GetSessionToken without MFA may not call IAM at all.
 * Source: STS API, GetSessionToken ("Permissions").
 */
export const operation = (definition: Definition): Operation => ({
  ...definition,
  validate: (_input, { principal }) =>
    principal.session && principal.type !== "AssumedRole" && !principal.session.mfa
      ? fail("InvalidClientTokenId", "The security token included in the request is invalid", undefined, 403)
      : undefined,
});

export const iamArn = (account: string, resource: string): string => `arn:aws:iam::${account}:${resource}`;

export interface Rows {
  user: UserRow;
  group: GroupRow;
  role: RoleRow;
}

const finders = { user: findUser, group: findGroup, role: findRole };
const tables = { user: users, group: groups, role: roles };

export const find = <K extends Kind>(ctx: Context, kind: K, name: string): Readonly<Rows[K]> | undefined =>
  finders[kind](ctx.db, ctx.account, name) as Readonly<Rows[K]> | undefined;
export const tableOf = <K extends Kind>(ctx: Context, kind: K): Table<Rows[K]> =>
  tables[kind](ctx.db, ctx.account) as unknown as Table<Rows[K]>;

/** The row to change, or AWS's refusal: unknown, or a service-linked role. */
export function change<K extends Kind>(ctx: Context, kind: K, name: string): { ok: true; row: Rows[K] } | Failure {
  const found = find(ctx, kind, name);
  if (!found) return iamErrors.notFound(kind, name);
  if (kind === "role" && found.Path.startsWith("/aws-service-role/")) return iamErrors.protectedRole(name);
  return { ok: true, row: tableOf(ctx, kind).edit(nameId(name)) };
}

/** Tags of what is asked about, as condition keys. */
export function resourceTags(tags: readonly Tag[] = []): ConditionContext {
  const context: ConditionContext = {};
  for (const { Key, Value } of tags) context[`aws:ResourceTag/${Key}`] = context[`iam:ResourceTag/${Key}`] = Value;
  return context;
}

export function requestTags(tags: readonly Tag[] | undefined): ConditionContext {
  if (!tags || tags.length === 0) return {};
  const context: ConditionContext = { "aws:TagKeys": tags.map(({ Key }) => Key) };
  for (const { Key, Value } of tags) context[`aws:RequestTag/${Key}`] = Value;
  return context;
}

/** The question about a user, group or role: by its ARN if there is one, else by the ARN that it would have. */
export function about(ctx: Context, kind: Kind, name: string, action: string, context: ConditionContext = {}): AuthRequest {
  const found = find(ctx, kind, name);
  const own = found && "Tags" in found ? resourceTags(found.Tags) : {};
  const boundary: ConditionContext =
    found && "PermissionsBoundary" in found && found.PermissionsBoundary ? { "iam:PermissionsBoundary": found.PermissionsBoundary } : {};
  return {
    action: `iam:${action}`,
    resource: found?.Arn ?? iamArn(ctx.account, `${kind}/${name}`),
    context: { ...own, ...boundary, ...context },
  };
}

/** The user that an operation is about: named, or the caller itself. */
export function userNameOf(input: Input, ctx: Context): { ok: true; name: string } | Failure {
  if (input.UserName !== undefined) return { ok: true, name: input.UserName };
  return ctx.principal.type === "User" ? { ok: true, name: ctx.principal.name! } : iamErrors.needsUserName();
}

/** Tags with new ones put over those of the same key, or the reason why not. */
export function mergeTags(old: readonly Tag[], added: readonly Tag[], quota: string): { ok: true; tags: Tag[] } | Failure {
  const keys = added.map(({ Key }) => Key.toLowerCase());
  if (new Set(keys).size < keys.length) return iamErrors.duplicateTags();
  if (keys.some((key) => key.startsWith("aws:"))) return iamErrors.reservedTag();
  const tags = [...old.filter(({ Key }) => !keys.includes(Key.toLowerCase())), ...added.map(({ Key, Value }) => ({ Key, Value }))];
  return tags.length > quotas.Tags ? iamErrors.quota(quota, quotas.Tags) : { ok: true, tags };
}

export function identityDocument(document: string): Failure | undefined {
  const reason = validatePolicy(document, "identity");
  return reason === undefined ? undefined : iamErrors.malformed(reason);
}

/** A trust policy: its form, its size, and that every principal in it exists. */
export function trustDocument(document: string, ctx: Context): Failure | undefined {
  const reason = validatePolicy(document, "trust");
  if (reason !== undefined) return iamErrors.malformed(reason);
  if (policySize(document) > quotas.AssumeRolePolicySize) return iamErrors.quota("ACLSizePerRole", quotas.AssumeRolePolicySize);
  const read = readPolicy(document);
  for (const value of read.ok ? principalsOf(read.document.Statement) : []) {
    if (!principalExists(value, ctx)) return iamErrors.malformed(`Invalid principal in policy: "AWS":"${value}"`);
  }
  return undefined;
}

/** Whether a principal that a policy names is there: an account of the lab, one of its users or roles, a session of its roles. */
export function principalExists(value: string, ctx: Context): boolean {
  if (value === "*") return true;
  if (/^\d{12}$/.test(value)) return true;
  const match = /^arn:aws:(iam|sts)::(\d{12}):(root|user\/.+|role\/.+|assumed-role\/.+|federated-user\/.+)$/.exec(value);
  if (!match) return hasUniqueId(value, ctx.db);
  const [, , account, resource] = match;
  if (resource === "root") return true;
  if (!accounts(ctx.db).get(account)) return false;
  const parts = resource.split("/");
  if (parts[0] === "user") return findUser(ctx.db, account, parts[parts.length - 1])?.Arn === value;
  if (parts[0] === "role") return findRole(ctx.db, account, parts[parts.length - 1])?.Arn === value;
  if (parts[0] === "assumed-role") return parts.length === 3 && findRole(ctx.db, account, parts[1]) !== undefined;
  return true;
}

/** A user or role of any account by its unique id, as AWS prints one that it cannot name any more. */
const hasUniqueId = (id: string, db: Db): boolean =>
  accounts(db)
    .ids()
    .some((account) =>
      id.startsWith("AIDA")
        ? users(db, account)
            .all()
            .some(({ UserId }) => UserId === id)
        : id.startsWith("AROA") &&
          roles(db, account)
            .all()
            .some(({ RoleId }) => RoleId === id),
    );

/**
 * Trust policies mean the user or role that was there when they were written, not whoever gets its name later: when it
 * is deleted, its unique id takes the place of its ARN. Source: IAM User Guide, "AWS JSON policy elements: Principal" (IAM role principals).
 */
export function forgetPrincipal(ctx: Context, arn: string, id: string): void {
  const renamed = (element: unknown): unknown => {
    if (Array.isArray(element)) return element.map(renamed);
    return element === arn ? id : element;
  };
  for (const account of accounts(ctx.db).ids()) {
    for (const role of roles(ctx.db, account).all()) {
      if (!role.AssumeRolePolicyDocument.includes(JSON.stringify(arn))) continue;
      const read = readPolicy(role.AssumeRolePolicyDocument);
      if (!read.ok) continue;
      for (const statement of read.document.Statement) {
        for (const element of [statement.Principal, statement.NotPrincipal])
          if (typeof element === "object" && element.AWS !== undefined) element.AWS = renamed(element.AWS) as string | string[];
      }
      roles(ctx.db, account).edit(nameId(role.RoleName)).AssumeRolePolicyDocument = JSON.stringify(read.document);
    }
  }
}

/** Customer managed policy of the caller's account. */
export function ownPolicy(ctx: Context, arn: string): Readonly<PolicyRow> | undefined {
  const parsed = parsePolicyArn(arn);
  if (!parsed || parsed.account !== ctx.account) return undefined;
  const row = policies(ctx.db, ctx.account).get(nameId(parsed.name));
  return row?.Arn === arn ? row : undefined;
}

/** Whether a policy of that ARN can be attached in the caller's account. */
export const isAttachable = (ctx: Context, arn: string): boolean => managedPolicies.has(arn) || ownPolicy(ctx, arn) !== undefined;

/** Who uses a managed policy in the caller's account. */
export function usersOf(ctx: Context, arn: string) {
  const attached = <R extends { attached: string[] }>(rows: readonly Readonly<R>[]) => rows.filter((row) => row.attached.includes(arn));
  const bounded = <R extends { PermissionsBoundary?: string }>(rows: readonly Readonly<R>[]) =>
    rows.filter((row) => row.PermissionsBoundary === arn);
  const all = { user: tableOf(ctx, "user").all(), group: tableOf(ctx, "group").all(), role: tableOf(ctx, "role").all() };
  return {
    user: attached(all.user),
    group: attached(all.group),
    role: attached(all.role),
    boundaryUser: bounded(all.user),
    boundaryRole: bounded(all.role),
  };
}

export function usage(ctx: Context, arn: string): { attached: number; boundary: number } {
  const { user, group, role, boundaryUser, boundaryRole } = usersOf(ctx, arn);
  return { attached: user.length + group.length + role.length, boundary: boundaryUser.length + boundaryRole.length };
}
