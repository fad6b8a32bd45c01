import { ok } from "../../errors";
import {
  about,
  change,
  find,
  forgetPrincipal,
  iamArn,
  isAttachable,
  mergeTags,
  operation,
  requestTags,
  tableOf,
  trustDocument,
} from "../common";
import { iamErrors } from "../errors";
import { uniqueId } from "../ids";
import { page } from "../page";
import { quotas } from "../quotas";
import { lastUsed } from "../last-used";
import { roleOut } from "../render";
import { nameId, type RoleRow } from "../state";

/** Source: IAM API Reference, CreateRole, GetRole, ListRoles, UpdateRole, UpdateAssumeRolePolicy, DeleteRole, CreateServiceLinkedRole. */

/** Names of service-linked roles that the lab's services have. Source: each service's guide, "Using service-linked roles". */
const serviceLinked: Record<string, string> = {
  "autoscaling.amazonaws.com": "AWSServiceRoleForAutoScaling",
  "fms.amazonaws.com": "AWSServiceRoleForFMS",
  "kms.amazonaws.com": "AWSServiceRoleForKeyManagementServiceMultiRegionKeys",
  "mrk.kms.amazonaws.com": "AWSServiceRoleForKeyManagementServiceMultiRegionKeys",
  "cks.kms.amazonaws.com": "AWSServiceRoleForKeyManagementServiceCustomKeyStores",
  "organizations.amazonaws.com": "AWSServiceRoleForOrganizations",
  "shield.amazonaws.com": "AWSServiceRoleForAWSShield",
  "ssm.amazonaws.com": "AWSServiceRoleForAmazonSSM",
};

export const roleOperations = [
  operation({
    name: "CreateRole",
    authorise: ({ RoleName, Path = "/", PermissionsBoundary, Tags }, { account }) => ({
      action: "iam:CreateRole",
      resource: iamArn(account, `role${Path}${RoleName}`),
      context: { ...requestTags(Tags), ...(PermissionsBoundary ? { "iam:PermissionsBoundary": PermissionsBoundary } : {}) },
    }),
    handle(
      { RoleName, Path = "/", AssumeRolePolicyDocument, Description, MaxSessionDuration = 3600, PermissionsBoundary, Tags = [] },
      ctx,
    ) {
      const table = tableOf(ctx, "role");
      if (Path.startsWith("/aws-service-role/"))
        return iamErrors.invalidInput("The path /aws-service-role/ is reserved for service-linked roles.");
      const malformed = trustDocument(AssumeRolePolicyDocument, ctx);
      if (malformed) return malformed;
      if (table.get(nameId(RoleName))) return iamErrors.exists("role", RoleName);
      if (table.size >= quotas.Roles) return iamErrors.quota("RolesPerAccount", quotas.Roles);
      const merged = mergeTags([], Tags, "TagsPerRole");
      if (!merged.ok) return merged;
      if (PermissionsBoundary !== undefined && !isAttachable(ctx, PermissionsBoundary))
        return iamErrors.boundaryNotAttachable(PermissionsBoundary);
      const row: RoleRow = {
        RoleName,
        RoleId: uniqueId("AROA", ctx.random),
        Path,
        Arn: iamArn(ctx.account, `role${Path}${RoleName}`),
        CreateDate: ctx.now,
        AssumeRolePolicyDocument,
        ...(Description === undefined ? {} : { Description }),
        MaxSessionDuration,
        Tags: merged.tags,
        ...(PermissionsBoundary === undefined ? {} : { PermissionsBoundary }),
        inline: {},
        attached: [],
      };
      table.put(nameId(RoleName), row);
      return ok({ Role: roleOut(row, "create") });
    },
  }),
  operation({
    name: "GetRole",
    authorise: ({ RoleName }, ctx) => about(ctx, "role", RoleName, "GetRole"),
    handle({ RoleName }, ctx) {
      const role = find(ctx, "role", RoleName);
      return role ? ok({ Role: roleOut(role, "get", lastUsed(ctx.db, role.RoleId)) }) : iamErrors.notFound("role", RoleName);
    },
  }),
  operation({
    name: "ListRoles",
    authorise: ({ PathPrefix = "/" }, { account }) => ({ action: "iam:ListRoles", resource: iamArn(account, `role${PathPrefix}`) }),
    handle(input, ctx) {
      const part = page(
        tableOf(ctx, "role")
          .all()
          .filter(({ Path }) => Path.startsWith(input.PathPrefix ?? "/")),
        ({ RoleName }) => nameId(RoleName),
        input,
      );
      return part.ok ? ok({ Roles: part.items.map((role) => roleOut(role, "list")), ...part.rest }) : part;
    },
  }),
  operation({
    name: "UpdateRole",
    authorise: ({ RoleName }, ctx) => about(ctx, "role", RoleName, "UpdateRole"),
    handle({ RoleName, Description, MaxSessionDuration }, ctx) {
      const found = change(ctx, "role", RoleName);
      if (!found.ok) return found;
      if (Description !== undefined) found.row.Description = Description;
      if (MaxSessionDuration !== undefined) found.row.MaxSessionDuration = MaxSessionDuration;
      return ok({});
    },
  }),
  operation({
    name: "UpdateRoleDescription",
    authorise: ({ RoleName }, ctx) => about(ctx, "role", RoleName, "UpdateRoleDescription"),
    handle({ RoleName, Description }, ctx) {
      const found = change(ctx, "role", RoleName);
      if (!found.ok) return found;
      found.row.Description = Description;
      return ok({ Role: roleOut(found.row, "list") });
    },
  }),
  operation({
    name: "UpdateAssumeRolePolicy",
    authorise: ({ RoleName }, ctx) => about(ctx, "role", RoleName, "UpdateAssumeRolePolicy"),
    handle({ RoleName, PolicyDocument }, ctx) {
      const found = change(ctx, "role", RoleName);
      if (!found.ok) return found;
      const malformed = trustDocument(PolicyDocument, ctx);
      if (malformed) return malformed;
      found.row.AssumeRolePolicyDocument = PolicyDocument;
      return ok({});
    },
  }),
  operation({
    name: "DeleteRole",
    authorise: ({ RoleName }, ctx) => about(ctx, "role", RoleName, "DeleteRole"),
    handle({ RoleName }, ctx) {
      const found = change(ctx, "role", RoleName);
      if (!found.ok) return found;
      if (found.row.attached.length > 0) return iamErrors.mustFirst("detach all policies");
      if (Object.keys(found.row.inline).length > 0) return iamErrors.mustFirst("delete policies");
      tableOf(ctx, "role").delete(nameId(RoleName));
      forgetPrincipal(ctx, found.row.Arn, found.row.RoleId);
      return ok({});
    },
  }),
  operation({
    name: "CreateServiceLinkedRole",
    authorise: ({ AWSServiceName }, { account }) => ({
      action: "iam:CreateServiceLinkedRole",
      resource: iamArn(account, `role/aws-service-role/${AWSServiceName}/${serviceLinked[AWSServiceName] ?? ""}`),
      context: { "iam:AWSServiceName": AWSServiceName },
    }),
    handle({ AWSServiceName, Description, CustomSuffix }, ctx) {
      const base = Object.hasOwn(serviceLinked, AWSServiceName) ? serviceLinked[AWSServiceName] : undefined;
      if (base === undefined) return iamErrors.unknownService(AWSServiceName);
      const RoleName = CustomSuffix === undefined ? base : `${base}_${CustomSuffix}`;
      const table = tableOf(ctx, "role");
      if (table.get(nameId(RoleName)))
        return iamErrors.invalidInput(`Service role name ${RoleName} has been taken in this account, please try a different suffix.`);
      const Path = `/aws-service-role/${AWSServiceName}/`;
      const row: RoleRow = {
        RoleName,
        RoleId: uniqueId("AROA", ctx.random),
        Path,
        Arn: iamArn(ctx.account, `role${Path}${RoleName}`),
        CreateDate: ctx.now,
        AssumeRolePolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Action: ["sts:AssumeRole"], Effect: "Allow", Principal: { Service: [AWSServiceName] } }],
        }),
        ...(Description === undefined ? {} : { Description }),
        MaxSessionDuration: 3600,
        Tags: [],
        inline: {},
        attached: [],
      };
      table.put(nameId(RoleName), row);
      return ok({ Role: roleOut(row, "create") });
    },
  }),
];
