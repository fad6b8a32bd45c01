import { addressOf, lastOf, looksLikeAddress } from "./ip";
import { millionths } from "./numbers";
import { PatternProblem, Reader, type Token } from "./reader";
import { type Pieces, piecesOf, tooComplex } from "./wildcard";

/**
 * Event patterns, read and checked as EventBridge does.
 * Sources: EventBridge User Guide, Creating Amazon EventBridge event patterns; Comparison operators for use in event patterns;
 * github.com/aws/event-ruler (Apache-2.0), whose behaviour and words EventBridge has.
 */

/** One thing that a field's value may be. `written` is it as JSON, for people. */
export type Matcher = { written: string } & (
  | { kind: "exact"; text: string }
  | { kind: "number"; text: string; value?: number }
  | { kind: "prefix" | "suffix"; text: string; anyCase?: boolean }
  | { kind: "any-case"; text: string }
  | { kind: "wildcard"; pieces: Pieces }
  | { kind: "range"; low?: number; lowOpen?: boolean; high?: number; highOpen?: boolean }
  | { kind: "addresses"; bits: 32 | 128; low: bigint; high: bigint }
  | { kind: "exists"; wanted: boolean }
  /** Any value that none of these fits. */
  | { kind: "but"; not: Matcher[] }
);

/** A field and what it may be: one of these. The path is the names from the event's top, joined by points. */
export type Fields = Map<string, Matcher[]>;

export interface Pattern {
  /** The pattern matches where all fields of one branch do; more than one where it has `$or`. */
  branches: Fields[];
}

export type Compiled = { ok: true; pattern: Pattern } | { ok: false; reason: string };

/** So many branches may an `$or` make. Source: EventBridge User Guide, Or matching. */
const mostBranches = 1_000;

/** Names that cannot be fields inside of `$or`. Source: github.com/aws/event-ruler, Constants. */
const reserved = new Set(
  `exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr html = < <= > >= regex not-wildcard not-equals-ignore-case
   date-after date-on-or-after date-before date-on-or-before in-date-range ip-address-in-range ip-address-not-in-range`.split(/\s+/),
);

const kept = new Map<string, Compiled>();

/** Reads a pattern. `reason` is what stands after "Event pattern is not valid. Reason: " in AWS's answer. The same text is read once. */
export function compile(source: string): Compiled {
  let compiled = kept.get(source);
  if (!compiled) {
    if (kept.size > 500) kept.clear();
    kept.set(source, (compiled = read(source)));
  }
  return compiled;
}

function read(source: string): Compiled {
  try {
    const reader = new Reader(source);
    if (reader.next() !== "{") throw reader.problem("Filter is not an object");
    const branches = object(reader, [], [new Map()], false);
    for (const fields of branches)
      for (const matchers of fields.values()) {
        const wild = matchers.flatMap((matcher) => (matcher.kind === "but" ? matcher.not : [matcher])).flatMap((matcher) => (matcher.kind === "wildcard" ? [matcher.pieces] : []));
        if (wild.length && tooComplex(wild)) throw new PatternProblem("Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character");
      }
    return { ok: true, pattern: { branches } };
  } catch (error) {
    if (error instanceof PatternProblem) return { ok: false, reason: error.message };
    throw error;
  }
}

function object(reader: Reader, path: readonly string[], before: Fields[], inOr: boolean): Fields[] {
  let branches = before;
  let empty = true;
  for (let token = reader.next(); token !== "}"; token = reader.next()) {
    empty = false;
    const name = reader.lastName;
    if (name === "$or") {
      branches = or(reader, path, branches);
      continue;
    }
    if (inOr && reserved.has(name)) throw reader.problem(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
    const value = reader.next();
    if (value === "{") branches = object(reader, [...path, name], branches, inOr);
    else if (value === "[") {
      const matchers = list(reader);
      const field = [...path, name].join(".");
      branches = branches.map((fields) => new Map(fields).set(field, matchers));
    } else throw reader.problem(`"${name}" must be an object or an array`);
  }
  if (empty) throw reader.problem("Empty objects are not allowed");
  return branches;
}

function or(reader: Reader, path: readonly string[], before: Fields[]): Fields[] {
  if (reader.next() !== "[") throw reader.problem("It must be an Array followed with $or.");
  const branches: Fields[] = [];
  let members = 0;
  for (let token = reader.next(); token !== "]"; token = reader.next(), members++) {
    if (token !== "{") throw reader.problem("Only JSON object is allowed in array of $or relationship.");
    branches.push(...object(reader, path, before, true));
    if (branches.length > mostBranches) throw new PatternProblem(`The $or relationships make more than ${mostBranches} combinations`);
  }
  if (members < 2) throw reader.problem("There must have at least 2 Objects in $or relationship.");
  return branches;
}

function list(reader: Reader): Matcher[] {
  const matchers: Matcher[] = [];
  for (let token = reader.next(); token !== "]"; token = reader.next()) {
    if (token === "{") matchers.push(expression(reader));
    else if (token === "string" || token === "number" || token === "true" || token === "false" || token === "null") matchers.push(plain(reader, token));
    else throw reader.problem("Match value must be String, number, true, false, or null");
  }
  if (!matchers.length) throw reader.problem("Empty arrays are not allowed");
  return matchers;
}

function plain(reader: Reader, token: Token): Matcher {
  const text = reader.text();
  if (token === "number") return { kind: "number", text, value: millionths(text), written: text };
  if (token !== "string") return { kind: "exact", text, written: text };
  const written = JSON.stringify(text);
  // An address is the same address, however it is written.
  const address = looksLikeAddress(text) ? addressOf(text) : undefined;
  return address ? { kind: "addresses", bits: address.bits, low: address.value, high: address.value, written } : { kind: "exact", text: written, written };
}

/** `{"prefix": "…"}` and its like, of which the brace is read. */
function expression(reader: Reader): Matcher {
  if (reader.next() !== "name") throw reader.problem("Match expression name not found");
  const name = reader.lastName;
  switch (name) {
    case "exactly": {
      const text = textOf(reader, "exact match pattern must be a string");
      return only(reader, { kind: "exact", text: JSON.stringify(text), written: JSON.stringify({ exactly: text }) });
    }
    case "prefix":
    case "suffix":
      return ending(reader, name);
    case "equals-ignore-case": {
      const text = textOf(reader, "equals-ignore-case match pattern must be a string");
      return only(reader, { kind: "any-case", text: fold(text), written: JSON.stringify({ [name]: text }) });
    }
    case "wildcard": {
      const text = textOf(reader, "wildcard match pattern must be a string");
      return only(reader, { kind: "wildcard", pieces: placed(reader, () => piecesOf(text)), written: JSON.stringify({ wildcard: text }) });
    }
    case "cidr":
      return only(reader, block(textOf(reader, "prefix match pattern must be a string")));
    case "exists": {
      const token = reader.next();
      if (token !== "true" && token !== "false") throw reader.problem("exists match pattern must be either true or false.");
      return only(reader, { kind: "exists", wanted: token === "true", written: `{"exists":${token}}` });
    }
    case "numeric": {
      if (reader.next() !== "[") throw reader.problem("Value of numeric must be an array.");
      const range = numeric(reader);
      if (reader.next() !== "}") throw reader.problem("Too many elements in numeric expression");
      return range;
    }
    case "anything-but":
      return anythingBut(reader);
    default:
      throw reader.problem(`Unrecognized match type ${name}`);
  }
}

export const fold = (text: string): string => text.toUpperCase().toLowerCase();

function textOf(reader: Reader, otherwise: string): string {
  if (reader.next() !== "string") throw reader.problem(otherwise);
  return reader.text();
}

/** The matcher, once its brace is closed. */
function only(reader: Reader, matcher: Matcher): Matcher {
  if (reader.next() !== "}") throw reader.problem("Only one key allowed in match expression");
  return matcher;
}

/** A refusal from inside gets the place where the reader is. */
function placed<T>(reader: Reader, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof PatternProblem ? reader.problem(error.message) : error;
  }
}

function ending(reader: Reader, kind: "prefix" | "suffix"): Matcher {
  const token = reader.next();
  if (token === "string") {
    const text = reader.text();
    return only(reader, { kind, text, written: JSON.stringify({ [kind]: text }) });
  }
  if (token !== "{") throw reader.problem(`${kind} match pattern must be a string`);
  if (reader.next() !== "name") throw reader.problem(`${kind === "prefix" ? "Prefix" : "Suffix"} expression name not found`);
  if (reader.lastName !== "equals-ignore-case") throw reader.problem(`Unsupported ${kind} pattern: ${reader.lastName}`);
  const text = textOf(reader, "equals-ignore-case match pattern must be a string");
  const matcher: Matcher = { kind, text: fold(text), anyCase: true, written: JSON.stringify({ [kind]: { "equals-ignore-case": text } }) };
  return only(reader, only(reader, matcher));
}

function block(text: string): Matcher {
  const parts = text.split("/");
  if (parts.length !== 2) throw new PatternProblem("Malformed CIDR, one '/' required");
  if (!/^[+-]?\d+$/.test(parts[1])) throw new PatternProblem("Malformed CIDR, mask bits must be an integer");
  const fixed = Number(parts[1]);
  if (fixed < 0) throw new PatternProblem("Malformed CIDR, mask bits must not be negative");
  if (!looksLikeAddress(parts[0])) throw new PatternProblem(`Nonstandard IP address: ${parts[0]}`);
  const address = addressOf(parts[0]);
  if (!address) throw new PatternProblem(`Invalid IP address: ${parts[0]}`);
  if (fixed >= address.bits) throw new PatternProblem(`IPv${address.bits === 32 ? 4 : 6} mask bits must be < ${address.bits}`);
  return { kind: "addresses", bits: address.bits, low: address.value, high: lastOf(address, fixed), written: JSON.stringify({ cidr: text }) };
}

// ---------------------------------------------------------------- numbers

const outOfRange = "Value must be between -5.0E9 and 5.0E9, inclusive";

function comparable(text: string): number {
  const value = millionths(text);
  if (value === undefined) throw new PatternProblem(outOfRange);
  return value;
}

function numeric(reader: Reader): Matcher {
  if (reader.next() !== "string") throw reader.problem(`Invalid member in numeric match: ${reader.text()}`);
  const operator = reader.text();
  const number = (of: string): string => {
    if (reader.next() !== "number") throw reader.problem(`Value of ${of} must be numeric`);
    return reader.text();
  };
  const end = (message = "Too many elements in numeric expression"): void => {
    if (reader.next() !== "]") throw reader.problem(message);
  };
  const value = (text: string): number => placed(reader, () => comparable(text));
  switch (operator) {
    case "=": {
      const text = number("equals");
      end();
      const same = value(text);
      return { kind: "range", low: same, high: same, written: `{"numeric":["=",${text}]}` };
    }
    case "<":
    case "<=": {
      const text = number(operator);
      end();
      return { kind: "range", high: value(text), highOpen: operator === "<", written: `{"numeric":["${operator}",${text}]}` };
    }
    case ">":
    case ">=": {
      const low = number(operator);
      const lowOpen = operator === ">";
      const token = reader.next();
      if (token === "]") return { kind: "range", low: value(low), lowOpen, written: `{"numeric":["${operator}",${low}]}` };
      if (token !== "string") throw reader.problem(`Bad value in numeric range: ${reader.text()}`);
      const second = reader.text();
      if (second !== "<" && second !== "<=") throw reader.problem(`Bad numeric range operator: ${second}`);
      const high = number(second);
      end("Too many terms in numeric range expression");
      const range = { low: value(low), high: value(high) };
      if (range.low >= range.high) throw reader.problem("Bottom must be less than top");
      return { kind: "range", ...range, lowOpen, highOpen: second === "<", written: `{"numeric":["${operator}",${low},"${second}",${high}]}` };
    }
    default:
      reader.next();
      throw reader.problem(`Unrecognized numeric range operator: ${operator}`);
  }
}

// ---------------------------------------------------------------- anything-but

type Negated = "equals-ignore-case" | "prefix" | "suffix" | "wildcard";
const negated = new Set<string>(["equals-ignore-case", "prefix", "suffix", "wildcard"]);

function anythingBut(reader: Reader): Matcher {
  let token = reader.next();
  let operator: Negated | undefined;
  if (token === "{") {
    if (reader.next() !== "name") throw reader.problem("Anything-But expression name not found");
    if (!negated.has(reader.lastName)) throw reader.problem(`Unsupported anything-but pattern: ${reader.lastName}`);
    operator = reader.lastName as Negated;
    token = reader.next();
  }
  if (token !== "[" && token !== "string" && token !== "number") throw reader.problem("Value of anything-but must be an array or single string/number value.");
  const isList = token === "[";
  const not = isList ? negatedList(reader, operator) : [negatedValue(reader, token, operator)];
  const values = not.map(({ written }) => written);
  const shown = isList ? `[${values.join(",")}]` : values[0];
  if (reader.next() !== "}" || (operator && reader.next() !== "}")) throw reader.problem("Too many elements in numeric expression");
  return { kind: "but", not, written: operator ? `{"anything-but":{"${operator}":${shown}}}` : `{"anything-but":${shown}}` };
}

/** In a list AWS's refusals have their place twice: once from within, once from around it. */
function negatedList(reader: Reader, operator: Negated | undefined): Matcher[] {
  const not: Matcher[] = [];
  let numbers = 0;
  placed(reader, () => {
    for (let token = reader.next(); token !== "]"; token = reader.next()) {
      if (token !== "string" && !(token === "number" && !operator)) throw reader.problem(refusals[operator ?? "plain"]);
      if (token === "number") numbers++;
      not.push(negatedValue(reader, token, operator));
    }
  });
  if (!operator && (!not.length || (numbers > 0 && numbers < not.length))) throw reader.problem("Inside anything but list, either all values are number or string, mixed type is not supported");
  return not;
}

const refusals = {
  plain: "Inside anything but list, start|null|boolean is not supported.",
  "equals-ignore-case": "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
  prefix: "prefix/suffix match pattern must be a string",
  suffix: "prefix/suffix match pattern must be a string",
  wildcard: "wildcard match pattern must be a string",
};

function negatedValue(reader: Reader, token: Token, operator: Negated | undefined): Matcher {
  if (token === "number") {
    if (operator) throw reader.problem(refusals[operator]);
    const text = reader.text();
    return { kind: "number", text, value: comparable(text), written: text };
  }
  const text = reader.text();
  const written = JSON.stringify(text);
  switch (operator) {
    case undefined:
      return { kind: "exact", text: written, written };
    case "equals-ignore-case":
      return { kind: "any-case", text: fold(text), written };
    case "wildcard":
      return { kind: "wildcard", pieces: placed(reader, () => piecesOf(text)), written };
    default:
      if (text === "") throw reader.problem("Null prefix/suffix not allowed");
      return { kind: operator, text, written };
  }
}
