import type { JsonObject } from "@/lib/engine/types";

/** Pieces of which the proofs about web ACLs, and the solutions of the lessons' steps, are made: plain data. */

export const visible = (MetricName: string): JsonObject => ({ SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName });

/** Text transformations, in their order; none if none is named. */
export const changed = (...types: string[]): JsonObject[] => (types.length ? types : ["NONE"]).map((Type, Priority) => ({ Priority, Type }));

/** A rule with an action; one that refers to a group has no override. */
export function ruleOf(Name: string, Priority: number, Statement: JsonObject, action: "Allow" | "Block" | "Count" = "Block", more: JsonObject = {}): JsonObject {
  const decides: JsonObject = Statement.ManagedRuleGroupStatement || Statement.RuleGroupReferenceStatement ? { OverrideAction: { None: {} } } : { Action: { [action]: {} } };
  return { Name, Priority, Statement, ...decides, VisibilityConfig: visible(Name), ...more };
}

export const contains = (text: string, FieldToMatch: JsonObject, ...types: string[]): JsonObject => ({ ByteMatchStatement: { SearchString: btoa(text), FieldToMatch, PositionalConstraint: "CONTAINS", TextTransformations: changed(...types) } });
export const starts = (text: string, FieldToMatch: JsonObject, ...types: string[]): JsonObject => ({ ByteMatchStatement: { SearchString: btoa(text), FieldToMatch, PositionalConstraint: "STARTS_WITH", TextTransformations: changed(...types) } });
export const sqli = (FieldToMatch: JsonObject, SensitivityLevel = "LOW"): JsonObject => ({ SqliMatchStatement: { FieldToMatch, SensitivityLevel, TextTransformations: changed("URL_DECODE") } });
export const xss = (FieldToMatch: JsonObject): JsonObject => ({ XssMatchStatement: { FieldToMatch, TextTransformations: changed("URL_DECODE") } });
export const bodyOver = (Size: number, OversizeHandling: string): JsonObject => ({ SizeConstraintStatement: { FieldToMatch: { Body: { OversizeHandling } }, ComparisonOperator: "GT", Size, TextTransformations: changed() } });
export const managedGroup = (Name: string): JsonObject => ({ ManagedRuleGroupStatement: { VendorName: "AWS", Name } });
export const rate = (Limit: number, EvaluationWindowSec: number, more: JsonObject = { AggregateKeyType: "IP" }): JsonObject => ({ RateBasedStatement: { Limit, EvaluationWindowSec, ...more } });

export const webAcl = (Name: string, Rules: JsonObject[], more: JsonObject = {}): JsonObject => ({ Name, Scope: "REGIONAL", DefaultAction: { Allow: {} }, VisibilityConfig: visible(Name), Rules, ...more });

/** A request of a browser in London. */
export const request = (more: JsonObject = {}): JsonObject => ({ Uri: "/", ClientIp: "192.0.2.40", Country: "GB", Headers: [{ Name: "Host", Value: "shop.example" }, { Name: "User-Agent", Value: "Mozilla/5.0" }], ...more });
