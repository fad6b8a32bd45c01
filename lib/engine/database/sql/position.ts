import type { Failure } from "../../errors";
import { type Token, type Tongue, tokensOf } from "./tokens";

/**
 * Where in a statement PostgreSQL points when it refuses, counted from 1 in characters; undefined where it points nowhere.
 * Syntax errors bring their place with them; of other errors it is the name or value that they are about.
 * Source: PostgreSQL documentation, "Error and Notice Message Fields" (P).
 */
export function positionOf(tongue: Tongue, sql: string, parameters: readonly string[], { error }: Failure): number | undefined {
  const { SqlState } = error.fields ?? {};
  const about = aboutWhat(String(SqlState), error.message ?? "");
  if (about === undefined || /^\s*grant\b/i.test(sql)) return undefined;
  const tokens = tokensOf(tongue, sql, parameters);
  if (!Array.isArray(tokens)) return undefined;
  const named = (token: Token): boolean =>
    about.value ? token.kind === "text" && token.text === about.name : token.kind === "word" ? token.text.toLowerCase() === about.name : token.kind === "quoted" && token.text === about.name;
  const found = tokens.find(named);
  return found && [...sql.slice(0, found.at)].length + 1;
}

function aboutWhat(state: string, message: string): { name: string; value?: true } | undefined {
  if (state === "42P01") return named(/^relation "(?:.*\.)?([^".]+)" does not exist$/, message, (whole) => whole.split(".")[0]);
  if (state === "42703") return named(/^column "([^"]+)"/, message);
  if (state === "42883") return named(/^function ([^(]+)\(/, message);
  const value = state === "22P02" ? /: "(.*)"$/s.exec(message)?.[1] : undefined;
  return value === undefined ? undefined : { name: value, value: true };
}

/** The name that a message is about; of one with a schema the schema, with which it begins. */
function named(pattern: RegExp, message: string, first?: (whole: string) => string): { name: string } | undefined {
  const [, name] = pattern.exec(message) ?? [];
  if (name === undefined) return undefined;
  const whole = /"([^"]+)"/.exec(message)?.[1];
  return { name: first && whole?.includes(".") ? first(whole) : name };
}
