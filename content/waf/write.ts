import { utf8 } from "@/lib/engine/wafv2/inspect/bytes";
import { encodedArguments } from "@/lib/engine/wafv2/requests/form";
import type { SavedKind, SavedRequest } from "@/lib/engine/wafv2/requests/saved";
import type { Client, HttpMessage } from "@/lib/engine/wafv2/requests/types";

/** Short ways to write saved requests. Texts are typed as read; here they become bytes. */

export const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

export interface More {
  headers?: [name: string, value: string][];
  /** Null: without a User-Agent. */
  agent?: string | null;
  method?: string;
  host?: string;
}

function message(uri: string, { headers = [], agent = browser, method = "GET", host = "shop.example.com" }: More, body?: { type: string; text: string }): HttpMessage {
  const bytes = body && utf8(body.text);
  const all: [string, string][] = [
    ["Host", host],
    ...(agent === null ? [] : [["User-Agent", agent] as [string, string]]),
    ["Accept", "text/html,application/json;q=0.9,*/*;q=0.8"],
    ...headers,
    ...(body && bytes !== undefined ? [["Content-Type", body.type] as [string, string], ["Content-Length", String(bytes.length)] as [string, string]] : []),
  ];
  return { method, uri: utf8(uri), httpVersion: "HTTP/1.1", headers: all.map(([name, value]) => [name, utf8(value)]), ...(bytes && { body: bytes }) };
}

/** A path and arguments, percent-encoded as a browser does it. */
export const get = (path: string, query: Record<string, string> = {}, more: More = {}): HttpMessage => {
  const written = encodedArguments(Object.entries(query));
  return message(written ? `${path}?${written}` : path, more);
};
/** An address exactly as it goes out. */
export const raw = (uri: string, more: More = {}): HttpMessage => message(uri, more);
export const form = (path: string, fields: Record<string, string>, more: More = {}): HttpMessage =>
  message(path, { method: "POST", ...more }, { type: "application/x-www-form-urlencoded", text: encodedArguments(Object.entries(fields)) });
export const json = (path: string, value: unknown, more: More = {}): HttpMessage => message(path, { method: "POST", ...more }, { type: "application/json", text: JSON.stringify(value) });
export const send = (path: string, type: string, text: string, more: More = {}): HttpMessage => message(path, { method: "POST", ...more }, { type, text });
export const cookie = (text: string): More => ({ headers: [["Cookie", text]] });

type Row = [id: string, title: string, why: string, message: HttpMessage, client?: Client];
const rows = (harmful: boolean) => (kind: SavedKind, ...list: Row[]): SavedRequest[] =>
  list.map(([id, title, why, sent, client]) => ({ id, title, kind, harmful, why, message: sent, ...(client && { client }) }));
export const attacks = rows(true);
export const harmless = rows(false);
