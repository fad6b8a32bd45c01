import type { Failure } from "../errors";
import { type Membership, membership } from "../organizations/state";
import type { Context, Db } from "../types";
import { fmsErrors } from "./errors";
import { type AdminRow, type AdminScope, admins } from "./state";

/** Who may use Firewall Manager. Source: AWS WAF Developer Guide, "AWS Firewall Manager prerequisites", "Using AWS Firewall Manager administrators". */

/** The organization of an account, with all its features. Errors: InvalidOperationException. */
export function organizationOf(ctx: Pick<Context, "db">, account: string): Membership | Failure {
  const found = membership(ctx.db, account);
  if (!found) return fmsErrors.noOrganization(account);
  return found.organization.FeatureSet === "ALL" ? found : fmsErrors.notAllFeatures();
}

/** The caller as administrator of its organization. Errors: AccessDeniedException, InvalidOperationException. */
export function adminHere(ctx: Context, operation: string): { row: Readonly<AdminRow>; management: string } | Failure {
  const found = organizationOf(ctx, ctx.account);
  if ("ok" in found) return found;
  const management = found.organization.MasterAccountId;
  const table = admins(ctx.db, management);
  if (!table.size) return fmsErrors.notDelegated(ctx.account);
  const row = table.get(ctx.account);
  return row ? { row, management } : fmsErrors.onlyAdmins(operation);
}

/** Whether an administrator may look after an account. */
export function coversAccount(db: Db, { AccountScope, OrganizationalUnitScope }: AdminScope, account: string): boolean {
  const listed = AccountScope?.Accounts?.includes(account) ?? false;
  const byAccount = AccountScope === undefined || AccountScope.AllAccountsEnabled === true || (AccountScope.ExcludeSpecifiedAccounts ? !listed : listed);
  const units = membership(db, account)?.parents.map(({ id }) => id) ?? [];
  const inside = units.some((id) => OrganizationalUnitScope?.OrganizationalUnits?.includes(id));
  const byUnit = OrganizationalUnitScope === undefined || OrganizationalUnitScope.AllOrganizationalUnitsEnabled === true || (OrganizationalUnitScope.ExcludeSpecifiedOrganizationalUnits ? !inside : inside);
  return byAccount && byUnit;
}

export const coversRegion = ({ RegionScope }: AdminScope, region: string): boolean => RegionScope === undefined || RegionScope.AllRegionsEnabled === true || (RegionScope.Regions?.includes(region) ?? false);
export const coversType = ({ PolicyTypeScope }: AdminScope, type: string): boolean => PolicyTypeScope === undefined || PolicyTypeScope.AllPolicyTypesEnabled === true || (PolicyTypeScope.PolicyTypes?.includes(type) ?? false);
