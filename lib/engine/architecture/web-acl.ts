import { bytesOf } from "../wafv2/inspect/bytes";
import type { Rule, Statement, WebACL } from "../wafv2/inspect/types";
import { toBase64 } from "../crypto/bytes";
import { model } from "./model";

/** The web ACL of the architecture: real rules, as one would write them, which the lab's AWS WAF compiles and runs. */

const visible = (MetricName: string) => ({ SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName });

export const rateRuleName = "rate-limit";
export const managedGroups = ["AWSManagedRulesCommonRuleSet", "AWSManagedRulesSQLiRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"] as const;
/** Shield's own rule has the last place. Source: AWS WAF Developer Guide, Managing automatic mitigation with the Shield Advanced rule group. */
export const shieldRuleName = "ShieldMitigationRule";
const shieldPriority = 10_000_000;

/** `shape`: what Shield Advanced blocks, where it has placed a rule. Undefined: there is no rule, and so no web ACL. */
export function webAclOf({ rate, managed, scope, shape }: { rate: boolean; managed: boolean; scope: "CLOUDFRONT" | "REGIONAL"; shape?: string }): WebACL | undefined {
  if (!rate && !managed) return undefined;
  const Rules: Rule[] = [];
  if (rate)
    Rules.push({
      Name: rateRuleName, Priority: 0, Action: { Block: {} }, VisibilityConfig: visible(rateRuleName),
      Statement: { RateBasedStatement: { Limit: model.rateLimit.value, EvaluationWindowSec: model.rateWindow.value, AggregateKeyType: "IP" } },
    });
  if (managed)
    for (const [at, Name] of managedGroups.entries())
      Rules.push({ Name, Priority: 1 + at, OverrideAction: { None: {} }, VisibilityConfig: visible(Name), Statement: { ManagedRuleGroupStatement: { VendorName: "AWS", Name } } });
  if (shape !== undefined) Rules.push({ Name: shieldRuleName, Priority: shieldPriority, Action: { Block: {} }, VisibilityConfig: visible(shieldRuleName), Statement: statementOf(shape) });
  return { Name: "shop", Id: "1", ARN: `arn:aws:wafv2:us-east-1:111122223333:${scope === "CLOUDFRONT" ? "global" : "regional"}/webacl/shop/1`, DefaultAction: { Allow: {} }, Rules, VisibilityConfig: visible("shop") };
}

/** What requests have in common that ask for one path with the same arguments: `/search?r`. */
export function shapeOf(uri: string): string {
  const [path, query] = uri.split("?", 2);
  const names = query === undefined ? [] : query.split("&").map((pair) => pair.split("=", 1)[0]);
  return `${path}?${[...new Set(names)].sort().join("&")}`;
}

function statementOf(shape: string): Statement {
  const [path, names] = shape.split("?", 2);
  const match = (text: string, FieldToMatch: { UriPath: Record<string, never> } | { QueryString: Record<string, never> }, PositionalConstraint: "EXACTLY" | "CONTAINS"): Statement => ({
    ByteMatchStatement: { SearchString: toBase64(bytesOf(text)), FieldToMatch, PositionalConstraint, TextTransformations: [{ Priority: 0, Type: "NONE" }] },
  });
  const parts = [match(path, { UriPath: {} }, "EXACTLY"), ...names.split("&").filter(Boolean).map((name) => match(`${name}=`, { QueryString: {} }, "CONTAINS"))];
  return parts.length === 1 ? parts[0] : { AndStatement: { Statements: parts } };
}
