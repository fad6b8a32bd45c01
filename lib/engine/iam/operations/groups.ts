import { ok } from "../../errors";
import { about, change, find, iamArn, operation, tableOf } from "../common";
import { iamErrors } from "../errors";
import { uniqueId } from "../ids";
import { inOrder, page } from "../page";
import { quotas } from "../quotas";
import { groupOut, userOut } from "../render";
import { nameId, type GroupRow } from "../state";
import type { Context } from "../../types";

/** Source: IAM API Reference, CreateGroup, GetGroup, AddUserToGroup and their kin. */

const membersOf = (ctx: Context, group: string) =>
  tableOf(ctx, "user")
    .all()
    .filter((user) => user.groups.some((name) => nameId(name) === nameId(group)));

export const groupOperations = [
  operation({
    name: "CreateGroup",
    authorise: ({ GroupName, Path = "/" }, { account }) => ({
      action: "iam:CreateGroup",
      resource: iamArn(account, `group${Path}${GroupName}`),
    }),
    handle({ GroupName, Path = "/" }, ctx) {
      const table = tableOf(ctx, "group");
      if (table.get(nameId(GroupName))) return iamErrors.exists("group", GroupName);
      if (table.size >= quotas.Groups) return iamErrors.quota("GroupsPerAccount", quotas.Groups);
      const row: GroupRow = {
        GroupName,
        GroupId: uniqueId("AGPA", ctx.random),
        Path,
        Arn: iamArn(ctx.account, `group${Path}${GroupName}`),
        CreateDate: ctx.now,
        inline: {},
        attached: [],
      };
      table.put(nameId(GroupName), row);
      return ok({ Group: groupOut(row) });
    },
  }),
  operation({
    name: "GetGroup",
    authorise: ({ GroupName }, ctx) => about(ctx, "group", GroupName, "GetGroup"),
    handle(input, ctx) {
      const group = find(ctx, "group", input.GroupName);
      if (!group) return iamErrors.notFound("group", input.GroupName);
      const part = page(membersOf(ctx, input.GroupName), ({ UserName }) => nameId(UserName), input);
      return part.ok ? ok({ Group: groupOut(group), Users: part.items.map((user) => userOut(user, false)), ...part.rest }) : part;
    },
  }),
  operation({
    name: "ListGroups",
    authorise: ({ PathPrefix = "/" }, { account }) => ({ action: "iam:ListGroups", resource: iamArn(account, `group${PathPrefix}`) }),
    handle(input, ctx) {
      const part = page(
        tableOf(ctx, "group")
          .all()
          .filter(({ Path }) => Path.startsWith(input.PathPrefix ?? "/")),
        ({ GroupName }) => nameId(GroupName),
        input,
      );
      return part.ok ? ok({ Groups: part.items.map(groupOut), ...part.rest }) : part;
    },
  }),
  operation({
    name: "UpdateGroup",
    authorise: ({ GroupName, NewGroupName, NewPath }, ctx) => [
      about(ctx, "group", GroupName, "UpdateGroup"),
      {
        action: "iam:UpdateGroup",
        resource: iamArn(ctx.account, `group${NewPath ?? find(ctx, "group", GroupName)?.Path ?? "/"}${NewGroupName ?? GroupName}`),
      },
    ],
    handle({ GroupName, NewGroupName, NewPath }, ctx) {
      const found = change(ctx, "group", GroupName);
      if (!found.ok) return found;
      const table = tableOf(ctx, "group");
      const changed: GroupRow = { ...found.row, GroupName: NewGroupName ?? found.row.GroupName, Path: NewPath ?? found.row.Path };
      changed.Arn = iamArn(ctx.account, `group${changed.Path}${changed.GroupName}`);
      if (nameId(changed.GroupName) !== nameId(GroupName)) {
        if (table.get(nameId(changed.GroupName))) return iamErrors.exists("group", changed.GroupName);
        for (const { UserName } of membersOf(ctx, GroupName)) {
          const user = tableOf(ctx, "user").edit(nameId(UserName));
          user.groups = user.groups.map((name) => (nameId(name) === nameId(GroupName) ? changed.GroupName : name));
        }
        table.delete(nameId(GroupName));
      }
      table.put(nameId(changed.GroupName), changed);
      return ok({});
    },
  }),
  operation({
    name: "DeleteGroup",
    authorise: ({ GroupName }, ctx) => about(ctx, "group", GroupName, "DeleteGroup"),
    handle({ GroupName }, ctx) {
      const group = find(ctx, "group", GroupName);
      if (!group) return iamErrors.notFound("group", GroupName);
      if (membersOf(ctx, GroupName).length > 0) return iamErrors.mustFirst("remove users from group");
      if (group.attached.length > 0) return iamErrors.mustFirst("detach all policies");
      if (Object.keys(group.inline).length > 0) return iamErrors.mustFirst("delete policies");
      tableOf(ctx, "group").delete(nameId(GroupName));
      return ok({});
    },
  }),
  operation({
    name: "AddUserToGroup",
    authorise: ({ GroupName }, ctx) => about(ctx, "group", GroupName, "AddUserToGroup"),
    handle({ GroupName, UserName }, ctx) {
      const group = find(ctx, "group", GroupName);
      if (!group) return iamErrors.notFound("group", GroupName);
      const found = change(ctx, "user", UserName);
      if (!found.ok) return found;
      const { row } = found;
      if (row.groups.some((name) => nameId(name) === nameId(GroupName))) return ok({});
      if (row.groups.length >= quotas.GroupsPerUser) return iamErrors.quota("GroupsPerUser", quotas.GroupsPerUser);
      row.groups.push(group.GroupName);
      return ok({});
    },
  }),
  operation({
    name: "RemoveUserFromGroup",
    authorise: ({ GroupName }, ctx) => about(ctx, "group", GroupName, "RemoveUserFromGroup"),
    handle({ GroupName, UserName }, ctx) {
      if (!find(ctx, "group", GroupName)) return iamErrors.notFound("group", GroupName);
      const found = change(ctx, "user", UserName);
      if (!found.ok) return found;
      found.row.groups = found.row.groups.filter((name) => nameId(name) !== nameId(GroupName));
      return ok({});
    },
  }),
  operation({
    name: "ListGroupsForUser",
    authorise: ({ UserName }, ctx) => about(ctx, "user", UserName, "ListGroupsForUser"),
    handle(input, ctx) {
      const user = find(ctx, "user", input.UserName);
      if (!user) return iamErrors.notFound("user", input.UserName);
      const groups = user.groups.flatMap((name) => find(ctx, "group", name) ?? []);
      const part = page(
        inOrder(groups, ({ GroupName }) => nameId(GroupName)),
        ({ GroupName }) => nameId(GroupName),
        input,
      );
      return part.ok ? ok({ Groups: part.items.map(groupOut), ...part.rest }) : part;
    },
  }),
];
