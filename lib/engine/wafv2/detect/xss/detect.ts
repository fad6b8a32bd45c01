import type { HtmlToken, XssExplanation } from "../types";
import { isDangerous, isEnd, isEvent, isTag, isUrl } from "./names";
import { CLOSE, COMMENT, DOCTYPE, END_TAG, HtmlReader, INSTRUCTION, NAME, TAG, TEXT, VALUE, quotes, starts } from "./reader";
import { scriptFragment } from "./script";
import { scriptScheme } from "./url";

type Reason = NonNullable<XssExplanation["reason"]>;

const html = new HtmlReader();
const shown: Record<number, HtmlToken["kind"]> = { [TEXT]: "text", [TAG]: "tag", [END_TAG]: "end tag", [NAME]: "attribute", [VALUE]: "value", [COMMENT]: "comment", [DOCTYPE]: "doctype", [INSTRUCTION]: "comment", [CLOSE]: "close" };

const small = (text: string, start: number, end: number): string => {
  const name = text.slice(start, Math.min(end, start + 40)).toLowerCase();
  return name.includes("\0") ? name.replaceAll("\0", "") : name;
};

/** Whether a value reads like a script rather than like a word. */
function scriptLike(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ("(`=;{[.\\&%".includes(text[i])) return true;
  return false;
}

/** What makes a `style` attribute of a value without tags dangerous. */
const styleDanger = /expression|javascript|behaviou?r|binding|@import|url\(/i;

/** Reads `text` from one of the start states; tells why it is an attack. `tokens` collects what was read. */
function read(text: string, start: number, tokens?: HtmlToken[]): Reason | undefined {
  html.begin(text, start);
  const inText = start === 0;
  let [tagged, name, from, to] = [false, "", 0, 0];
  while (html.next()) {
    tokens?.push({ kind: shown[html.kind], text: text.slice(html.start, html.end), start: html.start, end: html.end });
    const reason = (kind: Reason["kind"], first = html.start, last = html.end): Reason => ({ kind, text: text.slice(first, last), start: first, end: last });
    switch (html.kind) {
      case TAG:
        tagged = true;
        if (isTag(small(text, html.start, html.end))) return reason("tag");
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
        if (!tagged && isEvent(name) && (html.end > html.start) && (start !== 1 || scriptLike(text, html.start, html.end))) return reason("event attribute", from, to);
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
  return text.slice(start, end).includes("`");
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

interface Found {
  start: number;
  reason: Reason;
}

function find(text: string, tokens?: (start: number) => HtmlToken[]): Found | undefined {
  let [tag, equals, colon, call] = [false, false, false, false];
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 60: tag = true; break;
      case 61: equals = true; break;
      case 58: colon = true; break;
      case 38: colon = true; break;
      case 40: case 96: case 91: call = true; break;
      case 46: call ||= i < 24; break;
      default:
    }
  }
  for (let start = 0; start < starts.length; start++) {
    if (start === 0 ? !tag : start === 1 ? !(equals || colon) : !equals || !text.includes(String.fromCharCode(quotes[start]))) continue;
    const reason = read(text, start, tokens?.(start));
    if (reason) return { start, reason };
  }
  const at = call ? scriptFragment(text) : -1;
  return at < 0 ? undefined : { start: 0, reason: { kind: "script", text: text.slice(at, at + 40), start: at, end: Math.min(text.length, at + 40) } };
}

export const xss = (value: string): Found | undefined => find(value);
