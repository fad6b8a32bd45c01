import { base64Digit } from "../bytes";
import { foldWide, hex, hexes, rewrite } from "./codes";

/** Decoding transformations, byte for byte. Source: AWS WAF Developer Guide, Using text transformations. */

const spaces = (text: string): string => (text.includes("+") ? text.replaceAll("+", " ") : text);

/** `%41` and `+`; what is not valid stays. */
export const urlDecode = (text: string): string =>
  rewrite(spaces(text), "%", (at) => {
    const code = hexes(text, at + 1, 2);
    return code < 0 ? undefined : [String.fromCharCode(code), at + 3];
  });

/** As `urlDecode`, and `%u0041`. */
export const urlDecodeUni = (text: string): string =>
  rewrite(spaces(text), "%", (at) => {
    const wide = (text.charCodeAt(at + 1) | 32) === 117 ? hexes(text, at + 2, 4) : -1;
    if (wide >= 0) return [foldWide(wide), at + 6];
    const code = hexes(text, at + 1, 2);
    return code < 0 ? undefined : [String.fromCharCode(code), at + 3];
  });

const named: Record<string, string> = { quot: '"', nbsp: "\xa0", lt: "<", gt: ">" };

/** The documented names in any case, `&#nn;` and `&#xhh;`; of a code above 255 the low byte. Without the semicolon a number counts too, as browsers have it. */
export const htmlEntityDecode = (text: string): string =>
  rewrite(text, "&", (at) => {
    if (text[at + 1] !== "#") {
      // The longest name has four letters: to look further for the semicolon would be quadratic.
      const word = text.slice(at + 1, at + 6);
      const end = word.indexOf(";");
      const found = end > 0 ? named[word.slice(0, end).toLowerCase()] : undefined;
      return found ? [found, at + end + 2] : undefined;
    }
    const isHex = (text.charCodeAt(at + 2) | 32) === 120;
    const from = at + (isHex ? 3 : 2);
    let [end, code] = [from, 0];
    for (; ; end++) {
      const digit = hex(text, end);
      if (digit < 0 || (!isHex && digit > 9)) break;
      code = Math.min(code * (isHex ? 16 : 10) + digit, 0x110000);
    }
    if (end === from) return undefined;
    return [String.fromCharCode(code & 0xff), text[end] === ";" ? end + 1 : end];
  });

/** Base64 up to its padding; with `forgiving` other bytes are skipped, otherwise they end the decoding. */
function base64(text: string, forgiving: boolean): string {
  let [out, held, bits] = ["", 0, 0];
  for (let at = 0; at < text.length; at++) {
    const digit = base64Digit(text.charCodeAt(at));
    if (digit < 0) {
      if (forgiving) continue;
      break;
    }
    held = ((held << 6) | digit) & 0x3fff;
    if ((bits += 6) >= 8) out += String.fromCharCode((held >> (bits -= 8)) & 0xff);
  }
  return out;
}

/** The bytes before the first one that is not base64. */
export const base64Decode = (text: string): string => base64(text, false);
export const base64DecodeExt = (text: string): string => base64(text, true);

/** Pairs of hexadecimal digits, an optional `0x` before them; a text with anything else stays as it is. */
export function hexDecode(text: string): string {
  const from = text[0] === "0" && (text.charCodeAt(1) | 32) === 120 ? 2 : 0;
  if (text.length === from || (text.length - from) % 2) return text;
  let out = "";
  for (let at = from; at < text.length; at += 2) {
    const code = hexes(text, at, 2);
    if (code < 0) return text;
    out += String.fromCharCode(code);
  }
  return out;
}

/** `0x414243` to `ABC`, wherever it stands; an odd last digit stays. */
export const sqlHexDecode = (text: string): string =>
  rewrite(text, "0", (at) => {
    if ((text.charCodeAt(at + 1) | 32) !== 120) return undefined;
    let [out, end] = ["", at + 2];
    for (; ; end += 2) {
      const code = hexes(text, end, 2);
      if (code < 0) break;
      out += String.fromCharCode(code);
    }
    return end === at + 2 ? undefined : [out, end];
  });

const ansi: Record<string, string> = { a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v", "\\": "\\", "?": "?", "'": "'", '"': '"' };

/** ANSI C escapes; others stay. */
export const escapeSeqDecode = (text: string): string =>
  rewrite(text, "\\", (at) => {
    const letter = text[at + 1];
    if (letter !== undefined && Object.hasOwn(ansi, letter)) return [ansi[letter], at + 2];
    if (letter === "x" || letter === "X") {
      const code = hexes(text, at + 2, 2);
      return code < 0 ? undefined : [String.fromCharCode(code), at + 4];
    }
    return octal(text, at);
  });

/** `\ooo`, at most three digits and one byte. */
function octal(text: string, at: number): [string, number] | undefined {
  let [code, end] = [0, at + 1];
  for (; end < at + 4; end++) {
    const digit = text.charCodeAt(end) - 48;
    if (!(digit >= 0 && digit <= 7) || code * 8 + digit > 255) break;
    code = code * 8 + digit;
  }
  return end === at + 1 ? undefined : [String.fromCharCode(code), end];
}

const javaScript: Record<string, string> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/** JavaScript escapes; the backslash before another character goes. */
export const jsDecode = (text: string): string =>
  rewrite(text, "\\", (at) => {
    const letter = text[at + 1];
    if (letter === undefined) return undefined;
    if (letter === "u") {
      const wide = hexes(text, at + 2, 4);
      if (wide >= 0) return [foldWide(wide), at + 6];
    }
    if (letter === "x") {
      const code = hexes(text, at + 2, 2);
      if (code >= 0) return [String.fromCharCode(code), at + 4];
    }
    return octal(text, at) ?? [javaScript[letter] ?? letter, at + 2];
  });

/** CSS 2 escapes: up to six digits, of which the last two (four for full-width ASCII) count, and one blank after them; a backslash before a line break goes with it. */
export const cssDecode = (text: string): string =>
  rewrite(text, "\\", (at) => {
    let end = at + 1;
    while (end < at + 7 && hex(text, end) >= 0) end++;
    const digits = end - at - 1;
    if (digits === 0) {
      if (at + 1 >= text.length) return undefined;
      return text[at + 1] === "\n" ? ["", at + 2] : [text[at + 1], at + 2];
    }
    const code = hexes(text, end - Math.min(digits, 4), Math.min(digits, 4));
    const blank = " \t\n\r\f".includes(text[end] || "x") ? 1 : 0;
    return [foldWide(digits >= 4 ? code : code & 0xff), end + blank];
  });

/** UTF-8 sequences of two bytes and more become `%uHHHH` (of more than 16 bits the low ones); bytes that are not UTF-8 stay. */
export function utf8ToUnicode(text: string): string {
  // eslint-disable-next-line no-control-regex
  if (!/[^\0-\x7f]/.test(text)) return text;
  let out = "";
  for (let at = 0; at < text.length; at++) {
    const lead = text.charCodeAt(at);
    const more = lead >= 0xc2 && lead <= 0xdf ? 1 : lead >= 0xe0 && lead <= 0xef ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
    let code = lead & (0x3f >> more);
    let fits = more > 0 && at + more < text.length;
    for (let next = 1; fits && next <= more; next++) {
      const byte = text.charCodeAt(at + next);
      fits = (byte & 0xc0) === 0x80;
      code = (code << 6) | (byte & 0x3f);
    }
    // Overlong forms and surrogates are not UTF-8.
    if (fits && (code < [0, 0x80, 0x800, 0x10000][more] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))) fits = false;
    out += fits ? `%u${(code & 0xffff).toString(16).padStart(4, "0")}` : text[at];
    if (fits) at += more;
  }
  return out;
}
