import type { RuleWalk, InspectionResult, StatementWalk, TextWalk } from "@/lib/engine/wafv2/inspect/result";
import { showBytes, type Span } from "@/lib/engine/wafv2/requests/show-bytes";
import { actionWords, fieldWords, leafWords, transformationWords } from "../rule/words";
import type { LeafName } from "../rule/shape";

/** A walk in plain words. Every word follows from the walk. */

const actions: Record<string, string> = { ALLOW: actionWords.Allow.label, BLOCK: actionWords.Block.label, COUNT: actionWords.Count.label, CAPTCHA: actionWords.Captcha.label, CHALLENGE: actionWords.Challenge.label };
export const actionWord = (action: string | undefined): string => (action === undefined ? "-" : (actions[action] ?? action));

const connectives: Record<string, string> = {
  AndStatement: "AND: all of these",
  OrStatement: "OR: one of these",
  NotStatement: "NOT: this one must not match",
  RateBasedStatement: "Rate-based",
  RuleGroupReferenceStatement: "Rule group",
  ManagedRuleGroupStatement: "Managed rule group",
  Pattern: "What the managed rule looks for",
  AddressList: "The managed rule’s addresses",
};
export const statementWord = (name: StatementWalk["statement"]): string => connectives[name] ?? leafWords[name as LeafName]?.label ?? name;

/** Bytes as a line of text, cut where they are long. */
export function bytesLine(bytes: string, most = 80): string {
  const { pieces, after } = showBytes(bytes, [], most);
  return pieces.map(({ text }) => text).join("") + (after ? "…" : "");
}

/** The engine's sentences hold bytes of patterns and of the request. */
export const sentence = (why: string): string => (/[^\0-\xff]/.test(why) ? why : bytesLine(why, 600));

/** Without the capital letter of a sentence; abbreviations keep theirs. */
const lowerFirst = (words: string): string => (/^[A-Z][a-z]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words);

/** "query parameter customer" for a text of a component. */
export function partWord(field: StatementWalk["field"], name: string | undefined): string {
  if (!field) return "the request";
  const named = name === undefined ? "" : ` ${bytesLine(name, 60)}`;
  const one: Partial<Record<string, string>> = { AllQueryArguments: "query parameter", SingleQueryArgument: "query parameter", Headers: "header", SingleHeader: "header", Cookies: "cookie", JsonBody: "JSON body at" };
  return named && one[field] ? `${one[field]}${named}` : lowerFirst(fieldWords[field]);
}

/** Which bytes of the last text decided: what a detector points at, else what was found. Offsets are of that text. */
export function hitsOf({ found, detection }: TextWalk): Span[] {
  if (!found) return [];
  const { reason } = (detection ?? {}) as { reason?: { start: number; end: number } };
  return reason ? [{ start: reason.start, end: reason.end }] : [{ start: found.offset, end: found.offset + found.length }];
}

/** The statements at the end of the way down: those that made a statement match. */
export function deciding(walk: StatementWalk): StatementWalk[] {
  if (!walk.matched) return [];
  if (walk.statement === "NotStatement" || !walk.children?.length) return [walk];
  const inner = walk.children.flatMap(deciding);
  return inner.length ? inner : [walk];
}

/** The rule that ended the evaluation, from the outside in: a group's rule is followed by the rule inside it. */
export function endedBy(walk: readonly RuleWalk[]): RuleWalk[] {
  const rule = walk.find(({ terminated }) => terminated);
  if (!rule) return [];
  const inner = rule.group?.rules.find(({ terminated }) => terminated);
  return inner ? [rule, inner] : [rule];
}

const foundIn = (leaf: StatementWalk): string => {
  const text = leaf.texts?.find(({ found }) => found);
  if (!text) return lowerFirst(sentence(leaf.why)).replace(/\.$/, "");
  const what = leaf.statement === "SqliMatchStatement" ? "SQL injection" : leaf.statement === "XssMatchStatement" ? "cross-site scripting" : `“${bytesLine(text.found!.text)}”`;
  const steps = text.steps.filter(({ before, after }) => before.text !== after.text || before.length !== after.length).map(({ type }) => transformationWords[type].label);
  return `${what} in ${partWord(leaf.field, text.name)}${steps.length ? ` after ${steps.join(", ")}` : ""}`;
};

const list = (words: readonly string[]): string => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)!}`);

/** What came of the request and why, in one or two sentences. */
export function outcomeText({ action, terminatingRuleId, nonTerminatingMatchingRules, walk = [] }: InspectionResult): string {
  const [rule, inner] = endedBy(walk);
  const did = { ALLOW: "Let through", BLOCK: "Blocked", CAPTCHA: "Answered with a CAPTCHA", CHALLENGE: "Answered with a challenge" }[action];
  const counted = nonTerminatingMatchingRules.filter((each) => each.action === "COUNT").map(({ ruleId }) => ruleId);
  const also = counted.length ? ` Counted on the way by ${list(counted)}.` : "";
  if (!rule) return `${did} by the default action: ${walk.length === 0 ? "there is no rule" : "no rule ended it"}.${also}`;
  const leaves = deciding((inner ?? rule).statement ?? { statement: "AndStatement", evaluated: true, matched: false, why: "" });
  const found = leaves.slice(0, 2).map(foundIn);
  return `${did} by the rule ${terminatingRuleId}${inner ? ` (its rule ${inner.name})` : ""}${found.length ? `: ${list(found)}` : ""}.${also}`;
}

export type RuleState = "allow" | "block" | "count" | "other" | "none" | "unreached";

export function stateOf({ matched, terminated, action }: RuleWalk): RuleState {
  if (!matched) return "none";
  if (!terminated) return "count";
  return action === "ALLOW" ? "allow" : action === "BLOCK" ? "block" : "other";
}

/** A rule's line. */
export function ruleLine(walk: RuleWalk): string {
  if (walk.matched) return walk.terminated ? `Matches: ${actionWord(walk.action)} ends it` : walk.action === "COUNT" ? "Matches: counted, and on it goes" : `Matches: the token is good, and on it goes`;
  const counted = walk.group?.rules.filter(({ matched }) => matched).map(({ name }) => name) ?? [];
  if (counted.length) return `Ends nothing; counted inside by ${list(counted.slice(0, 3))}${counted.length > 3 ? ` and ${counted.length - 3} more` : ""}`;
  return walk.scopeDown && !walk.scopeDown.matched ? "Skipped: out of its scope" : "Does not match";
}

const classes: Record<string, string> = {
  k: "keyword", U: "union", B: "group or order", E: "statement", t: "type", f: "function", n: "word", "1": "number", v: "variable", s: "string", o: "operator", "&": "logic", c: "comment", A: "collate", T: "T-SQL", X: "trick",
};
/** What a token of SQL is. */
export const tokenWord = (letter: string): string => classes[letter] ?? "sign";
