/** A line with `!` in it, as bash reads it before anything else. */
export type Expansion = { line: string; changed: boolean } | { problem: string };

/**
 * History expansion: `!!` the last line, `!n` and `!-n` by number, `!text` the last that begins so, `!?text?` the last that
 * has it, `!$` the last word of the last line. Single quotes and a backslash keep a `!`; one before a space, `=` or `(`
 * (and before a closing double quote) is only a `!`. `history` is oldest first, and `!1` is its first.
 * Source: Bash Reference Manual, History Expansion.
 */
export function expandHistory(line: string, history: readonly string[]): Expansion {
  let out = "";
  let changed = false;
  let quote: "" | "'" | '"' = "";
  for (let at = 0; at < line.length; at++) {
    const char = line[at];
    if (char === "\\" && quote !== "'") {
      out += char + (line[++at] ?? "");
      continue;
    }
    if (char === "'" && quote !== '"') quote = quote ? "" : "'";
    else if (char === '"' && quote !== "'") quote = quote ? "" : '"';
    if (char !== "!" || quote === "'" || isPlain(line, at, quote)) {
      out += char;
      continue;
    }
    const event = eventAt(line.slice(at), quote);
    const found = event && pick(event, history);
    if (found === undefined) return { problem: `${event?.text ?? "!"}: event not found` };
    out += found;
    changed = true;
    at += event!.text.length - 1;
  }
  return { line: out, changed };
}

function isPlain(line: string, at: number, quote: string): boolean {
  const next = line[at + 1];
  // `$!` is a variable, `[!a]` a pattern, `${!name}` a reference.
  const before = line[at - 1];
  if (before === "$" || before === "[" || (before === "{" && line[at - 2] === "$")) return true;
  return next === undefined || " \t\n=(".includes(next) || (quote === '"' && next === '"');
}

interface Event {
  text: string;
  kind: "last" | "word" | "number" | "back" | "has" | "begins";
  value: string;
}

function eventAt(text: string, quote: string): Event | undefined {
  if (text.startsWith("!!")) return { text: "!!", kind: "last", value: "" };
  if (text.startsWith("!$")) return { text: "!$", kind: "word", value: "" };
  const number = /^!(-?)(\d+)/.exec(text);
  if (number) return { text: number[0], kind: number[1] ? "back" : "number", value: number[2] };
  const has = /^!\?([^?\n]+)\??/.exec(text);
  if (has) return { text: has[0], kind: "has", value: has[1] };
  const begins = (quote === '"' ? /^!([^\s:;&|()<>"]+)/ : /^!([^\s:;&|()<>]+)/).exec(text);
  return begins ? { text: begins[0], kind: "begins", value: begins[1] } : undefined;
}

function pick({ kind, value }: Event, history: readonly string[]): string | undefined {
  switch (kind) {
    case "last":
      return history.at(-1);
    case "word":
      return history.at(-1)?.trim().split(/\s+/).at(-1);
    case "number":
      return history[Number(value) - 1];
    case "back":
      return Number(value) ? history.at(-Number(value)) : undefined;
    case "has":
      return history.findLast((line) => line.includes(value));
    case "begins":
      return history.findLast((line) => line.startsWith(value));
  }
}
