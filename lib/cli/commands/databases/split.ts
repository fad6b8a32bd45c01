/** One statement of a client's input: its text without what ends it, its lines (from 1), and how it ended. */
export interface Statement {
  text: string;
  /** On which line it begins, and on which its end stands. */
  line: number;
  lastLine: number;
  /** `;`, MySQL's `\G` (each column on a line of its own), `\g`, psql's `\gx`; empty at the end of the input. `meta`: one of psql's own commands. */
  end: ";" | "\\G" | "\\g" | "\\gx" | "" | "meta";
}

/** Whose rules cut: those of the clients `mysql` and `psql`, or PostgreSQL's server, which has no backslash commands. */
type Cutter = "mysql" | "psql" | "postgres";

/**
 * Input in statements, as the clients cut it: quotes, comments and backslashes in texts are passed over. `rest` is what is not
 * ended yet, with the quote that is open.
 */
export function splitStatements(dialect: Cutter, input: string): { statements: Statement[]; rest: string; quote: string } {
  const mysql = dialect === "mysql";
  const statements: Statement[] = [];
  const lineAt = lineCounter(input);
  let begin = 0;
  let quote = "";
  let escapes = false;
  const cut = (from: number, to: number, next: number, end: Statement["end"]): void => {
    const text = input.slice(from, to);
    const lead = /^\s*/.exec(text)![0].length;
    if (text.trim()) statements.push({ text: text.trim(), line: lineAt(from + lead), lastLine: lineAt(to), end });
    begin = next;
  };
  for (let at = 0; at < input.length; at++) {
    const char = input[at];
    if (quote === "*/") {
      if (input.startsWith("*/", at)) [quote, at] = ["", at + 1];
    } else if (quote) {
      if (escapes && char === "\\") at++;
      else if (input.startsWith(quote, at)) [quote, at] = ["", at + quote.length - 1];
    } else if (char === "'" || char === '"' || (mysql && char === "`")) {
      quote = char;
      escapes = mysql ? char !== "`" : char === "'" && /(^|[^\w$])[eE]$/.test(input.slice(Math.max(0, at - 2), at));
    } else if (!mysql && char === "$" && !/[\w$]/.test(input[at - 1] ?? " ") && /^\$(?:[A-Za-z_]\w*)?\$/.test(input.slice(at, at + 65))) {
      [quote] = /^\$\w*\$/.exec(input.slice(at, at + 65))!;
      escapes = false;
      at += quote.length - 1;
    } else if (input.startsWith("/*", at)) [quote, at] = ["*/", at + 1];
    else if (input.startsWith("--", at) && (!mysql || /^--(\s|$)/.test(input.slice(at, at + 3)))) at = endOfLine(input, at);
    else if (mysql && char === "#") at = endOfLine(input, at);
    else if (char === ";") cut(begin, at, at + 1, ";");
    else if (char === "\\" && dialect !== "postgres") {
      const [ending] = (mysql ? /^\\[Gg]/ : /^\\gx?(?!\w)/).exec(input.slice(at, at + 4)) ?? [];
      if (ending) cut(begin, at, at + ending.length, ending as "\\g");
      else if (!mysql && !input.slice(begin, at).trim()) cut(at, endOfLine(input, at), endOfLine(input, at), "meta");
      if (ending || begin > at) at = begin - 1;
    }
  }
  return { statements, rest: input.slice(begin), quote };
}

const endOfLine = (input: string, at: number): number => {
  const end = input.indexOf("\n", at);
  return end < 0 ? input.length : end;
};

/** The line of a place; places are asked for in their order. */
function lineCounter(input: string): (at: number) => number {
  let [line, next] = [1, input.indexOf("\n")];
  return (at) => {
    for (; next >= 0 && next < at; next = input.indexOf("\n", next + 1)) line++;
    return line;
  };
}

/** All of an input, its end ending the last statement. */
export function allStatements(dialect: Cutter, input: string): Statement[] {
  const { statements, rest } = splitStatements(dialect, input);
  if (!rest.trim()) return statements;
  const lineAt = lineCounter(input);
  const lead = input.length - rest.length + /^\s*/.exec(rest)![0].length;
  return [...statements, { text: rest.trim(), line: lineAt(lead), lastLine: lineAt(input.trimEnd().length), end: "" }];
}
