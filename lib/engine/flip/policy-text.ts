import { readPolicy } from "../iam/policy/grammar";
import type { Json, PolicyStatement } from "../types";
import { appendAt, type Path, removeAt, replaceAt, setMember } from "./json-text";
import { bareAction } from "./words";

/** Changes to a policy's text, one element at a time. Everything else in it stays as its author wrote it. */

/** A text with what it took to get there. */
export interface TextChange {
  text: string;
  /** Elements added, removed or changed. */
  size: number;
}

const parsed = (text: string): { Statement?: unknown } => {
  try {
    return JSON.parse(text) as { Statement?: unknown };
  } catch {
    return {};
  }
};

/** Statements as the evaluator counts them; empty for a text that is no policy. */
export function statementsOf(text: string): PolicyStatement[] {
  const read = readPolicy(text);
  return read.ok ? read.document.Statement : [];
}

/** A policy may have its one statement without a list around it. */
const at = (text: string, index: number, ...rest: Path): Path =>
  Array.isArray(parsed(text).Statement) ? ["Statement", index, ...rest] : ["Statement", ...rest];

const asList = (value: unknown): Json[] => (value === undefined ? [] : ([value].flat() as Json[]));

/** How many values an element has, down to the last. */
export function leaves(value: unknown): number {
  if (value === null || typeof value !== "object") return value === undefined ? 0 : 1;
  return Object.values(value).reduce((sum: number, part) => sum + leaves(part), 0);
}

type ListElement = "Action" | "NotAction" | "Resource" | "NotResource";

export const addTo = (text: string, index: number, element: ListElement, value: string): TextChange => ({
  text: appendAt(text, at(text, index, element), value),
  size: 1,
});

/** Takes one value out of a list; undefined where it does not stand there by itself, or stands alone. */
export function takeFrom(text: string, index: number, element: ListElement, value: string): TextChange | undefined {
  const values = asList(statementsOf(text)[index]?.[element]).map(String);
  const fold = (word: string) => (element.endsWith("Action") ? word.toLowerCase() : word);
  const found = values.findIndex((one) => fold(one) === fold(value));
  return found < 0 || values.length < 2 ? undefined : { text: removeAt(text, at(text, index, element, found)), size: 1 };
}

/** Adds names to Principal or NotPrincipal. */
export function addPrincipals(text: string, index: number, element: "Principal" | "NotPrincipal", names: string[]): TextChange | undefined {
  const old = statementsOf(text)[index]?.[element];
  if (old === undefined || typeof old === "string") return undefined;
  let out = text;
  for (const name of names)
    out =
      Object.hasOwn(old, "AWS") || out !== text
        ? appendAt(out, at(out, index, element, "AWS"), name)
        : setMember(out, at(out, index, element), "AWS", name);
  return { text: out, size: names.length };
}

export function takePrincipal(text: string, index: number, name: string): TextChange | undefined {
  const old = statementsOf(text)[index]?.Principal;
  if (old === undefined || typeof old === "string") return undefined;
  const values = asList(old.AWS);
  const found = values.indexOf(name);
  return found < 0 || values.length < 2 ? undefined : { text: removeAt(text, at(text, index, "Principal", "AWS", found)), size: 1 };
}

/** The condition as it stands in the statement: operators and keys by their own spelling. */
function conditionAt(text: string, index: number, operator: string, key: string): { path: Path; values: Json[] } | undefined {
  const held = statementsOf(text)[index]?.Condition?.[operator];
  if (!held || !Object.hasOwn(held, key)) return undefined;
  return { path: at(text, index, "Condition", operator, key), values: asList(held[key]) };
}

export function addConditionValue(text: string, index: number, operator: string, key: string, value: string): TextChange | undefined {
  const found = conditionAt(text, index, operator, key);
  return found && { text: appendAt(text, found.path, value), size: 1 };
}

export function takeConditionValue(text: string, index: number, operator: string, key: string, value: string): TextChange | undefined {
  const found = conditionAt(text, index, operator, key);
  const place = found?.values.findIndex((one) => String(one) === value) ?? -1;
  return !found || place < 0 || found.values.length < 2 ? undefined : { text: removeAt(text, [...found.path, place]), size: 1 };
}

/** Without the condition; an operator, or a Condition, that would be left empty goes with it. */
export function removeCondition(text: string, index: number, operator: string, key: string): TextChange | undefined {
  const all = statementsOf(text)[index]?.Condition;
  const found = conditionAt(text, index, operator, key);
  if (!all || !found) return undefined;
  const path =
    Object.keys(all[operator]).length > 1 ? found.path : Object.keys(all).length > 1 ? found.path.slice(0, -1) : found.path.slice(0, -2);
  return { text: removeAt(text, path), size: found.values.length };
}

/** With one more condition. */
export function addCondition(text: string, index: number, operator: string, key: string, value: string): TextChange {
  const all = statementsOf(text)[index]?.Condition;
  if (!all) return { text: setMember(text, at(text, index), "Condition", { [operator]: { [key]: value } }), size: 1 };
  if (!Object.hasOwn(all, operator)) return { text: setMember(text, at(text, index, "Condition"), operator, { [key]: value }), size: 1 };
  return { text: setMember(text, at(text, index, "Condition", operator), key, value), size: 1 };
}

/** `"Resource": "*"` becomes `NotResource` with this one in it. */
export function exceptResource(text: string, index: number, resource: string): TextChange | undefined {
  const statement = statementsOf(text)[index];
  if (asList(statement?.Resource).join() !== "*") return undefined;
  const without = removeAt(text, at(text, index, "Resource"));
  return { text: setMember(without, at(without, index), "NotResource", resource), size: 2 };
}

export function removeStatement(text: string, index: number): TextChange | undefined {
  const all = statementsOf(text);
  if (all.length < 2) return undefined;
  const { Sid: _, ...rest } = all[index];
  return { text: removeAt(text, ["Statement", index]), size: leaves(rest) };
}

/** With a statement at the end. It gets a Sid where its neighbours have one. */
export function addStatement(text: string, statement: Omit<PolicyStatement, "Sid">): TextChange {
  const all = statementsOf(text);
  const sids = new Set(all.flatMap(({ Sid }) => (Sid ? [Sid] : [])));
  const added = sids.size ? { Sid: freshSid(sids, statement), ...statement } : statement;
  const out = all.length ? appendAt(text, ["Statement"], added as Json) : replaceAt(text, ["Statement"], [added as Json]);
  return { text: out, size: leaves(statement) };
}

function freshSid(taken: Set<string>, { Effect, Action }: Omit<PolicyStatement, "Sid">): string {
  const base = `${Effect}${bareAction([Action ?? ""].flat()[0])}`;
  for (let n = 1; ; n++) if (!taken.has(n > 1 ? base + n : base)) return n > 1 ? base + n : base;
}

/** A policy with this one statement, as the console writes one. */
export const newPolicy = (statement: PolicyStatement): TextChange => ({
  text: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, null, 2),
  size: leaves(statement),
});
