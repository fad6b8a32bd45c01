import type { AwsError, Context } from "../types";
import type { Failure } from "../errors";
import { askReferences } from "./authorise";
import { invalid, reasons, wafErrors } from "./errors";
import { capacityOf } from "./inspect/capacity";
import { type RuleProblem, checkBodies, checkRules } from "./inspect/check-rules";
import type { CustomResponseBody, Rule, RuleAction, Statement } from "./inspect/types";
import { managedRuleGroupState } from "./managed/index";
import { findByArn, readEntityArn } from "./names";
import type { RuleGroupRow, Scope } from "./state";

/** What rules name, hold and weigh, before a web ACL or a rule group takes them. */

/** Source: AWS WAF Developer Guide, AWS WAF quotas (protection pack capacity). */
const mostUnits = 5_000;

/** Statements at any depth, each before those inside it. What is malformed has none. */
export function* statementsOf(rules: readonly Rule[]): Generator<Statement, void> {
  const open: (Statement | undefined)[] = rules.map((rule) => rule.Statement).reverse();
  while (open.length) {
    const statement = open.pop();
    if (typeof statement !== "object" || statement === null) continue;
    yield statement;
    const { AndStatement, OrStatement, NotStatement, RateBasedStatement, ManagedRuleGroupStatement } = statement;
    open.push(ManagedRuleGroupStatement?.ScopeDownStatement, RateBasedStatement?.ScopeDownStatement, NotStatement?.Statement, ...[...(OrStatement?.Statements ?? [])].reverse(), ...[...(AndStatement?.Statements ?? [])].reverse());
  }
}

/** ARNs of the sets and groups that rules name, each once, and whether they use managed groups. */
export function namedBy(rules: readonly Rule[]): { references: string[]; managed: boolean } {
  const references = new Set<string>();
  let managed = false;
  for (const statement of statementsOf(rules)) {
    const arn = (statement.IPSetReferenceStatement ?? statement.RegexPatternSetReferenceStatement ?? statement.RuleGroupReferenceStatement)?.ARN;
    if (arn !== undefined) references.add(arn);
    managed ||= statement.ManagedRuleGroupStatement !== undefined;
  }
  return { references: [...references], managed };
}

/** Who makes or changes rules must be allowed to do the same with what they name. */
export function askRules(ctx: Context, action: string, scope: Scope, rules: readonly Rule[] = []): ReturnType<typeof askReferences> {
  const { references, managed } = namedBy(rules);
  return askReferences(ctx, action, scope, references, managed);
}

const asFailure = ({ code, message, Field, Parameter, Reason }: RuleProblem): Failure => {
  if (code === "WAFLimitsExceededException") return wafErrors.limit();
  const error: AwsError = { code, message };
  if (Field !== undefined) error.fields = { Field, Parameter, Reason };
  return { ok: false, error };
};

export interface Ruled {
  Scope: Scope;
  Rules?: Rule[];
  DefaultAction?: RuleAction;
  CustomResponseBodies?: Record<string, CustomResponseBody>;
}

export interface Settled {
  rules: Rule[];
  capacity: number;
  references: string[];
}

/** A rule group by its ARN, of this account or shared by another. The policies have been asked by then. */
const groupOf = (ctx: Context, arn: string): Readonly<RuleGroupRow> | undefined => findByArn(ctx, arn, "rulegroup");

/**
 * Whether these rules can stand together: their form, what they name (of the same scope and Region), their capacity.
 * Errors: WAFInvalidParameterException, WAFNonexistentItemException, WAFLimitsExceededException.
 */
export function settleRules(ctx: Context, kind: "WEB_ACL" | "RULE_GROUP", { Scope, Rules: rules = [], DefaultAction, CustomResponseBodies }: Ruled): Settled | Failure {
  const problem = checkBodies(CustomResponseBodies) ?? checkRules(rules, { kind, customResponseBodies: CustomResponseBodies, defaultAction: DefaultAction, managedRuleGroup: managedRuleGroupState });
  if (problem) return asFailure(problem);
  const { references } = namedBy(rules);
  for (const arn of references) {
    const named = readEntityArn(arn);
    if (!named || named.kind === "webacl") return invalid("RESOURCE_ARN", arn, reasons.arn);
    const shared = named.kind === "rulegroup" || named.account === ctx.account;
    if (named.scope !== Scope || named.region !== ctx.region || !shared || !findByArn(ctx, arn, named.kind)) return wafErrors.notFound();
  }
  return { rules, capacity: capacityOf(rules, { ruleGroup: (arn) => groupOf(ctx, arn)?.Capacity }), references };
}

/** Errors: WAFInvalidParameterException (WEB_ACL, RULE_GROUP). */
export const checkUnits = (field: "WEB_ACL" | "RULE_GROUP", used: number, most = mostUnits): Failure | undefined =>
  used > Math.min(most, mostUnits) ? invalid(field, String(used), reasons.capacity) : undefined;
