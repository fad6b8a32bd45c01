import type { Failure } from "../errors";
import { logsErrors } from "./errors";

/**
 * Filter patterns: terms (`ERROR "not found" -debug ?a ?b`) and conditions on JSON (`{ $.user.name = "alice" && $.n > 3 }`).
 * Patterns of space-delimited fields (`[ip, user, …]`) and regular expressions (`%…%`) are not simulated and say so.
 * Source: CloudWatch Logs User Guide, Filter pattern syntax.
 */
export type Matches = (message: string) => boolean;

const invalid = (): Failure => logsErrors.invalid("Invalid filter pattern");

/** Errors: InvalidParameterException, NotSimulated. */
export function compile(pattern = ""): Matches | Failure {
  const text = pattern.trim();
  if (!text) return () => true;
  if (text.startsWith("[")) return logsErrors.notSimulated("filter patterns of space-delimited fields ([…])");
  if (/(^|\s)%.*%/.test(text)) return logsErrors.notSimulated("regular expressions in filter patterns (%…%)");
  return text.startsWith("{") ? compileJson(text) : compileTerms(text);
}

function compileTerms(text: string): Matches | Failure {
  const all: string[] = [];
  const any: string[] = [];
  const none: string[] = [];
  const term = /\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/y;
  while (term.lastIndex < text.length) {
    const match = term.exec(text);
    if (!match) return invalid();
    const [, sign, quoted, plain] = match;
    // Without quotes a term has letters, digits and underscores alone.
    if (plain !== undefined && !/^[\p{L}\p{N}_]+$/u.test(plain)) return invalid();
    (sign === "?" ? any : sign === "-" ? none : all).push(quoted === undefined ? plain : quoted.replace(/\\(.)/g, "$1"));
    if (/^\s*$/.test(text.slice(term.lastIndex))) break;
  }
  return (message) => all.every((word) => message.includes(word)) && !none.some((word) => message.includes(word)) && (!any.length || any.some((word) => message.includes(word)));
}

// ---------------------------------------------------------------- JSON

type Test = (value: unknown) => boolean;

/** Deeper than anybody writes. */
const deepest = 50;

class BadPattern extends Error {}

function compileJson(text: string): Matches | Failure {
  try {
    const test = parseJson(text);
    return (message) => {
      try {
        return test(JSON.parse(message));
      } catch {
        return false;
      }
    };
  } catch (error) {
    if (error instanceof BadPattern) return invalid();
    throw error;
  }
}

const tokens = /\s*(?:(\{|\}|\(|\)|&&|\|\||!=|>=|<=|=|>|<)|"((?:[^"\\]|\\.)*)"|(\$(?:\.[A-Za-z_][\w-]*|\["[^"]*"\]|\[\d+\]|\[\*\])*)|([^\s(){}=<>!&|"]+))/y;

interface Token {
  sign?: string;
  quoted?: string;
  selector?: string;
  word?: string;
}

function parseJson(text: string): Test {
  const list: Token[] = [];
  tokens.lastIndex = 0;
  while (tokens.lastIndex < text.length) {
    const from = tokens.lastIndex;
    const match = tokens.exec(text);
    if (!match) {
      if (!text.slice(from).trim()) break;
      throw new BadPattern();
    }
    list.push({ sign: match[1], quoted: match[2]?.replace(/\\(.)/g, "$1"), selector: match[3], word: match[4] });
  }
  let at = 0;
  const take = (sign: string): boolean => list[at]?.sign === sign && ++at > 0;
  const need = (sign: string): void => {
    if (!take(sign)) throw new BadPattern();
  };

  function either(depth: number): Test {
    const parts = [both(depth)];
    while (take("||")) parts.push(both(depth));
    return parts.length === 1 ? parts[0] : (value) => parts.some((part) => part(value));
  }
  function both(depth: number): Test {
    const parts = [one(depth)];
    while (take("&&")) parts.push(one(depth));
    return parts.length === 1 ? parts[0] : (value) => parts.every((part) => part(value));
  }
  function one(depth: number): Test {
    if (depth > deepest) throw new BadPattern();
    if (!take("(")) return comparison();
    const inner = either(depth + 1);
    need(")");
    return inner;
  }
  function comparison(): Test {
    const path = list[at]?.selector;
    if (path === undefined) throw new BadPattern();
    at++;
    const select = selector(path);
    const words = [list[at]?.word, list[at + 1]?.word].map((word) => word?.toUpperCase());
    if (words[0] === "IS") {
      at += 2;
      if (words[1] === "NULL") return (value) => select(value).some((found) => found === null);
      if (words[1] === "TRUE") return (value) => select(value).some((found) => found === true);
      if (words[1] === "FALSE") return (value) => select(value).some((found) => found === false);
      throw new BadPattern();
    }
    if (words[0] === "NOT" && words[1] === "EXISTS") {
      at += 2;
      return (value) => select(value).length === 0;
    }
    const sign = list[at++]?.sign;
    const operand = list[at++];
    const wanted = operand?.quoted ?? operand?.word;
    if (sign === undefined || wanted === undefined || !["=", "!=", "<", ">", "<=", ">="].includes(sign)) throw new BadPattern();
    const test = compare(sign, wanted, operand.quoted === undefined);
    return (value) => select(value).some(test);
  }

  need("{");
  const test = either(0);
  need("}");
  if (at !== list.length) throw new BadPattern();
  return test;
}

function compare(sign: string, wanted: string, bare: boolean): Test {
  const number = bare && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(wanted) ? Number(wanted) : undefined;
  if (sign !== "=" && sign !== "!=") {
    if (number === undefined) throw new BadPattern();
    return (found) => typeof found === "number" && (sign === "<" ? found < number : sign === ">" ? found > number : sign === "<=" ? found <= number : found >= number);
  }
  const like = wanted.split("*");
  const equal: Test = (found) => (typeof found === "number" && number !== undefined ? found === number : typeof found === "string" && fits(found, like));
  return sign === "=" ? equal : (found) => (typeof found === "string" || typeof found === "number") && !equal(found);
}

/** Whether the text is these parts with anything between them. */
function fits(text: string, parts: readonly string[]): boolean {
  if (parts.length === 1) return text === parts[0];
  const last = parts[parts.length - 1];
  if (!text.startsWith(parts[0]) || !text.endsWith(last) || text.length < parts[0].length + last.length) return false;
  let at = parts[0].length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

/** What a selector points to; nothing where there is no such member. */
function selector(path: string): (value: unknown) => unknown[] {
  const steps = [...path.slice(1).matchAll(/\.([A-Za-z_][\w-]*)|\["([^"]*)"\]|\[(\d+)\]|\[\*\]/g)].map(([, name, quoted, index]) => name ?? quoted ?? (index === undefined ? undefined : Number(index)));
  return (value) => {
    let found: unknown[] = [value];
    for (const step of steps)
      found = found.flatMap((item) => {
        if (step === undefined) return Array.isArray(item) ? item : [];
        if (typeof step === "number") return Array.isArray(item) && step < item.length ? [item[step]] : [];
        return typeof item === "object" && item !== null && !Array.isArray(item) && Object.hasOwn(item, step) ? [(item as Record<string, unknown>)[step]] : [];
      });
    return found;
  };
}
