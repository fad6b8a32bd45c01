import { ok } from "../../errors";
import { parsePolicyArn } from "../attached";
import { iamArn, identityDocument, mergeTags, operation, ownPolicy, requestTags, resourceTags, usage, usersOf } from "../common";
import { iamErrors } from "../errors";
import { uniqueId } from "../ids";
import { managedPolicies, type ManagedPolicy } from "../managed-policies";
import { inOrder, page } from "../page";
import { policySize, quotas } from "../quotas";
import { encodeDocument, policyOut, seconds } from "../render";
import { nameId, policies, type PolicyRow } from "../state";
import type { AuthRequest, Context } from "../../types";

/** Managed policies and their versions. Source: IAM API Reference, CreatePolicy, CreatePolicyVersion, ListPolicies and their kin. */

const ask =
  (action: string) =>
  ({ PolicyArn }: { PolicyArn?: string }, ctx: Context): AuthRequest => ({
    action: `iam:${action}`,
    resource: PolicyArn!,
    context: resourceTags(ownPolicy(ctx, PolicyArn!)?.Tags),
  });

/** AWS's own as rows of the same form. */
const asRow = (policy: ManagedPolicy): PolicyRow => ({
  ...policy,
  nextVersion: 0,
  Tags: [],
  versions: [{ VersionId: policy.DefaultVersionId, Document: policy.document, CreateDate: policy.UpdateDate }],
});

const read = (ctx: Context, arn: string): Readonly<PolicyRow> | undefined => {
  const builtIn = managedPolicies.get(arn);
  return builtIn ? asRow(builtIn) : ownPolicy(ctx, arn);
};

/** The row to change: never AWS's own, nor another account's. */
function edit(ctx: Context, arn: string) {
  const parsed = parsePolicyArn(arn);
  if (parsed && parsed.account !== ctx.account) return iamErrors.foreignPolicy();
  const found = ownPolicy(ctx, arn);
  return found ? { ok: true as const, row: policies(ctx.db, ctx.account).edit(nameId(found.PolicyName)) } : iamErrors.policyNotFound(arn);
}

const versionOut = (policy: Readonly<PolicyRow>, version: PolicyRow["versions"][number], document: boolean) => ({
  ...(document ? { Document: encodeDocument(version.Document) } : {}),
  VersionId: version.VersionId,
  IsDefaultVersion: version.VersionId === policy.DefaultVersionId,
  CreateDate: seconds(version.CreateDate),
});

export const policyOperations = [
  operation({
    name: "CreatePolicy",
    authorise: ({ PolicyName, Path = "/", Tags }, { account }) => ({
      action: "iam:CreatePolicy",
      resource: iamArn(account, `policy${Path}${PolicyName}`),
      context: requestTags(Tags),
    }),
    handle({ PolicyName, Path = "/", PolicyDocument, Description, Tags = [] }, ctx) {
      const malformed = identityDocument(PolicyDocument);
      if (malformed) return malformed;
      if (policySize(PolicyDocument) > quotas.PolicySize) return iamErrors.quota("PolicySize", quotas.PolicySize);
      const table = policies(ctx.db, ctx.account);
      if (table.get(nameId(PolicyName))) return iamErrors.policyExists(PolicyName);
      if (table.size >= quotas.Policies) return iamErrors.quota("PoliciesPerAccount", quotas.Policies);
      const merged = mergeTags([], Tags, "TagsPerPolicy");
      if (!merged.ok) return merged;
      const row: PolicyRow = {
        PolicyName,
        PolicyId: uniqueId("ANPA", ctx.random),
        Arn: iamArn(ctx.account, `policy${Path}${PolicyName}`),
        Path,
        ...(Description === undefined ? {} : { Description }),
        CreateDate: ctx.now,
        UpdateDate: ctx.now,
        DefaultVersionId: "v1",
        nextVersion: 2,
        versions: [{ VersionId: "v1", Document: PolicyDocument, CreateDate: ctx.now }],
        Tags: merged.tags,
      };
      table.put(nameId(PolicyName), row);
      const { Description: _description, ...printed } = policyOut(row, { attached: 0, boundary: 0 }, true) as Record<string, unknown>;
      return ok({ Policy: printed });
    },
  }),
  operation({
    name: "GetPolicy",
    authorise: ask("GetPolicy"),
    handle({ PolicyArn }, ctx) {
      const policy = read(ctx, PolicyArn);
      return policy ? ok({ Policy: policyOut(policy, usage(ctx, PolicyArn), true) }) : iamErrors.policyNotFound(PolicyArn);
    },
  }),
  operation({
    name: "ListPolicies",
    authorise: ({ PathPrefix = "/" }, { account }) => ({ action: "iam:ListPolicies", resource: iamArn(account, `policy${PathPrefix}`) }),
    handle(input, ctx) {
      const { Scope = "All", OnlyAttached = false, PathPrefix = "/", PolicyUsageFilter } = input;
      const all: Readonly<PolicyRow>[] = [
        ...(Scope === "Local" ? [] : [...managedPolicies.values()].map(asRow)),
        ...(Scope === "AWS" ? [] : policies(ctx.db, ctx.account).all()),
      ];
      const found = all.flatMap((policy) => {
        if (!policy.Path.startsWith(PathPrefix)) return [];
        const used = usage(ctx, policy.Arn);
        if (OnlyAttached && used.attached === 0) return [];
        if (PolicyUsageFilter === "PermissionsPolicy" && used.attached === 0) return [];
        if (PolicyUsageFilter === "PermissionsBoundary" && used.boundary === 0) return [];
        return [{ id: policy.Arn, out: policyOut(policy, used, false) }];
      });
      const part = page(
        inOrder(found, ({ id }) => id),
        ({ id }) => id,
        input,
      );
      return part.ok ? ok({ Policies: part.items.map(({ out }) => out), ...part.rest }) : part;
    },
  }),
  operation({
    name: "DeletePolicy",
    authorise: ask("DeletePolicy"),
    handle({ PolicyArn }, ctx) {
      const found = edit(ctx, PolicyArn);
      if (!found.ok) return found;
      const used = usage(ctx, PolicyArn);
      if (used.attached + used.boundary > 0) return iamErrors.policyAttached();
      if (found.row.versions.length > 1) return iamErrors.policyVersions();
      policies(ctx.db, ctx.account).delete(nameId(found.row.PolicyName));
      return ok({});
    },
  }),
  operation({
    name: "CreatePolicyVersion",
    authorise: ask("CreatePolicyVersion"),
    handle({ PolicyArn, PolicyDocument, SetAsDefault = false }, ctx) {
      const malformed = identityDocument(PolicyDocument);
      if (malformed) return malformed;
      const found = edit(ctx, PolicyArn);
      if (!found.ok) return found;
      const { row } = found;
      if (policySize(PolicyDocument) > quotas.PolicySize) return iamErrors.quota("PolicySize", quotas.PolicySize);
      if (row.versions.length >= quotas.VersionsPerPolicy) return iamErrors.fiveVersions();
      const version = { VersionId: `v${row.nextVersion++}`, Document: PolicyDocument, CreateDate: ctx.now };
      row.versions.unshift(version);
      row.UpdateDate = ctx.now;
      if (SetAsDefault) row.DefaultVersionId = version.VersionId;
      return ok({ PolicyVersion: versionOut(row, version, false) });
    },
  }),
  operation({
    name: "GetPolicyVersion",
    authorise: ask("GetPolicyVersion"),
    handle({ PolicyArn, VersionId }, ctx) {
      const policy = read(ctx, PolicyArn);
      if (!policy) return iamErrors.policyNotFound(PolicyArn);
      const version = policy.versions.find((one) => one.VersionId === VersionId);
      return version ? ok({ PolicyVersion: versionOut(policy, version, true) }) : iamErrors.versionNotFound(PolicyArn, VersionId);
    },
  }),
  operation({
    name: "ListPolicyVersions",
    authorise: ask("ListPolicyVersions"),
    handle(input, ctx) {
      const policy = read(ctx, input.PolicyArn);
      if (!policy) return iamErrors.policyNotFound(input.PolicyArn);
      // Newest first; the marker counts down, since names of versions do not sort.
      const last = policy.nextVersion;
      const id = ({ VersionId }: { VersionId: string }) => String(last + 1e6 - Number(VersionId.slice(1))).padStart(9, "0");
      const part = page(inOrder(policy.versions, id), id, input);
      return part.ok ? ok({ Versions: part.items.map((version) => versionOut(policy, version, false)), ...part.rest }) : part;
    },
  }),
  operation({
    name: "SetDefaultPolicyVersion",
    authorise: ask("SetDefaultPolicyVersion"),
    handle({ PolicyArn, VersionId }, ctx) {
      const found = edit(ctx, PolicyArn);
      if (!found.ok) return found;
      if (!found.row.versions.some((one) => one.VersionId === VersionId)) return iamErrors.versionNotFound(PolicyArn, VersionId);
      found.row.DefaultVersionId = VersionId;
      found.row.UpdateDate = ctx.now;
      return ok({});
    },
  }),
  operation({
    name: "DeletePolicyVersion",
    authorise: ask("DeletePolicyVersion"),
    handle({ PolicyArn, VersionId }, ctx) {
      const found = edit(ctx, PolicyArn);
      if (!found.ok) return found;
      const { row } = found;
      if (!row.versions.some((one) => one.VersionId === VersionId)) return iamErrors.versionNotFound(PolicyArn, VersionId);
      if (row.DefaultVersionId === VersionId) return iamErrors.defaultVersion();
      row.versions = row.versions.filter((one) => one.VersionId !== VersionId);
      row.UpdateDate = ctx.now;
      return ok({});
    },
  }),
  operation({
    name: "ListEntitiesForPolicy",
    authorise: ask("ListEntitiesForPolicy"),
    handle(input, ctx) {
      const { PolicyArn, EntityFilter, PathPrefix = "/", PolicyUsageFilter } = input;
      if (!read(ctx, PolicyArn)) return iamErrors.policyNotFound(PolicyArn);
      const used = usersOf(ctx, PolicyArn);
      const permissions = PolicyUsageFilter !== "PermissionsBoundary";
      const boundaries = PolicyUsageFilter !== "PermissionsPolicy";
      const wanted = (kind: string) => EntityFilter === undefined || EntityFilter === kind;
      const once = <T>(rows: T[]) => [...new Set(rows)];
      const user = wanted("User") ? once([...(permissions ? used.user : []), ...(boundaries ? used.boundaryUser : [])]) : [];
      const role = wanted("Role") ? once([...(permissions ? used.role : []), ...(boundaries ? used.boundaryRole : [])]) : [];
      const group = wanted("Group") && permissions ? used.group : [];
      const entities = [
        ...group.map((row) => ({ id: `g ${row.GroupName}`, path: row.Path, group: { GroupName: row.GroupName, GroupId: row.GroupId } })),
        ...user.map((row) => ({ id: `u ${row.UserName}`, path: row.Path, user: { UserName: row.UserName, UserId: row.UserId } })),
        ...role.map((row) => ({ id: `r ${row.RoleName}`, path: row.Path, role: { RoleName: row.RoleName, RoleId: row.RoleId } })),
      ].filter(({ path }) => path.startsWith(PathPrefix));
      const part = page(
        inOrder(entities, ({ id }) => id),
        ({ id }) => id,
        input,
      );
      if (!part.ok) return part;
      return ok({
        PolicyGroups: part.items.flatMap((one) => ("group" in one ? [one.group] : [])),
        PolicyUsers: part.items.flatMap((one) => ("user" in one ? [one.user] : [])),
        PolicyRoles: part.items.flatMap((one) => ("role" in one ? [one.role] : [])),
        ...part.rest,
      });
    },
  }),
];
