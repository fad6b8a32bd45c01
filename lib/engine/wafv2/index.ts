import type { Operation, Service } from "../types";
import { CreateAPIKey, DeleteAPIKey, GetDecryptedAPIKey, ListAPIKeys } from "./operations/api-keys";
import { AssociateWebACL, DisassociateWebACL, GetWebACLForResource, ListResourcesForWebACL } from "./operations/associations";
import { CheckCapacity } from "./operations/check-capacity";
import { DeleteFirewallManagerRuleGroups } from "./operations/firewall-manager";
import { CreateIPSet, DeleteIPSet, GetIPSet, ListIPSets, UpdateIPSet } from "./operations/ip-sets";
import { DeleteLoggingConfiguration, GetLoggingConfiguration, ListLoggingConfigurations, PutLoggingConfiguration } from "./operations/logging";
import { DescribeAllManagedProducts, DescribeManagedProductsByVendor, DescribeManagedRuleGroup, ListAvailableManagedRuleGroupVersions, ListAvailableManagedRuleGroups, ListManagedRuleSets } from "./operations/managed";
import { DeletePermissionPolicy, GetPermissionPolicy, PutPermissionPolicy } from "./operations/permission-policies";
import { CreateRegexPatternSet, DeleteRegexPatternSet, GetRegexPatternSet, ListRegexPatternSets, UpdateRegexPatternSet } from "./operations/regex-pattern-sets";
import { CreateRuleGroup, DeleteRuleGroup, GetRuleGroup, ListRuleGroups, UpdateRuleGroup } from "./operations/rule-groups";
import { GetRateBasedStatementManagedKeys, GetSampledRequests } from "./operations/sampled-requests";
import { ListTagsForResource, TagResource, UntagResource } from "./operations/tags";
import { CreateWebACL, DeleteWebACL, GetWebACL, ListWebACLs, UpdateWebACL } from "./operations/web-acls";

const operations: Operation[] = [
  AssociateWebACL,
  CheckCapacity,
  CreateAPIKey,
  CreateIPSet,
  CreateRegexPatternSet,
  CreateRuleGroup,
  CreateWebACL,
  DeleteAPIKey,
  DeleteFirewallManagerRuleGroups,
  DeleteIPSet,
  DeleteLoggingConfiguration,
  DeletePermissionPolicy,
  DeleteRegexPatternSet,
  DeleteRuleGroup,
  DeleteWebACL,
  DescribeAllManagedProducts,
  DescribeManagedProductsByVendor,
  DescribeManagedRuleGroup,
  DisassociateWebACL,
  GetDecryptedAPIKey,
  GetIPSet,
  GetLoggingConfiguration,
  GetPermissionPolicy,
  GetRateBasedStatementManagedKeys,
  GetRegexPatternSet,
  GetRuleGroup,
  GetSampledRequests,
  GetWebACL,
  GetWebACLForResource,
  ListAPIKeys,
  ListAvailableManagedRuleGroupVersions,
  ListAvailableManagedRuleGroups,
  ListIPSets,
  ListLoggingConfigurations,
  ListManagedRuleSets,
  ListRegexPatternSets,
  ListResourcesForWebACL,
  ListRuleGroups,
  ListTagsForResource,
  ListWebACLs,
  PutLoggingConfiguration,
  PutPermissionPolicy,
  TagResource,
  UntagResource,
  UpdateIPSet,
  UpdateRegexPatternSet,
  UpdateRuleGroup,
  UpdateWebACL,
];

const vendors = "Managed rule sets are for vendors of the AWS Marketplace, who publish their rules with it.";
const mobile = "What it gives is a program of AWS's for mobile applications, which the lab has not.";
const whyNot = {
  GetManagedRuleSet: vendors, PutManagedRuleSetVersions: vendors, UpdateManagedRuleSetVersionExpiryDate: vendors,
  GenerateMobileSdkReleaseUrl: mobile, GetMobileSdkRelease: mobile, ListMobileSdkReleases: mobile,
  GetTopPathStatisticsByTraffic: "It tells of traffic by AI agents, which AWS recognises by lists that it does not publish.",
};

/**
 * AWS WAF: web ACLs, rule groups, sets, and what they protect. Managed rule sets of vendors, the SDKs for mobile applications and
 * the statistics of AI traffic are not simulated and say so by name. Calls of the API are free: what is kept and what is inspected costs. Source: aws.amazon.com/waf/pricing.
 */
export const wafv2: Service = {
  name: "wafv2",
  deniedCode: "AccessDeniedException",
  whyNot,
  operations: operations.map((operation) => ({ cost: () => [], ...operation })),
};
