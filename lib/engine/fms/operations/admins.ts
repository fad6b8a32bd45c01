import { type Failure, ok } from "../../errors";
import { members, membership } from "../../organizations/state";
import type { Context, Operation } from "../../types";
import { regions } from "../../regions";
import { adminHere, coversAccount, organizationOf } from "../admins";
import { askAll } from "../authorise";
import { fmsErrors, isFailure } from "../errors";
import { forgetPolicy } from "../evaluate";
import { page } from "../page";
import { accountsOf } from "../scope";
import { type AdminScope, GLOBAL_REGION, admins, policies } from "../state";

/**
 * Administrators of Firewall Manager: a default one that the management account names, and others with a scope of their own.
 * Source: AWS Firewall Manager API Reference, AssociateAdminAccount, PutAdminAccount, DisassociateAdminAccount, GetAdminScope and their kin.
 */

/** Source: AWS WAF Developer Guide, "AWS Firewall Manager quotas". */
const mostAdmins = 10;

interface Named {
  AdminAccount: string;
}

const everything: AdminScope = {
  AccountScope: { Accounts: [], AllAccountsEnabled: true, ExcludeSpecifiedAccounts: false },
  OrganizationalUnitScope: { OrganizationalUnits: [], AllOrganizationalUnitsEnabled: true, ExcludeSpecifiedOrganizationalUnits: false },
  RegionScope: { Regions: [], AllRegionsEnabled: true },
  PolicyTypeScope: { PolicyTypes: [], AllPolicyTypesEnabled: true },
};

/** The management account, in us-east-1. Errors: InvalidOperationException. */
function managing(ctx: Context, operation: string): { management: string; organization: string } | Failure {
  const found = organizationOf(ctx, ctx.account);
  if (isFailure(found)) return found;
  const { MasterAccountId, Id } = found.organization;
  if (MasterAccountId !== ctx.account) return fmsErrors.notManagement(ctx.account, MasterAccountId);
  return ctx.region === GLOBAL_REGION ? { management: MasterAccountId, organization: Id } : fmsErrors.wrongRegion(operation);
}

/** Names the default administrator. Errors: InvalidOperationException, InvalidInputException (no member). */
export const AssociateAdminAccount: Operation = {
  name: "AssociateAdminAccount",
  authorise: () => askAll("AssociateAdminAccount"),
  handle({ AdminAccount }: Named, ctx) {
    const found = managing(ctx, "AssociateAdminAccount");
    if (isFailure(found)) return found;
    if (members(ctx.db).get(AdminAccount)?.organization !== found.organization) return fmsErrors.notMember(AdminAccount);
    const table = admins(ctx.db, found.management);
    // One that has left the organization is none any more.
    for (const id of table.ids()) if (members(ctx.db).get(id)?.organization !== found.organization) table.delete(id);
    const first = table.all().find(({ DefaultAdmin }) => DefaultAdmin);
    if (first) return fmsErrors.otherAdmin(first.AdminAccount);
    table.put(AdminAccount, { AdminAccount, DefaultAdmin: true, AdminScope: everything });
    return ok({});
  },
};

/**
 * Makes an administrator beside the default one, or changes its scope. Only the management account may.
 * Errors: InvalidOperationException (no default administrator, its scope), InvalidInputException, LimitExceededException.
 */
export const PutAdminAccount: Operation = {
  name: "PutAdminAccount",
  authorise: () => askAll("PutAdminAccount"),
  handle({ AdminAccount, AdminScope = everything }: Named & { AdminScope?: AdminScope }, ctx) {
    const found = managing(ctx, "PutAdminAccount");
    if (isFailure(found)) return found;
    const table = admins(ctx.db, found.management);
    if (members(ctx.db).get(AdminAccount)?.organization !== found.organization) return fmsErrors.notMember(AdminAccount);
    if (!table.size) return fmsErrors.operation("The organization has no default administrator of Firewall Manager: AssociateAdminAccount names it.");
    if (table.get(AdminAccount)?.DefaultAdmin) return fmsErrors.operation("The default administrator has full scope, which cannot be changed.");
    if (!table.get(AdminAccount) && table.size >= mostAdmins) return fmsErrors.limit("administrators", mostAdmins);
    table.put(AdminAccount, { AdminAccount, DefaultAdmin: false, AdminScope: structuredClone(AdminScope) });
    return ok({});
  },
};

/**
 * An administrator resigns, the default one as the last. Its policies go with it; what they made stays.
 * Errors: AccessDeniedException, InvalidOperationException. Source: AWS WAF Developer Guide, "Revoking a Firewall Manager administrator account".
 */
export const DisassociateAdminAccount: Operation = {
  name: "DisassociateAdminAccount",
  authorise: () => askAll("DisassociateAdminAccount"),
  handle(_input: unknown, ctx) {
    const found = adminHere(ctx, "DisassociateAdminAccount");
    if (isFailure(found)) return found;
    const table = admins(ctx.db, found.management);
    const others = table.ids().filter((id) => id !== ctx.account && membership(ctx.db, id)?.organization.MasterAccountId === found.management);
    if (found.row.DefaultAdmin && others.length) return fmsErrors.adminsLeft();
    for (const region of Object.keys(regions)) for (const id of policies(ctx.db, { account: ctx.account, region }).ids()) forgetPolicy(ctx, id, region);
    table.delete(ctx.account);
    return ok({});
  },
};

/** The default administrator, for the organization's management account and administrators. Errors: InvalidOperationException, ResourceNotFoundException. */
export const GetAdminAccount: Operation = {
  name: "GetAdminAccount",
  authorise: () => askAll("GetAdminAccount"),
  handle(_input: unknown, ctx) {
    const found = organizationOf(ctx, ctx.account);
    if (isFailure(found)) return found;
    const first = admins(ctx.db, found.organization.MasterAccountId).all().find(({ AdminAccount, DefaultAdmin }) => DefaultAdmin && members(ctx.db).get(AdminAccount)?.organization === found.organization.Id);
    return first ? ok({ AdminAccount: first.AdminAccount, RoleStatus: "READY" }) : fmsErrors.noAdmin();
  },
};

/** The caller as management account or default administrator: they see all administrators. */
function overseer(ctx: Context, operation: string): string | Failure {
  const found = organizationOf(ctx, ctx.account);
  if (isFailure(found)) return found;
  const management = found.organization.MasterAccountId;
  return ctx.account === management || admins(ctx.db, management).get(ctx.account)?.DefaultAdmin ? management : fmsErrors.onlyAdmins(operation);
}

/** Errors: ResourceNotFoundException, AccessDeniedException, InvalidOperationException. An administrator sees its own. */
export const GetAdminScope: Operation = {
  name: "GetAdminScope",
  authorise: () => askAll("GetAdminScope"),
  handle({ AdminAccount }: Named, ctx) {
    const found = organizationOf(ctx, ctx.account);
    if (isFailure(found)) return found;
    const management = AdminAccount === ctx.account ? found.organization.MasterAccountId : overseer(ctx, "GetAdminScope");
    if (typeof management !== "string") return management;
    const row = admins(ctx.db, management).get(AdminAccount);
    return row ? ok({ AdminScope: structuredClone(row.AdminScope), Status: "ONBOARDING_COMPLETE" }) : fmsErrors.noAdmin();
  },
};

type Paging = { NextToken?: string; MaxResults?: number };

/** For the management account alone. Errors: AccessDeniedException, InvalidOperationException. */
export const ListAdminAccountsForOrganization: Operation = {
  name: "ListAdminAccountsForOrganization",
  authorise: () => askAll("ListAdminAccountsForOrganization"),
  handle(input: Paging, ctx) {
    const found = organizationOf(ctx, ctx.account);
    if (isFailure(found)) return found;
    const management = found.organization.MasterAccountId;
    if (ctx.account !== management) return fmsErrors.onlyManagement("ListAdminAccountsForOrganization");
    const table = admins(ctx.db, management);
    const part = page("ListAdminAccountsForOrganization", input, table.ids());
    return isFailure(part) ? part : ok({ AdminAccounts: part.shown.map((id) => ({ AdminAccount: id, DefaultAdmin: table.get(id)!.DefaultAdmin, Status: "ONBOARDING_COMPLETE" })), ...part.more });
  },
};

/** Who looks after the caller's account. Any member may ask. */
export const ListAdminsManagingAccount: Operation = {
  name: "ListAdminsManagingAccount",
  authorise: () => askAll("ListAdminsManagingAccount"),
  handle(input: Paging, ctx) {
    const management = membership(ctx.db, ctx.account)?.organization.MasterAccountId;
    const all = management === undefined ? [] : admins(ctx.db, management).all().filter(({ AdminScope }) => coversAccount(ctx.db, AdminScope, ctx.account)).map(({ AdminAccount }) => AdminAccount);
    const part = page("ListAdminsManagingAccount", input, all);
    return isFailure(part) ? part : ok({ AdminAccounts: part.shown, ...part.more });
  },
};

/** The accounts that the administrator looks after; for the management account, all. Errors: AccessDeniedException, InvalidInputException (token). */
export const ListMemberAccounts: Operation = {
  name: "ListMemberAccounts",
  authorise: () => askAll("ListMemberAccounts"),
  handle(input: Paging, ctx) {
    const found = adminHere(ctx, "ListMemberAccounts");
    const own = isFailure(found) ? overseer(ctx, "ListMemberAccounts") : found.management;
    if (typeof own !== "string") return own;
    const part = page("ListMemberAccounts", input, accountsOf(ctx.db, own).filter((account) => isFailure(found) || coversAccount(ctx.db, found.row.AdminScope, account)));
    return isFailure(part) ? part : ok({ MemberAccounts: part.shown, ...part.more });
  },
};
