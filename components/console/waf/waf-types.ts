import type { CustomResponseBody, FirewallManagerRuleGroup, Rule, RuleAction, VisibilityConfig } from "@/lib/engine/wafv2/inspect/types";
import type { JsonObject } from "@/lib/engine/types";

/** What AWS WAF answers, as far as this console reads it. Source: AWS WAFV2 API Reference. */

export type { CustomResponseBody, Rule, RuleAction, Statement, VisibilityConfig } from "@/lib/engine/wafv2/inspect/types";

export type Scope = "REGIONAL" | "CLOUDFRONT";

/** An entry of any of WAF's lists. */
export interface Summary {
  Name: string;
  Id: string;
  ARN: string;
  Description?: string;
  LockToken: string;
}

/** What web ACLs and rule groups have in common. */
export interface RuleHolder {
  Name: string;
  Id: string;
  ARN: string;
  Description?: string;
  Rules?: Rule[];
  VisibilityConfig: VisibilityConfig;
  Capacity: number;
  LabelNamespace: string;
  CustomResponseBodies?: Record<string, CustomResponseBody>;
}

export interface WebAcl extends RuleHolder {
  DefaultAction: RuleAction;
  PreProcessFirewallManagerRuleGroups?: FirewallManagerRuleGroup[];
  PostProcessFirewallManagerRuleGroups?: FirewallManagerRuleGroup[];
  ManagedByFirewallManager?: boolean;
  RetrofittedByFirewallManager?: boolean;
  TokenDomains?: string[];
  CaptchaConfig?: JsonObject;
  ChallengeConfig?: JsonObject;
  AssociationConfig?: JsonObject;
  DataProtectionConfig?: JsonObject;
  OnSourceDDoSProtectionConfig?: JsonObject;
  ApplicationConfig?: JsonObject;
}

export interface RuleGroup extends RuleHolder {
  AvailableLabels: { Name: string }[];
  ConsumedLabels: { Name: string }[];
}

export interface IpSet {
  Name: string;
  Id: string;
  ARN: string;
  Description?: string;
  IPAddressVersion: "IPV4" | "IPV6";
  Addresses: string[];
}

export interface PatternSet {
  Name: string;
  Id: string;
  ARN: string;
  Description?: string;
  RegularExpressionList: { RegexString?: string }[];
}

/** With the token that the next change must bring. */
export type Locked<T> = T & { LockToken: string };

/** Most units that a web ACL or rule group may use, and how many are in the price. Source: AWS WAF Developer Guide, AWS WAF capacity units. */
export const mostUnits = 5_000;
export const unitsInPrice = 1_500;

/** Names of web ACLs, rule groups, rules and sets. Source: WAFV2 API Reference, EntityName. */
export function nameProblem(name: string): string | undefined {
  if (name === "") return "Enter a name.";
  if (name.length > 128) return "A name has at most 128 characters.";
  return /^[\w-]+$/.test(name) ? undefined : "A name has letters, digits, - and _ only.";
}

/** Source: WAFV2 API Reference, EntityDescription. */
export function descriptionProblem(text: string): string | undefined {
  if (text === "") return undefined;
  if (text.length > 256) return "A description has at most 256 characters.";
  if (text.length < 3) return "A description has three characters or more.";
  if (text !== text.trim()) return "A description begins and ends with no blank.";
  return /^[\w+=:#@/\-,.\s]+$/.test(text) ? undefined : "A description has letters, digits, blanks and + = : # @ / - , . only.";
}

/** Source: WAFV2 API Reference, MetricName. */
export function metricProblem(name: string): string | undefined {
  if (name === "") return "Enter a metric name.";
  if (name === "All" || name === "Default_Action") return "AWS WAF keeps this name for itself.";
  return /^[\w#:./-]{1,255}$/.test(name) ? undefined : "A metric name has letters, digits and _ # : . - / only.";
}
