import type { InspectionResult } from "../inspect/result";

/** What came of a request, in four words: `counted` was allowed, and a rule counted it on the way. */
export const verdictOutcomes = ["blocked", "counted", "challenged", "allowed"] as const;
export type VerdictOutcome = (typeof verdictOutcomes)[number];

export interface RuleNamed {
  /** The web ACL's rule, or `Default_Action`. */
  rule: string;
  /** The rule of its group that matched. */
  within?: string;
}

export interface Verdict {
  outcome: VerdictOutcome;
  action: InspectionResult["action"];
  /** What ended the evaluation. */
  decided: RuleNamed;
  /** Rules that matched with Count, in their order. */
  counted: RuleNamed[];
}

/** A verdict, read from an inspection's result and from nothing else. */
export function verdictOf(result: InspectionResult): Verdict {
  const counted: RuleNamed[] = result.nonTerminatingMatchingRules.filter(({ action }) => action === "COUNT").map(({ ruleId }) => {
    const within = result.groups.find(({ rule }) => rule === ruleId)?.terminatingRule?.ruleId;
    return { rule: ruleId, ...(within !== undefined && { within }) };
  });
  for (const group of result.groups) {
    for (const { ruleId, action } of group.nonTerminatingMatchingRules) if (action === "COUNT") counted.push({ rule: group.rule, within: ruleId });
    for (const { ruleId } of group.excludedRules) counted.push({ rule: group.rule, within: ruleId });
  }
  const { action } = result;
  const outcome = action === "BLOCK" ? "blocked" : action === "ALLOW" ? (counted.length ? "counted" : "allowed") : "challenged";
  return { outcome, action, decided: { rule: result.terminatingRuleId, ...(result.ruleWithinGroup !== undefined && { within: result.ruleWithinGroup }) }, counted };
}
