import { listOf, memberOf, type JsonNode, type NodeOf } from "./warnings-json";
import { conditionKey, isListedPrefix } from "./warnings-words";
import type { Path, StatementCheck } from "./warnings-types";

/** Parts of a statement that several checks read. */

export interface Text {
  node: NodeOf<"string">;
  value: string;
  path: Path;
}

/** The texts of an element that is a text or a list of texts; anything else in it is told. */
export function textsOf({ statement, path, tell, about }: StatementCheck, name: string, quiet = false): Text[] {
  const value = memberOf(statement, name)?.value;
  if (!value) return [];
  const at = [...path, name];
  if (!quiet && value.type === "array" && value.items.length === 0) {
    const idle = about.kind === "ResourcePolicy";
    tell(idle ? "warning" : "error", "empty-list", `${name} is an empty list${idle ? ": the statement has no effect." : "."}`, at, value);
  }
  return listOf(value).flatMap((node, i): Text[] => {
    const spot = value.type === "array" ? [...at, i] : at;
    if (node.type === "string") return [{ node, value: node.value, path: spot }];
    if (!quiet) tell("error", "wrong-type", `${name} is a text or a list of texts.`, spot, node);
    return [];
  });
}

/** `Allow`, `Deny` or whatever is written. */
export const effectOf = (statement: NodeOf<"object">): string | undefined => {
  const node = memberOf(statement, "Effect")?.value;
  return node?.type === "string" ? node.value : undefined;
};

export const hasCondition = (statement: NodeOf<"object">): boolean => {
  const node = memberOf(statement, "Condition")?.value;
  return node?.type === "object" && node.members.some(({ value }) => value?.type === "object" && value.members.length > 0);
};

/** Names of the keys in all operators of Condition. */
export const conditionKeysOf = (statement: NodeOf<"object">): string[] => {
  const node = memberOf(statement, "Condition")?.value;
  return node?.type === "object"
    ? node.members.flatMap(({ value }) => (value?.type === "object" ? value.members.map(({ name }) => name) : []))
    : [];
};

/** Variables in one text: whether they mean anything, and whether their keys are there. */
export function checkVariables({ tell, variables }: StatementCheck, value: string, path: Path, node: JsonNode): void {
  if (!variables)
    return tell(
      "warning",
      "old-version-variables",
      'In version 2008-10-17 ${…} is plain text. Variables need "Version": "2012-10-17".',
      path,
      node,
    );
  for (const [whole, body] of value.matchAll(/\$\{([^}]*)\}/g)) {
    if (/^[*?$]$/.test(body)) continue;
    const name = body.split(",")[0].trim();
    const key = conditionKey(name);
    if (key?.many) tell("warning", "variable", `${name} has several values, so ${whole} stands for none.`, path, node);
    else if (!key && isListedPrefix(name.split(":")[0]))
      tell("warning", "variable", `There is no condition key ${name}: a text with ${whole} matches nothing.`, path, node);
  }
}
