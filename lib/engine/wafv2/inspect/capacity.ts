import { managedCapacity } from "../managed/capacity";
import type { FieldToMatch, RateBasedStatement, Rule, Statement, TextTransformation } from "./types";

/**
 * Web ACL capacity units (WCU).
 * Sources: AWS WAF Developer Guide, AWS WAF capacity units; the WCU line of each rule statement's page; Text transformations.
 */

/** What a rule refers to. Undefined: there is no such group. */
export interface KnownCapacities {
  /** The declared capacity of a rule group of one's own, by ARN. */
  ruleGroup?(arn: string): number | undefined;
  /** Of a managed rule group; by default those that the lab has. */
  managedRuleGroup?(vendor: string, name: string, version?: string): number | undefined;
}

export const transformationUnits = 10;
const customKeyUnits = 30;
/** One unit for each five labels that the rules together define. */
const labelsForOne = 5;

const transformations = (list: readonly TextTransformation[] | undefined): number =>
  (list ?? []).filter(({ Type }) => Type !== "NONE").length * transformationUnits;

/** Of a statement that looks at a component: `base` doubled for JSON, ten more for all arguments, ten for each transformation. */
function inspecting(base: number, { FieldToMatch, TextTransformations }: { FieldToMatch: FieldToMatch; TextTransformations: TextTransformation[] }): number {
  const own = FieldToMatch?.JsonBody ? base * 2 : base;
  return own + (FieldToMatch?.AllQueryArguments ? 10 : 0) + transformations(TextTransformations);
}

/** Keys' own transformations are counted as a statement's are. */
function rateBased({ CustomKeys = [] }: RateBasedStatement): number {
  const keys = CustomKeys.map((key) => {
    const part = key.Header ?? key.Cookie ?? key.QueryArgument ?? key.QueryString ?? key.UriPath;
    return customKeyUnits + transformations(part?.TextTransformations);
  });
  return 2 + keys.reduce((sum, units) => sum + units, 0);
}

const wordUnits = { EXACTLY: 2, STARTS_WITH: 2, ENDS_WITH: 2, CONTAINS: 10, CONTAINS_WORD: 10 };

/** The units of a statement without those inside it. */
function ownUnits(statement: Statement, known: KnownCapacities): number {
  const { ByteMatchStatement: bytes, IPSetReferenceStatement: addresses, ManagedRuleGroupStatement: managed } = statement;
  if (bytes) return inspecting(wordUnits[bytes.PositionalConstraint] ?? 10, bytes);
  if (statement.RegexMatchStatement) return inspecting(3, statement.RegexMatchStatement);
  if (statement.RegexPatternSetReferenceStatement) return inspecting(25, statement.RegexPatternSetReferenceStatement);
  if (statement.SizeConstraintStatement) return inspecting(1, statement.SizeConstraintStatement);
  if (statement.SqliMatchStatement) return inspecting(statement.SqliMatchStatement.SensitivityLevel === "HIGH" ? 30 : 20, statement.SqliMatchStatement);
  if (statement.XssMatchStatement) return inspecting(40, statement.XssMatchStatement);
  if (statement.GeoMatchStatement || statement.AsnMatchStatement || statement.LabelMatchStatement) return 1;
  if (addresses) return addresses.IPSetForwardedIPConfig?.Position === "ANY" ? 5 : 1;
  if (statement.RateBasedStatement) return rateBased(statement.RateBasedStatement);
  if (statement.RuleGroupReferenceStatement) return known.ruleGroup?.(statement.RuleGroupReferenceStatement.ARN) ?? 0;
  if (managed) return (known.managedRuleGroup ?? managedCapacity)(managed.VendorName, managed.Name, managed.Version) ?? 0;
  return 0;
}

/** The units of one statement with all inside it, however deep. A reference to a group that is not known counts 0. */
export function statementUnits(statement: Statement, known: KnownCapacities = {}): number {
  let units = 0;
  const open: (Statement | undefined)[] = [statement];
  while (open.length) {
    const each = open.pop();
    if (!each) continue;
    units += ownUnits(each, known);
    for (const inner of each.AndStatement?.Statements ?? each.OrStatement?.Statements ?? []) open.push(inner);
    open.push(each.NotStatement?.Statement, each.RateBasedStatement?.ScopeDownStatement, each.ManagedRuleGroupStatement?.ScopeDownStatement);
  }
  return units;
}

/** What CheckCapacity answers for these rules, and what a web ACL or rule group of them uses: each statement, and their labels. */
export function capacityOf(rules: readonly Rule[], known: KnownCapacities = {}): number {
  const labels = rules.reduce((count, rule) => count + (rule.RuleLabels?.length ?? 0), 0);
  return rules.reduce((units, rule) => units + statementUnits(rule.Statement, known), 0) + Math.ceil(labels / labelsForOne);
}
