import { ok } from "../../errors";
import { managedDocument } from "../attached";
import { about, find, operation, tableOf, usage } from "../common";
import { iamErrors, type Kind } from "../errors";
import { managedPolicies } from "../managed-policies";
import { inOrder, page } from "../page";
import { quotas } from "../quotas";
import { lastUsed } from "../last-used";
import { encodeDocument, policyOut, roleOut, seconds, tagsOut, boundaryOut } from "../render";
import { accessKeys, accounts, nameId, policies } from "../state";
import type { Context } from "../../types";

/** The account as a whole. Source: IAM API Reference, GetAccountSummary, GetAccountAuthorizationDetails, CreateAccountAlias and their kin. */

const inlineOut = (inline: Record<string, string>) =>
  Object.entries(inline).map(([PolicyName, document]) => ({ PolicyName, PolicyDocument: encodeDocument(document) }));

const attachedOut = (ctx: Context, arns: readonly string[]) =>
  arns.flatMap((PolicyArn) => {
    const managed = managedDocument(ctx.db, PolicyArn);
    return managed ? [{ PolicyName: managed.name, PolicyArn }] : [];
  });

function managedDetails(ctx: Context, wanted: (filter: string) => boolean) {
  const own = wanted("LocalManagedPolicy") ? policies(ctx.db, ctx.account).all() : [];
  const aws = wanted("AWSManagedPolicy")
    ? [...managedPolicies.values()]
        .filter(({ Arn }) => usage(ctx, Arn).attached > 0)
        .map((policy) => ({
          ...policy,
          Tags: [],
          versions: [{ VersionId: policy.DefaultVersionId, Document: policy.document, CreateDate: policy.UpdateDate }],
        }))
    : [];
  return [...own, ...aws].map((policy) => ({
    ...policyOut(policy, usage(ctx, policy.Arn), false),
    ...(policy.Description === undefined ? {} : { Description: policy.Description }),
    PolicyVersionList: policy.versions.map((version) => ({
      Document: encodeDocument(version.Document),
      VersionId: version.VersionId,
      IsDefaultVersion: version.VersionId === policy.DefaultVersionId,
      CreateDate: seconds(version.CreateDate),
    })),
  }));
}

/** Lists of things that the lab does not make: there are none, which is what an account without them answers. */
const emptyList = (name: string, member: string, kind: Kind | undefined, nameMember: "UserName" | "RoleName") =>
  operation({
    name,
    authorise: (input, ctx) =>
      kind && input[nameMember] !== undefined
        ? about(ctx, kind, input[nameMember], name)
        : { action: `iam:${name}`, resource: ctx.principal.arn },
    handle(input, ctx) {
      if (kind && input[nameMember] !== undefined && !find(ctx, kind, input[nameMember]))
        return iamErrors.notFound(kind, input[nameMember]);
      return ok(name === "ListServiceSpecificCredentials" ? { [member]: [] } : { [member]: [], IsTruncated: false });
    },
  });

export const accountOperations = [
  operation({
    name: "GetAccountSummary",
    authorise: () => ({ action: "iam:GetAccountSummary", resource: "*" }),
    handle(_input, ctx) {
      const own = policies(ctx.db, ctx.account).all();
      return ok({
        SummaryMap: {
          Users: tableOf(ctx, "user").size,
          UsersQuota: quotas.Users,
          Groups: tableOf(ctx, "group").size,
          GroupsQuota: quotas.Groups,
          Roles: tableOf(ctx, "role").size,
          RolesQuota: quotas.Roles,
          Policies: own.length,
          PoliciesQuota: quotas.Policies,
          PolicySizeQuota: quotas.PolicySize,
          PolicyVersionsInUse: own.reduce((sum, { versions }) => sum + versions.length, 0),
          PolicyVersionsInUseQuota: 10000,
          VersionsPerPolicyQuota: quotas.VersionsPerPolicy,
          AttachedPoliciesPerGroupQuota: quotas.AttachedPolicies,
          AttachedPoliciesPerRoleQuota: quotas.AttachedPolicies,
          AttachedPoliciesPerUserQuota: quotas.AttachedPolicies,
          GroupsPerUserQuota: quotas.GroupsPerUser,
          AccessKeysPerUserQuota: quotas.AccessKeysPerUser,
          AccountAccessKeysPresent: accessKeys(ctx.db)
            .all()
            .some((key) => key.account === ctx.account && key.UserName === undefined)
            ? 1
            : 0,
          AccountMFAEnabled: 0,
          AccountPasswordPresent: 1,
          AccountSigningCertificatesPresent: 0,
          UserPolicySizeQuota: quotas.InlineSize.user,
          GroupPolicySizeQuota: quotas.InlineSize.group,
          RolePolicySizeQuota: quotas.InlineSize.role,
          AssumeRolePolicySizeQuota: quotas.AssumeRolePolicySize,
          GlobalEndpointTokenVersion: 1,
          InstanceProfiles: 0,
          InstanceProfilesQuota: 1000,
          MFADevices: 0,
          MFADevicesInUse: 0,
          Providers: 0,
          ServerCertificates: 0,
          ServerCertificatesQuota: 20,
          SigningCertificatesPerUserQuota: 2,
        },
      });
    },
  }),
  operation({
    name: "GetAccountAuthorizationDetails",
    authorise: () => ({ action: "iam:GetAccountAuthorizationDetails", resource: "*" }),
    handle(input, ctx) {
      const filter: string[] | undefined = input.Filter?.length ? input.Filter : undefined;
      const wanted = (kind: string) => !filter || filter.includes(kind);
      const entities = [
        ...(wanted("User") ? tableOf(ctx, "user").all() : []).map((user) => ({
          id: `1 ${nameId(user.UserName)}`,
          user: {
            Path: user.Path,
            UserName: user.UserName,
            UserId: user.UserId,
            Arn: user.Arn,
            CreateDate: seconds(user.CreateDate),
            ...(Object.keys(user.inline).length > 0 ? { UserPolicyList: inlineOut(user.inline) } : {}),
            GroupList: [...user.groups],
            AttachedManagedPolicies: attachedOut(ctx, user.attached),
            ...boundaryOut(user.PermissionsBoundary),
            Tags: tagsOut(user.Tags).Tags ?? [],
          },
        })),
        ...(wanted("Group") ? tableOf(ctx, "group").all() : []).map((group) => ({
          id: `2 ${nameId(group.GroupName)}`,
          group: {
            Path: group.Path,
            GroupName: group.GroupName,
            GroupId: group.GroupId,
            Arn: group.Arn,
            CreateDate: seconds(group.CreateDate),
            GroupPolicyList: inlineOut(group.inline),
            AttachedManagedPolicies: attachedOut(ctx, group.attached),
          },
        })),
        ...(wanted("Role") ? tableOf(ctx, "role").all() : []).map((role) => {
          const { Path, RoleName, RoleId, Arn, CreateDate, AssumeRolePolicyDocument, RoleLastUsed } = roleOut(role, "get", lastUsed(ctx.db, role.RoleId));
          return {
            id: `3 ${nameId(role.RoleName)}`,
            role: {
              Path,
              RoleName,
              RoleId,
              Arn,
              CreateDate,
              AssumeRolePolicyDocument,
              InstanceProfileList: [],
              RolePolicyList: inlineOut(role.inline),
              AttachedManagedPolicies: attachedOut(ctx, role.attached),
              ...boundaryOut(role.PermissionsBoundary),
              Tags: tagsOut(role.Tags).Tags ?? [],
              RoleLastUsed,
            },
          };
        }),
        ...managedDetails(ctx, wanted).map((policy) => ({ id: `4 ${policy.Arn}`, policy })),
      ];
      const part = page(
        inOrder(entities, ({ id }) => id),
        ({ id }) => id,
        input,
      );
      if (!part.ok) return part;
      return ok({
        UserDetailList: part.items.flatMap((one) => ("user" in one ? [one.user] : [])),
        GroupDetailList: part.items.flatMap((one) => ("group" in one ? [one.group] : [])),
        RoleDetailList: part.items.flatMap((one) => ("role" in one ? [one.role] : [])),
        Policies: part.items.flatMap((one) => ("policy" in one ? [one.policy] : [])),
        ...part.rest,
      });
    },
  }),
  operation({
    name: "CreateAccountAlias",
    authorise: () => ({ action: "iam:CreateAccountAlias", resource: "*" }),
    handle({ AccountAlias }, ctx) {
      const table = accounts(ctx.db);
      if (table.all().some(({ alias, account }) => alias === AccountAlias && account !== ctx.account))
        return iamErrors.aliasExists(AccountAlias);
      table.edit(ctx.account).alias = AccountAlias;
      return ok({});
    },
  }),
  operation({
    name: "DeleteAccountAlias",
    authorise: () => ({ action: "iam:DeleteAccountAlias", resource: "*" }),
    handle({ AccountAlias }, ctx) {
      if (accounts(ctx.db).get(ctx.account)?.alias !== AccountAlias) return iamErrors.aliasNotFound(AccountAlias);
      delete accounts(ctx.db).edit(ctx.account).alias;
      return ok({});
    },
  }),
  operation({
    name: "ListAccountAliases",
    authorise: () => ({ action: "iam:ListAccountAliases", resource: "*" }),
    handle(_input, ctx) {
      const alias = accounts(ctx.db).get(ctx.account)?.alias;
      return ok({ AccountAliases: alias === undefined ? [] : [alias], IsTruncated: false });
    },
  }),
  emptyList("ListInstanceProfilesForRole", "InstanceProfiles", "role", "RoleName"),
  emptyList("ListMFADevices", "MFADevices", "user", "UserName"),
  emptyList("ListSSHPublicKeys", "SSHPublicKeys", "user", "UserName"),
  emptyList("ListServiceSpecificCredentials", "ServiceSpecificCredentials", "user", "UserName"),
  emptyList("ListSigningCertificates", "Certificates", "user", "UserName"),
];
