import type { PolicyType } from "../fm-types";
import { typeLabel } from "../fm-types";
import { accountWords, type World } from "../shared/world";

/** What an administrator looks after. Source: AWS Firewall Manager API Reference, AdminScope. */
export interface AdminScope {
  AccountScope?: { Accounts?: string[]; AllAccountsEnabled?: boolean; ExcludeSpecifiedAccounts?: boolean };
  OrganizationalUnitScope?: { OrganizationalUnits?: string[]; AllOrganizationalUnitsEnabled?: boolean; ExcludeSpecifiedOrganizationalUnits?: boolean };
  RegionScope?: { Regions?: string[]; AllRegionsEnabled?: boolean };
  PolicyTypeScope?: { PolicyTypes?: string[]; AllPolicyTypesEnabled?: boolean };
}

export interface ScopeDraft {
  account: string;
  accounts: string[];
  regions: string[];
  types: PolicyType[];
}

/** Nothing chosen is everything. */
export const scopeOf = ({ accounts, regions, types }: ScopeDraft): AdminScope => ({
  AccountScope: accounts.length ? { Accounts: accounts, AllAccountsEnabled: false, ExcludeSpecifiedAccounts: false } : { AllAccountsEnabled: true },
  OrganizationalUnitScope: { AllOrganizationalUnitsEnabled: true },
  RegionScope: regions.length ? { Regions: regions, AllRegionsEnabled: false } : { AllRegionsEnabled: true },
  PolicyTypeScope: types.length ? { PolicyTypes: types, AllPolicyTypesEnabled: false } : { AllPolicyTypesEnabled: true },
});

export const draftOfScope = (account: string, scope: AdminScope): ScopeDraft => ({
  account,
  accounts: scope.AccountScope?.AllAccountsEnabled ? [] : (scope.AccountScope?.Accounts ?? []),
  regions: scope.RegionScope?.AllRegionsEnabled ? [] : (scope.RegionScope?.Regions ?? []),
  types: (scope.PolicyTypeScope?.AllPolicyTypesEnabled ? [] : (scope.PolicyTypeScope?.PolicyTypes ?? [])) as PolicyType[],
});

/** The scope in one line. */
export function scopeText({ AccountScope: accounts, OrganizationalUnitScope: units, RegionScope: regions, PolicyTypeScope: types }: AdminScope, world: World): string {
  const named = (accounts?.Accounts ?? []).map((id) => accountWords(world, id)).join(", ");
  const inUnits = (units?.OrganizationalUnits ?? []).map((id) => world.units.find((unit) => unit.Id === id)?.path ?? id).join(", ");
  const parts = [
    accounts?.AllAccountsEnabled || !accounts ? "" : accounts.ExcludeSpecifiedAccounts ? `accounts but ${named || "none"}` : `accounts ${named || "none"}`,
    units?.AllOrganizationalUnitsEnabled || !units ? "" : units.ExcludeSpecifiedOrganizationalUnits ? `units but ${inUnits}` : `units ${inUnits}`,
    regions?.AllRegionsEnabled || !regions ? "" : `Regions ${(regions.Regions ?? []).join(", ") || "none"}`,
    types?.AllPolicyTypesEnabled || !types ? "" : `policies ${(types.PolicyTypes ?? []).map(typeLabel).join(", ") || "none"}`,
  ].filter(Boolean);
  return parts.length ? parts.join("; ") : "Everything";
}
