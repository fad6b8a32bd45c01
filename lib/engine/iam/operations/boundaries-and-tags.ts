import { ok } from "../../errors";
import { about, change, find, isAttachable, mergeTags, operation, ownPolicy, requestTags, resourceTags } from "../common";
import { iamErrors } from "../errors";
import { inOrder, page } from "../page";
import { nameId, policies, type Tag } from "../state";
import type { Failure } from "../../errors";
import type { Context } from "../../types";

/** Permissions boundaries, and tags of users, roles and managed policies. Source: IAM API Reference, PutUserPermissionsBoundary, TagUser and their kin. */

function boundary(kind: "user" | "role") {
  const Title = kind === "user" ? "User" : "Role";
  const member = `${Title}Name`;
  return [
    operation({
      name: `Put${Title}PermissionsBoundary`,
      authorise: (input, ctx) =>
        about(ctx, kind, input[member], `Put${Title}PermissionsBoundary`, { "iam:PermissionsBoundary": input.PermissionsBoundary }),
      handle(input, ctx) {
        const found = change(ctx, kind, input[member]);
        if (!found.ok) return found;
        if (!isAttachable(ctx, input.PermissionsBoundary)) return iamErrors.boundaryNotAttachable(input.PermissionsBoundary);
        found.row.PermissionsBoundary = input.PermissionsBoundary;
        return ok({});
      },
    }),
    operation({
      name: `Delete${Title}PermissionsBoundary`,
      authorise: (input, ctx) => about(ctx, kind, input[member], `Delete${Title}PermissionsBoundary`),
      handle(input, ctx) {
        const found = change(ctx, kind, input[member]);
        if (!found.ok) return found;
        delete found.row.PermissionsBoundary;
        return ok({});
      },
    }),
  ];
}

interface Tagged {
  title: "User" | "Role" | "Policy";
  member: "UserName" | "RoleName" | "PolicyArn";
  ask(ctx: Context, id: string, action: string, context: Record<string, string | string[]>): ReturnType<typeof about>;
  tags(ctx: Context, id: string): readonly Tag[] | Failure;
  edit(ctx: Context, id: string): { ok: true; row: { Tags: Tag[] } } | Failure;
}

const entity = (kind: "user" | "role"): Tagged => ({
  title: kind === "user" ? "User" : "Role",
  member: kind === "user" ? "UserName" : "RoleName",
  ask: (ctx, id, action, context) => about(ctx, kind, id, action, context),
  tags: (ctx, id) => find(ctx, kind, id)?.Tags ?? iamErrors.notFound(kind, id),
  edit: (ctx, id) => change(ctx, kind, id),
});

const policy: Tagged = {
  title: "Policy",
  member: "PolicyArn",
  ask: (ctx, id, action, context) => ({
    action: `iam:${action}`,
    resource: id,
    context: { ...resourceTags(ownPolicy(ctx, id)?.Tags), ...context },
  }),
  tags: (ctx, id) => ownPolicy(ctx, id)?.Tags ?? iamErrors.policyNotFound(id),
  edit(ctx, id) {
    const found = ownPolicy(ctx, id);
    return found ? { ok: true, row: policies(ctx.db, ctx.account).edit(nameId(found.PolicyName)) } : iamErrors.policyNotFound(id);
  },
};

function tagging({ title, member, ask, tags, edit }: Tagged) {
  return [
    operation({
      name: `Tag${title}`,
      authorise: (input, ctx) => ask(ctx, input[member], `Tag${title}`, requestTags(input.Tags)),
      handle(input, ctx) {
        const found = edit(ctx, input[member]);
        if (!found.ok) return found;
        const merged = mergeTags(found.row.Tags, input.Tags, `TagsPer${title}`);
        if (!merged.ok) return merged;
        found.row.Tags = merged.tags;
        return ok({});
      },
    }),
    operation({
      name: `Untag${title}`,
      authorise: (input, ctx) => ask(ctx, input[member], `Untag${title}`, { "aws:TagKeys": input.TagKeys }),
      handle(input, ctx) {
        const found = edit(ctx, input[member]);
        if (!found.ok) return found;
        const gone = new Set((input.TagKeys as string[]).map((key) => key.toLowerCase()));
        found.row.Tags = found.row.Tags.filter(({ Key }) => !gone.has(Key.toLowerCase()));
        return ok({});
      },
    }),
    operation({
      name: `List${title}Tags`,
      authorise: (input, ctx) => ask(ctx, input[member], `List${title}Tags`, {}),
      handle(input, ctx) {
        const found = tags(ctx, input[member]);
        if ("ok" in found) return found;
        const part = page(
          inOrder(found, ({ Key }) => Key),
          ({ Key }) => Key,
          input,
        );
        return part.ok ? ok({ Tags: part.items.map(({ Key, Value }) => ({ Key, Value })), ...part.rest }) : part;
      },
    }),
  ];
}

export const boundaryOperations = [...boundary("user"), ...boundary("role")];
export const tagOperations = [entity("user"), entity("role"), policy].flatMap(tagging);
