import type { HtmlToken, XssExplanation } from "../types";
import { isDangerous, isEnd, isEvent, isKnownEvent, isTag, isUrl, needsAttributes } from "./names";
import { CLOSE, COMMENT, DOCTYPE, END_TAG, HtmlReader, INSTRUCTION, NAME, TAG, TEXT, UNQUOTED, VALUE, quotes, starts } from "./reader";
import { scriptFragment, scriptSteps } from "./script";
import { scriptScheme } from "./url";

type Reason = NonNullable<XssExplanation["reason"]>;

const html = new HtmlReader();
const shown: Record<number, HtmlToken["kind"]> = { [TEXT]: "text", [TAG]: "tag", [END_TAG]: "end tag", [NAME]: "attribute", [VALUE]: "value", [COMMENT]: "comment", [DOCTYPE]: "doctype", [INSTRUCTION]: "comment", [CLOSE]: "close" };

const small = (text: string, start: number, end: number): string => {
  const name = text.slice(start, Math.min(end, start + 40)).toLowerCase();
  return /^[a-z0-9:-]*/.exec(name.includes("\0") ? name.replaceAll("\0", "") : name)![0];
};

/** Whether a value reads like a script rather than like a word. */
function scriptLike(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ("(`=;{[.\\&%".includes(text[i])) return true;
  return false;
}

/** `Array<Style>` at the end of a text: a tag that holds nothing, written right after a word. */
function isGeneric(text: string, start: number, end: number): boolean {
  return text.charCodeAt(end) === 62 && text.length < end + 3 && start > 1 && /\w/.test(text[start - 2]);
}

/** Whether an attribute outside of a tag is an event's, with a value that would run. */
function bareEvent(text: string, name: string, state: number, start: number, end: number): boolean {
  if (end === start || !isEvent(name)) return false;
  const first = text.charCodeAt(start);
  // `onEnd === x` and `onEnd => x` are code.
  if (first === 61 || first === 62) return false;
  const known = isKnownEvent(name);
  return state === UNQUOTED ? known && scriptLike(text, start, end) : known || scriptLike(text, start, end);
}

/** What makes a `style` attribute of a value without tags dangerous. */
const styleDanger = /expression|javascript|behaviou?r|binding|@import|url\(/i;

const because = (text: string, kind: Reason["kind"], start: number, end: number): Reason => ({ kind, text: text.slice(start, end), start, end });

/** Reads `text` from one of the start states; tells why it is an attack. `tokens` collects what was read. */
function read(text: string, start: number, lenient: boolean, tokens?: HtmlToken[]): Reason | undefined {
  html.begin(text, start, lenient);
  let tagged = false;
  /** The attribute whose value comes next. */
  let name = "";
  let from = 0;
  let to = 0;
  /** `const onEnd = ...` is a script's line, not an attribute. */
  let declared = false;
  while (html.next()) {
    tokens?.push({ kind: shown[html.kind], text: text.slice(html.start, html.end), start: html.start, end: html.end });
    const { kind, start: first, end } = html;
    if (kind === TAG) {
      tagged = true;
      const tag = small(text, first, end);
      if (isTag(tag) ? !isGeneric(text, first, end) : needsAttributes(tag) && text.charCodeAt(end) !== 62) return because(text, "tag", first, end);
    } else if (kind === END_TAG) {
      tagged = true;
      if (isEnd(small(text, first, end))) return because(text, "tag", first, end);
    } else if (kind === NAME) {
      if (!html.hasValue) {
        declared = !tagged && end - first <= 5 && /^(const|let|var)$/.test(text.slice(first, end));
        continue;
      }
      name = declared ? "" : small(text, first, end);
      declared = false;
      from = first;
      to = end;
      if (!tagged) continue;
      if (name === "style") return because(text, "style", first, end);
      if (isDangerous(name)) return because(text, "attribute", first, end);
      if (isEvent(name)) return because(text, "event attribute", first, end);
    } else if (kind === VALUE) {
      if (from === to) {
        // The value that was open before the text began.
        if (scriptUrl(text, first, end)) return because(text, "script URL", first, end);
        continue;
      }
      if (isUrl(name) && scriptScheme(text, first, end) >= 0) return because(text, "script URL", first, end);
      if (!tagged && bareEvent(text, name, start, first, end)) return because(text, "event attribute", from, to);
      if (!tagged && name === "style" && styleDanger.test(text.slice(first, end))) return because(text, "style", from, to);
    } else if (kind === DOCTYPE) return because(text, "doctype", first, end);
    else if (kind === COMMENT || kind === INSTRUCTION) {
      if (oddComment(text, first, end, kind)) return because(text, "comment", first, end);
    } else if (start > 0 && !tagged) return;
  }
}

/** Comments that browsers acted on, and declarations that load something. */
function oddComment(text: string, start: number, end: number, kind: number): boolean {
  const begin = text.slice(start, start + 12).toLowerCase().trim();
  if (kind === INSTRUCTION) return /^[?!%]?(xml|import|entity|element|attlist|notation)/.test(begin) || begin.startsWith("[cdata[");
  if (/^(\[if|#exec|#include|#set|#echo|>)/.test(begin)) return true;
  const inside = text.slice(start, end);
  const quote = inside.indexOf("`");
  return quote >= 0 && /[<>=]/.test(inside.slice(quote));
}

/** The whole value is a URL that runs a script: it goes where a page has an `href`. */
function scriptUrl(text: string, start: number, end: number): boolean {
  const after = scriptScheme(text, start, end);
  if (after < 0) return false;
  const rest = text.slice(after, Math.min(end, after + 400));
  const scheme = text.slice(start, after).toLowerCase();
  if (scheme.includes("data")) return /^[^,]{0,60}(html|xml|svg|script|base64)/i.test(rest);
  if (!scheme.includes("script")) return rest.startsWith("javascript:");
  return /^[^\s]/.test(rest) ? /[(`=/'"%&[]/.test(rest) : /^\s+[\w.$[\]]+\s?[(`=]/.test(rest);
}

/** So far after a scheme a call is looked for. */
const REACH = 200;

/** A scheme that runs scripts somewhere in the text, with a call after it. */
function schemeInside(text: string): Reason | undefined {
  for (let at = text.indexOf(":"); at >= 0; at = text.indexOf(":", at + 1)) {
    if ((text.charCodeAt(at - 1) | 32) !== 116) continue;
    const before = text.slice(Math.max(0, at - 10), at).toLowerCase();
    const scheme = before.endsWith("javascript") ? 10 : before.endsWith("vbscript") ? 8 : 0;
    if (!scheme) continue;
    for (let i = at + 1; i < text.length && i < at + REACH; i++) {
      const code = text.charCodeAt(i);
      if (code <= 32 || code === 34 || code === 39) break;
      if (i > at + 1 && (code === 40 || code === 61 || code === 96)) return because(text, "script URL", at - scheme, at + 1);
      if (code === 96) break;
    }
  }
}

/** Signs that some decoders make a `<` of: UTF-7, US-ASCII with the high bit, JavaScript's escapes. */
const disguised = /\+ADw-|\u00bc(?=\/?script)|\\(?:x3c|u003c)(?=\/?[a-z]{2,20}[\s/>\\])/i;

interface Found {
  start: number;
  lenient: boolean;
  reason: Reason;
}

/** What stands in the text at all: it says which states are worth reading. */
const TAGS = 1, EQUALS = 2, COLON = 4, CALL = 8, DISGUISE = 16, MEMBER = 32;
const marks = new Uint8Array(256);
for (const [char, mark] of [["<", TAGS], [".", MEMBER], ["=", EQUALS], [":", COLON], ["&", COLON], ["(", CALL], ["`", CALL], ["[", CALL], ["\\", DISGUISE], ["+", DISGUISE], ["\u00bc", DISGUISE]] as const) marks[char.charCodeAt(0)] = mark;

/** Which states are worth reading is told by the characters that occur. */
function marksOf(text: string): number {
  let seen = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 256) seen |= marks[code];
  }
  return seen;
}

const worthReading = (text: string, start: number, seen: number): boolean => {
  if (start === 0) return (seen & TAGS) !== 0;
  if (start === UNQUOTED) return (seen & EQUALS) !== 0 || ((seen & COLON) !== 0 && scriptUrl(text, 0, text.length));
  return (seen & EQUALS) !== 0 && text.includes(String.fromCharCode(quotes[start]));
};

/** Why the text is an attack, undefined if it is none. The work is linear in the text. */
export function find(text: string): Found | undefined {
  const seen = marksOf(text);
  if (seen === 0) return;
  for (let start = 0; start < starts.length; start++) {
    if (!worthReading(text, start, seen)) continue;
    const reason = read(text, start, false);
    if (reason) return { start, lenient: false, reason };
  }
  if (seen & TAGS) {
    const reason = read(text, 0, true);
    if (reason) return { start: 0, lenient: true, reason };
  }
  if (seen & COLON) {
    const reason = schemeInside(text);
    if (reason) return { start: 0, lenient: false, reason };
  }
  const hidden = seen & DISGUISE ? disguised.exec(text) : null;
  if (hidden) return { start: 0, lenient: false, reason: because(text, "tag", hidden.index, hidden.index + hidden[0].length) };
  const at = seen & (CALL | MEMBER) ? scriptFragment(text) : -1;
  return at < 0 ? undefined : { start: 0, lenient: false, reason: because(text, "script", at, Math.min(text.length, at + SHOWN)) };
}

/** So much of a script's fragment is shown. */
const SHOWN = 40;

/** Characters looked at since the start: what a test of linear work counts. */
export const stepsSoFar = (): number => html.steps + scriptSteps();

/** What `find` found, with the tokens that were read up to the one that decided. */
export function explain(value: string): XssExplanation {
  const found = find(value);
  const tokens: HtmlToken[] = [];
  read(value, found?.start ?? 0, found?.lenient ?? false, tokens);
  const { reason } = found ?? {};
  if (!reason) return { verdict: false, state: "text", tokens, matchedData: [] };
  const inTag = reason.kind === "tag" && tokens.at(-1)?.kind !== "text";
  return { verdict: true, state: starts[found!.start], tokens, reason, matchedData: inTag ? [tokens.at(-1)?.kind === "end tag" ? "</" : "<", reason.text] : [reason.text] };
}
