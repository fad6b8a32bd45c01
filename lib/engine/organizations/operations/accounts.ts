import { ok } from "../../errors";
import { uniqueId } from "../../iam/ids";
import { accounts, nameId, roles } from "../../iam/state";
import { ensureAccount, rootArn } from "../../iam/who";
import { join, leave, isParent, membersOf, operation, page, targetOf, unitsOf, word } from "../common";
import { orgErrors } from "../errors";
import { createdAccounts, members, membership, units, type CreateAccountRow, type MemberRow } from "../state";
import type { Context } from "../../types";

/** Member accounts and where they are. Source: Organizations API Reference, CreateAccount, ListAccounts, MoveAccount and their kin. */

const seconds = (ms: number) => ms / 1000;

const accountOut = (member: Readonly<MemberRow>) => ({
  Id: member.Id,
  Arn: member.Arn,
  Email: member.Email,
  Name: member.Name,
  Status: "ACTIVE",
  State: "ACTIVE",
  JoinedMethod: member.JoinedMethod,
  JoinedTimestamp: seconds(member.JoinedTimestamp),
});

const statusOut = (row: Readonly<CreateAccountRow>, done: boolean) => ({
  Id: row.Id,
  AccountName: row.AccountName,
  State: done ? "SUCCEEDED" : "IN_PROGRESS",
  RequestedTimestamp: seconds(row.RequestedTimestamp),
  ...(done ? { CompletedTimestamp: seconds(row.CompletedTimestamp), AccountId: row.AccountId } : {}),
});

function freshAccountId(ctx: Context): string {
  for (;;) {
    const id = Array.from(ctx.random(12), (byte, i) => String(i === 0 ? 1 + (byte % 9) : byte % 10)).join("");
    if (!accounts(ctx.db).get(id)) return id;
  }
}

/** The role by which the management account gets into an account that it made. */
function accessRole(ctx: Context, account: string, RoleName: string): void {
  roles(ctx.db, account).put(nameId(RoleName), {
    RoleName,
    RoleId: uniqueId("AROA", (bytes) => ctx.random(bytes)),
    Path: "/",
    Arn: `arn:aws:iam::${account}:role/${RoleName}`,
    CreateDate: ctx.now,
    AssumeRolePolicyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: rootArn(ctx.account) }, Action: "sts:AssumeRole" }],
    }),
    MaxSessionDuration: 3600,
    Tags: [],
    inline: {},
    attached: ["arn:aws:iam::aws:policy/AdministratorAccess"],
  });
}

export const accountOperations = [
  operation({
    name: "CreateAccount",
    handle({ AccountName, Email, RoleName = "OrganizationAccountAccessRole" }, ctx, organization) {
      const account = freshAccountId(ctx);
      ensureAccount(ctx.db, account, ctx.now, (bytes) => ctx.random(bytes));
      accessRole(ctx, account, RoleName);
      join(ctx, organization, account, { Name: AccountName, Email, JoinedMethod: "CREATED" });
      const row: CreateAccountRow = {
        Id: `car-${word(ctx, 32)}`,
        AccountName,
        AccountId: account,
        RequestedTimestamp: ctx.now,
        CompletedTimestamp: ctx.now,
        organization: organization.Id,
      };
      createdAccounts(ctx.db).put(row.Id, row);
      // AWS makes accounts in the background: the answer always says so, however soon it is done.
      return ok({ CreateAccountStatus: statusOut(row, false) });
    },
  }),
  operation({
    name: "DescribeCreateAccountStatus",
    handle({ CreateAccountRequestId }, ctx, organization) {
      const row = createdAccounts(ctx.db).get(CreateAccountRequestId);
      return row?.organization === organization.Id ? ok({ CreateAccountStatus: statusOut(row, true) }) : orgErrors.statusNotFound();
    },
  }),
  operation({
    name: "DescribeAccount",
    handle({ AccountId }, ctx, organization) {
      const member = members(ctx.db).get(AccountId);
      return member?.organization === organization.Id ? ok({ Account: accountOut(member) }) : orgErrors.accountNotFound();
    },
  }),
  operation({
    name: "ListAccounts",
    handle(input, ctx, organization) {
      const part = page(membersOf(ctx.db, organization), input);
      return part.ok ? ok({ Accounts: part.items.map(accountOut), ...part.next }) : part;
    },
  }),
  operation({
    name: "ListAccountsForParent",
    handle(input, ctx, organization) {
      if (!isParent(ctx.db, organization, input.ParentId)) return orgErrors.parentNotFound();
      const part = page(
        membersOf(ctx.db, organization).filter(({ parent }) => parent === input.ParentId),
        input,
      );
      return part.ok ? ok({ Accounts: part.items.map(accountOut), ...part.next }) : part;
    },
  }),
  operation({
    name: "ListParents",
    handle(input, ctx, organization) {
      const row = [members(ctx.db).get(input.ChildId), units(ctx.db).get(input.ChildId)].find(
        (one) => one?.organization === organization.Id,
      );
      if (!row) return orgErrors.childNotFound();
      const part = page([{ Id: row.parent, Type: row.parent === organization.rootId ? "ROOT" : "ORGANIZATIONAL_UNIT" }], input);
      return part.ok ? ok({ Parents: part.items, ...part.next }) : part;
    },
  }),
  operation({
    name: "ListChildren",
    handle(input, ctx, organization) {
      if (!isParent(ctx.db, organization, input.ParentId)) return orgErrors.parentNotFound();
      const rows = input.ChildType === "ACCOUNT" ? membersOf(ctx.db, organization) : unitsOf(ctx.db, organization);
      const part = page(
        rows.filter(({ parent }) => parent === input.ParentId).map(({ Id }) => ({ Id, Type: input.ChildType })),
        input,
      );
      return part.ok ? ok({ Children: part.items, ...part.next }) : part;
    },
  }),
  operation({
    name: "MoveAccount",
    handle({ AccountId, SourceParentId, DestinationParentId }, ctx, organization) {
      const member = members(ctx.db).get(AccountId);
      if (member?.organization !== organization.Id) return orgErrors.accountNotFound();
      if (!isParent(ctx.db, organization, SourceParentId) || member.parent !== SourceParentId) return orgErrors.sourceParentNotFound();
      if (!isParent(ctx.db, organization, DestinationParentId)) return orgErrors.destinationParentNotFound();
      if (member.parent === DestinationParentId) return orgErrors.duplicateAccount();
      members(ctx.db).edit(AccountId).parent = DestinationParentId;
      return ok({});
    },
  }),
  operation({
    name: "RemoveAccountFromOrganization",
    handle({ AccountId }, ctx, organization) {
      if (targetOf(ctx.db, organization, AccountId)?.Type !== "ACCOUNT") return orgErrors.accountNotFound();
      return leave(ctx, organization, AccountId) ?? ok({});
    },
  }),
  operation({
    name: "LeaveOrganization",
    anyMember: true,
    handle: (_input, ctx) => leave(ctx, membership(ctx.db, ctx.account)!.organization, ctx.account) ?? ok({}),
  }),
];
