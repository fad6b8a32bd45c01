import type { JsonObject } from "@/lib/engine/types";

/** Of a policy for AWS WAF: one of AWS's groups first in every web ACL. */
export const wafData = (group = "AWSManagedRulesCommonRuleSet"): JsonObject => ({
  Type: "WAFV2",
  ManagedServiceData: JSON.stringify({
    type: "WAFV2",
    preProcessRuleGroups: [{ ruleGroupType: "ManagedRuleGroup", ruleGroupArn: null, managedRuleGroupIdentifier: { vendorName: "AWS", managedRuleGroupName: group, version: null }, overrideAction: { type: "NONE" }, excludeRules: [] }],
    postProcessRuleGroups: [], defaultAction: { type: "ALLOW" }, overrideCustomerWebACLAssociation: false,
  }),
});

export const policyOf = (more: JsonObject = {}): JsonObject => ({
  Policy: { PolicyName: "core-rules", SecurityServicePolicyData: wafData(), ResourceType: "AWS::ElasticLoadBalancingV2::LoadBalancer", ResourceTags: [], ExcludeResourceTags: false, RemediationEnabled: false, ...more },
});
