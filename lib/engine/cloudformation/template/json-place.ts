type Wants = "value" | "first" | "key" | "first-key" | "colon" | "after" | "end";

/**
 * Where a text stops being JSON: the offset of the first thing that does not belong. Parsers say it each in its own way, or
 * not at all; an answer must be the same in every host.
 */
export function jsonErrorAt(text: string): number {
  const token = /[ \t\n\r]*(?:("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|([[\]{},:]))/y;
  /** What each open bracket waits for. */
  const open: ("[" | "{")[] = [];
  let wants = "value" as Wants;
  for (;;) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (!found) return at + (/^[ \t\n\r]*/.exec(text.slice(at))?.[0].length ?? 0);
    const [whole, scalar, mark] = found;
    const here = found.index + whole.length - (scalar ?? mark).length;
    const then = (): Wants => (open.length ? "after" : "end");
    if (scalar !== undefined) {
      if (wants === "value" || wants === "first") wants = then();
      else if ((wants === "key" || wants === "first-key") && scalar.startsWith('"')) wants = "colon";
      else return here;
    } else if ((mark === "[" || mark === "{") && (wants === "value" || wants === "first")) {
      open.push(mark);
      wants = mark === "[" ? "first" : "first-key";
    } else if (mark === "]" && open.at(-1) === "[" && (wants === "first" || wants === "after")) {
      open.pop();
      wants = then();
    } else if (mark === "}" && open.at(-1) === "{" && (wants === "first-key" || wants === "after")) {
      open.pop();
      wants = then();
    } else if (mark === ":" && wants === "colon") wants = "value";
    else if (mark === "," && wants === "after") wants = open.at(-1) === "[" ? "value" : "key";
    else return here;
  }
}
