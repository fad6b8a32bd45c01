import type { Failure } from "../../errors";
import { mysqlErrors, postgresErrors } from "../errors";

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

const symbols = ["<>", "!=", "<=", ">=", "::", "||", ":="];

/** A statement's tokens, with placeholders (`?` of MySQL, `$1` of PostgreSQL) filled in as texts; where it cannot be read, that place. */
export function tokensOf(tongue: Tongue, sql: string, parameters: readonly string[]): Token[] | Failure {
  const out: Token[] = [];
  const mysql = tongue.dialect === "mysql";
  let next = 0;
  let at = 0;
  while (at < sql.length) {
    const rest = sql.slice(at);
    const blank = (mysql ? /^(?:\s+|--(?:\s[^\n]*|$)|#[^\n]*|\/\*[\s\S]*?\*\/)/ : /^(?:\s+|--[^\n]*|\/\*[\s\S]*?\*\/)/).exec(rest);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    const take = (kind: Token["kind"], length: number, text = rest.slice(0, length)): void => {
      out.push({ kind, text, at, end: at + length });
      at += length;
    };
    const quote = rest[0];
    if (quote === "'" || quote === '"' || (mysql && quote === "`")) {
      const read = quoted(rest, quote, mysql && quote !== "`");
      if (!read) return syntaxError(tongue, sql, { kind: "symbol", text: rest, at, end: sql.length });
      take(quote === "'" || (mysql && quote === '"') ? "text" : "quoted", read.length, read.text);
      continue;
    }
    const escaped = !mysql && /^[eE]'/.test(rest) ? quoted(rest.slice(1), "'", true) : undefined;
    if (escaped) {
      take("text", escaped.length + 1, escaped.text);
      continue;
    }
    const word = (mysql ? /^(?:@@?)?[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/ : /^[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/).exec(rest);
    if (word && !(mysql && word[0].startsWith("@") && !word[0].startsWith("@@"))) {
      take("word", word[0].length);
      continue;
    }
    const number = /^\d+(?:\.\d+)?/.exec(rest);
    if (number) {
      take("number", number[0].length);
      continue;
    }
    const place = mysql ? /^\?/.exec(rest) : /^\$(\d+)/.exec(rest);
    if (place) {
      const value = parameters[mysql ? next++ : Number(place[1]) - 1];
      if (value === undefined) return syntaxError(tongue, sql, { kind: "symbol", text: place[0], at, end: at + place[0].length });
      take("text", place[0].length, value);
      continue;
    }
    take("symbol", symbols.find((symbol) => rest.startsWith(symbol))?.length ?? 1);
  }
  while (out.at(-1)?.text === ";" && out.at(-1)?.kind === "symbol") out.pop();
  out.push({ kind: "end", text: "", at: sql.length, end: sql.length });
  return out;
}

const escapes: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "\b", 0: "\0", Z: "\x1a" };

/** A quoted piece from its opening quote; a doubled quote stands for one. undefined if it does not end. */
function quoted(text: string, quote: string, backslashes: boolean): { text: string; length: number } | undefined {
  let out = "";
  for (let i = 1; i < text.length; i++) {
    if (backslashes && text[i] === "\\" && i + 1 < text.length) {
      i++;
      // MySQL keeps the backslash of \% and \_, which patterns read.
      out += text[i] === "%" || text[i] === "_" ? `\\${text[i]}` : (escapes[text[i]] ?? text[i]);
    } else if (text[i] !== quote) out += text[i];
    else if (text[i + 1] === quote) out += text[i++];
    else return { text: out, length: i + 1 };
  }
  return undefined;
}

/** The server's complaint: MySQL shows the rest of the statement, PostgreSQL the token. */
export function syntaxError({ dialect, version }: Tongue, sql: string, token: Token): Failure {
  if (dialect === "mysql") return mysqlErrors.syntax(version, sql.slice(token.at), sql.slice(0, token.at).split("\n").length);
  return postgresErrors.syntax(token.kind === "end" ? undefined : sql.slice(token.at, token.end));
}
