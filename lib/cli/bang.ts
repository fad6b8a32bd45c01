/** A line with `!` in it, as bash reads it before anything else. */
export type Expansion = { line: string; changed: boolean } | { problem: string };

/**
 * History expansion: `!!` the last line, `!n` and `!-n` by number, `!text` the last that begins so, `!?text?` the last that
 * has it, `!$` the last word of the last line. Single quotes and a backslash keep a `!`; one before a space, `=` or `(`
 * (and before a closing double quote) is only a `!`, and so is one within a here-document: whoever types a template there
 * means its tags. `history` is oldest first, and `!1` is its first.
 * Source: Bash Reference Manual, History Expansion.
 */
export function expandHistory(line: string, history: readonly string[]): Expansion {
  let out = "";
  let changed = false;
  let quote: "" | "'" | '"' = "";
  /** Here-documents that begin with the next line. */
  let documents: { end: string; tabs: boolean }[] = [];
  for (let at = 0; at < line.length; at++) {
    const char = line[at];
    const document = !quote && char === "<" ? /^<<(-?)[ \t]*(?:'([^'\n]+)'|"([^"\n]+)"|([^\s<>;&|()'"]+))/.exec(line.slice(at)) : undefined;
    if (document) documents.push({ end: document[2] ?? document[3] ?? document[4].replaceAll("\\", ""), tabs: document[1] === "-" });
    if (document || (!quote && line.startsWith("<<<", at))) {
      const text = document?.[0] ?? "<<<";
      out += text;
      at += text.length - 1;
      continue;
    }
    if (!quote && char === "\n" && documents.length) {
      const body = bodies(line.slice(at + 1), documents);
      documents = [];
      out += char + body;
      at += body.length;
      continue;
    }
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

/** The lines of here-documents, with those that end them. */
function bodies(text: string, documents: { end: string; tabs: boolean }[]): string {
  let at = 0;
  for (const { end, tabs } of documents)
    for (let line: string | undefined; at < text.length && line !== end; ) {
      const next = text.indexOf("\n", at);
      line = text.slice(at, next < 0 ? text.length : next);
      if (tabs) line = line.replace(/^\t+/, "");
      at = next < 0 ? text.length : next + 1;
    }
  // The line's end after the last of them is the command line's.
  return text[at - 1] === "\n" ? text.slice(0, at - 1) : text.slice(0, at);
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
