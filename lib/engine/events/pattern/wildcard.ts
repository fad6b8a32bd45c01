import { PatternProblem } from "./reader";

/**
 * Wildcards: `*` stands for any characters, `\*` for an asterisk, `\\` for a backslash.
 * Source: EventBridge User Guide, Comparison operators (matching using wildcards).
 */

/** What must stand between the wildcards, in order: of n texts n-1 wildcards. */
export type Pieces = string[];

/** Errors (with AWS's words): two wildcards in a row, a backslash before anything else. Places count from the text's own quote, in bytes. */
export function piecesOf(text: string): Pieces {
  const pieces = [""];
  let bytes = 1;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === "*") {
      if (text[i + 1] === "*") throw new PatternProblem(`Consecutive wildcard characters at pos ${bytes}`);
      pieces.push("");
    } else if (char === "\\") {
      const next = text[i + 1];
      if (next !== "*" && next !== "\\") throw new PatternProblem(`Invalid escape character at pos ${bytes}`);
      pieces[pieces.length - 1] += next;
      i++;
      bytes++;
    } else pieces[pieces.length - 1] += char;
    bytes += widthOf(char);
  }
  return pieces;
}

/** UTF-8 bytes of a UTF-16 unit: the two halves of a pair have two each. */
const widthOf = (unit: string): number => (unit < "\x80" ? 1 : unit < "\u0800" || (unit >= "\ud800" && unit <= "\udfff") ? 2 : 3);

/** Whether the text fits: each piece is looked for once, after the one before it, so the time grows with the text alone. */
export function fits(text: string, pieces: Pieces): boolean {
  const [first] = pieces;
  if (pieces.length === 1) return text === first;
  const last = pieces[pieces.length - 1];
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (let i = 1; i < pieces.length - 1; i++) {
    const found = find(text, pieces[i], at, end);
    if (found < 0) return false;
    at = found + pieces[i].length;
  }
  return at <= end;
}

/** Knuth, Morris and Pratt: no text is looked at twice, whatever the piece. */
function find(text: string, piece: string, from: number, end: number): number {
  if (piece.length < 4) {
    const found = text.indexOf(piece, from);
    return found >= 0 && found + piece.length <= end ? found : -1;
  }
  const back = [0];
  for (let i = 1, k = 0; i < piece.length; i++) {
    while (k > 0 && piece[i] !== piece[k]) k = back[k - 1];
    if (piece[i] === piece[k]) k++;
    back.push(k);
  }
  for (let i = from, k = 0; i < end; i++) {
    while (k > 0 && text[i] !== piece[k]) k = back[k - 1];
    if (text[i] === piece[k] && ++k === piece.length) return i - k + 1;
  }
  return -1;
}

/** Of the wildcards of a field so many may not be open at a time. AWS names no number; `*:*:*:*:*:event-bus/*` is over it. */
const tooMany = 6;
/** How many sets of places are looked at before a pattern is taken for too complex. */
const mostSets = 2_000;

/**
 * Whether AWS would say that the wildcards are too complex: there is a text for which too many of them are open at once.
 * Source: github.com/aws/event-ruler, MachineComplexityEvaluator, of whose measure this is a plainer form.
 */
export function tooComplex(patterns: readonly Pieces[]): boolean {
  if (patterns.reduce((sum, pieces) => sum + pieces.length - 1, 0) < tooMany) return false;
  // Places are numbered through: of each pattern its characters, wildcards among them.
  const chars: (string | undefined)[] = [];
  const starts: number[] = [];
  for (const pieces of patterns) {
    starts.push(chars.length);
    pieces.forEach((piece, i) => {
      if (i > 0) chars.push(undefined);
      chars.push(...piece);
    });
    chars.push("");
  }
  const withWildcards = (places: Set<number>): Set<number> => {
    for (const place of places) if (chars[place] === undefined) places.add(place + 1);
    return places;
  };
  const alphabet = new Set(chars.filter((char): char is string => char !== undefined && char !== ""));
  const seen = new Set<string>();
  const waiting = [withWildcards(new Set(starts))];
  while (waiting.length) {
    const places = waiting.pop()!;
    if ([...places].filter((place) => chars[place] === undefined).length >= tooMany) return true;
    const name = [...places].sort((a, b) => a - b).join();
    if (seen.has(name)) continue;
    seen.add(name);
    if (seen.size > mostSets) return true;
    for (const char of alphabet) {
      const next = new Set<number>();
      for (const place of places) {
        if (chars[place] === undefined) next.add(place);
        else if (chars[place] === char) next.add(place + 1);
      }
      waiting.push(withWildcards(next));
    }
  }
  return false;
}
