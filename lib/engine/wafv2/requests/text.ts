import { bytesOf, latin1, utf8 } from "../inspect/bytes";
import { strictUtf8Text } from "../../crypto/bytes";
import { type Outcome, type Problem, limits } from "./types";

/** Between texts of people (UTF-16) and of the wire (bytes as Latin-1), and where in a text something stands. */

export const good = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
export const bytesText = (count: number): string => `${grouped(count)} ${count === 1 ? "byte" : "bytes"}`;

const byteOrderMark = "\xef\xbb\xbf";

/** What was pasted as bytes; a text becomes its UTF-8, bytes are taken as they are. Refuses what is too large and half characters. */
export function pasted(source: string | Uint8Array): Outcome<string> {
  if (source.length > limits.source) return { ok: false, problem: { message: `The text has more than ${bytesText(limits.source)}, which is all that is read here: shorten it.` } };
  if (typeof source === "string") {
    const half = source.search(/\p{Surrogate}/u);
    if (half >= 0) return refuse(utf8(source.slice(0, half)), limits.source, "half a character stands here (a lone surrogate): delete it and type it again.");
  }
  const text = typeof source === "string" ? utf8(source) : latin1(source);
  return good(text.startsWith(byteOrderMark) ? text.slice(byteOrderMark.length) : text);
}

/** Bytes as text that a person can read; undefined if they are not UTF-8. */
export const shown = (bytes: string): string | undefined => strictUtf8Text(bytesOf(bytes));

/** Line and column, from 1, of an offset. A column counts characters as an editor does. */
export function placeAt(bytes: string, offset: number): { line: number; column: number } {
  const before = bytes.slice(0, offset);
  let line = 1;
  for (let at = before.indexOf("\n"); at >= 0; at = before.indexOf("\n", at + 1)) line++;
  let column = 1;
  for (let at = before.lastIndexOf("\n") + 1; at < before.length; at++) {
    const byte = before.charCodeAt(at);
    if ((byte & 0xc0) !== 0x80) column += byte >= 0xf0 ? 2 : 1;
  }
  return { line, column };
}

/** A problem at an offset; `what` is the sentence's rest, without a capital letter. */
export function problemAt(bytes: string, offset: number, what: string): Problem {
  const { line, column } = placeAt(bytes, offset);
  return { message: `Line ${line}, column ${column}: ${what}`, line, column };
}

export const refuse = (bytes: string, offset: number, what: string): { ok: false; problem: Problem } => ({ ok: false, problem: problemAt(bytes, offset, what) });

/** A piece of the learner's text for a sentence: short, readable, in quotes. */
export function quoted(bytes: string): string {
  const short = bytes.length > 40 ? `${bytes.slice(0, 40)}…` : bytes;
  return JSON.stringify(short.replace(/[^\x20-\x7e…]/g, "?"));
}
