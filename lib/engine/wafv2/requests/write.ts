import { withoutDots } from "./curl-url";
import { headerValues, isHost, transferCoding } from "./parts";
import { good, shown } from "./text";
import type { HttpMessage, Outcome } from "./types";

/** Requests as texts again. What is written here reads as the same message (`readHttp`, `readCurl`). */

/** As HTTP/1.1 writes it (other versions with their number), in bytes as Latin-1; `shown` makes it readable. */
export function writeHttp(message: HttpMessage): string {
  const { method, uri, httpVersion, headers, body, scheme } = message;
  const host = headerValues(message, "host")[0];
  const target = scheme === "http" && host !== undefined && isHost(host) && uri.startsWith("/") ? `http://${host}${uri}` : uri;
  const version = httpVersion === "HTTP/2.0" ? "HTTP/2" : httpVersion === "HTTP/3.0" ? "HTTP/3" : httpVersion;
  const head = `${method} ${target} ${version}\r\n${headers.map(([name, value]) => `${name}:${value && ` ${value}`}\r\n`).join("")}\r\n`;
  if (transferCoding(message) !== "chunked") return head + (body ?? "");
  return `${head}${body ? `${body.length.toString(16)}\r\n${body}\r\n` : ""}0\r\n\r\n`;
}

const named: Record<string, string> = { "\t": "\\t", "\n": "\\n", "\r": "\\r", "'": "\\'", "\\": "\\\\" };

/** In quotes of sh; bytes that are no text, and control characters, in bash's `$'...'`. */
function inQuotes(bytes: string): string {
  const text = shown(bytes);
  // eslint-disable-next-line no-control-regex
  if (text !== undefined && !/[\0-\x1f\x7f]/.test(bytes)) return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
  // eslint-disable-next-line no-control-regex
  return `$'${bytes.replace(/[\0-\x1f'\\\x7f-\xff]/g, (char) => named[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`)}'`;
}

/** Refuses what a command line or curl cannot send: NUL bytes, a second Host. Lines end with a backslash, for sh and bash. */
export function writeCurl(message: HttpMessage): Outcome<string> {
  const { method, uri, httpVersion, headers, body = "", scheme = "https" } = message;
  if (body.includes("\0")) return { ok: false, problem: { message: "The body holds a NUL byte, which a command line cannot carry: save it as raw HTTP instead." } };
  const hosts = headerValues(message, "host");
  if (hosts.length > 1 || (hosts.length && headers[0][0].toLowerCase() !== "host")) return { ok: false, problem: { message: "curl sends one Host header, before all others: save this request as raw HTTP instead." } };
  const has = (name: string): boolean => headerValues(message, name).length > 0;
  // An Authorization or Cookie of -H stands among the others, so every header is written as one.
  const host = hosts[0] !== undefined && isHost(hosts[0]) ? hosts[0] : "example.com";
  const question = uri.indexOf("?");
  const path = question < 0 ? uri : uri.slice(0, question);
  const plain = uri.startsWith("/") && !uri.includes("#") && !/[\x80-\xff]/.test(path);
  const words = [`curl ${inQuotes(`${scheme}://${host}${plain ? uri : "/"}`)}`];
  if (!plain) words.push(`--request-target ${inQuotes(uri)}`);
  else if (withoutDots(path) !== path) words.push("--path-as-is");
  if (plain && /[{}[\]]/.test(uri)) words.push("-g");
  if (httpVersion !== "HTTP/1.1") words.push(`--http${httpVersion.slice(5).replace(/^([23])\.0$/, "$1")}`);
  const hasBody = body !== "";
  if (method === "HEAD" && !hasBody) words.push("-I");
  else if (method !== (hasBody ? "POST" : "GET")) words.push(`-X ${inQuotes(method)}`);
  for (const [at, [name, value]] of headers.entries()) {
    if (at === 0 && hosts.length && value === host && name === "Host") continue;
    words.push(`-H ${inQuotes(value ? `${name}: ${value}` : `${name};`)}`);
  }
  for (const name of [...(hosts.length ? [] : ["Host"]), "User-Agent", "Accept", ...(hasBody ? ["Content-Type"] : [])]) if (!has(name)) words.push(`-H '${name}:'`);
  if (hasBody) words.push(`--data-raw ${inQuotes(body)}`);
  return good(words.join(" \\\n  "));
}
