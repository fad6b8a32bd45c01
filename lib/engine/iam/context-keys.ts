import { compilePolicy } from "./policy/compile";
import type { CompiledStatement } from "./policy/compile";

/** Condition keys that a statement reads, in conditions and in variables, as written there; each once. */
export function keysOfStatement(statement: CompiledStatement): string[] {
  const keys = [
    ...(statement.resource?.globs.flatMap(({ keys }) => keys) ?? []),
    ...statement.conditions.flatMap(({ key, wanted, test }) => [key, ...(test.keys?.length ? wanted.flatMap(variablesIn) : [])]),
  ];
  return [...new Set(keys)];
}

export const variablesIn = (text: string): string[] =>
  [...text.matchAll(/\$\{\s*([^},*?$][^},]*?)\s*(?:,[^}]*)?\}/g)].map((match) => match[1]);

/** Condition keys of whole documents. */
export function keysOfDocuments(documents: string[]): string[] {
  return [...new Set(documents.flatMap((document) => compilePolicy(document).statements.flatMap(keysOfStatement)))];
}
