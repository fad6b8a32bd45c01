import { checkAction, checkImmunity } from "./check-action";
import { invalid, membersOf, reasons, tooMany, type RuleProblem } from "./check-problem";
import { checkStatement, type Known } from "./check-statement";
import type { CustomResponseBody, Rule, RuleAction, Statement } from "./types";

export type { RuleProblem } from "./check-problem";
export { checkAction, checkBodies, checkImmunity } from "./check-action";
export { checkPattern } from "./check-match";

export interface CheckOptions extends Known {
  kind: "WEB_ACL" | "RULE_GROUP";
  /** Those that a Block action's CustomResponseBodyKey may name. */
  customResponseBodies?: Record<string, CustomResponseBody>;
  /** A web ACL's own. */
  defaultAction?: RuleAction;
}

/** Source: AWS WAF Developer Guide, AWS WAF quotas. */
const mostReferences = 50;
const mostRateBased = { WEB_ACL: 10, RULE_GROUP: 4 };

/** Words that a part of one's own label may not be. Source: AWS WAF Developer Guide, Label syntax and naming requirements. */
const reservedLabelWords = new Set(["awswaf", "aws", "waf", "rulegroup", "webacl", "regexpatternset", "ipset", "managed"]);
const reservedMetricNames = new Set(["All", "Default_Action"]);

const isGroup = (statement: Statement | undefined): boolean => !!statement?.RuleGroupReferenceStatement || !!statement?.ManagedRuleGroupStatement;

/** A label of one's own: up to five namespaces and a name, each of 1-128 characters. */
export function checkOwnLabel(name: string): RuleProblem | undefined {
  const parts = (name ?? "").split(":");
  const fits = parts.length <= 6 && parts.every((part) => /^[0-9A-Za-z_-]{1,128}$/.test(part) && !reservedLabelWords.has(part));
  return fits ? undefined : invalid("RULE", name || "RuleLabels", reasons.notAllowed);
}

function checkRule(rule: Rule, options: CheckOptions): RuleProblem | undefined {
  const statement = checkStatement(rule.Statement, { ...options, nested: false, inRuleGroup: options.kind === "RULE_GROUP", depth: 1 });
  if (statement) return statement;
  const group = isGroup(rule.Statement);
  const [actions, overrides] = [rule.Action ? 1 : 0, rule.OverrideAction ? 1 : 0];
  if (actions + overrides !== 1 || (group ? actions : overrides)) return invalid("RULE", "Rule", reasons.exactlyOne);
  if (group && membersOf(rule.OverrideAction) !== 1) return invalid("OVERRIDE_ACTION", "OverrideAction", reasons.exactlyOne);
  if (group && rule.RuleLabels?.length) return invalid("RULE", "RuleLabels", reasons.notAllowed);
  if (!rule.VisibilityConfig?.MetricName) return invalid("METRIC_NAME", "VisibilityConfig", reasons.required);
  if (reservedMetricNames.has(rule.VisibilityConfig.MetricName)) return invalid("METRIC_NAME", rule.VisibilityConfig.MetricName, reasons.notAllowed);
  for (const { Name } of rule.RuleLabels ?? []) {
    const problem = checkOwnLabel(Name);
    if (problem) return problem;
  }
  const reference = rule.Statement.ManagedRuleGroupStatement ?? rule.Statement.RuleGroupReferenceStatement;
  for (const action of group ? (reference?.RuleActionOverrides ?? []).map(({ ActionToUse }) => ActionToUse) : [rule.Action]) {
    const problem = checkAction(action, "RULE_ACTION", options.customResponseBodies);
    if (problem) return problem;
  }
  return checkImmunity(rule);
}

/** How often a kind of statement stands in the rules, at any depth. */
function count(rules: readonly Rule[], is: (statement: Statement) => boolean): number {
  let found = 0;
  const open = rules.map(({ Statement: statement }) => statement);
  for (let statement = open.pop(); statement; statement = open.pop()) {
    if (is(statement)) found++;
    for (const list of [statement.AndStatement?.Statements, statement.OrStatement?.Statements]) if (list) for (const each of list) open.push(each);
    for (const each of [statement.NotStatement?.Statement, statement.RateBasedStatement?.ScopeDownStatement, statement.ManagedRuleGroupStatement?.ScopeDownStatement]) if (each) open.push(each);
  }
  return found;
}

/**
 * What AWS WAF does not take in these rules, the first thing that it meets; undefined if it takes them. The shapes themselves
 * (lengths, patterns, enumerations of the model) are the caller's.
 * Source: AWS WAFV2 API Reference, CreateWebACL, CreateRuleGroup, Rule, Statement.
 */
export function checkRules(rules: readonly Rule[], options: CheckOptions): RuleProblem | undefined {
  const unlike = (key: "Priority" | "Name"): boolean => new Set(rules.map((rule) => rule[key])).size === rules.length;
  if (options.defaultAction) {
    const problem = checkAction(options.defaultAction, "DEFAULT_ACTION", options.customResponseBodies);
    if (problem) return problem;
  }
  for (const rule of rules) {
    const problem = checkRule(rule, options);
    if (problem) return { ...problem, rule: rule.Name };
  }
  if (!unlike("Priority")) return invalid("RULE", "Priority", reasons.unique);
  if (!unlike("Name")) return invalid("RULE", "Name", reasons.unique);
  const references = count(rules, (s) => isGroup(s) || !!s.IPSetReferenceStatement || !!s.RegexPatternSetReferenceStatement);
  if (references > mostReferences) return tooMany(`${mostReferences} reference statements`);
  const limits = count(rules, (s) => !!s.RateBasedStatement);
  return limits > mostRateBased[options.kind] ? tooMany(`${mostRateBased[options.kind]} rate-based rules`) : undefined;
}

/** The same under the name by which services check their input. */
export const validate = checkRules;
