import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { WafRequest } from "./request";
import type { FieldToMatch, Rule, RuleAction, Statement, TextTransformation, TransformationType, WebACL } from "./types";

/** Short ways to write rules and requests in tests. */

export const account = "111122223333";
export const base64 = (text: string): string => Buffer.from(text, "latin1").toString("base64");
export const transformations = (...types: TransformationType[]): TextTransformation[] => (types.length ? types : (["NONE"] as const)).map((Type, Priority) => ({ Priority, Type }));
export const visible = (MetricName: string) => ({ SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName });

export const bytes = (text: string, FieldToMatch: FieldToMatch = { QueryString: {} }, PositionalConstraint = "CONTAINS" as const as "CONTAINS" | "EXACTLY" | "STARTS_WITH" | "ENDS_WITH" | "CONTAINS_WORD", ...types: TransformationType[]): Statement => ({
  ByteMatchStatement: { SearchString: base64(text), FieldToMatch, PositionalConstraint, TextTransformations: transformations(...types) },
});

let priority = 0;
/** A rule; its Priority is one more than the last one's. */
export const rule = (Name: string, Statement: Statement, Action: RuleAction = { Block: {} }, more: Partial<Rule> = {}): Rule => {
  const group = Statement.ManagedRuleGroupStatement ?? Statement.RuleGroupReferenceStatement;
  return { Name, Priority: priority++, Statement, ...(group ? { OverrideAction: { None: {} } } : { Action }), VisibilityConfig: visible(Name), ...more };
};

export const webAcl = (Rules: Rule[], more: Partial<WebACL> = {}): WebACL => ({
  Name: "T",
  Id: "11111111-2222-3333-4444-555555555555",
  ARN: `arn:aws:wafv2:us-east-1:${account}:regional/webacl/T/11111111-2222-3333-4444-555555555555`,
  DefaultAction: { Allow: {} },
  Rules,
  VisibilityConfig: visible("T"),
  ...more,
});

export const request = (more: Partial<WafRequest> = {}): WafRequest => ({
  method: "GET",
  uri: "/",
  headers: [["Host", "example.com"], ["User-Agent", "Mozilla/5.0"], ["Accept", "text/html"]],
  clientIp: "192.0.2.44",
  source: "ALB",
  timestamp: 1_780_000_000_000,
  ...more,
});

const shared = fileURLToPath(new URL("../../../../../shared/", import.meta.url));
/** A file that lies beside the repository, or undefined where it does not. */
export const beside = (name: string): string | undefined => (existsSync(shared + name) ? readFileSync(shared + name, "utf8") : undefined);

interface Recorded {
  cases: { id: string; steps: { call: string; in: { Rules?: Rule[] }; expect: { values?: { Capacity?: number }; error?: { code: string; message?: string } } }[] }[];
}
/** Steps of recorded cases, blobs as base64. */
export function recorded(name: string): { id: string; step: Recorded["cases"][number]["steps"][number] }[] {
  const text = beside(`conformance/cases/${name}.json`);
  if (!text) return [];
  const read = JSON.parse(text, (_, value: unknown) => (value && typeof value === "object" && "$text" in value ? base64(String(value.$text)) : value)) as Recorded;
  return read.cases.flatMap(({ id, steps }) => steps.map((step) => ({ id, step })));
}
