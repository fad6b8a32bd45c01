import { actionOf } from "../../rule/words";
import { print, readRule } from "../../rule/rule-json";
import { inOrder, moved } from "../../rule/shape";
import type { Rule, RuleAction } from "../../waf-types";

/** An edit of a web ACL that is tried before it is saved. Rules are as they are shown, in the order in which they run. */
export interface EditDraft {
  /** Absent: nothing was changed yet. */
  rules?: Rule[];
  action?: RuleAction;
  /** The lock token that the edit began with. */
  token?: string;
  /** The rule whose JSON is open, by its place in the order, and the JSON as typed. */
  open?: number;
  text?: string;
}

export const noEdit: EditDraft = {};

/** Levels of JSON that a request to AWS may have at most: deeper ones are refused before anything is tried. */
const deepest = 500;

/** Whether a value is nested deeper than that. Level by level: what is nested ten thousand deep must not end the page. */
function isDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length; depth++) {
    if (depth > deepest) return true;
    level = level.flatMap((each) => (typeof each === "object" && each !== null ? Object.values(each) : []));
  }
  return false;
}

/** What is wrong with the JSON of the open rule, so that it cannot be tried; undefined where it can. */
export function textProblem(text: string): string | undefined {
  const read = readRule(text);
  if ("problem" in read) return read.problem;
  if (isDeep(read.rule)) return `This rule is nested deeper than ${deepest} levels, which no request to AWS may be.`;
  if (!Number.isInteger(read.rule.Priority)) return "A rule needs a Priority, a whole number.";
  return typeof read.rule.Statement === "object" && read.rule.Statement !== null ? undefined : "A rule needs a Statement.";
}

export const openRule = (rules: readonly Rule[], at: number): Partial<EditDraft> => ({ open: at, text: print(rules[at]) });

/** The JSON was typed on: the rules follow as far as it can be read. */
export function typed(rules: readonly Rule[], at: number, text: string): Partial<EditDraft> {
  if (textProblem(text) !== undefined) return { text };
  const { rule } = readRule(text) as { rule: Rule };
  const next = inOrder(rules.map((each, place) => (place === at ? rule : each)));
  return { text, rules: next, open: next.indexOf(rule) };
}

/** The open JSON follows its rule, unless what is typed there cannot be read: nothing typed is lost. */
const textOf = (rule: Rule, { text = "" }: EditDraft): Partial<EditDraft> => (textProblem(text) === undefined ? { text: print(rule) } : {});

/** A rule a place up or down. */
export function movedBy(rules: readonly Rule[], at: number, by: -1 | 1, draft: EditDraft): Partial<EditDraft> {
  const next = moved(rules, at, by);
  if (draft.open !== at && draft.open !== at + by) return { rules: next };
  const open = draft.open === at ? at + by : at;
  return { rules: next, open, ...textOf(next[open], draft) };
}

/** Another action. One that is chosen again keeps what belongs to it: a custom response, headers. */
export function withAction(rule: Rule, name: string): Rule {
  if (rule.OverrideAction) return { ...rule, OverrideAction: name === "Count" ? (rule.OverrideAction.Count ? rule.OverrideAction : { Count: {} }) : { None: {} } };
  return actionOf(rule.Action) === name ? rule : { ...rule, Action: { [name]: {} } };
}

export const acted = (rules: readonly Rule[], at: number, name: string, draft: EditDraft): Partial<EditDraft> => {
  const next = rules.map((rule, place) => (place === at ? withAction(rule, name) : rule));
  return { rules: next, ...(draft.open === at ? textOf(next[at], draft) : {}) };
};
