import { bytesText, grouped, quoted } from "./text";
import { type HttpMessage, type HttpVersion, limits } from "./types";

/** What every door into a request asks of its parts. Each function answers a sentence's rest, or undefined where all is well. */

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Source: RFC 9110, 5.6.2 and 9.1. */
export function methodFault(method: string): string | undefined {
  if (!method) return "a request begins with its method: write for example GET /.";
  if (method.length > limits.method) return `a method has up to ${limits.method} letters: shorten it.`;
  return token.test(method) ? undefined : `${quoted(method)} is no method: write letters only, for example GET or POST.`;
}

/** Of a target without blanks. */
export function uriFault(uri: string): string | undefined {
  if (uri.length > limits.uri) return `the address has ${bytesText(uri.length)}, and the lab takes up to ${bytesText(limits.uri)}: shorten it.`;
  if (uri !== "*" && !uri.startsWith("/")) return `the address ${quoted(uri)} does not begin with /: write the path, for example /index.html.`;
  // eslint-disable-next-line no-control-regex
  return /[\0-\x20\x7f]/.test(uri) ? "an address cannot hold blanks or control characters: write them percent-encoded, a NUL as %00." : undefined;
}

export function headerNameFault(name: string): string | undefined {
  if (!name) return "a header needs a name before its colon: write it as Name: value.";
  if (name.length > limits.headerName) return `a header's name has up to ${bytesText(limits.headerName)}: shorten it.`;
  if (/[ \t]$/.test(name)) return "no blank may stand between a header's name and its colon: delete it.";
  return token.test(name) ? undefined : `${quoted(name)} is no header name: use letters, digits and hyphens.`;
}

export function headerValueFault(name: string, value: string): string | undefined {
  if (value.length > limits.headerValue) return `the header ${quoted(name)} has ${bytesText(value.length)}, and the lab takes up to ${bytesText(limits.headerValue)}: shorten it.`;
  // eslint-disable-next-line no-control-regex
  return /[\0\r\n]/.test(value) ? `the header ${quoted(name)} holds a NUL or a line end, which cannot be sent: delete it.` : undefined;
}

export const tooManyHeaders = `there are more than ${grouped(limits.headers)} headers, which is all that the lab takes: delete some.`;

/** Blanks around a header's value are not part of it. Source: RFC 9110, 5.5. */
export function trimmed(value: string): string {
  let [from, to] = [0, value.length];
  const blank = (at: number): boolean => value[at] === " " || value[at] === "\t";
  while (from < to && blank(from)) from++;
  while (to > from && blank(to - 1)) to--;
  return value.slice(from, to);
}

const versions: Record<string, HttpVersion> = { "HTTP/1.0": "HTTP/1.0", "HTTP/1.1": "HTTP/1.1", "HTTP/2": "HTTP/2.0", "HTTP/2.0": "HTTP/2.0", "HTTP/3": "HTTP/3.0", "HTTP/3.0": "HTTP/3.0" };
export const versionOf = (text: string): HttpVersion | undefined => (Object.hasOwn(versions, text.toUpperCase()) ? versions[text.toUpperCase()] : undefined);

/** All values of a header; names do not differ by case. */
export function headerValues({ headers }: Pick<HttpMessage, "headers">, name: string): string[] {
  const lower = name.toLowerCase();
  return headers.filter(([each]) => each.toLowerCase() === lower).map(([, value]) => value);
}

/** `chunked` or `other` transfer coding; undefined: none. */
export function transferCoding(message: Pick<HttpMessage, "headers">): "chunked" | "other" | undefined {
  const values = headerValues(message, "transfer-encoding");
  if (!values.length) return undefined;
  const codings = values.join(",").split(",");
  return codings[codings.length - 1].trim().toLowerCase() === "chunked" ? "chunked" : "other";
}

/** Whether a text is a host as addresses and Host headers name it, with or without a port. */
export const isHost = (text: string): boolean => text.length <= 300 && /^(\[[0-9A-Fa-f:.]{2,45}\]|[0-9A-Za-z._-]+)(:\d{1,5})?$/.test(text);
