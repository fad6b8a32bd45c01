import type { ManagedRuleGroup } from "../managed/types";
import { type Immunities, actionName, askToken, immunities, insertHeaders } from "./actions";
import type { ActionName, GroupResult, RuleMatch, RuleType, RuleWalk, StatementWalk } from "./result";
import type { Node, Seen } from "./seen";
import { compileStatement, type ManagedStatement, type Scope } from "./statement";
import type { CustomResponseBody, Rule, RuleAction, RuleGroup, VisibilityConfig, WebACL } from "./types";

/** Rules in their order, compiled once. Source: AWS WAF Developer Guide, Setting rule priority; Overriding rule group actions. */

/** A rule that is no reference to a group. */
interface PlainRule {
  name: string;
  priority: number;
  type: "REGULAR" | "RATE_BASED";
  node: Node;
  action: RuleAction;
  overridden?: ActionName;
  excluded: boolean;
  labels: string[];
  more?: (seen: Seen) => string[];
  immunity: Immunities;
  visibility: VisibilityConfig;
}
interface GroupRule {
  name: string;
  priority: number;
  type: "GROUP" | "MANAGED_RULE_GROUP";
  count: boolean;
  overrideAction: RuleAction | undefined;
  scopeDown?: Node;
  id: string;
  groupName: string;
  rules: PlainRule[];
  before?: (seen: Seen) => string[];
  /** Why the group matches nothing. */
  listedOnly?: string;
  bodies?: Record<string, CustomResponseBody>;
  visibility: VisibilityConfig;
  groupVisibility: VisibilityConfig;
}
export type CompiledRule = PlainRule | GroupRule;

/** What ended the evaluation. */
export interface End {
  rule: string;
  type: RuleType;
  match: RuleMatch;
  action: RuleAction;
  bodies?: Record<string, CustomResponseBody>;
  within?: string;
}

const isGroup = (rule: CompiledRule): rule is GroupRule => rule.type === "GROUP" || rule.type === "MANAGED_RULE_GROUP";

// ---------------------------------------------------------------- evaluation

interface Outcome {
  matched: boolean;
  /** The match ends the evaluation of the list. */
  terminates: boolean;
  match?: RuleMatch;
  walk?: RuleWalk;
}

function evaluate(rule: PlainRule, seen: Seen, walking: boolean): Outcome {
  seen.notApplied = false;
  if (seen.details.length) seen.details = [];
  const statement: StatementWalk | undefined = walking ? rule.node.explain(seen) : undefined;
  const matched = (statement ? statement.matched : rule.node.test(seen)) && !seen.notApplied;
  const action = actionName(rule.action);
  const labelled = seen.pending.length || matched ? addLabels(rule, seen, matched, action) : [];
  const walk: RuleWalk | undefined = statement && { name: rule.name, priority: rule.priority, type: rule.type, matched, why: "", terminated: false, labels: labelled, statement };
  if (!matched) {
    if (walk) walk.why = seen.notApplied ? "Not applied: the forwarded address's header is missing." : "No match: the next rule follows.";
    return { matched, terminates: false, walk };
  }
  const match: RuleMatch = { ruleId: rule.name, action, ruleMatchDetails: seen.details.slice(), visibility: rule.visibility };
  if (rule.overridden) match.overriddenAction = rule.overridden;
  let terminates = action === "ALLOW" || action === "BLOCK";
  if (action === "CAPTCHA" || action === "CHALLENGE") {
    const answer = askToken(seen.request, action, rule.immunity);
    match[action === "CAPTCHA" ? "captchaResponse" : "challengeResponse"] = answer;
    terminates = answer.responseCode !== 0;
  }
  if (!terminates || action === "ALLOW") insertHeaders(seen, rule.action);
  if (walk) {
    walk.terminated = terminates;
    walk.action = action;
    if (rule.overridden) walk.overriddenAction = rule.overridden;
    const failure = match.captchaResponse?.failureReason ?? match.challengeResponse?.failureReason;
    walk.why = terminates ? `Match: ${action}${failure ? ` (${failure})` : ""} ends the evaluation.` : action === "COUNT" ? "Match: counted, the next rule follows." : `Match: the token is good, so ${action} lets the evaluation go on.`;
  }
  return { matched, terminates, match, walk };
}

/** At the rule's end: what its geo statements found, and its own labels if it matched. Later rules see them. */
function addLabels(rule: PlainRule, seen: Seen, matched: boolean, action: ActionName): string[] {
  const names = matched ? [...seen.pending, ...rule.labels, ...(rule.more?.(seen) ?? [])] : seen.pending;
  for (const name of names) seen.addLabel(name, action);
  seen.pending = [];
  return names;
}

function evaluateGroup(rule: GroupRule, seen: Seen, walking: boolean): Outcome & { within?: RuleMatch; ended?: PlainRule } {
  const walk: RuleWalk | undefined = walking ? { name: rule.name, priority: rule.priority, type: rule.type, matched: false, why: "", terminated: false, labels: [], group: { name: rule.groupName, rules: [] } } : undefined;
  if (rule.scopeDown) {
    seen.notApplied = false;
    const scope = walking ? rule.scopeDown.explain(seen) : undefined;
    const fits = (scope ? scope.matched : rule.scopeDown.test(seen)) && !seen.notApplied;
    if (walk) walk.scopeDown = scope;
    // Geo's labels of the scope-down statement: it has been evaluated whatever it says.
    for (const name of seen.pending.splice(0)) seen.addLabel(name, "COUNT");
    if (!fits) {
      if (walk) walk.why = "The scope-down statement does not match: the group is skipped.";
      return { matched: false, terminates: false, walk };
    }
  }
  for (const name of rule.before?.(seen) ?? []) {
    seen.addLabel(name, "COUNT");
    walk?.labels.push(name);
  }
  const result: GroupResult = { ruleGroupId: rule.id, name: rule.groupName, managed: rule.type === "MANAGED_RULE_GROUP", rule: rule.name, visibility: rule.groupVisibility, nonTerminatingMatchingRules: [], excludedRules: [] };
  let [ended, within]: [PlainRule | undefined, RuleMatch | undefined] = [undefined, undefined];
  for (const each of rule.rules) {
    const outcome = evaluate(each, seen, walking);
    if (outcome.walk) walk!.group!.rules.push(outcome.walk);
    if (!outcome.match) continue;
    if (outcome.terminates) {
      result.terminatingRule = within = outcome.match;
      ended = each;
      if (walk) walk.group!.notReached = rule.rules.slice(rule.rules.indexOf(each) + 1).map(({ name }) => name);
      break;
    }
    (each.excluded ? result.excludedRules : result.nonTerminatingMatchingRules).push(outcome.match);
  }
  seen.groups.push(result);
  if (!within) {
    if (walk) walk.why = rule.listedOnly ?? "No rule of the group ends the evaluation: the next rule follows.";
    return { matched: false, terminates: false, walk };
  }
  const match: RuleMatch = { ...within, ruleId: rule.name, visibility: rule.visibility };
  if (rule.count) {
    match.overriddenAction = within.action;
    match.action = "COUNT";
    if (rule.overrideAction) insertHeaders(seen, rule.overrideAction);
  }
  if (walk) {
    walk.matched = true;
    walk.terminated = !rule.count;
    walk.action = match.action;
    walk.why = rule.count ? `${within.ruleId} ended the group with ${within.action}; the override makes it Count, the next rule follows.` : `${within.ruleId} ended the group with ${within.action}.`;
  }
  return { matched: true, terminates: !rule.count, match, walk, within, ended };
}

/** Runs rules until one ends the evaluation. Counted rules, labels, groups and headers are left in `seen`. */
export function run(rules: readonly CompiledRule[], seen: Seen, walks: RuleWalk[] | undefined): End | undefined {
  for (const rule of rules) {
    const walking = walks !== undefined;
    const outcome = isGroup(rule) ? evaluateGroup(rule, seen, walking) : evaluate(rule, seen, walking);
    if (outcome.walk) walks!.push(outcome.walk);
    if (!outcome.match) continue;
    if (!outcome.terminates) {
      seen.counted.push(outcome.match);
      continue;
    }
    const ended = "ended" in outcome ? (outcome as { ended?: PlainRule }).ended : undefined;
    const action = isGroup(rule) ? ended!.action : rule.action;
    // A group's own action names the group's bodies, an override the web ACL's.
    const bodies = isGroup(rule) && !ended!.overridden ? (rule.bodies ?? {}) : undefined;
    return { rule: rule.name, type: rule.type, match: outcome.match, action, bodies, within: ended?.name };
  }
  return undefined;
}

// ---------------------------------------------------------------- compilation

export interface RuleScope extends Omit<Scope, "place" | "namespace"> {
  webAcl: WebACL;
  account: string;
  ruleGroup(arn: string): RuleGroup | undefined;
  managedRuleGroup(vendor: string, name: string, version?: string): ManagedRuleGroup | undefined;
}

interface Draft {
  rule: Pick<Rule, "Name" | "Priority" | "VisibilityConfig" | "CaptchaConfig" | "ChallengeConfig">;
  statement: ManagedStatement;
  action: RuleAction;
  labels: string[];
  namespace: string;
  key: string;
}

function plain({ rule, statement, action, labels, namespace, key }: Draft, scope: RuleScope): PlainRule {
  return {
    name: rule.Name,
    priority: rule.Priority,
    type: "RateBasedStatement" in statement && statement.RateBasedStatement ? "RATE_BASED" : "REGULAR",
    node: compileStatement(statement, { ...scope, namespace, place: { key, ruleName: rule.Name } }),
    action,
    excluded: false,
    labels: labels.map((name) => namespace + name),
    immunity: immunities(rule, scope.webAcl),
    visibility: rule.VisibilityConfig,
  };
}

/** An override of a rule's action: by RuleActionOverrides, else by ExcludedRules, which means Count. */
function overridden(rule: PlainRule, { ExcludedRules = [], RuleActionOverrides = [] }: { ExcludedRules?: { Name: string }[]; RuleActionOverrides?: { Name: string; ActionToUse: RuleAction }[] }): PlainRule {
  const override = RuleActionOverrides.find(({ Name }) => Name === rule.name);
  const excluded = !override && ExcludedRules.some(({ Name }) => Name === rule.name);
  if (!override && !excluded) return rule;
  return { ...rule, action: override?.ActionToUse ?? { Count: {} }, overridden: actionName(rule.action), excluded };
}

const quiet = (MetricName: string): VisibilityConfig => ({ SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName });

function group(rule: Rule, namespace: string, scope: RuleScope): GroupRule | undefined {
  const { RuleGroupReferenceStatement: own, ManagedRuleGroupStatement: managed } = rule.Statement;
  const common = { name: rule.Name, priority: rule.Priority, count: !!rule.OverrideAction?.Count, overrideAction: rule.OverrideAction?.Count && { Count: rule.OverrideAction.Count }, visibility: rule.VisibilityConfig };
  const byPriority = (a: Rule, b: Rule): number => a.Priority - b.Priority;
  if (own) {
    const found = scope.ruleGroup(own.ARN);
    if (!found) return undefined;
    const prefix = found.LabelNamespace ?? `awswaf:${scope.account}:rulegroup:${found.Name}:`;
    const rules = (found.Rules ?? []).toSorted(byPriority).map((each) =>
      overridden(plain({ rule: each, statement: each.Statement, action: each.Action ?? { Block: {} }, labels: (each.RuleLabels ?? []).map(({ Name }) => Name), namespace: prefix, key: `${rule.Name}/${each.Name}` }, scope), own));
    return { ...common, type: "GROUP", id: found.ARN, groupName: found.Name, rules, bodies: found.CustomResponseBodies, groupVisibility: found.VisibilityConfig };
  }
  const found = managed && scope.managedRuleGroup(managed.VendorName, managed.Name, managed.Version);
  if (!managed || !found) return undefined;
  const rules = found.rules.map((each, Priority) => {
    const action: RuleAction = { [each.action ?? "Block"]: {} };
    const made = plain({ rule: { Name: each.name, Priority, VisibilityConfig: quiet(each.name) }, statement: each.statement, action, labels: each.labels, namespace: found.labelNamespace, key: `${rule.Name}/${each.name}` }, scope);
    if (each.more) made.more = ({ request }) => each.more!(request).map((name) => found.labelNamespace + name);
    return overridden(made, managed);
  });
  const scopeDown = managed.ScopeDownStatement && compileStatement(managed.ScopeDownStatement, { ...scope, namespace, place: { key: rule.Name, ruleName: rule.Name } });
  return {
    ...common, type: "MANAGED_RULE_GROUP", id: `${found.vendor}#${found.name}`, groupName: found.name, rules, scopeDown, groupVisibility: quiet(found.name),
    listedOnly: found.listedOnly,
    before: found.before && (({ request }) => found.before!(request)),
  };
}

/** Rules by Priority. A reference to a group that does not exist is left out: what checks rules has refused it. */
export function compileRules(rules: readonly Rule[], namespace: string, scope: RuleScope): CompiledRule[] {
  return rules.toSorted((a, b) => a.Priority - b.Priority).flatMap((rule): CompiledRule[] => {
    const { RuleGroupReferenceStatement, ManagedRuleGroupStatement } = rule.Statement;
    if (RuleGroupReferenceStatement || ManagedRuleGroupStatement) {
      const made = group(rule, namespace, scope);
      return made ? [made] : [];
    }
    return [plain({ rule, statement: rule.Statement, action: rule.Action ?? { Block: {} }, labels: (rule.RuleLabels ?? []).map(({ Name }) => Name), namespace, key: rule.Name }, scope)];
  });
}
