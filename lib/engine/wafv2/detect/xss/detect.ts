import type { HtmlToken, XssExplanation } from "../types";
import { isDangerous, isEnd, isEvent, isKnownEvent, isTag, isUrl, needsAttributes } from "./names";
import { CLOSE, COMMENT, DOCTYPE, END_TAG, HtmlReader, INSTRUCTION, NAME, TAG, TEXT, VALUE, quotes, starts } from "./reader";
import { scriptFragment } from "./script";
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

/** Whether an attribute outside of a tag is an event's, with a value that would run. */
function bareEvent(text: string, name: string, state: number, start: number, end: number): boolean {
  if (end === start || !isEvent(name)) return false;
  const first = text.charCodeAt(start);
  // `onEnd === x` and `onEnd => x` are code.
  if (first === 61 || first === 62) return false;
  const known = isKnownEvent(name);
  return state === 1 ? known && scriptLike(text, start, end) : known || scriptLike(text, start, end);
}

/** What makes a `style` attribute of a value without tags dangerous. */
const styleDanger = /expression|javascript|behaviou?r|binding|@import|url\(/i;

/** Reads `text` from one of the start states; tells why it is an attack. `tokens` collects what was read. */
function read(text: string, start: number, lenient: boolean, tokens?: HtmlToken[]): Reason | undefined {
  html.begin(text, start, lenient);
  const inText = start === 0;
  let [tagged, name, from, to] = [false, "", 0, 0];
  while (html.next()) {
    tokens?.push({ kind: shown[html.kind], text: text.slice(html.start, html.end), start: html.start, end: html.end });
    const reason = (kind: Reason["kind"], first = html.start, last = html.end): Reason => ({ kind, text: text.slice(first, last), start: first, end: last });
    switch (html.kind) {
      case TAG:
        tagged = true;
        name = small(text, html.start, html.end);
        if (isTag(name) || (needsAttributes(name) && text.charCodeAt(html.end) !== 62)) return reason("tag");
        break;
      case END_TAG:
        tagged = true;
        if (isEnd(small(text, html.start, html.end))) return reason("tag");
        break;
      case NAME:
        name = small(text, html.start, html.end);
        [from, to] = [html.start, html.end];
        if (!html.hasValue) break;
        if (tagged && name === "style") return reason("style");
        if (tagged && isDangerous(name)) return reason("attribute");
        if (tagged && isEvent(name)) return reason("event attribute");
        break;
      case VALUE:
        if (!name) {
          // The value that was open before the text began.
          if (scriptUrl(text, html.start, html.end)) return reason("script URL");
          break;
        }
        if (isUrl(name) && scriptScheme(text, html.start, html.end) >= 0) return reason("script URL");
        if (!tagged && bareEvent(text, name, start, html.start, html.end)) return reason("event attribute", from, to);
        if (!tagged && name === "style" && styleDanger.test(text.slice(html.start, html.end))) return reason("style", from, to);
        name = "";
        break;
      case DOCTYPE:
        return reason("doctype");
      case COMMENT:
      case INSTRUCTION:
        if (oddComment(text, html.start, html.end, html.kind)) return reason("comment");
        break;
      case CLOSE:
        if (!inText && !tagged) return;
        break;
      default:
        if (!inText) return;
    }
  }
}

/** Comments that browsers acted on, and declarations that load something. */
function oddComment(text: string, start: number, end: number, kind: number): boolean {
  const begin = text.slice(start, start + 12).toLowerCase().trim();
  if (kind === INSTRUCTION) return /^[?!%]?(xml|import|entity|element|attlist|notation)/.test(begin) || begin.startsWith("[cdata[");
  if (/^(\[if|#exec|#include|#set|#echo|>)/.test(begin)) return true;
  const quote = text.indexOf("`", start);
  return quote >= 0 && quote < end && /[<>=]/.test(text.slice(quote, end));
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

/** A scheme that runs scripts somewhere in the text, with a call after it. */
function schemeInside(text: string): Reason | undefined {
  for (let at = text.indexOf(":"); at >= 0; at = text.indexOf(":", at + 1)) {
    if ((text.charCodeAt(at - 1) | 32) !== 116) continue;
    const before = text.slice(Math.max(0, at - 10), at).toLowerCase();
    if (!before.endsWith("javascript") && !before.endsWith("vbscript")) continue;
    if (/^[^\s"'`]{1,200}[(`=]/.test(text.slice(at + 1, at + 202))) return { kind: "script URL", text: text.slice(at - before.length, at + 1), start: at - before.length, end: at + 1 };
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
const TAGS = 1, EQUALS = 2, COLON = 4, CALL = 8, DISGUISE = 16;
const marks = new Uint8Array(256);
for (const [char, mark] of [["<", TAGS], ["=", EQUALS], [":", COLON], ["&", COLON], ["(", CALL], ["`", CALL], ["[", CALL], ["\\", DISGUISE], ["+", DISGUISE], ["\u00bc", DISGUISE]] as const) marks[char.charCodeAt(0)] = mark;

function find(text: string, tokens?: (start: number) => HtmlToken[]): Found | undefined {
  let seen = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 256) seen |= marks[code];
  }
  for (let start = 0; start < starts.length; start++) {
    if (start === 0 ? !(seen & TAGS) : start === 1 ? !(seen & (EQUALS | COLON)) : !(seen & EQUALS) || !text.includes(String.fromCharCode(quotes[start]))) continue;
    const reason = read(text, start, false, tokens?.(start));
    if (reason) return { start, lenient: false, reason };
  }
  if (seen & TAGS) {
    const reason = read(text, 0, true, tokens?.(0));
    if (reason) return { start: 0, lenient: true, reason };
  }
  if (seen & COLON) {
    const reason = schemeInside(text);
    if (reason) return { start: 0, lenient: false, reason };
  }
  const hidden = seen & DISGUISE ? disguised.exec(text) : null;
  if (hidden) return { start: 0, lenient: false, reason: { kind: "tag", text: hidden[0], start: hidden.index, end: hidden.index + hidden[0].length } };
  const at = seen & CALL || text.length < 64 ? scriptFragment(text) : -1;
  return at < 0 ? undefined : { start: 0, lenient: false, reason: { kind: "script", text: text.slice(at, at + 40), start: at, end: Math.min(text.length, at + 40) } };
}

export const xss = (value: string): Found | undefined => find(value);
