import { RE2JS } from "re2js";
import { utf8 } from "./bytes";

/**
 * Patterns of RegexMatchStatement and of regex pattern sets. AWS WAF reads PCRE without some of its constructs; here a pattern
 * is rewritten for RE2, which runs in time linear in the text. Sources: AWS WAF Developer Guide, Supported regular expression
 * syntax; re2js's README (syntax). It differs from PCRE: of lookarounds AWS WAF takes "some", here none are taken; the flag `x`
 * is not; a repetition is at most 1,000; character classes are of bytes, so one with a character above U+007F means its bytes.
 */
export type Pattern = { ok: true; regex: RE2JS } | { ok: false; reason: string };

const kept = new Map<string, Pattern>();

/** Reads a pattern; the same text is read once. `reason` says what is not allowed in it. */
export function compilePattern(source: string): Pattern {
  let pattern = kept.get(source);
  if (!pattern) {
    if (kept.size >= 500) kept.clear();
    kept.set(source, (pattern = read(source)));
  }
  return pattern;
}

class Refused extends Error {}

function read(source: string): Pattern {
  try {
    return { ok: true, regex: RE2JS.compile(translate(utf8(source))) };
  } catch (error) {
    return { ok: false, reason: error instanceof Refused ? error.message : "The pattern is not a valid regular expression." };
  }
}

const refuse = (what: string): never => {
  throw new Refused(`The pattern has ${what}, which AWS WAF does not support.`);
};

/** What an escape becomes outside of a class and inside of one; undefined inside: not possible there. */
const escapes: Record<string, [outside: string, inside: string | undefined]> = {
  h: ["[\\t \\xa0]", "\\t \\xa0"],
  H: ["[^\\t \\xa0]", undefined],
  v: ["[\\n-\\r\\x85]", "\\n-\\r\\x85"],
  V: ["[^\\n-\\r\\x85]", undefined],
  s: ["[\\t-\\r ]", "\\t-\\r "],
  S: ["[^\\t-\\r ]", "\\S"],
  N: ["[^\\n]", undefined],
  Z: ["(?:\\n?\\z)", undefined],
  e: ["\\x1b", "\\x1b"],
};
const refusedEscapes: Record<string, string> = {
  C: "the directive \\C", R: "the directive \\R", K: "the directive \\K", k: "a back reference", g: "a back reference or subroutine", G: "\\G", X: "\\X",
};
const plainEscapes = /[aABbdDfnpPrtwWxz0QE]/;

function translate(source: string): string {
  let [out, at] = ["", 0];
  const multiline = /\(\?[a-zA-Z]{0,8}m/.test(source);

  const escape = (inClass: boolean): void => {
    const letter = source[at + 1];
    if (letter === undefined) throw new Refused("The pattern ends in a backslash.");
    at += 2;
    if (/[1-9]/.test(letter)) refuse("a back reference");
    if (refusedEscapes[letter]) refuse(refusedEscapes[letter]);
    if (letter === "Q") {
      const end = source.indexOf("\\E", at);
      const literal = source.slice(at, end < 0 ? undefined : end);
      at = end < 0 ? source.length : end + 2;
      out += literal.replace(/[^\w]/g, (each) => `\\x{${each.charCodeAt(0).toString(16)}}`);
    } else if (letter === "E") return;
    else if (letter === "c") out += `\\x{${(source.charCodeAt(at++) & 31).toString(16)}}`;
    else if (letter === "b" && inClass) out += "\\x08";
    else if (escapes[letter]) {
      const text = escapes[letter][inClass ? 1 : 0];
      out += text ?? refuse(`\\${letter} in a class`);
    } else if (/[a-zA-Z0-9]/.test(letter) && !plainEscapes.test(letter)) refuse(`\\${letter}`);
    else out += letter === "0" ? octal() : `\\${letter}`;
  };
  const octal = (): string => {
    const digits = /^[0-7]{0,2}/.exec(source.slice(at, at + 2))![0];
    at += digits.length;
    return `\\x{${parseInt(`0${digits}`, 8).toString(16)}}`;
  };
  const characterClass = (): void => {
    out += "[";
    if (source[++at] === "^") out += source[at++];
    for (let first = true; at < source.length; first = false) {
      const letter = source[at];
      if (letter === "]" && !first) {
        out += "]";
        at++;
        return;
      }
      if (letter === "[" && source[at + 1] === ":") {
        const end = source.indexOf(":]", at + 2);
        if (end < 0) throw new Refused("The pattern has a character class that does not end.");
        out += source.slice(at, end + 2);
        at = end + 2;
      } else if (letter === "\\") escape(true);
      else {
        out += "[]&~".includes(letter) ? `\\${letter}` : letter;
        at++;
      }
    }
    throw new Refused("The pattern has a character class that does not end.");
  };
  const group = (): void => {
    const rest = source.slice(at, at + 12);
    if (rest.startsWith("(*")) refuse("a backtracking verb");
    if (!rest.startsWith("(?")) {
      out += "(";
      at++;
      return;
    }
    if (/^\(\?(R|[+-]?\d|&|P>)/.test(rest)) refuse("a subroutine or recursion");
    if (rest.startsWith("(?P=")) refuse("a back reference");
    if (rest.startsWith("(?(")) refuse("a conditional");
    if (rest.startsWith("(?C")) refuse("a callout");
    if (rest.startsWith("(?>")) refuse("an atomic group");
    if (rest.startsWith("(?|")) refuse("a branch reset");
    if (/^\(\?<?[=!]/.test(rest)) refuse("a lookaround");
    if (rest.startsWith("(?#")) {
      const end = source.indexOf(")", at);
      if (end < 0) throw new Refused("The pattern has a comment that does not end.");
      at = end + 1;
      return;
    }
    const named = /^\(\?(P?<|')([A-Za-z_]\w{0,31})[>']/.exec(source.slice(at, at + 40));
    const flags = /^\(\?([a-zA-Z-]{0,10})[:)]/.exec(rest);
    if (named) out += "(";
    else if (!flags) throw new Refused("The pattern has a group that is not valid.");
    else if (/[^imsU-]/.test(flags[1])) refuse(`the flag ${flags[1]}`);
    else out += flags[0];
    at += (named ?? flags!)[0].length;
  };

  while (at < source.length) {
    const letter = source[at];
    if (letter === "\\") escape(false);
    else if (letter === "[") characterClass();
    else if (letter === "(") group();
    else if ("*+?}".includes(letter) && source[at + 1] === "+" && quantifies(source, at)) refuse("a possessive quantifier");
    else {
      out += letter === "$" && !multiline ? "(?:\\n?\\z)" : letter;
      at++;
    }
  }
  return out;
}

/** Whether the character ends a quantifier (a `}` may be a literal one). */
const quantifies = (source: string, at: number): boolean => source[at] !== "}" || /\{\d{1,5}(,\d{0,5})?\}$/.test(source.slice(Math.max(0, at - 13), at + 1));
