import type { Failure } from "../../errors";
import { mysqlErrors, notSimulated, postgresErrors } from "../errors";

/** Which SQL is read, and how the server calls itself in a syntax error. */
export interface Tongue {
  dialect: "mysql" | "postgres";
  redshift: boolean;
  version: string;
}

export interface Token {
  kind: "word" | "text" | "quoted" | "number" | "symbol" | "end";
  /** Words as they are written; texts and quoted names without their quotes. */
  text: string;
  at: number;
  /** Where it ends in the statement. */
  end: number;
}

/** `$$` or `$tag$`, with which PostgreSQL quotes a text that has quotes itself. */
const dollarQuotes = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const symbols = ["<>", "!=", "<=", ">=", "::", "||", ":="];

const blanks = { mysql: /\s+|--(?=\s|$)[^\n]*|#[^\n]*/y, postgres: /\s+|--[^\n]*/y };
const words = { mysql: /(?:@@)?[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/y, postgres: /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y };
const numbers = /\d+(?:\.\d+)?/y;
const places = { mysql: /\?/y, postgres: /\$(\d+)/y };

/**
 * A statement's tokens, with placeholders (`?` of MySQL, `$1` of PostgreSQL) filled in as texts; where it cannot be read, that
 * place. Looks at every character once.
 */
export function tokensOf(tongue: Tongue, sql: string, parameters: readonly string[]): Token[] | Failure {
  const out: Token[] = [];
  const { dialect } = tongue;
  const mysql = dialect === "mysql";
  let next = 0;
  let at = 0;
  const match = (pattern: RegExp, from = at): RegExpExecArray | null => {
    pattern.lastIndex = from;
    return pattern.exec(sql);
  };
  const take = (kind: Token["kind"], length: number, text = sql.slice(at, at + length)): void => {
    out.push({ kind, text, at, end: at + length });
    at += length;
  };
  const unreadable = (end = sql.length): Failure => syntaxError(tongue, sql, { kind: "symbol", text: "", at, end });
  while (at < sql.length) {
    const blank = match(blanks[dialect]);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    if (sql.startsWith("/*", at)) {
      if (mysql && sql[at + 2] === "!") return notSimulated("comments that are executed");
      const end = sql.indexOf("*/", at + 2);
      if (end < 0) return mysql ? unreadable() : pointed(sql, at, postgresErrors.noEnd("/* comment", sql.slice(at)));
      at = end + 2;
      continue;
    }
    const quote = sql[at];
    if (quote === "'" || quote === '"' || (mysql && quote === "`")) {
      const read = quoted(sql, at, quote, mysql && quote !== "`");
      if (!read) return mysql ? unreadable() : pointed(sql, at, postgresErrors.noEnd(quote === "'" ? "quoted string" : "quoted identifier", sql.slice(at)));
      take(quote === "'" || (mysql && quote === '"') ? "text" : "quoted", read.length, read.text);
      continue;
    }
    if (!mysql && (quote === "e" || quote === "E") && sql[at + 1] === "'") {
      const read = quoted(sql, at + 1, "'", true);
      if (!read) return pointed(sql, at, postgresErrors.noEnd("quoted string", sql.slice(at)));
      take("text", read.length + 1, read.text);
      continue;
    }
    const dollars = mysql ? null : match(dollarQuotes);
    if (dollars) {
      const end = sql.indexOf(dollars[0], at + dollars[0].length);
      if (end < 0) return pointed(sql, at, postgresErrors.noEnd("dollar-quoted string", sql.slice(at)));
      take("text", end + dollars[0].length - at, sql.slice(at + dollars[0].length, end));
      continue;
    }
    const word = match(words[dialect]);
    if (word) {
      take("word", word[0].length);
      continue;
    }
    const number = match(numbers);
    if (number) {
      take("number", number[0].length);
      continue;
    }
    const place = match(places[dialect]);
    if (place) {
      const value = parameters[mysql ? next++ : Number(place[1]) - 1];
      if (value === undefined) return unreadable(at + place[0].length);
      take("text", place[0].length, value);
      continue;
    }
    take("symbol", symbols.find((symbol) => sql.startsWith(symbol, at))?.length ?? 1);
  }
  while (out.at(-1)?.text === ";" && out.at(-1)?.kind === "symbol") out.pop();
  out.push({ kind: "end", text: "", at: sql.length, end: sql.length });
  return out;
}

const escapes: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "\b", 0: "\0", Z: "\x1a" };

/** A quoted piece from its opening quote; a doubled quote stands for one. undefined if it does not end. */
function quoted(sql: string, from: number, quote: string, backslashes: boolean): { text: string; length: number } | undefined {
  let out = "";
  for (let i = from + 1; i < sql.length; i++) {
    if (backslashes && sql[i] === "\\" && i + 1 < sql.length) {
      i++;
      // MySQL keeps the backslash of \% and \_, which patterns read.
      out += sql[i] === "%" || sql[i] === "_" ? `\\${sql[i]}` : (escapes[sql[i]] ?? sql[i]);
    } else if (sql[i] !== quote) out += sql[i];
    else if (sql[i + 1] === quote) out += sql[i++];
    else return { text: out, length: i + 1 - from };
  }
  return undefined;
}

/** With the place that PostgreSQL's clients point to, in characters from 1. */
function pointed(sql: string, at: number, failure: Failure): Failure {
  failure.error.fields = { ...failure.error.fields, Position: [...sql.slice(0, at)].length + 1 };
  return failure;
}

/** The server's complaint: MySQL shows the rest of the statement, PostgreSQL the token. */
export function syntaxError({ dialect, version }: Tongue, sql: string, token: Token): Failure {
  if (dialect === "mysql") return mysqlErrors.syntax(version, sql.slice(token.at), sql.slice(0, token.at).split("\n").length);
  return pointed(sql, token.at, postgresErrors.syntax(token.kind === "end" ? undefined : sql.slice(token.at, token.end)));
}
