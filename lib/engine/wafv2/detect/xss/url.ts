import { references } from "./names";

/** Schemes that run what follows them. */
const schemes = ["javascript:", "vbscript:", "livescript:", "mocha:", "data:", "view-source:", "jar:", "mhtml:"];
const longest = Math.max(...schemes.map((scheme) => scheme.length));

const state = { next: 0 };

/** The character at `i`, a reference decoded; `state.next` is where the next one begins. */
function character(text: string, i: number, end: number): number {
  const code = text.charCodeAt(i);
  state.next = i + 1;
  if (code !== 38) return code;
  if (text.charCodeAt(i + 1) === 35) {
    let at = i + 2;
    const hex = (text.charCodeAt(at) | 32) === 120;
    if (hex) at++;
    let [value, digits] = [0, 0];
    for (; at < end; at++, digits++) {
      const digit = text.charCodeAt(at);
      if (digit >= 48 && digit <= 57) value = value * (hex ? 16 : 10) + digit - 48;
      else if (hex && (digit | 32) >= 97 && (digit | 32) <= 102) value = value * 16 + (digit | 32) - 87;
      else break;
      value = Math.min(value, 0x110000);
    }
    if (!digits) return code;
    state.next = text.charCodeAt(at) === 59 ? at + 1 : at;
    return value;
  }
  let at = i + 1;
  while (at < end && at - i < 9 && /[a-z]/i.test(text[at])) at++;
  if (text.charCodeAt(at) !== 59) return code;
  const known = references[text.slice(i + 1, at)];
  if (known === undefined) return code;
  state.next = at + 1;
  return known;
}

/**
 * Where the scheme ends if the text from `start` to `end` begins with one that runs scripts, else -1. Blanks, control
 * characters and what is above ASCII are passed over, as browsers do or did.
 */
export function scriptScheme(text: string, start: number, end: number): number {
  let read = "";
  for (let i = start; i < end && read.length < longest; i = state.next) {
    const code = character(text, i, end);
    if (code <= 32 || code >= 127 || code === 92) continue;
    read += String.fromCharCode(code).toLowerCase();
    if (code === 58 && schemes.includes(read)) return state.next;
    if (code !== 58) continue;
    if (read !== "feed:") return -1;
    read = "";
  }
  return -1;
}
