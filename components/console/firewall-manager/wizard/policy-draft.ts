import { managedCapacity } from "@/lib/engine/wafv2/managed/capacity";
import type { JsonObject } from "@/lib/engine/types";
import type { Tag } from "../../frame/tag-changes";
import { CLOUDFRONT, isPolicyType, typesOf, type Policy, type PolicyType } from "../fm-types";
import { GLOBAL_REGION } from "../place-of";

/** A policy as the wizard has it, and as the API has it. */

/** A rule group of a WAF policy: as ManagedServiceData has it, with all that this form does not show. */
export type GroupEntry = JsonObject;

export type Existing = "keep" | "replace" | "retrofit";
export type Automatic = "IGNORED" | "DISABLED" | "BLOCK" | "COUNT";
export type ScopeMode = "all" | "include" | "exclude";

export interface PolicyDraft {
  step: number;
  type: PolicyType;
  /** For CloudFront distributions: kept in us-east-1. */
  global: boolean;
  name: string;
  description: string;
  /** The service data that is edited: what the form does not show stays in it. */
  base: JsonObject;
  first: GroupEntry[];
  last: GroupEntry[];
  defaultAction: "ALLOW" | "BLOCK";
  existing: Existing;
  optimise: boolean;
  automatic: Automatic;
  /** Ids of the administrator's security groups. */
  groups: string[];
  revert: boolean;
  exclusive: boolean;
  audit: "ALLOW" | "DENY";
  unused: boolean;
  redundant: boolean;
  delay: number;
  types: string[];
  accountsMode: ScopeMode;
  accounts: string[];
  units: string[];
  tagsMode: ScopeMode;
  tags: Tag[];
  operator: "AND" | "OR";
  remediation: boolean;
  cleanUp: boolean;
  policyTags: Tag[];
}

export const emptyDraft: PolicyDraft = {
  step: 0, type: "WAFV2", global: false, name: "", description: "", base: {}, first: [], last: [], defaultAction: "ALLOW", existing: "keep", optimise: true, automatic: "IGNORED",
  groups: [], revert: true, exclusive: false, audit: "DENY", unused: true, redundant: false, delay: 0,
  types: ["AWS::ElasticLoadBalancingV2::LoadBalancer"], accountsMode: "all", accounts: [], units: [], tagsMode: "all", tags: [], operator: "AND", remediation: false, cleanUp: false, policyTags: [],
};

/** Another type begins with what it is about. */
export const withType = (type: PolicyType): Partial<PolicyDraft> => ({ type, global: false, types: [typesOf[type][0]] });

/** Where the policy is kept: the Region of the top bar, or CloudFront's. */
export const regionOf = ({ global }: Pick<PolicyDraft, "global">, here: string): string => (global ? GLOBAL_REGION : here);
/** What can be chosen beside each other: distributions only by themselves. */
export const offered = ({ type, global }: Pick<PolicyDraft, "type" | "global">): string[] => typesOf[type].filter((each) => (each === CLOUDFRONT) === global);
export const hasGlobal = (type: PolicyType): boolean => typesOf[type].includes(CLOUDFRONT);

export const managedEntry = (name: string, vendor = "AWS"): GroupEntry => ({
  ruleGroupType: "ManagedRuleGroup", ruleGroupArn: null, overrideAction: { type: "NONE" }, excludeRules: [], sampledRequestsEnabled: true,
  managedRuleGroupIdentifier: { vendorName: vendor, managedRuleGroupName: name, version: null },
});
export const ownEntry = (arn: string): GroupEntry => ({ ruleGroupType: "RuleGroup", ruleGroupArn: arn, overrideAction: { type: "NONE" }, excludeRules: [], sampledRequestsEnabled: true });

const idOf = (entry: GroupEntry): { vendorName?: string; managedRuleGroupName?: string } => (entry.managedRuleGroupIdentifier ?? {}) as never;
export const nameOf = (entry: GroupEntry): string => idOf(entry).managedRuleGroupName ?? String(entry.ruleGroupArn ?? "").split("/")[2] ?? "";
/** Who the group is from: AWS, another vendor, or the administrator. */
export const keyOf = (entry: GroupEntry): string => (entry.ruleGroupArn ? String(entry.ruleGroupArn) : `${idOf(entry).vendorName}#${nameOf(entry)}`);
export const isCounted = (entry: GroupEntry): boolean => (entry.overrideAction as { type?: string } | undefined)?.type === "COUNT";
export const withCount = (entry: GroupEntry, count: boolean): GroupEntry => ({ ...entry, overrideAction: { type: count ? "COUNT" : "NONE" } });
export const unitsOf = (entry: GroupEntry, own: ReadonlyMap<string, number>): number | undefined => (entry.ruleGroupArn ? own.get(String(entry.ruleGroupArn)) : managedCapacity(idOf(entry).vendorName ?? "", nameOf(entry)));

function dataOf(draft: PolicyDraft): JsonObject {
  const { type, base } = draft;
  switch (type) {
    case "WAFV2": {
      const { webACLSource: _source, ...rest } = base;
      return {
        ...rest, type, preProcessRuleGroups: draft.first, postProcessRuleGroups: draft.last, defaultAction: { type: draft.defaultAction },
        overrideCustomerWebACLAssociation: draft.existing === "replace", optimizeUnassociatedWebACL: draft.optimise,
        ...(draft.existing === "retrofit" ? { webACLSource: "RETROFIT_EXISTING" } : {}),
      };
    }
    case "SHIELD_ADVANCED": {
      const action = draft.automatic === "BLOCK" || draft.automatic === "COUNT" ? draft.automatic : undefined;
      return { ...base, type, automaticResponseConfiguration: { automaticResponseStatus: action ? "ENABLED" : draft.automatic, ...(action ? { automaticResponseAction: action } : {}) } };
    }
    case "SECURITY_GROUPS_COMMON":
      return { ...base, type, securityGroups: draft.groups.map((id) => ({ id })), revertManualSecurityGroupChanges: draft.revert, exclusiveResourceSecurityGroupManagement: draft.exclusive };
    case "SECURITY_GROUPS_CONTENT_AUDIT":
      return { ...base, type, securityGroups: draft.groups.map((id) => ({ id })), securityGroupAction: { type: draft.audit } };
    default: {
      const { optionalDelayForUnusedInMinutes: _delay, ...rest } = base;
      return { ...rest, type, deleteUnusedSecurityGroups: draft.unused, coalesceRedundantSecurityGroups: draft.redundant, ...(draft.unused && draft.delay ? { optionalDelayForUnusedInMinutes: draft.delay } : {}) };
    }
  }
}

const mapOf = ({ accounts, units }: PolicyDraft) => ({ ...(accounts.length ? { ACCOUNT: accounts } : {}), ...(units.length ? { ORG_UNIT: units } : {}) });

/** What PutPolicy is sent. `before` is the policy that is changed: its id and token go with it. */
export function policyOf(draft: PolicyDraft, before?: Policy): Policy {
  const data = dataOf(draft);
  return {
    ...(before ? { PolicyId: before.PolicyId, PolicyUpdateToken: before.PolicyUpdateToken } : {}),
    PolicyName: draft.name.trim(),
    ...(draft.description ? { PolicyDescription: draft.description } : {}),
    SecurityServicePolicyData: { Type: draft.type, ManagedServiceData: JSON.stringify(data) },
    ...(draft.types.length === 1 ? { ResourceType: draft.types[0] } : { ResourceType: "ResourceTypeList", ResourceTypeList: draft.types }),
    ResourceTags: draft.tagsMode === "all" ? [] : draft.tags.map(({ key, value }) => ({ Key: key, ...(value ? { Value: value } : {}) })),
    ...(draft.tagsMode === "all" ? {} : { ResourceTagLogicalOperator: draft.operator }),
    ExcludeResourceTags: draft.tagsMode === "exclude",
    RemediationEnabled: draft.remediation,
    DeleteUnusedFMManagedResources: draft.type !== "SHIELD_ADVANCED" && draft.cleanUp,
    ...(draft.accountsMode === "include" ? { IncludeMap: mapOf(draft) } : draft.accountsMode === "exclude" ? { ExcludeMap: mapOf(draft) } : {}),
  };
}

const listOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? (value as JsonObject[]) : []);

/** A policy in the wizard's fields. Undefined for a type that the lab has not, or data that nobody can read. */
export function draftOf(policy: Policy): PolicyDraft | undefined {
  const { Type, ManagedServiceData } = policy.SecurityServicePolicyData;
  if (!isPolicyType(Type)) return undefined;
  let base: JsonObject;
  try {
    base = JSON.parse(ManagedServiceData || "{}") as JsonObject;
  } catch {
    return undefined;
  }
  const automatic = base.automaticResponseConfiguration as { automaticResponseStatus?: string; automaticResponseAction?: string } | null | undefined;
  const map = policy.IncludeMap?.ACCOUNT?.length || policy.IncludeMap?.ORG_UNIT?.length ? policy.IncludeMap : policy.ExcludeMap;
  const types = policy.ResourceTypeList?.length ? policy.ResourceTypeList : [policy.ResourceType];
  const tags = policy.ResourceTags ?? [];
  return {
    ...emptyDraft, type: Type, global: types.includes(CLOUDFRONT), name: policy.PolicyName, description: policy.PolicyDescription ?? "", base,
    first: listOf(base.preProcessRuleGroups), last: listOf(base.postProcessRuleGroups),
    defaultAction: (base.defaultAction as { type?: string } | undefined)?.type === "BLOCK" ? "BLOCK" : "ALLOW",
    existing: base.webACLSource === "RETROFIT_EXISTING" ? "retrofit" : base.overrideCustomerWebACLAssociation === true ? "replace" : "keep", optimise: base.optimizeUnassociatedWebACL === true,
    automatic: (automatic?.automaticResponseStatus === "ENABLED" ? automatic.automaticResponseAction : (automatic?.automaticResponseStatus ?? "IGNORED")) as Automatic,
    groups: listOf(base.securityGroups).map(({ id }) => String(id)), revert: base.revertManualSecurityGroupChanges === true, exclusive: base.exclusiveResourceSecurityGroupManagement === true,
    audit: (base.securityGroupAction as { type?: string } | undefined)?.type === "ALLOW" ? "ALLOW" : "DENY",
    unused: base.deleteUnusedSecurityGroups === true, redundant: base.coalesceRedundantSecurityGroups === true, delay: Number(base.optionalDelayForUnusedInMinutes ?? 0),
    types, accountsMode: map?.ACCOUNT?.length || map?.ORG_UNIT?.length ? (map === policy.IncludeMap ? "include" : "exclude") : "all", accounts: map?.ACCOUNT ?? [], units: map?.ORG_UNIT ?? [],
    tagsMode: tags.length ? (policy.ExcludeResourceTags ? "exclude" : "include") : "all", tags: tags.map(({ Key, Value = "" }) => ({ key: Key, value: Value })), operator: policy.ResourceTagLogicalOperator === "OR" ? "OR" : "AND",
    remediation: policy.RemediationEnabled, cleanUp: policy.DeleteUnusedFMManagedResources ?? false,
  };
}

export const nameProblem = (name: string): string | undefined =>
  name.trim() === "" ? "Give the policy a name." : name.length > 128 ? "At most 128 characters." : /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(name) ? undefined : "Letters, digits, blanks and _ . : / = + - @ only.";

/** Why the step with the rules cannot be left. */
export function rulesProblem(draft: PolicyDraft): string | undefined {
  const named = nameProblem(draft.name);
  if (named) return named;
  if ((draft.type === "SECURITY_GROUPS_COMMON" || draft.type === "SECURITY_GROUPS_CONTENT_AUDIT") && !draft.groups.length) return "Choose at least one security group.";
  if (draft.type === "SECURITY_GROUPS_USAGE_AUDIT" && !draft.unused && !draft.redundant) return "Choose at least one of the two things to look for.";
  return undefined;
}

/** Why the step with the scope cannot be left. */
export function scopeProblem(draft: PolicyDraft): string | undefined {
  if (draft.accountsMode !== "all" && !draft.accounts.length && !draft.units.length) return "Choose accounts or organizational units, or all accounts.";
  if (!draft.types.length) return "Choose at least one resource type.";
  if (draft.tagsMode !== "all" && !draft.tags.some(({ key }) => key.trim())) return "Name at least one tag, or choose all resources.";
  return draft.tagsMode !== "all" && draft.tags.some(({ key }) => !key.trim()) ? "Each tag needs a key." : undefined;
}
