/**
 * Reads an AllowedPattern. What is here is the part of Java's regular expressions that can be matched without
 * backtracking; lookaheads are in, since password rules are written with them. Back references, lookbehinds and
 * possessive quantifiers are named as not simulated.
 * Source: SSM API, PutParameter (AllowedPattern); java.util.regex.Pattern for the syntax.
 */
export type Node =
  | { kind: "char"; test: (code: number) => boolean }
  | { kind: "sequence"; items: Node[] }
  | { kind: "either"; options: Node[] }
  | { kind: "repeat"; item: Node; min: number; max: number }
  | { kind: "place"; at: "start" | "end" | "very end" | "word" | "not word" }
  | { kind: "look"; item: Node; negative: boolean };

/** A pattern that cannot be read, or that this lab cannot match. */
export class PatternProblem extends Error {}

type Test = (code: number) => boolean;

const isDigit: Test = (code) => code >= 48 && code <= 57;
export const isWord: Test = (code) => isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
const isSpace: Test = (code) => code === 32 || (code >= 9 && code <= 13);
const isLineEnd: Test = (code) => code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029;
const not = (test: Test): Test => (code) => !test(code);

const shorthand: Record<string, Test> = { d: isDigit, D: not(isDigit), w: isWord, W: not(isWord), s: isSpace, S: not(isSpace) };
const control: Record<string, number> = { t: 9, n: 10, r: 13, f: 12, a: 7, e: 27, "0": 0 };
/** POSIX classes of Java that JavaScript has not by the same name. */
const posix: Record<string, string> = {
  Lower: "[a-z]", Upper: "[A-Z]", ASCII: "[\\x00-\\x7F]", Alpha: "[a-zA-Z]", Digit: "[0-9]", Alnum: "[a-zA-Z0-9]", Punct: "[!-/:-@\\[-`{-~]",
  Graph: "[!-~]", Print: "[ -~]", Blank: "[ \\t]", Cntrl: "[\\x00-\\x1F\\x7F]", XDigit: "[0-9a-fA-F]", Space: "[ \\t\\n\\x0B\\f\\r]",
};

/** Errors: throws PatternProblem. */
export function parsePattern(text: string): Node {
  const source = [...text];
  let at = 0;
  let ignoreCase = false;
  let depth = 0;

  const peek = (ahead = 0): string | undefined => source[at + ahead];
  const problem = (what: string): never => {
    throw new PatternProblem(`${what} near index ${at}`);
  };
  const take = (): string => source[at++] ?? problem("Unexpected end of pattern");
  const taken = (literal: string): boolean => {
    for (let i = 0; i < literal.length; i++) if (peek(i) !== literal[i]) return false;
    at += literal.length;
    return true;
  };
  const cased = (test: Test): Test => {
    if (!ignoreCase) return test;
    return (code) => test(code) || test(fold(code, "toLowerCase")) || test(fold(code, "toUpperCase"));
  };
  const literal = (code: number): Node => ({ kind: "char", test: cased((other) => other === code) });

  function either(): Node {
    if (++depth > 200) problem("Pattern is nested too deeply");
    const options = [sequence()];
    while (taken("|")) options.push(sequence());
    depth--;
    return options.length === 1 ? options[0] : { kind: "either", options };
  }

  function sequence(): Node {
    const items: Node[] = [];
    while (at < source.length && peek() !== "|" && peek() !== ")") {
      const item = atom();
      if (item) items.push(quantified(item));
    }
    return { kind: "sequence", items };
  }

  function quantified(item: Node): Node {
    for (;;) {
      let min: number;
      let max: number;
      if (taken("*")) [min, max] = [0, Infinity];
      else if (taken("+")) [min, max] = [1, Infinity];
      else if (taken("?")) [min, max] = [0, 1];
      else if (peek() === "{") [min, max] = bounds();
      else return item;
      if (item.kind === "look" || item.kind === "place") problem("Dangling meta character");
      // Lazy or greedy makes no difference to whether there is a match; possessive does.
      if (peek() === "+") problem("Possessive quantifiers are not simulated");
      taken("?");
      item = { kind: "repeat", item, min, max };
    }
  }

  function bounds(): [number, number] {
    at++;
    const min = number();
    let max = min;
    if (taken(",")) max = peek() === "}" ? Infinity : number();
    if (!taken("}")) problem("Unclosed counted closure");
    if (max < min) problem("Illegal repetition range");
    return [min, max];
  }

  function number(): number {
    let digits = "";
    while (/^[0-9]$/.test(peek() ?? "")) digits += take();
    if (!digits || digits.length > 6) problem("Illegal repetition");
    return Number(digits);
  }

  function atom(): Node | undefined {
    const char = take();
    if (char === ".") return { kind: "char", test: not(isLineEnd) };
    if (char === "^") return { kind: "place", at: "start" };
    if (char === "$") return { kind: "place", at: "end" };
    if (char === "[") return { kind: "char", test: cased(set()) };
    if (char === "(") return group();
    if (char === "\\") return escape();
    if (char === "*" || char === "+" || char === "?" || char === "{") return problem(`Dangling meta character '${char}'`);
    return literal(char.codePointAt(0)!);
  }

  function group(): Node | undefined {
    if (taken("?i)")) {
      ignoreCase = true;
      return undefined;
    }
    const negative = peek() === "?" && peek(1) === "!";
    const look = negative || (peek() === "?" && peek(1) === "=");
    if (look) at += 2;
    else if (peek() === "?" && peek(1) === "<" && (peek(2) === "=" || peek(2) === "!")) problem("Lookbehinds are not simulated");
    else if (peek() === "?" && peek(1) === ">") problem("Atomic groups are not simulated");
    else if (taken("?<")) while (take() !== ">");
    else if (!taken("?:") && peek() === "?") problem("This group is not simulated");
    const outer = ignoreCase;
    const item = either();
    ignoreCase = outer;
    if (!taken(")")) problem("Unclosed group");
    return look ? { kind: "look", item, negative } : item;
  }

  function escape(): Node {
    const char = take();
    if (char === "b" || char === "B") return { kind: "place", at: char === "b" ? "word" : "not word" };
    if (char === "A") return { kind: "place", at: "start" };
    if (char === "z") return { kind: "place", at: "very end" };
    if (char === "Z") return { kind: "place", at: "end" };
    if (/^[1-9k]$/.test(char)) problem("Back references are not simulated");
    if (char === "Q") {
      const items: Node[] = [];
      while (at < source.length && !taken("\\E")) items.push(literal(take().codePointAt(0)!));
      return { kind: "sequence", items };
    }
    at--;
    const one = escapedOne();
    return { kind: "char", test: typeof one === "number" ? cased((code) => code === one) : one };
  }

  /** After a backslash: one character, or a class of them. */
  function escapedOne(): number | Test {
    const char = take();
    if (Object.hasOwn(shorthand, char)) return shorthand[char];
    if (char === "p" || char === "P") return property(char === "P");
    if (char === "x" || char === "u") {
      const digits = source.slice(at, at + (char === "x" ? 2 : 4)).join("");
      if (!/^([0-9a-fA-F]{2}|[0-9a-fA-F]{4})$/.test(digits)) problem("Illegal hexadecimal escape sequence");
      at += digits.length;
      return Number.parseInt(digits, 16);
    }
    if (Object.hasOwn(control, char)) return control[char];
    if (/^[a-zA-Z]$/.test(char)) problem("Illegal/unsupported escape sequence");
    return char.codePointAt(0)!;
  }

  function property(negated: boolean): Test {
    let name = take();
    if (name === "{") {
      name = "";
      for (let char = take(); char !== "}"; char = take()) name += char;
    }
    let one: RegExp;
    try {
      one = new RegExp(`^${Object.hasOwn(posix, name) ? posix[name] : `\\p{${name.replace(/^Is(?!\w*=)/, "")}}`}$`, "u");
    } catch {
      return problem(`Unknown character property {${name}}`);
    }
    const test: Test = (code) => one.test(String.fromCodePoint(code));
    return negated ? not(test) : test;
  }

  function set(): Test {
    const negated = taken("^");
    const tests: Test[] = [];
    for (let first = true; first || peek() !== "]"; first = false) {
      if (peek() === "&" && peek(1) === "&") problem("Intersections of classes are not simulated");
      if (peek() === "[") {
        at++;
        tests.push(set());
        continue;
      }
      const low = member();
      if (typeof low !== "number" || peek() !== "-" || peek(1) === "]" || peek(1) === undefined) {
        tests.push(typeof low === "number" ? (code) => code === low : low);
        continue;
      }
      at++;
      const high = member();
      if (typeof high !== "number" || high < low) problem("Illegal character range");
      else tests.push((code) => code >= low && code <= high);
    }
    at++;
    const any: Test = (code) => tests.some((test) => test(code));
    return negated ? not(cased(any)) : any;
  }

  function member(): number | Test {
    const char = take();
    return char === "\\" ? escapedOne() : char.codePointAt(0)!;
  }

  const whole = either();
  if (at < source.length) problem("Unmatched closing ')'");
  return whole;
}

function fold(code: number, way: "toLowerCase" | "toUpperCase"): number {
  const text = String.fromCodePoint(code)[way]();
  const folded = text.codePointAt(0)!;
  return text.length === String.fromCodePoint(folded).length ? folded : code;
}
