/** Helpers of the transformations: reading digits at a place of Latin-1 text. */

/** The value of a hexadecimal digit, -1 for another byte (also past the end). */
export function hex(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** The value of `count` hexadecimal digits from `at` on, -1 if one is missing. */
export function hexes(text: string, at: number, count: number): number {
  let value = 0;
  for (let end = at + count; at < end; at++) {
    const digit = hex(text, at);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** One byte of a 16-bit code: full-width ASCII (U+FF01-FF5E) becomes ASCII, of others the low byte stays. */
export const foldWide = (code: number): string => String.fromCharCode(code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code & 0xff);

/**
 * Rewrites a text at the places where `mark` stands. `turn` gets the place and answers what to write and where to go on, or undefined to
 * leave the character. Each place is looked at once.
 */
export function rewrite(text: string, mark: string, turn: (at: number) => [written: string, next: number] | undefined): string {
  let at = text.indexOf(mark);
  if (at < 0) return text;
  let [out, kept] = ["", 0];
  while (at >= 0) {
    const turned = turn(at);
    if (turned) {
      out += text.slice(kept, at) + turned[0];
      kept = turned[1];
    }
    at = text.indexOf(mark, turned ? kept : at + 1);
  }
  return kept === 0 ? text : out + text.slice(kept);
}
