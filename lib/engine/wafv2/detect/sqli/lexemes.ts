import { isDigit, isHex, isSpace, isWord } from "./characters";

/** Pieces of the reader: where something ends, and what a stretch of text is like. None looks further than what it tells of. */

const codeAt = (text: string, i: number): number => (i < text.length ? text.charCodeAt(i) : 0);

/** End of the number at `from`: decimal, exponent, hexadecimal, binary, with Oracle's suffixes. */
export function numberEnd(text: string, from: number): number {
  let i = from;
  const second = codeAt(text, i + 1) | 32;
  if (codeAt(text, i) === 48 && (second === 120 || second === 98) && isHex(codeAt(text, i + 2))) {
    i += 2;
    while (isHex(codeAt(text, i))) i++;
    return i;
  }
  while (isDigit(codeAt(text, i))) i++;
  if (codeAt(text, i) === 46) {
    i++;
    while (isDigit(codeAt(text, i))) i++;
  }
  if ((codeAt(text, i) | 32) === 101) {
    const signed = codeAt(text, i + 1) === 43 || codeAt(text, i + 1) === 45 ? 1 : 0;
    if (isDigit(codeAt(text, i + 1 + signed))) {
      i += 2 + signed;
      while (isDigit(codeAt(text, i))) i++;
    }
  }
  const suffix = codeAt(text, i) | 32;
  return (suffix === 102 || suffix === 100) && !isWord(codeAt(text, i + 1)) ? i + 1 : i;
}

/** End of an amount of money whose first digit is at `from`: `1,000.00`. */
export function moneyEnd(text: string, from: number): number {
  let i = from;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (!isDigit(code) && code !== 46 && !(code === 44 && isDigit(codeAt(text, i + 1)))) break;
  }
  return i;
}

/** Longest name of an argument or in brackets. */
const NAME = 64;

/** Where the value begins if a form's argument `name=` stands at `from`, else -1. Names may have points, dashes and brackets. */
export function argumentEnd(text: string, from: number): number {
  let i = from;
  for (; i < text.length && i - from < NAME; i++) {
    const code = text.charCodeAt(i);
    if (!isWord(code) && code !== 46 && code !== 45 && code !== 91 && code !== 93) break;
  }
  return i > from && codeAt(text, i) === 61 && codeAt(text, i + 1) !== 61 ? i + 1 : -1;
}

/** End of a name of T-SQL whose bracket opened before `from`, -1 if there is none. */
export function bracketEnd(text: string, from: number): number {
  let i = from;
  while (i < text.length && i - from < NAME && (isWord(text.charCodeAt(i)) || text.charCodeAt(i) === 32)) i++;
  return i > from && codeAt(text, i) === 93 ? i + 1 : -1;
}

/** What a field holds is seldom longer. */
const FIELD = 24;

/** Whether the text is long, or holds several words. */
export function isSpoken(text: string, from: number, to: number): boolean {
  const end = Math.min(to, text.length);
  if (end - from > FIELD) return true;
  let word = false;
  for (let i = from; i < end; i++) {
    const code = text.charCodeAt(i);
    if (!isSpace(code)) word ||= isWord(code);
    else if (word && i + 1 < end && isWord(text.charCodeAt(i + 1))) return true;
  }
  return false;
}

/** Whether a field's content would have this character next to the quote: `path: '/'` has others. */
export function isPlain(text: string, index: number): boolean {
  if (index < 0 || index >= text.length) return true;
  const code = text.charCodeAt(index);
  return isWord(code) || code === 37;
}

/** Whether a comment says nothing: blanks, and the signs that keep blanks from being cut off. */
export function isSilent(text: string, from: number, to: number): boolean {
  if (to - from >= 8) return false;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (!isSpace(code) && code !== 43 && code !== 45 && code !== 59 && code !== 41) return false;
  }
  return true;
}
