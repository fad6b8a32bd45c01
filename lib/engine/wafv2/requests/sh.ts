import { utf8 } from "../inspect/bytes";
import { good, refuse } from "./text";
import type { Outcome } from "./types";

/** A word of a command line: its bytes, and where it began in the text. */
export interface Word {
  text: string;
  at: number;
}

/** A command with more words than this is none that a person pasted. */
export const mostWords = 5_000;

/** Runs of characters that mean nothing where they stand. */
const plainRuns = { bare: /[^\s'"\\$`;&|<>()#]+/y, double: /[^"\\$`]+/y, ansi: /[^'\\]+/y };

function runAt(kind: keyof typeof plainRuns, text: string, at: number): string | undefined {
  const pattern = plainRuns[kind];
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** What a shell would do with a character that is not in quotes, and so is refused. */
const special: Record<string, string> = {
  ";": "; ends the command: keep one curl command, or put the text in single quotes.",
  "&": "an & outside quotes ends the command in a shell: put the address or the data in single quotes.",
  "|": "| hands the answer to another command: keep the curl command alone.",
  "<": "< reads a file, which a page cannot: take it out, or put the text in single quotes.",
  ">": "> writes a file, which a page cannot: take it out, or put the text in single quotes.",
  "(": "( outside quotes means something to a shell: put the text in single quotes.",
  ")": ") outside quotes means something to a shell: put the text in single quotes.",
};
const variable = "$ begins a variable of the shell, whose value is not known here: write the value itself, or put the text in single quotes.";
const backquote = "a back-quote runs another command: put the text in single quotes.";
const open = (mark: string): string => `this ${mark} is never closed: add one at the end of the text.`;

const simple: Record<string, string> = { a: "\x07", b: "\b", e: "\x1b", E: "\x1b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v", "\\": "\\", "'": "'", '"': '"', "?": "?" };

/** One escape of `$'...'` at its backslash: what it is and how long. Source: Bash Reference Manual, ANSI-C Quoting. */
function ansiEscape(text: string, at: number): { bytes: string; length: number } | undefined {
  const next = text[at + 1];
  if (Object.hasOwn(simple, next ?? "")) return { bytes: simple[next], length: 2 };
  const digits = (pattern: RegExp, from: number): string => pattern.exec(text.slice(from, from + 8))?.[0] ?? "";
  const octal = digits(/^[0-7]{1,3}/, at + 1);
  if (octal) return { bytes: String.fromCharCode(parseInt(octal, 8) & 0xff), length: 1 + octal.length };
  const [most, hex] = next === "x" ? [2, digits(/^[0-9A-Fa-f]{1,2}/, at + 2)] : next === "u" ? [4, digits(/^[0-9A-Fa-f]{1,4}/, at + 2)] : next === "U" ? [8, digits(/^[0-9A-Fa-f]{1,8}/, at + 2)] : [0, ""];
  if (!hex) return undefined;
  const value = parseInt(hex, 16);
  if (most === 2) return { bytes: String.fromCharCode(value), length: 2 + hex.length };
  const whole = value <= 0x10ffff && (value < 0xd800 || value > 0xdfff);
  return { bytes: whole ? utf8(String.fromCodePoint(value)) : "\xef\xbf\xbd", length: 2 + hex.length };
}

/** `$'...'` from its first quote on. */
function ansi(text: string, at: number): Outcome<{ bytes: string; next: number }> {
  let bytes = "";
  for (let here = at + 1; here < text.length; ) {
    if (text[here] === "'") return good({ bytes, next: here + 1 });
    const run = runAt("ansi", text, here);
    if (run !== undefined) {
      bytes += run;
      here += run.length;
      continue;
    }
    const escape = text[here] === "\\" ? ansiEscape(text, here) : undefined;
    if (escape?.bytes === "\0") return refuse(text, here, "a command line cannot carry a NUL byte: write it as %00 where the server decodes it.");
    bytes += escape?.bytes ?? text[here];
    here += escape?.length ?? 1;
  }
  return refuse(text, at, open("quotation mark"));
}

/** `"..."` from its first quote on. */
function double(text: string, at: number): Outcome<{ bytes: string; next: number }> {
  let bytes = "";
  for (let here = at + 1; here < text.length; here++) {
    const run = runAt("double", text, here);
    if (run !== undefined) {
      bytes += run;
      here += run.length - 1;
      continue;
    }
    const char = text[here];
    if (char === '"') return good({ bytes, next: here + 1 });
    if (char === "$" && /[\w{(@*#?!$-]/.test(text[here + 1] ?? "")) return refuse(text, here, variable);
    if (char === "`") return refuse(text, here, backquote);
    if (char === "\\" && here + 1 < text.length && '"\\$`\n'.includes(text[here + 1])) {
      here++;
      if (text[here] !== "\n") bytes += text[here];
    } else bytes += char;
  }
  return refuse(text, at, open("double quotation mark"));
}

/**
 * The words of one command as sh and bash read them. What would need a shell (variables, pipes, other commands) is refused.
 * Lines end with LF. Source: POSIX.1-2024, Shell Command Language, 2.2 Quoting.
 */
export function shWords(text: string): Outcome<Word[]> {
  const words: Word[] = [];
  let word: Word | undefined;
  let ended = false;
  for (let at = 0; at < text.length; ) {
    const char = text[at];
    if (char === " " || char === "\t" || char === "\n") {
      if (word) words.push(word);
      word = undefined;
      if (char === "\n" && words.length) ended = true;
      at++;
      continue;
    }
    if (char === "\\" && text[at + 1] === "\n") {
      at += 2;
      continue;
    }
    if (char === "#" && !word) {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length : end;
      continue;
    }
    if (ended) return refuse(text, at, "the command has ended on the line before: end that line with a backslash, or keep one command.");
    if (words.length > mostWords) return refuse(text, at, `the command has more than ${mostWords} words: keep one curl command.`);
    word ??= { text: "", at };
    const run = runAt("bare", text, at);
    if (run !== undefined) {
      word.text += run;
      at += run.length;
      continue;
    }
    if (char === "'" || char === '"' || (char === "$" && text[at + 1] === "'")) {
      let read: Outcome<{ bytes: string; next: number }>;
      if (char === '"') read = double(text, at);
      else if (char === "$") read = ansi(text, at + 1);
      else {
        const end = text.indexOf("'", at + 1);
        read = end < 0 ? refuse(text, at, open("quotation mark")) : good({ bytes: text.slice(at + 1, end), next: end + 1 });
      }
      if (!read.ok) return read;
      word.text += read.value.bytes;
      at = read.value.next;
    } else if (char === "\\") {
      word.text += text[at + 1] ?? "\\";
      at += 2;
    } else if (Object.hasOwn(special, char)) return refuse(text, at, special[char]);
    else if (char === "`") return refuse(text, at, backquote);
    else if (char === "$" && /[\w{(@*#?!$"-]/.test(text[at + 1] ?? "")) return refuse(text, at, variable);
    else {
      word.text += char;
      at++;
    }
  }
  if (word) words.push(word);
  return good(words);
}
