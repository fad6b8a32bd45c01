import type { JsonObject } from "@/lib/engine/types";
import type { Tag } from "../../frame/tag-changes";
import { tagsInput } from "../load-waf";
import { findProblem, toSent, unitsOf, type Look } from "../rule/rule-json";
import { descriptionProblem, metricProblem, mostUnits, nameProblem, type Rule, type RuleAction, type Scope, type VisibilityConfig } from "../waf-types";

/** What both wizards, of web ACLs and of rule groups, have in their drafts. Rules are as they are shown. */
export interface HolderDraft {
  step: number;
  scope: Scope;
  name: string;
  description: string;
  visibility: VisibilityConfig;
  rules: Rule[];
  tags: Tag[];
  /** The rule that is being written: its text, and the name of the one that it replaces. */
  writing?: { text: string; before?: string; fresh: boolean };
}

export interface AclDraft extends HolderDraft {
  action: RuleAction;
  /** ARNs. */
  resources: string[];
}

export interface GroupDraft extends HolderDraft {
  capacity: number | undefined;
}

const empty = (scope: Scope): HolderDraft => ({ step: 0, scope, name: "", description: "", visibility: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: "" }, rules: [], tags: [] });
export const emptyAcl = (scope: Scope): AclDraft => ({ ...empty(scope), action: { Allow: {} }, resources: [] });
export const emptyGroup = (scope: Scope): GroupDraft => ({ ...empty(scope), capacity: undefined });

/** The metric is called as the thing is, until it is called otherwise. */
export const named = <D extends HolderDraft>({ name: before, visibility }: D, name: string): Partial<HolderDraft> => ({
  name,
  ...(visibility.MetricName === before ? { visibility: { ...visibility, MetricName: name } } : {}),
});

const common = ({ name, description, visibility, rules, tags, scope }: HolderDraft): JsonObject =>
  ({
    Name: name,
    Scope: scope,
    ...(description ? { Description: description } : {}),
    VisibilityConfig: visibility,
    Rules: rules.map(toSent),
    ...(tags.length ? { Tags: tagsInput(tags) } : {}),
  }) as unknown as JsonObject;

export const aclInput = (draft: AclDraft): JsonObject => ({ ...common(draft), DefaultAction: draft.action }) as unknown as JsonObject;
export const groupInput = (draft: GroupDraft): JsonObject => ({ ...common(draft), Capacity: draft.capacity! });

export const describeProblem = ({ name, description, visibility }: HolderDraft): string | undefined => nameProblem(name) ?? descriptionProblem(description) ?? metricProblem(visibility.MetricName);

/** Why the step with the rules cannot be left. */
export function rulesProblem({ writing, rules }: HolderDraft, look: Look): string | undefined {
  if (writing) return "Add the rule, or cancel it, before you go on.";
  const units = unitsOf(rules, look.known);
  if (units !== undefined && units > mostUnits) return `These rules use ${units.toLocaleString("en")} WCU: more than the ${mostUnits.toLocaleString("en")} that are allowed.`;
  return findProblem(rules, look)?.message;
}

export const metricsProblem = ({ rules }: HolderDraft): string | undefined => {
  const wrong = rules.find(({ VisibilityConfig: { MetricName } }) => metricProblem(MetricName));
  return wrong && `${wrong.Name}: ${metricProblem(wrong.VisibilityConfig.MetricName)}`;
};
