/** Bytes (Latin-1) for people: text where it is text, everything else by its number. Nothing is left that a page or a terminal could act on. */

export interface Span {
  /** Of bytes; `end` is exclusive. */
  start: number;
  end: number;
}

export interface Piece {
  text: string;
  /** `byte`: an escape that stands for what cannot be shown. */
  kind: "text" | "byte";
  /** Inside one of the spans. */
  hit: boolean;
}

export interface ShownBytes {
  pieces: Piece[];
  /** Bytes that are left out in front and behind. */
  before: number;
  after: number;
}

const named: Record<number, string> = { 9: "\\t", 10: "\\n", 13: "\\r" };
/** Control, format and unassigned characters, and blanks that look like none or like a common one. */
const unseen = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

const hex = (code: number): string => code.toString(16).padStart(2, "0");

/** The character that begins at a byte; undefined if its bytes are no UTF-8. Source: Unicode Standard, table 3-7. */
function characterAt(bytes: string, at: number): { text: string; length: number } | undefined {
  const first = bytes.charCodeAt(at);
  if (first < 0x80) return { text: bytes[at], length: 1 };
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  if (!length || at + length > bytes.length) return undefined;
  let code = first & (0x7f >> length);
  for (let next = 1; next < length; next++) {
    const byte = bytes.charCodeAt(at + next);
    if ((byte & 0xc0) !== 0x80) return undefined;
    code = (code << 6) | (byte & 0x3f);
  }
  const least = [0, 0, 0x80, 0x800, 0x10000][length];
  if (code < least || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  return { text: String.fromCodePoint(code), length };
}

/**
 * Up to `most` bytes of a text as pieces, around the first span where there is one. `length`: how long the whole is, where `bytes` was cut.
 * Spans are in order and do not overlap. Linear in `most`.
 */
export function showBytes(bytes: string, spans: readonly Span[] = [], most = 400, length = bytes.length): ShownBytes {
  const first = spans[0]?.start ?? 0;
  let from = bytes.length > most && first > most / 3 ? Math.min(Math.floor(first - most / 3), Math.max(0, bytes.length - most)) : 0;
  // Not in the middle of a character.
  for (let back = 0; from > 0 && back < 3 && (bytes.charCodeAt(from) & 0xc0) === 0x80; back++) from--;
  const to = Math.min(bytes.length, from + most);
  const pieces: Piece[] = [];
  let [at, span] = [from, 0];
  while (at < to) {
    while (span < spans.length && spans[span].end <= at) span++;
    const hit = span < spans.length && spans[span].start <= at;
    const code = bytes.charCodeAt(at);
    const found = code > 0xff ? { text: bytes[at], length: 1 } : characterAt(bytes, at);
    const seen = found && !unseen.test(found.text);
    const text = seen ? found.text : !found || found.length === 1 ? (named[code] ?? (code > 0xff ? `\\u{${hex(code)}}` : `\\x${hex(code)}`)) : `\\u{${hex(found.text.codePointAt(0)!)}}`;
    const kind = seen ? "text" : "byte";
    const last = pieces.at(-1);
    if (last && last.kind === kind && last.hit === hit) last.text += text;
    else pieces.push({ text, kind, hit });
    at += found?.length ?? 1;
  }
  return { pieces, before: from, after: Math.max(0, length - at) };
}
