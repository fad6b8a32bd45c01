import { controlPolicyLevels, membership, type PolicyType } from "@/lib/engine/organizations/state";

export interface ActingPolicies {
  /** False: the account is in no organization. */
  member: boolean;
  management: boolean;
  enabled: Record<PolicyType, boolean>;
  /** From the root down to the account: every level must allow. */
  levels: Record<PolicyType, { from: string; policies: { id: string; name: string }[] }[]>;
}

export const TYPES: PolicyType[] = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"];

/** The organization's policies that act on an account, read from the lab itself. */
export function actingPolicies(db: Parameters<typeof membership>[0], account: string): ActingPolicies {
  const member = membership(db, account);
  const of = (type: PolicyType) =>
    member
      ? [...member.parents.map(({ label }) => label), `account ${account}`].map((from, index) => ({
          from,
          policies: controlPolicyLevels(db, member, type)[index].map(({ name, arn }) => ({ name, id: arn!.split("/").at(-1)! })),
        }))
      : [];
  return {
    member: !!member,
    management: member?.organization.MasterAccountId === account,
    enabled: Object.fromEntries(TYPES.map((type) => [type, member?.organization.policyTypes.includes(type) ?? false])) as ActingPolicies["enabled"],
    levels: Object.fromEntries(TYPES.map((type) => [type, of(type)])) as ActingPolicies["levels"],
  };
}
