import { md5 as digest } from "@noble/hashes/legacy.js";
import { bytesOf, latin1 } from "../bytes";
import { rewrite } from "./codes";

/** Transformations that put a text in order. Source: AWS WAF Developer Guide, Using text transformations. */

/** A-Z alone: other bytes are not letters. */
// eslint-disable-next-line no-control-regex
export const lowercase = (text: string): string => (/[^\0-\x7f]/.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text.toLowerCase());

/** Blanks of any kind become spaces, and a run of them one. */
export const compressWhiteSpace = (text: string): string => (/[\t-\r\xa0]| {2}/.test(text) ? text.replace(/[\t-\r \xa0]+/g, " ") : text);

/** Takes a command line's disguises away. */
export function cmdLine(text: string): string {
  let [out, space] = ["", false];
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    switch (letter) {
      case "\\": case '"': case "'": case "^":
        continue;
      case " ": case ",": case ";": case "\t": case "\n": case "\r":
        space = true;
        continue;
      case "/": case "(":
        space = false;
    }
    if (space) out += " ";
    space = false;
    out += letter;
  }
  return lowercase(space ? `${out} ` : out);
}

/** Each C comment becomes a space, one that does not end too; runs of spaces stay. */
export const replaceComments = (text: string): string =>
  rewrite(text, "/*", (at) => {
    const end = text.indexOf("*/", at + 2);
    return [" ", end < 0 ? text.length : end + 2];
  });

export const removeNulls = (text: string): string => text.replaceAll("\0", "");
export const replaceNulls = (text: string): string => text.replaceAll("\0", " ");

/** The 16 bytes of the digest. */
export const md5 = (text: string): string => latin1(digest(bytesOf(text)));

/** Runs of slashes become one, `.` goes, `..` takes the segment before it; at the start it stays. */
export function normalizePath(text: string): string {
  if (!text.includes("//") && !text.includes("/.") && !text.startsWith(".")) return text;
  const out: string[] = [];
  const rooted = text.startsWith("/");
  const parts = text.split("/");
  const last = parts[parts.length - 1];
  for (const part of parts) {
    if (part === "" || part === ".") continue;
    if (part === ".." && out.length && out[out.length - 1] !== "..") out.pop();
    else out.push(part);
  }
  const open = last === "" || last === "." || (last === ".." && out[out.length - 1] !== "..");
  const path = out.join("/");
  return `${rooted ? "/" : ""}${path}${open && path ? "/" : ""}`;
}

export const normalizePathWin = (text: string): string => normalizePath(text.replaceAll("\\", "/"));
