import { ok } from "../../errors";
import { managedDocument } from "../attached";
import { about, change, find, identityDocument, isAttachable, operation } from "../common";
import { iamErrors, type Kind } from "../errors";
import { inOrder, page } from "../page";
import { policySize, quotas } from "../quotas";
import { encodeDocument } from "../render";

/**
 * Inline and attached policies of users, groups and roles: the same eight operations for each, named as AWS names them
 * (PutUserPolicy, AttachRolePolicy, …). Source: IAM API Reference.
 */
function operationsOf(kind: Kind) {
  const Title = ({ user: "User", group: "Group", role: "Role" } as const)[kind];
  const nameMember = `${Title}Name`;
  const plural = `PoliciesPer${Title}`;
  return [
    operation({
      name: `Put${Title}Policy`,
      authorise: (input, ctx) => about(ctx, kind, input[nameMember], `Put${Title}Policy`),
      handle(input, ctx) {
        const { PolicyName, PolicyDocument } = input;
        const found = change(ctx, kind, input[nameMember]);
        if (!found.ok) return found;
        const malformed = identityDocument(PolicyDocument);
        if (malformed) return malformed;
        const inline: Record<string, string> = { ...found.row.inline, [PolicyName as string]: PolicyDocument as string };
        const size = Object.values(inline).reduce((sum, document) => sum + policySize(document), 0);
        if (size > quotas.InlineSize[kind]) return iamErrors.inlineSize(kind, input[nameMember], quotas.InlineSize[kind]);
        found.row.inline = inline;
        return ok({});
      },
    }),
    operation({
      name: `Get${Title}Policy`,
      authorise: (input, ctx) => about(ctx, kind, input[nameMember], `Get${Title}Policy`),
      handle(input, ctx) {
        const { PolicyName } = input;
        const row = find(ctx, kind, input[nameMember]);
        if (!row) return iamErrors.notFound(kind, input[nameMember]);
        if (!Object.hasOwn(row.inline, PolicyName)) return iamErrors.inlineNotFound(kind, PolicyName);
        return ok({ [nameMember]: nameOf(row), PolicyName, PolicyDocument: encodeDocument(row.inline[PolicyName]) });
      },
    }),
    operation({
      name: `Delete${Title}Policy`,
      authorise: (input, ctx) => about(ctx, kind, input[nameMember], `Delete${Title}Policy`),
      handle(input, ctx) {
        const { PolicyName } = input;
        const found = change(ctx, kind, input[nameMember]);
        if (!found.ok) return found;
        if (!Object.hasOwn(found.row.inline, PolicyName)) return iamErrors.inlineNotFound(kind, PolicyName);
        delete found.row.inline[PolicyName];
        return ok({});
      },
    }),
    operation({
      name: `List${Title}Policies`,
      authorise: (input, ctx) => about(ctx, kind, input[nameMember], `List${Title}Policies`),
      handle(input, ctx) {
        const row = find(ctx, kind, input[nameMember]);
        if (!row) return iamErrors.notFound(kind, input[nameMember]);
        const part = page(
          inOrder(Object.keys(row.inline), (name) => name),
          (name) => name,
          input,
        );
        return part.ok ? ok({ PolicyNames: part.items, ...part.rest }) : part;
      },
    }),
    operation({
      name: `Attach${Title}Policy`,
      authorise: (input, ctx) => about(ctx, kind, input[nameMember], `Attach${Title}Policy`, { "iam:PolicyARN": input.PolicyArn }),
      handle(input, ctx) {
        const { PolicyArn } = input;
        const found = change(ctx, kind, input[nameMember]);
        if (!found.ok) return found;
        if (!isAttachable(ctx, PolicyArn)) return iamErrors.notAttachable(PolicyArn);
        if (found.row.attached.includes(PolicyArn)) return ok({});
        if (found.row.attached.length >= quotas.AttachedPolicies) return iamErrors.quota(plural, quotas.AttachedPolicies);
        found.row.attached.push(PolicyArn);
        return ok({});
      },
    }),
    operation({
      name: `Detach${Title}Policy`,
      authorise: (input, ctx) => about(ctx, kind, input[nameMember], `Detach${Title}Policy`, { "iam:PolicyARN": input.PolicyArn }),
      handle(input, ctx) {
        const { PolicyArn } = input;
        const found = change(ctx, kind, input[nameMember]);
        if (!found.ok) return found;
        if (!found.row.attached.includes(PolicyArn)) return iamErrors.policyNotFound(PolicyArn);
        found.row.attached = found.row.attached.filter((arn) => arn !== PolicyArn);
        return ok({});
      },
    }),
    operation({
      name: `ListAttached${Title}Policies`,
      authorise: (input, ctx) => about(ctx, kind, input[nameMember], `ListAttached${Title}Policies`),
      handle(input, ctx) {
        const { PathPrefix = "/" } = input;
        const row = find(ctx, kind, input[nameMember]);
        if (!row) return iamErrors.notFound(kind, input[nameMember]);
        const attached = row.attached.flatMap((arn) => {
          const managed = managedDocument(ctx.db, arn);
          return managed && arn.slice(arn.indexOf(":policy/") + 7).startsWith(PathPrefix)
            ? [{ PolicyName: managed.name, PolicyArn: arn }]
            : [];
        });
        const part = page(
          inOrder(attached, ({ PolicyArn }) => PolicyArn),
          ({ PolicyArn }) => PolicyArn,
          input,
        );
        return part.ok ? ok({ AttachedPolicies: part.items, ...part.rest }) : part;
      },
    }),
  ];
}

const nameOf = (row: object): string =>
  (row as { UserName?: string; GroupName?: string; RoleName?: string }).UserName ??
  (row as { GroupName?: string }).GroupName ??
  (row as { RoleName: string }).RoleName;

export const entityPolicyOperations = (["user", "group", "role"] as const).flatMap(operationsOf);
