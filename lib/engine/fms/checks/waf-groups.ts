import { findByArn } from "../../wafv2/names";
import { callIn } from "../acting";
import { accountsOf } from "../scope";
import { membership } from "../../organizations/state";
import type { Look } from "./check";

const actions = ["wafv2:CreateWebACL", "wafv2:UpdateWebACL", "wafv2:PutFirewallManagerRuleGroups", "wafv2:GetRuleGroup"];

const policyFor = (accounts: readonly string[]): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "FirewallManager", Effect: "Allow", Principal: { AWS: accounts }, Action: actions }] });

/**
 * Lets the organization's accounts use the administrator's rule groups. AWS does this out of sight; here it is the groups' permission
 * policy, unless the administrator has put one of its own there.
 * Source: AWS WAF Developer Guide, "Sharing a rule group with another account".
 */
export function shareGroups({ ctx, place }: Look, groups: readonly string[]): void {
  if (place.account === ctx.account) return;
  const management = membership(ctx.db, ctx.account)?.organization.MasterAccountId ?? ctx.account;
  const Policy = policyFor(accountsOf(ctx.db, management).filter((account) => account !== ctx.account));
  for (const ResourceArn of new Set(groups)) {
    const has = findByArn({ db: ctx.db.at({ service: "wafv2" }) }, ResourceArn, "rulegroup")?.policy;
    if (has !== Policy && (has === undefined || has.includes('"Sid":"FirewallManager"'))) callIn(ctx, { account: ctx.account, region: place.region }, "wafv2", "PutPermissionPolicy", { ResourceArn, Policy });
  }
}
