/** Where a text stops being JSON, for a text that is none; -1 where it only ends too soon. */
function wrongAt(text: string): number {
  let at = 0;
  const space = (): void => {
    while (" \t\n\r".includes(text[at] ?? "x")) at++;
  };
  const wrong = (): never => {
    throw at;
  };
  function word(expected: string): void {
    for (const letter of expected) {
      if (text[at] !== letter) wrong();
      at++;
    }
  }
  function value(): void {
    space();
    const first = text[at];
    if (first === '"') {
      const found = /^"(?:[^"\\]|\\.)*"/s.exec(text.slice(at));
      if (!found) wrong();
      at += found![0].length;
    } else if (first === "[" || first === "{") {
      const close = first === "[" ? "]" : "}";
      at++;
      space();
      if (text[at] === close) return void at++;
      for (;;) {
        if (close === "}") {
          space();
          if (text[at] !== '"') wrong();
          value();
          space();
          if (text[at] !== ":") wrong();
          at++;
        }
        value();
        space();
        if (text[at] === close) return void at++;
        if (text[at] !== ",") wrong();
        at++;
      }
    } else if (first === "t") word("true");
    else if (first === "f") word("false");
    else if (first === "n") word("null");
    else {
      const found = /^-?\d+(\.\d+)?([eE][+-]?\d+)?/.exec(text.slice(at));
      if (!found) wrong();
      at += found![0].length;
    }
  }
  try {
    value();
  } catch (place) {
    if (typeof place !== "number") throw place;
  }
  return at < text.length ? at : -1;
}

/** V8 shows ten letters to either side, and texts that are shorter whole. */
const around = 10;

/** What V8 says of a text where JSON has an unexpected token. Source: V8, messages of JSON.parse. */
export function unexpectedToken(text: string): string {
  const at = wrongAt(text);
  if (at < 0) return "Unexpected end of JSON input";
  if (text === "undefined" || text === "[object Object]") return `"${text}" is not valid JSON`;
  const kind = /[\d-]/.test(text[at]) ? "number" : text[at] === '"' ? "string" : undefined;
  const before = text.slice(0, at).split("\n");
  if (kind) return `Unexpected ${kind} in JSON at position ${at} (line ${before.length} column ${before.at(-1)!.length + 1})`;
  const [from, to] = text.length > 2 * around ? [Math.max(0, at - around), Math.min(text.length, at + around)] : [0, text.length];
  return `Unexpected token '${text[at]}', ${from > 0 ? "..." : ""}"${text.slice(from, to)}"${to < text.length ? "... " : " "}is not valid JSON`;
}
