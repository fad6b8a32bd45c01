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
  userNameOf,
} from "../common";
import { iamErrors } from "../errors";
import { uniqueId } from "../ids";
import { page } from "../page";
import { quotas } from "../quotas";
import { userOut } from "../render";
import { accessKeys, nameId, type UserRow } from "../state";

/** Source: IAM API Reference, CreateUser, GetUser, ListUsers, UpdateUser, DeleteUser. */

export const CreateUser = operation({
  name: "CreateUser",
  authorise: ({ UserName, Path = "/", PermissionsBoundary, Tags }, ctx) => ({
    action: "iam:CreateUser",
    resource: iamArn(ctx.account, `user${Path}${UserName}`),
    context: { ...requestTags(Tags), ...(PermissionsBoundary ? { "iam:PermissionsBoundary": PermissionsBoundary } : {}) },
  }),
  handle({ UserName, Path = "/", PermissionsBoundary, Tags = [] }, ctx) {
    const table = tableOf(ctx, "user");
    if (table.get(nameId(UserName))) return iamErrors.exists("user", UserName);
    if (table.size >= quotas.Users) return iamErrors.quota("UsersPerAccount", quotas.Users);
    const merged = mergeTags([], Tags, "TagsPerUser");
    if (!merged.ok) return merged;
    if (PermissionsBoundary !== undefined && !isAttachable(ctx, PermissionsBoundary))
      return iamErrors.boundaryNotAttachable(PermissionsBoundary);
    const row: UserRow = {
      UserName,
      UserId: uniqueId("AIDA", ctx.random),
      Path,
      Arn: iamArn(ctx.account, `user${Path}${UserName}`),
      CreateDate: ctx.now,
      Tags: merged.tags,
      inline: {},
      attached: [],
      groups: [],
      ...(PermissionsBoundary === undefined ? {} : { PermissionsBoundary }),
    };
    table.put(nameId(UserName), row);
    return ok({ User: userOut(row) });
  },
});

/** Without a name: the caller itself, also the root user. */
export const GetUser = operation({
  name: "GetUser",
  authorise(input, ctx) {
    if (input.UserName === undefined && ctx.principal.type === "Root") return { action: "iam:GetUser", resource: ctx.principal.arn };
    const named = userNameOf(input, ctx);
    return named.ok ? about(ctx, "user", named.name, "GetUser") : named;
  },
  handle(input, ctx) {
    if (input.UserName === undefined && ctx.principal.type === "Root") {
      const account = ctx.db
        .at({ account: "global", region: "global", service: "iam" })
        .table<{ CreateDate: number }>("accounts")
        .get(ctx.account);
      return ok({
        User: {
          Path: "/",
          UserName: "root",
          UserId: ctx.account,
          Arn: ctx.principal.arn,
          CreateDate: Math.floor((account?.CreateDate ?? ctx.now) / 1000),
        },
      });
    }
    const named = userNameOf(input, ctx);
    if (!named.ok) return named;
    const user = find(ctx, "user", named.name);
    return user ? ok({ User: userOut(user) }) : iamErrors.notFound("user", named.name);
  },
});

export const ListUsers = operation({
  name: "ListUsers",
  authorise: ({ PathPrefix = "/" }, { account }) => ({ action: "iam:ListUsers", resource: iamArn(account, `user${PathPrefix}`) }),
  handle(input, ctx) {
    const part = page(
      tableOf(ctx, "user")
        .all()
        .filter(({ Path }) => Path.startsWith(input.PathPrefix ?? "/")),
      ({ UserName }) => nameId(UserName),
      input,
    );
    return part.ok ? ok({ Users: part.items.map((user) => userOut(user, false)), ...part.rest }) : part;
  },
});

/** A new name or path is a new ARN; the id stays. */
export const UpdateUser = operation({
  name: "UpdateUser",
  authorise({ UserName, NewUserName, NewPath }, ctx) {
    const questions = [about(ctx, "user", UserName, "UpdateUser")];
    if (NewUserName !== undefined || NewPath !== undefined) {
      const old = find(ctx, "user", UserName);
      questions.push({
        action: "iam:UpdateUser",
        resource: iamArn(ctx.account, `user${NewPath ?? old?.Path ?? "/"}${NewUserName ?? UserName}`),
      });
    }
    return questions;
  },
  handle({ UserName, NewUserName, NewPath }, ctx) {
    const found = change(ctx, "user", UserName);
    if (!found.ok) return found;
    const { row } = found;
    const table = tableOf(ctx, "user");
    if (NewUserName !== undefined && nameId(NewUserName) !== nameId(UserName)) {
      if (table.get(nameId(NewUserName))) return iamErrors.exists("user", NewUserName);
      table.delete(nameId(UserName));
      for (const key of accessKeys(ctx.db).all()) {
        if (key.account === ctx.account && key.UserName !== undefined && nameId(key.UserName) === nameId(UserName))
          accessKeys(ctx.db).edit(key.AccessKeyId).UserName = NewUserName;
      }
    }
    const changed: UserRow = { ...row, UserName: NewUserName ?? row.UserName, Path: NewPath ?? row.Path };
    changed.Arn = iamArn(ctx.account, `user${changed.Path}${changed.UserName}`);
    table.put(nameId(changed.UserName), changed);
    return ok({});
  },
});

export const DeleteUser = operation({
  name: "DeleteUser",
  authorise: ({ UserName }, ctx) => about(ctx, "user", UserName, "DeleteUser"),
  handle({ UserName }, ctx) {
    const user = find(ctx, "user", UserName);
    if (!user) return iamErrors.notFound("user", UserName);
    if (user.attached.length > 0) return iamErrors.mustFirst("detach all policies");
    if (Object.keys(user.inline).length > 0) return iamErrors.mustFirst("delete policies");
    if (user.groups.length > 0) return iamErrors.userInGroups();
    if (user.loginProfile) return iamErrors.mustFirst("delete login profile");
    if (
      accessKeys(ctx.db)
        .all()
        .some((key) => key.account === ctx.account && key.UserName !== undefined && nameId(key.UserName) === nameId(UserName))
    )
      return iamErrors.mustFirst("delete access keys");
    tableOf(ctx, "user").delete(nameId(UserName));
    forgetPrincipal(ctx, user.Arn, user.UserId);
    return ok({});
  },
});

export const userOperations = [CreateUser, GetUser, ListUsers, UpdateUser, DeleteUser];
