import type { PolicyType } from "@/lib/engine/organizations/state";
import type { Ask } from "../../frame/use-load";

/** What Organizations answers, as far as the console shows it. Source: Organizations API Reference, data types. */
export interface ControlPolicy {
  Id: string;
  Arn: string;
  Name: string;
  Description: string;
  Type: PolicyType;
  AwsManaged: boolean;
}

export interface Target {
  TargetId: string;
  Arn: string;
  Name: string;
  Type: "ROOT" | "ORGANIZATIONAL_UNIT" | "ACCOUNT";
}

/** All pages of a listing of Organizations, which has tokens where IAM has markers. */
export async function orgListing<Item>(ask: Ask, operation: string, member: string, input: { [member: string]: string } = {}): Promise<Item[]> {
  const items: Item[] = [];
  let token: string | undefined;
  do {
    const page = await ask("organizations", operation, { ...input, ...(token && { NextToken: token }) });
    items.push(...(page[member] as Item[]));
    token = page.NextToken as string | undefined;
  } while (token);
  return items;
}

export const loadControlPolicies = (ask: Ask, type: PolicyType): Promise<ControlPolicy[]> =>
  orgListing<ControlPolicy>(ask, "ListPolicies", "Policies", { Filter: type });

/** Everything that a policy can be attached to: the root, the units from the outermost inwards, the accounts. */
export async function loadTargets(ask: Ask): Promise<Target[]> {
  const roots = await orgListing<{ Id: string; Arn: string; Name: string }>(ask, "ListRoots", "Roots");
  const targets: Target[] = roots.map(({ Id, Arn, Name }) => ({ TargetId: Id, Arn, Name, Type: "ROOT" }));
  for (const parent of targets) {
    // Grows while it is walked: units have units.
    const units = await orgListing<{ Id: string; Arn: string; Name: string }>(ask, "ListOrganizationalUnitsForParent", "OrganizationalUnits", {
      ParentId: parent.TargetId,
    });
    targets.push(...units.map(({ Id, Arn, Name }): Target => ({ TargetId: Id, Arn, Name, Type: "ORGANIZATIONAL_UNIT" })));
  }
  const accounts = await orgListing<{ Id: string; Arn: string; Name: string }>(ask, "ListAccounts", "Accounts");
  return [...targets, ...accounts.map(({ Id, Arn, Name }): Target => ({ TargetId: Id, Arn, Name, Type: "ACCOUNT" }))];
}
