import type { Json, JsonObject } from "@/lib/engine/types";

/** Types of Firewall Manager's API, as far as the console reads them. Source: AWS Firewall Manager API Reference. */

export type PolicyType = "WAFV2" | "SHIELD_ADVANCED" | "SECURITY_GROUPS_COMMON" | "SECURITY_GROUPS_CONTENT_AUDIT" | "SECURITY_GROUPS_USAGE_AUDIT";

export const policyTypes: Record<PolicyType, { label: string; about: string }> = {
  WAFV2: { label: "AWS WAF", about: "A web ACL with your rule groups on every load balancer, API stage or distribution." },
  SHIELD_ADVANCED: { label: "AWS Shield Advanced", about: "A protection for every load balancer, Elastic IP address or distribution." },
  SECURITY_GROUPS_COMMON: { label: "Security group: common", about: "Your security groups, copied into each VPC and put on every instance or network interface." },
  SECURITY_GROUPS_CONTENT_AUDIT: { label: "Security group: content audit", about: "Finds security groups whose rules let through what you do not want." },
  SECURITY_GROUPS_USAGE_AUDIT: { label: "Security group: usage audit", about: "Finds security groups that nothing uses, and those with the same rules." },
};

/** Types that AWS has and this lab has not. */
export const notSimulated = ["Network ACL", "AWS Network Firewall", "Amazon Route 53 Resolver DNS Firewall", "Third-party firewall", "AWS WAF Classic"];

export const isPolicyType = (type: string): type is PolicyType => Object.hasOwn(policyTypes, type);
export const typeLabel = (type: string): string => (isPolicyType(type) ? policyTypes[type].label : type);

export const resourceTypes: Record<string, string> = {
  "AWS::ElasticLoadBalancingV2::LoadBalancer": "Application Load Balancer",
  "AWS::ApiGateway::Stage": "API Gateway stage",
  "AWS::CloudFront::Distribution": "CloudFront distribution",
  "AWS::ElasticLoadBalancing::LoadBalancer": "Classic Load Balancer",
  "AWS::EC2::EIP": "Elastic IP address",
  "AWS::EC2::Instance": "EC2 instance",
  "AWS::EC2::NetworkInterface": "Network interface",
  "AWS::EC2::SecurityGroup": "Security group",
};
export const resourceLabel = (type: string): string => resourceTypes[type] ?? type;
export const CLOUDFRONT = "AWS::CloudFront::Distribution";

/** What each type of policy can be about. Source: AWS Firewall Manager API Reference, Policy (ResourceType). */
export const typesOf: Record<PolicyType, readonly string[]> = {
  WAFV2: ["AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ApiGateway::Stage", CLOUDFRONT],
  SHIELD_ADVANCED: ["AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ElasticLoadBalancing::LoadBalancer", "AWS::EC2::EIP", CLOUDFRONT],
  SECURITY_GROUPS_COMMON: ["AWS::EC2::Instance", "AWS::EC2::NetworkInterface"],
  SECURITY_GROUPS_CONTENT_AUDIT: ["AWS::EC2::SecurityGroup", "AWS::EC2::Instance", "AWS::EC2::NetworkInterface"],
  SECURITY_GROUPS_USAGE_AUDIT: ["AWS::EC2::SecurityGroup"],
};

export interface ScopeMap {
  ACCOUNT?: string[];
  ORG_UNIT?: string[];
}

export interface Policy {
  PolicyId?: string;
  PolicyName: string;
  PolicyDescription?: string;
  PolicyUpdateToken?: string;
  SecurityServicePolicyData: { Type: string; ManagedServiceData?: string };
  ResourceType: string;
  ResourceTypeList?: string[];
  ResourceTags?: { Key: string; Value?: string }[];
  ResourceTagLogicalOperator?: string;
  ExcludeResourceTags: boolean;
  RemediationEnabled: boolean;
  DeleteUnusedFMManagedResources?: boolean;
  IncludeMap?: ScopeMap;
  ExcludeMap?: ScopeMap;
  PolicyStatus?: string;
}

export interface PolicySummary {
  PolicyArn: string;
  PolicyId: string;
  PolicyName: string;
  ResourceType: string;
  SecurityServiceType: string;
  RemediationEnabled: boolean;
  PolicyStatus?: string;
}

export interface AccountStatus {
  MemberAccount: string;
  EvaluationResults: { ComplianceStatus: string; ViolatorCount: number }[];
  /** Epoch seconds; absent before the first evaluation. */
  LastUpdated?: number;
  IssueInfoMap: Record<string, string>;
}

export interface Violator {
  ResourceId: string;
  ResourceType: string;
  ViolationReason: string;
  Metadata?: Record<string, string>;
  /** GetViolationDetails' own sentence. */
  description?: string;
}

/** A security group's rule, as the lab's plain resources have it. */
export interface GroupRule {
  Direction: "INGRESS" | "EGRESS";
  Protocol: string;
  FromPort?: number;
  ToPort?: number;
  Cidr: string;
}

/** A resource of the lab, of whichever of its two lists. */
export interface Resource {
  Arn: string;
  ResourceType: string;
  Name: string;
  Id?: string;
  VpcId?: string;
  SecurityGroups?: string[];
  Rules?: GroupRule[];
  WebACLArn?: string;
  Tags?: { Key: string; Value: string }[];
}

export const asJson = (value: unknown): JsonObject => value as { [name: string]: Json };
/** The last part of an ARN, by which one knows the resource. */
export function shortName(arn: string): string {
  const balancer = /loadbalancer\/app\/([^/]+)\//.exec(arn);
  return balancer?.[1] ?? arn.slice(Math.max(arn.lastIndexOf("/"), arn.lastIndexOf(":")) + 1);
}
