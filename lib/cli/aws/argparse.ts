import { closeMatches } from "./names";
import { usageFailure } from "./failure";

/** One option of a parser. `many` takes any number of values, `yes`/`no` none. `optional` is one value or, bare, `bare`. */
export interface OptionSpec {
  flag: string;
  /** Where the value goes; `--x` and `--no-x` share one. */
  to: string;
  takes: "one" | "many" | "yes" | "no" | "optional";
  choices?: string[];
  number?: "int" | "float";
  required?: boolean;
  bare?: string;
}

export interface Positional {
  name: string;
  choices?: string[];
  /** May be missing (`nargs='?'`). */
  optional?: boolean;
}

export type ArgValue = string | string[] | number | boolean;
export interface Parsed {
  values: Record<string, ArgValue>;
  /** What the parser does not know, in order. */
  rest: string[];
}

/**
 * Reads options and at most one positional, and leaves what it does not know to the next parser. The rules are those of
 * the real command's parser: unique prefixes of an option count (`--with-dec`), `--a=b`, `--` ends the options, a word
 * beginning with a dash is a value only if it has a space or is a negative number.
 * Throws a ParamValidation failure (252).
 */
export function parseKnown(options: OptionSpec[], positional: Positional | undefined, argv: string[]): Parsed {
  const byFlag = new Map(options.map((option) => [option.flag, option]));
  const values: Parsed["values"] = Object.create(null);
  const rest: string[] = [];
  const seen = new Set<string>();

  interface Token {
    text: string;
    /** undefined: an option that this parser does not know. Absent for values. */
    option?: { spec?: OptionSpec; inline?: string };
    separator?: boolean;
  }
  let literal = false;
  const tokens: Token[] = argv.map((text) => {
    if (literal) return { text };
    if (text === "--") {
      literal = true;
      return { text, separator: true };
    }
    return { text, option: classify(text, byFlag, options) };
  });

  let taken = false;
  const positionals = (from: number): number => {
    if (taken || !positional) return from;
    let at = from;
    while (at < tokens.length && tokens[at].separator) at++;
    const token = tokens[at];
    if (!token || token.option) return from;
    taken = true;
    if (positional.choices) checkChoice(positional.name, token.text, positional.choices);
    values[positional.name] = token.text;
    return at + 1;
  };

  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at];
    if (!token.option) {
      const next = positionals(at);
      if (next > at) {
        at = next;
        continue;
      }
      rest.push(token.text);
      at++;
      continue;
    }
    const { spec, inline } = token.option;
    at++;
    if (!spec) {
      rest.push(token.text);
      continue;
    }
    seen.add(spec.flag);
    if (spec.takes === "yes" || spec.takes === "no") {
      if (inline !== undefined) throw usageFailure(`argument ${spec.flag}: ignored explicit argument ${quote(inline)}`);
      values[spec.to] = spec.takes === "yes";
      continue;
    }
    const words: string[] = [];
    if (inline !== undefined) words.push(inline);
    else
      while (at < tokens.length && !tokens[at].option && (spec.takes === "many" || !words.length)) {
        if (!tokens[at].separator) words.push(tokens[at].text);
        at++;
      }
    if (spec.takes === "many") values[spec.to] = words;
    else if (words.length) values[spec.to] = convert(spec, words[0]);
    else if (spec.takes === "optional") values[spec.to] = spec.bare ?? "";
    else throw usageFailure(`argument ${spec.flag}: expected one argument`);
  }

  const missing = options.filter((option) => option.required && !seen.has(option.flag)).map((option) => option.flag);
  if (positional && !positional.optional && !taken) missing.push(positional.name);
  if (missing.length) throw usageFailure(`the following arguments are required: ${missing.join(", ")}`);
  return { values, rest };
}

function classify(text: string, byFlag: Map<string, OptionSpec>, options: OptionSpec[]): Token["option"] {
  if (!text.startsWith("-") || text === "-") return undefined;
  const exact = byFlag.get(text);
  if (exact) return { spec: exact };
  const equals = text.indexOf("=");
  const head = equals < 0 ? text : text.slice(0, equals);
  const inline = equals < 0 ? undefined : text.slice(equals + 1);
  const whole = byFlag.get(head);
  if (whole && inline !== undefined) return { spec: whole, inline };
  if (head.startsWith("--") && head.length > 2) {
    const matches = options.filter((option) => option.flag.startsWith(head));
    if (matches.length > 1) throw usageFailure(`ambiguous option: ${text} could match ${matches.map((option) => option.flag).join(", ")}`);
    if (matches.length === 1) return { spec: matches[0], inline };
  }
  if (/^-\d+$|^-\d*\.\d+$/.test(text) || text.includes(" ")) return undefined;
  return {};
}
type Token = { option?: { spec?: OptionSpec; inline?: string } };

function convert(spec: OptionSpec, text: string): string | number {
  if (spec.choices) checkChoice(spec.flag, text, spec.choices);
  if (!spec.number) return text;
  const value = spec.number === "int" ? pythonInt(text) : pythonFloat(text);
  if (value === undefined) throw usageFailure(`argument ${spec.flag}: invalid ${spec.number} value: ${quote(text)}`);
  return value;
}

function checkChoice(name: string, value: string, choices: string[]): void {
  if (choices.includes(value)) return;
  const near = closeMatches(value, choices);
  const lines = [`Found invalid choice '${value}'\n`];
  if (near.length) lines.push("Maybe you meant:\n", ...near.map((word) => `  * ${word}`));
  throw usageFailure(`argument ${name}: ${lines.join("\n")}`);
}

const quote = (text: string): string =>
  text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** A whole number as the real command reads it: signs, surrounding space and single underscores are allowed. */
export const pythonInt = (text: string): number | undefined =>
  /^\s*[+-]?\d+(_\d+)*\s*$/.test(text) ? Number(text.trim().replaceAll("_", "")) : undefined;
export const pythonFloat = (text: string): number | undefined =>
  /^\s*[+-]?(\d+(_\d+)*\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text.trim().replaceAll("_", "")) : undefined;
