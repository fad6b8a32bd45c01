/** Where each statement of a policy stands in its text, for `MatchedStatements`. */

export interface Position {
  Line: number;
  Column: number;
}

/** Offsets of the objects in `Statement`, brace to brace (end exclusive), in order. The text must be JSON. */
export function statementOffsets(text: string): { start: number; end: number }[] {
  let at = 0;
  const found: { start: number; end: number }[] = [];
  const skip = () => {
    while (at < text.length && /\s/.test(text[at])) at++;
  };
  const readText = (): string => {
    const start = at++;
    while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    at++;
    return JSON.parse(text.slice(start, at));
  };
  /** Reads any value; `collect` says that it is the Statement element, `path` how deep we are. */
  const readValue = (depth: number, collect: boolean): void => {
    skip();
    const start = at;
    if (text[at] === '"') readText();
    else if (text[at] === "{") {
      at++;
      for (skip(); text[at] !== "}"; skip()) {
        if (text[at] === ",") {
          at++;
          continue;
        }
        const name = readText();
        skip();
        at++;
        readValue(depth + 1, depth === 0 && name === "Statement");
      }
      at++;
      if (collect) found.push({ start, end: at });
    } else if (text[at] === "[") {
      at++;
      for (skip(); text[at] !== "]"; skip()) {
        if (text[at] === ",") at++;
        else readValue(depth + 1, collect);
      }
      at++;
    } else while (at < text.length && !/[\s,\]}]/.test(text[at])) at++;
  };
  readValue(0, false);
  return found;
}

/** Line and column, both from 1, as IAM counts: of the character after the one at `offset - 1`. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split("\n");
  return { Line: before.length, Column: before[before.length - 1].length + 1 };
}
