import { checkMatch, checkTransformations } from "./check-match";
import { invalid, membersOf, missing, notSimulated, reasons, type RuleProblem } from "./check-problem";
import type { ForwardedIPConfig, RateBasedStatement, Statement } from "./types";

/** Statements: which may stand where, and what is wrong inside. Source: AWS WAF Developer Guide, Rule statements list. */

/** What exists: asked with the ARN of an IP set, regex pattern set or rule group, and with a managed group's name. */
export interface Known {
  has?(kind: "ipset" | "regexpatternset" | "rulegroup", arn: string): boolean;
  managedRuleGroup?(vendor: string, name: string, version?: string): "known" | "unknown" | "unknown version" | "needs a config";
}

export interface Place extends Known {
  /** Inside And, Or, Not or a scope-down statement. */
  nested: boolean;
  inRuleGroup: boolean;
  depth: number;
}

/** AWS names no depth; the lab stops where no person reads on. */
const deepest = 100;
const mostCountries = 50;

function checkForwarded(config: ForwardedIPConfig | undefined, Field: string): RuleProblem | undefined {
  if (!config) return undefined;
  if (!/^[a-zA-Z0-9-]{1,255}$/.test(config.HeaderName ?? "")) return invalid("HEADER_NAME", config.HeaderName || "HeaderName", reasons.notAllowed);
  return ["MATCH", "NO_MATCH"].includes(config.FallbackBehavior) ? undefined : invalid("FALLBACK_BEHAVIOR", Field === "POSITION" ? "IPSetForwardedIPConfig" : "ForwardedIPConfig", reasons.required);
}

/** The first thing wrong with a statement, in the order that a reader meets it. */
export function checkStatement(statement: Statement | undefined, place: Place): RuleProblem | undefined {
  if (membersOf(statement) !== 1) return invalid("STATEMENT", "Statement", reasons.exactlyOne);
  if (place.depth > deepest) return invalid("STATEMENT", "Statement", `Statements are nested more than ${deepest} deep.`);
  const s = statement!;
  const inside = { ...place, nested: true, depth: place.depth + 1 };
  for (const [list, Field] of [[s.AndStatement, "AND_STATEMENT"], [s.OrStatement, "OR_STATEMENT"]] as const) {
    if (!list) continue;
    // One alone is below the minimum, too: AWS's reason says so (terraform-provider-aws issue 34320).
    if (!(list.Statements?.length > 1)) return invalid(Field, "Statements", reasons.minimum);
    return first(list.Statements, (each) => checkStatement(each, inside));
  }
  if (s.NotStatement) return s.NotStatement.Statement ? checkStatement(s.NotStatement.Statement, inside) : invalid("NOT_STATEMENT", "Statement", reasons.required);
  if (s.RateBasedStatement) return place.nested ? invalid("RATE_BASED_STATEMENT", "RateBasedStatement", reasons.nesting) : checkRate(s.RateBasedStatement, inside);
  if (s.RuleGroupReferenceStatement || s.ManagedRuleGroupStatement) return checkGroup(s, place, inside);
  return checkAddresses(s, place) ?? checkLabel(s) ?? checkMatch(s) ?? checkPatternSet(s, place);
}

function first<T>(list: readonly T[], check: (each: T) => RuleProblem | undefined): RuleProblem | undefined {
  for (const each of list) {
    const problem = check(each);
    if (problem) return problem;
  }
  return undefined;
}

const reference = (): RuleProblem => invalid("RULE", "Statement", reasons.reference);
const refersTo = (arn: string | undefined, kind: "ipset" | "regexpatternset" | "rulegroup", place: Place): boolean =>
  !!arn && arn.startsWith("arn:") && arn.includes(`/${kind}/`) && (place.has?.(kind, arn) ?? true);

function checkPatternSet({ RegexPatternSetReferenceStatement: set }: Statement, place: Place): RuleProblem | undefined {
  return set && !refersTo(set.ARN, "regexpatternset", place) ? reference() : undefined;
}

function checkAddresses({ IPSetReferenceStatement: set, GeoMatchStatement: geo, AsnMatchStatement: asn }: Statement, place: Place): RuleProblem | undefined {
  if (set) {
    if (!refersTo(set.ARN, "ipset", place)) return reference();
    const config = set.IPSetForwardedIPConfig;
    if (config && !["FIRST", "LAST", "ANY"].includes(config.Position)) return invalid("POSITION", "Position", reasons.required);
    return checkForwarded(config, "POSITION");
  }
  if (geo) {
    if (!geo.CountryCodes?.length || geo.CountryCodes.length > mostCountries) return invalid("GEO_MATCH_STATEMENT", "CountryCodes", reasons.range);
    const bad = geo.CountryCodes.find((code) => !/^[A-Z]{2}$/.test(code));
    return bad ? invalid("GEO_MATCH_STATEMENT", bad, reasons.notAllowed) : checkForwarded(geo.ForwardedIPConfig, "GEO");
  }
  if (!asn) return undefined;
  if (!asn.AsnList?.length || asn.AsnList.length > 100 || asn.AsnList.some((each) => !Number.isInteger(each) || each < 0 || each > 4_294_967_295)) return invalid("STATEMENT", "AsnList", reasons.range);
  return checkForwarded(asn.ForwardedIPConfig, "ASN");
}

function checkLabel({ LabelMatchStatement: label }: Statement): RuleProblem | undefined {
  if (!label) return undefined;
  if (!["LABEL", "NAMESPACE"].includes(label.Scope)) return invalid("LABEL_MATCH_STATEMENT", "Scope", reasons.notAllowed);
  const fits = /^[0-9A-Za-z_\-:]{1,1024}$/.test(label.Key ?? "") && label.Key.endsWith(":") === (label.Scope === "NAMESPACE");
  return fits ? undefined : invalid("LABEL_MATCH_STATEMENT", label.Key || "Key", label.Scope === "NAMESPACE" ? "A namespace ends in a colon." : "A label's name does not end in a colon.");
}

const Rate = "RATE_BASED_STATEMENT";

function checkRate(rate: RateBasedStatement, inside: Place): RuleProblem | undefined {
  const { Limit, EvaluationWindowSec = 300, AggregateKeyType: by, CustomKeys: keys } = rate;
  if (!Number.isInteger(Limit) || Limit < 10 || Limit > 2_000_000_000) return invalid(Rate, "Limit", reasons.range);
  if (![60, 120, 300, 600].includes(EvaluationWindowSec)) return invalid(Rate, "EvaluationWindowSec", reasons.notAllowed);
  if (!["IP", "FORWARDED_IP", "CUSTOM_KEYS", "CONSTANT"].includes(by)) return invalid(Rate, "AggregateKeyType", reasons.notAllowed);
  if (by === "CONSTANT" && !rate.ScopeDownStatement) return invalid("SCOPE_DOWN", "ScopeDownStatement", reasons.required);
  const forwarded = by === "FORWARDED_IP" || keys?.some((key) => key.ForwardedIP);
  if (forwarded && !rate.ForwardedIPConfig) return invalid("FORWARDED_IP_CONFIG", "ForwardedIPConfig", reasons.required);
  if (rate.ForwardedIPConfig && !forwarded && !keys?.some((key) => key.ASN)) return invalid("FORWARDED_IP_CONFIG", "ForwardedIPConfig", reasons.notAllowed);
  if ((by === "CUSTOM_KEYS") !== !!keys?.length) return invalid("CUSTOM_KEYS", "CustomKeys", by === "CUSTOM_KEYS" ? reasons.required : reasons.notAllowed);
  if (keys && keys.length > 5) return invalid("CUSTOM_KEYS", "CustomKeys", reasons.range);
  for (const key of keys ?? []) {
    if (membersOf(key) !== 1) return invalid("CUSTOM_KEYS", "CustomKeys", reasons.exactlyOne);
    if ((key.IP || key.ForwardedIP) && keys!.length === 1) return invalid("CUSTOM_KEYS", key.IP ? "IP" : "ForwardedIP", reasons.notAllowed);
    if (key.LabelNamespace && !/^[0-9A-Za-z_\-:]{0,1023}:$/.test(key.LabelNamespace.Namespace ?? "")) return invalid("CUSTOM_KEYS", "LabelNamespace", reasons.notAllowed);
    const named = key.Header ?? key.Cookie ?? key.QueryArgument;
    if (named && !named.Name?.trim()) return invalid("CUSTOM_KEYS", "Name", reasons.required);
    const part = named ?? key.QueryString ?? key.UriPath;
    const problem = part && checkTransformations(part.TextTransformations);
    if (problem) return problem;
  }
  return checkForwarded(rate.ForwardedIPConfig, "RATE") ?? (rate.ScopeDownStatement ? checkStatement(rate.ScopeDownStatement, inside) : undefined);
}

function checkGroup({ RuleGroupReferenceStatement: own, ManagedRuleGroupStatement: managed }: Statement, place: Place, inside: Place): RuleProblem | undefined {
  const Field = own ? "RULE_GROUP_REFERENCE_STATEMENT" : "MANAGED_RULE_SET_STATEMENT";
  if (place.nested || place.inRuleGroup) return invalid(Field, own ? "RuleGroupReferenceStatement" : "ManagedRuleGroupStatement", reasons.nesting);
  const { RuleActionOverrides = [], ExcludedRules = [] } = (own ?? managed)!;
  if (RuleActionOverrides.length > 100) return invalid(Field, "RuleActionOverrides", reasons.range);
  if (ExcludedRules.length > 100) return invalid("EXCLUDED_RULE", "ExcludedRules", reasons.range);
  if (new Set(RuleActionOverrides.map(({ Name }) => Name)).size < RuleActionOverrides.length) return invalid(Field, "RuleActionOverrides", reasons.unique);
  if (RuleActionOverrides.some(({ ActionToUse }) => membersOf(ActionToUse) !== 1)) return invalid("RULE_ACTION", "RuleAction", reasons.exactlyOne);
  if (own) return refersTo(own.ARN, "rulegroup", place) ? undefined : reference();
  const { VendorName, Name, Version, ManagedRuleGroupConfigs, ScopeDownStatement } = managed!;
  const state = place.managedRuleGroup?.(VendorName, Name, Version) ?? "known";
  if (state === "unknown" || state === "unknown version") return missing();
  if (state === "needs a config" && !ManagedRuleGroupConfigs?.length) return invalid("MANAGED_RULE_GROUP_CONFIG", Name, reasons.required);
  const level = ManagedRuleGroupConfigs?.map((config) => config.AWSManagedRulesBotControlRuleSet as { InspectionLevel?: string } | undefined).find(Boolean)?.InspectionLevel;
  if (level === "TARGETED") return notSimulated(`the inspection level TARGETED of ${Name}`);
  return ScopeDownStatement && checkStatement(ScopeDownStatement, inside);
}
