import { fromBase64, isBase64, strictUtf8Text, toBase64, utf8 } from "../crypto/bytes";
import type { Failure } from "../errors";
import { eventErrors } from "./errors";

/** As many as a page has. Source: EventBridge API, ListRules (Limit). */
const most = 100;

/**
 * A page of rows that stand in the order of their ids; the token holds the list and the last id. AWS does not say what is in its own.
 * Errors: ValidationException.
 */
export function page<T>(list: string, ids: readonly string[], row: (id: string) => T, { NextToken, Limit = most }: { NextToken?: string; Limit?: number }): { items: T[]; NextToken?: string } | Failure {
  let after = "";
  if (NextToken !== undefined) {
    const found = read(NextToken);
    if (found?.[0] !== list) return eventErrors.invalid("Parameter NextToken is not valid.");
    after = found[1];
  }
  const rest = ids.filter((id) => id > after);
  const taken = rest.slice(0, Limit);
  return { items: taken.map(row), ...(rest.length > taken.length ? { NextToken: toBase64(utf8(JSON.stringify([list, taken.at(-1)!]))) } : {}) };
}

function read(token: string): [string, string] | undefined {
  try {
    const parts: unknown = JSON.parse((isBase64(token) ? strictUtf8Text(fromBase64(token)) : undefined) ?? "");
    return Array.isArray(parts) && parts.length === 2 && parts.every((part) => typeof part === "string") ? (parts as [string, string]) : undefined;
  } catch {
    return undefined;
  }
}
