import { type Failure, fail } from "../errors";
import type { Context, JsonObject, Principal, Result } from "../types";
import type { AssociationRow } from "../wafv2/state";
import { readEntityArn } from "../wafv2/names";
import { type LinkedRole, linkedRole } from "./linked-role";
import { regionOfResource } from "./resources";
import { type ProtectionRow, protections } from "./state";

/**
 * Automatic application layer DDoS mitigation: a rule group of Shield's own account, 150 WCU, stands last in the web ACL of the resource.
 * Sources: AWS WAF Developer Guide, "Automatic application layer DDoS mitigation", "Managing automatic mitigation with the Shield
 * Advanced rule group" (name, capacity, priority); the account: rule group ARNs quoted in public issues.
 */

const SHIELD_ACCOUNT = "153427709519";
const CAPACITY = 150;
const PRIORITY = 10_000_000;
/** How the names of Shield's rule groups begin, and those of the rules that refer to them. */
export const PREFIX = "ShieldMitigationRuleGroup_";

const role: LinkedRole = {
  service: "shield.amazonaws.com", name: "AWSServiceRoleForAWSShield", session: "Shield",
  policy: { name: "AWSShieldServiceRolePolicy", statements: [{ Effect: "Allow", Action: ["wafv2:GetWebACL", "wafv2:UpdateWebACL", "wafv2:GetWebACLForResource", "wafv2:ListResourcesForWebACL", "cloudfront:ListDistributions", "cloudfront:GetDistribution"], Resource: "*" }] },
};

/** ARN of the web ACL that is on a resource. */
export function webAclOf(ctx: Context, resource: string): string | undefined {
  return ctx.db.at({ service: "wafv2", region: regionOfResource(resource) }).table<AssociationRow>("associations").get(resource)?.WebACLArn;
}

export const visible = (MetricName: string): JsonObject => ({ SampledRequestsEnabled: false, CloudWatchMetricsEnabled: true, MetricName });

type Rules = { Name: string; [member: string]: unknown }[];

/** Shield in its own account, where its rule groups are. */
export const shieldItself: Principal = { type: "Root", account: SHIELD_ACCOUNT, arn: `arn:aws:iam::${SHIELD_ACCOUNT}:root`, userId: SHIELD_ACCOUNT };

/** Reads the web ACL, changes its rules and writes it back, with everything else as it is. */
function changeRules(ctx: Context, as: Principal, arn: string, change: (rules: Rules) => Rules): Result {
  const region = readEntityArn(arn)?.region;
  const read = ctx.call("wafv2", "GetWebACL", { ARN: arn }, { as, region });
  if (!read.ok) return read;
  const { WebACL, LockToken } = read.output as unknown as { WebACL: JsonObject & { Rules: Rules }; LockToken: string };
  const { ARN: _arn, Capacity: _capacity, LabelNamespace: _labels, ManagedByFirewallManager: _managed, RetrofittedByFirewallManager: _fitted, PreProcessFirewallManagerRuleGroups: _first, PostProcessFirewallManagerRuleGroups: _last, ...kept } = WebACL;
  const Rules = change(WebACL.Rules) as unknown as JsonObject[];
  return ctx.call("wafv2", "UpdateWebACL", { ...kept, Description: WebACL.Description || undefined, Rules, Scope: readEntityArn(arn)!.scope, LockToken }, { as, region });
}

/** Shield's rule group for this web ACL, made in Shield's account and shared with this one. */
function makeGroup(ctx: Context, acl: string): { arn: string; name: string } | Failure {
  const { id, region, scope } = readEntityArn(acl)!;
  const as = shieldItself;
  const name = `${PREFIX}${ctx.account}_${id}_${ctx.newId()}`;
  const made = ctx.call("wafv2", "CreateRuleGroup", { Name: name, Scope: scope, Capacity: CAPACITY, Rules: [], VisibilityConfig: visible(name) }, { as, region });
  if (!made.ok) return fail(made.error.code, made.error.message);
  const arn = (made.output as { Summary: { ARN: string } }).Summary.ARN;
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: ctx.account }, Action: ["wafv2:CreateWebACL", "wafv2:UpdateWebACL", "wafv2:PutFirewallManagerRuleGroups", "wafv2:GetRuleGroup"] }] });
  const shared = ctx.call("wafv2", "PutPermissionPolicy", { ResourceArn: arn, Policy }, { as, region });
  return shared.ok ? { arn, name } : fail(shared.error.code, shared.error.message);
}

/** Puts Shield's rule at the end of the web ACL, unless it is there. */
export function turnOn(ctx: Context, acl: string): Failure | undefined {
  const as = linkedRole(ctx, ctx.account, role);
  let failed: Failure | undefined;
  const done = changeRules(ctx, as, acl, (rules) => {
    if (rules.some(({ Name }) => Name.startsWith(PREFIX))) return rules;
    const group = makeGroup(ctx, acl);
    if ("error" in group) failed = group;
    return "error" in group ? rules : [...rules, { Name: group.name, Priority: PRIORITY, OverrideAction: { None: {} }, Statement: { RuleGroupReferenceStatement: { ARN: group.arn } }, VisibilityConfig: visible(group.name) }];
  });
  return failed ?? (done.ok ? undefined : fail(done.error.code, done.error.message));
}

/** Takes Shield's rule out of the web ACL, unless another protected resource of this web ACL still uses it. */
export function turnOff(ctx: Context, row: Readonly<ProtectionRow>): void {
  if (row.automatic?.Status !== "ENABLED") return;
  const acl = webAclOf(ctx, row.ResourceArn);
  const others = protections(ctx.db).all().some((other) => other.Id !== row.Id && other.automatic?.Status === "ENABLED" && webAclOf(ctx, other.ResourceArn) === acl);
  if (acl !== undefined && !others) changeRules(ctx, linkedRole(ctx, ctx.account, role), acl, (rules) => rules.filter(({ Name }) => !Name.startsWith(PREFIX)));
}
