import type { JsonObject } from "../types";
import { A, B, shieldLab } from "../shield/shield.test-helper";

export { A, B } from "../shield/shield.test-helper";

export const MINUTE = 60_000;
export const CORE = "AWSManagedRulesCommonRuleSet";

const managed = (name: string, more: object = {}) => ({ ruleGroupType: "ManagedRuleGroup", ruleGroupArn: null, managedRuleGroupIdentifier: { vendorName: "AWS", managedRuleGroupName: name, version: null }, overrideAction: { type: "NONE" }, excludeRules: [], ...more });

/** Service data of a WAFV2 policy: the core rules first, whatever else is given. */
export const wafData = (more: object = {}): JsonObject => ({ Type: "WAFV2", ManagedServiceData: JSON.stringify({ type: "WAFV2", preProcessRuleGroups: [managed(CORE)], postProcessRuleGroups: [], defaultAction: { type: "ALLOW" }, overrideCustomerWebACLAssociation: false, ...more }) });
export const managedGroup = managed;

export const policyOf = (more: JsonObject = {}): JsonObject => ({
  Policy: { PolicyName: "p", SecurityServicePolicyData: wafData(), ResourceType: "AWS::ElasticLoadBalancingV2::LoadBalancer", ResourceTags: [], ExcludeResourceTags: false, RemediationEnabled: false, ...more },
});

/** Accounts A and B in an organization, A its management account and Firewall Manager's administrator, AWS Config on in both. */
export async function fmsLab({ recording = [A, B], admin = A }: { recording?: string[]; admin?: string } = {}) {
  const w = shieldLab();
  const root = await w.organization();
  await w.must("fms", "AssociateAdminAccount", { AdminAccount: admin });
  for (const account of recording) await w.must("estate", "SetConfigRecorder", { Recording: true }, account);
  const put = async (more: JsonObject = {}): Promise<string> => (await w.must("fms", "PutPolicy", policyOf(more), admin)).Policy.PolicyId;
  const settle = (): Promise<unknown> => w.lab.advance(11 * MINUTE);
  /** `<reason> <resource>` for each violation. */
  const violations = async (PolicyId: string, MemberAccount: string): Promise<string[]> =>
    (await w.must("fms", "GetComplianceDetail", { PolicyId, MemberAccount }, admin)).PolicyComplianceDetail.Violators.map(({ ResourceId, ViolationReason }: Record<string, string>) => `${ViolationReason} ${ResourceId}`);
  const webAclOn = async (ResourceArn: string, account: string): Promise<any> => (await w.must("wafv2", "GetWebACLForResource", { ResourceArn }, account)).WebACL;
  return { ...w, root, put, settle, violations, webAclOn };
}
