/**
 * Bytes as Latin-1 text: one character, one byte. The engine's strings are fast to search, and offsets, sizes and
 * digests come out as on the wire.
 */

const chunk = 8_192;

/** The bytes as text. */
export function latin1(bytes: Uint8Array): string {
  if (bytes.length <= chunk) return String.fromCharCode(...bytes);
  let text = "";
  for (let at = 0; at < bytes.length; at += chunk) text += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return text;
}

/** The text's characters as bytes; what is above 255 keeps its low byte. */
export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

const wide = /[^\0-\xff]/;

/** Text from outside as Latin-1 text: as it is, or as its UTF-8 bytes where it holds a character above U+00FF. */
export const received = (text: string): string => (wide.test(text) ? latin1(new TextEncoder().encode(text)) : text);

/** A text that a person wrote (a pattern) as its UTF-8 bytes. */
// eslint-disable-next-line no-control-regex
export const utf8 = (text: string): string => (/[^\0-\x7f]/.test(text) ? latin1(new TextEncoder().encode(text)) : text);

const digits = new Int8Array(256).fill(-1);
"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".split("").forEach((digit, value) => (digits[digit.charCodeAt(0)] = value));

/** The value (0-63) of a base64 digit, -1 for another byte. */
export const base64Digit = (code: number): number => (code < 256 ? digits[code] : -1);

/** Base64 as bytes; undefined if it is not base64. Padding may be missing. */
export function fromBase64(text: string): string | undefined {
  let [out, held, bits, end] = ["", 0, 0, text.length];
  while (end > 0 && text.length - end < 2 && text[end - 1] === "=") end--;
  if (end % 4 === 1 || (end < text.length && text.length % 4 !== 0)) return undefined;
  for (let at = 0; at < end; at++) {
    const digit = base64Digit(text.charCodeAt(at));
    if (digit < 0) return undefined;
    held = ((held << 6) | digit) & 0xffff;
    if ((bits += 6) >= 8) out += String.fromCharCode((held >> (bits -= 8)) & 0xff);
  }
  return out;
}
