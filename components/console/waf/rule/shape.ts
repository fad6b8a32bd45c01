import type { Rule, Statement, StatementName } from "@/lib/engine/wafv2/inspect/types";

/**
 * What the visual editor can show of a rule's statement: one statement, or several under And or Or, each perhaps negated.
 * Deeper nesting stays with the JSON. Source: AWS WAF Developer Guide, Logical rule statements.
 */

export type LeafName = Exclude<StatementName, "AndStatement" | "OrStatement" | "NotStatement" | "RateBasedStatement" | "RuleGroupReferenceStatement" | "ManagedRuleGroupStatement">;

export const leafNames = [
  "GeoMatchStatement", "IPSetReferenceStatement", "AsnMatchStatement", "LabelMatchStatement", "ByteMatchStatement", "RegexMatchStatement",
  "RegexPatternSetReferenceStatement", "SizeConstraintStatement", "SqliMatchStatement", "XssMatchStatement",
] as const satisfies readonly LeafName[];

export type Mode = "one" | "all" | "any" | "none";

export interface Part {
  negated: boolean;
  /** A statement that is no And, Or or Not. */
  leaf: Statement;
}

export interface Match {
  mode: Mode;
  parts: Part[];
}

const membersOf = (statement: unknown): string[] => (typeof statement === "object" && statement !== null ? Object.keys(statement) : []);

export const leafNameOf = (statement: Statement): LeafName | undefined => {
  const names = membersOf(statement);
  const inner = names.length === 1 ? (statement as Record<string, unknown>)[names[0]] : undefined;
  return typeof inner === "object" && inner !== null ? leafNames.find((name) => name === names[0]) : undefined;
};

function readPart(statement: Statement): Part | undefined {
  if (leafNameOf(statement)) return { negated: false, leaf: statement };
  const inner = membersOf(statement).length === 1 ? statement.NotStatement?.Statement : undefined;
  return inner && leafNameOf(inner) ? { negated: true, leaf: inner } : undefined;
}

/** Undefined: the statement is nested deeper than the visual editor shows, or is none that it knows. */
export function readMatch(statement: Statement | undefined): Match | undefined {
  if (!statement || membersOf(statement).length !== 1) return undefined;
  const list = statement.AndStatement?.Statements ?? statement.OrStatement?.Statements;
  if (!list) {
    const part = readPart(statement);
    return part && { mode: part.negated ? "none" : "one", parts: [{ negated: false, leaf: part.leaf }] };
  }
  if (!Array.isArray(list)) return undefined;
  const parts = list.map(readPart);
  return parts.length > 0 && parts.every((part) => part !== undefined) ? { mode: statement.AndStatement ? "all" : "any", parts } : undefined;
}

const writePart = ({ negated, leaf }: Part): Statement => (negated ? { NotStatement: { Statement: leaf } } : leaf);

export function writeMatch({ mode, parts }: Match): Statement {
  if (mode === "one") return parts[0].leaf;
  if (mode === "none") return { NotStatement: { Statement: parts[0].leaf } };
  const Statements = parts.map(writePart);
  return mode === "all" ? { AndStatement: { Statements } } : { OrStatement: { Statements } };
}

/** Another way to match: what was there stays as far as the new one has room. And and Or need two in this console. */
export function withMode({ parts }: Match, mode: Mode): Match {
  if (mode === "one" || mode === "none") return { mode, parts: [{ negated: false, leaf: parts[0].leaf }] };
  return { mode, parts: parts.length > 1 ? parts : [...parts, { negated: false, leaf: emptyLeaf("GeoMatchStatement") }] };
}

const inspecting = { FieldToMatch: { UriPath: {} }, TextTransformations: [{ Priority: 0, Type: "NONE" as const }] };

/** A statement of a kind as one begins with it. */
export function emptyLeaf(name: LeafName): Statement {
  switch (name) {
    case "GeoMatchStatement":
      return { GeoMatchStatement: { CountryCodes: [] } };
    case "IPSetReferenceStatement":
      return { IPSetReferenceStatement: { ARN: "" } };
    case "AsnMatchStatement":
      return { AsnMatchStatement: { AsnList: [] } };
    case "LabelMatchStatement":
      return { LabelMatchStatement: { Scope: "LABEL", Key: "" } };
    case "ByteMatchStatement":
      return { ByteMatchStatement: { SearchString: "", PositionalConstraint: "EXACTLY", ...structuredClone(inspecting) } };
    case "RegexMatchStatement":
      return { RegexMatchStatement: { RegexString: "", ...structuredClone(inspecting) } };
    case "RegexPatternSetReferenceStatement":
      return { RegexPatternSetReferenceStatement: { ARN: "", ...structuredClone(inspecting) } };
    case "SizeConstraintStatement":
      return { SizeConstraintStatement: { ComparisonOperator: "GT", Size: 1_024, ...structuredClone(inspecting) } };
    case "SqliMatchStatement":
      return { SqliMatchStatement: { SensitivityLevel: "LOW", ...structuredClone(inspecting) } };
    case "XssMatchStatement":
      return { XssMatchStatement: structuredClone(inspecting) };
  }
}

/** Another kind of statement in the same place: what is inspected, and how it is transformed, stays where both kinds have it. */
export function withLeaf(before: Statement, name: LeafName): Statement {
  const empty = emptyLeaf(name);
  const old = Object.values(before)[0] as { FieldToMatch?: unknown; TextTransformations?: unknown } | undefined;
  const inner = empty[name] as object;
  return "FieldToMatch" in inner && old?.FieldToMatch ? ({ [name]: { ...inner, FieldToMatch: old.FieldToMatch, TextTransformations: old.TextTransformations } } as Statement) : empty;
}

export type RuleKind = "regular" | "rate" | "managed" | "group";

export function kindOf(rule: Pick<Rule, "Statement">): RuleKind {
  if (rule.Statement?.RateBasedStatement) return "rate";
  if (rule.Statement?.ManagedRuleGroupStatement) return "managed";
  return rule.Statement?.RuleGroupReferenceStatement ? "group" : "regular";
}

const visibility = (MetricName: string) => ({ SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName });

/** A rule of a kind as one begins with it. */
export function emptyRule(kind: RuleKind, priority: number): Rule {
  const common = { Name: "", Priority: priority };
  switch (kind) {
    case "managed":
      return { ...common, Statement: { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "" } }, OverrideAction: { None: {} }, VisibilityConfig: visibility("") };
    case "group":
      return { ...common, Statement: { RuleGroupReferenceStatement: { ARN: "" } }, OverrideAction: { None: {} }, VisibilityConfig: visibility("") };
    case "rate":
      return { ...common, Statement: { RateBasedStatement: { Limit: 100, EvaluationWindowSec: 300, AggregateKeyType: "IP" } }, Action: { Block: {} }, VisibilityConfig: visibility("") };
    default:
      return { ...common, Statement: emptyLeaf("GeoMatchStatement"), Action: { Block: {} }, VisibilityConfig: visibility("") };
  }
}

/** Another name: the metric goes along as long as it is called the same. */
export const withName = (rule: Rule, Name: string): Rule => ({
  ...rule,
  Name,
  ...(rule.VisibilityConfig && rule.VisibilityConfig.MetricName === rule.Name ? { VisibilityConfig: { ...rule.VisibilityConfig, MetricName: Name } } : {}),
});

/** Rules in the order in which they run. */
export const inOrder = (rules: readonly Rule[]): Rule[] => rules.toSorted((a, b) => a.Priority - b.Priority);

/** One rule a place up (-1) or down (1): two neighbours change their priorities, all others keep theirs. */
export function moved(rules: readonly Rule[], at: number, by: -1 | 1): Rule[] {
  const list = inOrder(rules);
  const [one, other] = [list[at], list[at + by]];
  if (!one || !other) return list;
  list[at] = { ...other, Priority: one.Priority };
  list[at + by] = { ...one, Priority: other.Priority };
  return list;
}

export const nextPriority = (rules: readonly Rule[]): number => rules.reduce((most, { Priority }) => Math.max(most, Priority + 1), 0);
