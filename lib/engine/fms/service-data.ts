import type { Failure } from "../errors";
import { fmsErrors, isFailure } from "./errors";
import type { PolicyType } from "./state";

/**
 * ManagedServiceData: what a policy asks for, as JSON text with a form for each type. Source: AWS Firewall Manager API Reference, SecurityServicePolicyData.
 */

export interface RuleGroup {
  /** One of the administrator's, or `managed`. */
  arn?: string;
  managed?: { VendorName: string; Name: string; Version?: string };
  count: boolean;
  /** Names of rules that only count. */
  counted: string[];
  sampled: boolean;
}

export interface WafData {
  type: "WAFV2";
  first: RuleGroup[];
  last: RuleGroup[];
  defaultAction: "ALLOW" | "BLOCK";
  /** Whether a web ACL of somebody else's is replaced. */
  override: boolean;
  /** Whether web ACLs that accounts have on their resources are given the rule groups. */
  retrofit: boolean;
  /** Whether an account without such resources gets no web ACL. */
  optimise: boolean;
  sampled: boolean;
}

export interface ShieldData {
  type: "SHIELD_ADVANCED";
  /** Absent: left as it is. */
  automatic?: "Block" | "Count" | "off";
}

export interface CommonData {
  type: "SECURITY_GROUPS_COMMON";
  groups: string[];
  revert: boolean;
  exclusive: boolean;
}

export interface ContentData {
  type: "SECURITY_GROUPS_CONTENT_AUDIT";
  groups: string[];
  action: "ALLOW" | "DENY";
}

export interface UsageData {
  type: "SECURITY_GROUPS_USAGE_AUDIT";
  deleteUnused: boolean;
  coalesce: boolean;
  /** Minutes for which an unused group is left alone. */
  delay: number;
}

export type ServiceData = WafData | ShieldData | CommonData | ContentData | UsageData;

type Plain = Record<string, unknown>;
const isPlain = (value: unknown): value is Plain => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
/** The console and terraform write null for what is not set. */
const list = (value: unknown): unknown[] | undefined => (value === undefined || value === null ? [] : Array.isArray(value) ? value : undefined);
const flag = (value: unknown): boolean => value === true;

const wrong = (what: string): Failure => fmsErrors.input(`The ManagedServiceData is not valid: ${what}.`);

/** Errors: InvalidInputException (not JSON, another form), NotSimulated. */
export function readServiceData(Type: PolicyType, text: string | undefined): ServiceData | Failure {
  if (Type === "SHIELD_ADVANCED" && (text === undefined || text.trim() === "")) return { type: Type };
  let data: unknown;
  try {
    data = JSON.parse(text ?? "");
  } catch {
    return wrong("it is not JSON");
  }
  if (!isPlain(data)) return wrong("it is not an object");
  if (Type === "SHIELD_ADVANCED" && Object.keys(data).length === 0) return { type: Type };
  if (data.type !== Type) return wrong(`its type must be ${Type}`);
  return readers[Type](data);
}

const readers: Record<PolicyType, (data: Plain) => ServiceData | Failure> = {
  WAFV2(data) {
    const other = notHere(data, ["loggingConfiguration", "captchaConfig", "challengeConfig", "tokenDomains", "customRequestHandling", "customResponse", "associationConfig", "optimizeWebACL"]);
    if (other) return other;
    const [first, last] = [readGroups(data.preProcessRuleGroups), readGroups(data.postProcessRuleGroups)];
    if (isFailure(first)) return first;
    if (isFailure(last)) return last;
    const action = isPlain(data.defaultAction) ? data.defaultAction.type : undefined;
    if (flag(data.overrideCustomerWebACLAssociation) && data.webACLSource === "RETROFIT_EXISTING") return wrong("it can retrofit web ACLs or replace them, not both");
    if (action !== "ALLOW" && action !== "BLOCK") return wrong("defaultAction must have the type ALLOW or BLOCK");
    return { type: "WAFV2", first, last, defaultAction: action, override: flag(data.overrideCustomerWebACLAssociation), retrofit: data.webACLSource === "RETROFIT_EXISTING", optimise: flag(data.optimizeUnassociatedWebACL), sampled: data.sampledRequestsEnabledForDefaultActions !== false };
  },
  SHIELD_ADVANCED(data) {
    const automatic = data.automaticResponseConfiguration;
    if (automatic === undefined || automatic === null) return { type: "SHIELD_ADVANCED" };
    if (!isPlain(automatic) || !["ENABLED", "DISABLED", "IGNORED"].includes(String(automatic.automaticResponseStatus))) return wrong("automaticResponseStatus must be ENABLED, DISABLED or IGNORED");
    if (automatic.automaticResponseStatus === "IGNORED") return { type: "SHIELD_ADVANCED" };
    if (automatic.automaticResponseStatus === "DISABLED") return { type: "SHIELD_ADVANCED", automatic: "off" };
    if (automatic.automaticResponseAction !== "BLOCK" && automatic.automaticResponseAction !== "COUNT") return wrong("automaticResponseAction must be BLOCK or COUNT");
    return { type: "SHIELD_ADVANCED", automatic: automatic.automaticResponseAction === "BLOCK" ? "Block" : "Count" };
  },
  SECURITY_GROUPS_COMMON(data) {
    const other = notHere(data, ["applyToAllEC2InstanceENIs", "includeSharedVPC", "enableTagDistribution", "enableSecurityGroupReferencesDistribution"]);
    if (other) return other;
    const groups = readGroupIds(data.securityGroups);
    return isFailure(groups) ? groups : { type: "SECURITY_GROUPS_COMMON", groups, revert: flag(data.revertManualSecurityGroupChanges), exclusive: flag(data.exclusiveResourceSecurityGroupManagement) };
  },
  SECURITY_GROUPS_CONTENT_AUDIT(data) {
    const other = notHere(data, ["preManagedOptions"]);
    if (other) return other;
    const groups = readGroupIds(data.securityGroups);
    if (isFailure(groups)) return groups;
    const action = isPlain(data.securityGroupAction) ? data.securityGroupAction.type : undefined;
    return action === "ALLOW" || action === "DENY" ? { type: "SECURITY_GROUPS_CONTENT_AUDIT", groups, action } : wrong("securityGroupAction must have the type ALLOW or DENY");
  },
  SECURITY_GROUPS_USAGE_AUDIT(data) {
    const [deleteUnused, coalesce] = [flag(data.deleteUnusedSecurityGroups), flag(data.coalesceRedundantSecurityGroups)];
    if (!deleteUnused && !coalesce) return wrong("deleteUnusedSecurityGroups or coalesceRedundantSecurityGroups must be true");
    const delay = data.optionalDelayForUnusedInMinutes ?? 0;
    return typeof delay === "number" && Number.isInteger(delay) && delay >= 0 && delay <= 525_600 ? { type: "SECURITY_GROUPS_USAGE_AUDIT", deleteUnused, coalesce, delay } : wrong("optionalDelayForUnusedInMinutes must be a whole number from 0 to 525600");
  },
};

/** What the lab does not do with a policy is refused by its name, unless it is off. */
function notHere(data: Plain, names: readonly string[]): Failure | undefined {
  const name = names.find((each) => data[each] !== undefined && data[each] !== null && data[each] !== false && !(Array.isArray(data[each]) && !data[each].length));
  return name === undefined ? undefined : fmsErrors.notSimulated(`${name} in policies`);
}

function readGroupIds(value: unknown): string[] | Failure {
  const ids = list(value)?.map((one) => (isPlain(one) ? one.id : undefined));
  return ids?.length && ids.every((id): id is string => isText(id) && /^sg-\w+$/.test(id)) ? ids : wrong("securityGroups must name security groups by their id");
}

function readGroups(value: unknown): RuleGroup[] | Failure {
  const out: RuleGroup[] = [];
  for (const one of list(value) ?? [undefined]) {
    if (!isPlain(one)) return wrong("rule groups must be a list of objects");
    const action = isPlain(one.overrideAction) ? one.overrideAction.type : undefined;
    if (action !== "NONE" && action !== "COUNT") return wrong("overrideAction must have the type NONE or COUNT");
    const excluded = list(one.excludeRules);
    const overridden = list(one.ruleActionOverrides);
    if (!excluded?.every(isPlain) || !overridden?.every(isPlain)) return wrong("excludeRules and ruleActionOverrides must be lists of objects");
    if (overridden.some(({ actionToUse }) => !isPlain(actionToUse) || !("count" in actionToUse))) return fmsErrors.notSimulated("ruleActionOverrides to another action than count");
    const other = notHere(isPlain(one.managedRuleGroupIdentifier) ? { ...one, ...one.managedRuleGroupIdentifier } : one, ["managedRuleGroupConfigs"]);
    if (other) return other;
    const sampled = one.sampledRequestsEnabled !== false;
    const counted = [...excluded, ...overridden].map(({ name }) => name);
    if (!counted.every(isText)) return wrong("a rule that is overridden must have a name");
    const managed = one.managedRuleGroupIdentifier;
    if (one.ruleGroupType === "RuleGroup" && isText(one.ruleGroupArn)) out.push({ arn: one.ruleGroupArn, count: action === "COUNT", counted, sampled });
    else if (one.ruleGroupType === "ManagedRuleGroup" && isPlain(managed) && isText(managed.vendorName) && isText(managed.managedRuleGroupName))
      out.push({ managed: { VendorName: managed.vendorName, Name: managed.managedRuleGroupName, ...(isText(managed.version) ? { Version: managed.version } : {}) }, count: action === "COUNT", counted, sampled });
    else return wrong("a rule group must be a RuleGroup with an ARN or a ManagedRuleGroup with a vendor and a name");
  }
  return out;
}
