/** One statement of a client's input: its text without what ends it, the line on which it begins (from 1), and how it ended. */
export interface Statement {
  text: string;
  line: number;
  /** `;`, MySQL's `\G` (each column on a line of its own) or `\g`; empty at the end of the input. */
  end: ";" | "\\G" | "\\g" | "";
}

/**
 * Input in statements, as the clients cut it: quotes, comments and (MySQL) backslashes in texts are passed over. `rest` is what
 * is not ended yet, with the quote that is open.
 */
export function splitStatements(dialect: "mysql" | "postgres", input: string): { statements: Statement[]; rest: string; quote: string } {
  const mysql = dialect === "mysql";
  const statements: Statement[] = [];
  let begin = 0;
  let quote = "";
  const cut = (at: number, length: number, end: Statement["end"]): void => {
    const text = input.slice(begin, at);
    const lead = /^\s*/.exec(text)![0].length;
    if (text.trim()) statements.push({ text: text.trim(), line: input.slice(0, begin + lead).split("\n").length, end });
    begin = at + length;
  };
  for (let at = 0; at < input.length; at++) {
    const char = input[at];
    if (quote === "*/") {
      if (input.startsWith("*/", at)) [quote, at] = ["", at + 1];
    } else if (quote) {
      if (mysql && char === "\\" && quote !== "`") at++;
      else if (char === quote) quote = "";
    } else if (char === "'" || char === '"' || (mysql && char === "`")) quote = char;
    else if (input.startsWith("/*", at)) [quote, at] = ["*/", at + 1];
    else if (input.startsWith("--", at) && (!mysql || /^--(\s|$)/.test(input.slice(at, at + 3)))) at = endOfLine(input, at);
    else if (mysql && char === "#") at = endOfLine(input, at);
    else if (char === ";") cut(at, 1, ";");
    else if (mysql && char === "\\" && (input[at + 1] === "G" || input[at + 1] === "g")) {
      cut(at, 2, `\\${input[at + 1]}` as "\\G");
      at++;
    }
  }
  return { statements, rest: input.slice(begin), quote };
}

const endOfLine = (input: string, at: number): number => {
  const end = input.indexOf("\n", at);
  return end < 0 ? input.length : end;
};

/** All of an input, its end ending the last statement. */
export function allStatements(dialect: "mysql" | "postgres", input: string): Statement[] {
  const { statements, rest } = splitStatements(dialect, input);
  const lead = input.length - rest.length + /^\s*/.exec(rest)![0].length;
  return rest.trim() ? [...statements, { text: rest.trim(), line: input.slice(0, lead).split("\n").length, end: "" }] : statements;
}
