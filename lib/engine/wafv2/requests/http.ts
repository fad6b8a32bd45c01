import { framed } from "./framing";
import { type Head, headerLine, type Line, lineAt } from "./lines";
import { isHost, methodFault, tooManyHeaders, trimmed, uriFault, versionOf } from "./parts";
import { pseudoHead } from "./pseudo";
import { good, pasted, quoted, refuse } from "./text";
import { type HttpMessage, limits, type Outcome, type ReadRequest } from "./types";

/** `http://host/path` as its parts; undefined if it is no such address. */
function absolute(target: string): { scheme: "http" | "https"; host: string; uri: string } | undefined {
  const start = /^(https?):\/\//i.exec(target.slice(0, 8));
  if (!start) return undefined;
  const rest = target.slice(start[0].length);
  const end = rest.search(/[/?#]/);
  const [host, after] = end < 0 ? [rest, ""] : [rest.slice(0, end), rest.slice(end)];
  return { scheme: start[1].toLowerCase() as "http" | "https", host, uri: after.startsWith("/") ? after : `/${after}` };
}

function requestLine(text: string, line: Line): Outcome<{ message: HttpMessage; notes: string[]; host?: string }> {
  const notes: string[] = [];
  const space = line.text.indexOf(" ");
  const method = space < 0 ? line.text : line.text.slice(0, space);
  const fault = methodFault(method);
  if (fault) return refuse(text, line.at, fault);
  if (space < 0) return refuse(text, line.at + method.length, `after ${method} comes the address: write for example ${method} / HTTP/1.1.`);
  let target = line.text.slice(space + 1);
  let httpVersion = versionOf("HTTP/1.1")!;
  const last = target.lastIndexOf(" ");
  const word = target.slice(last + 1);
  if (/^http\/\S{0,20}$/i.test(word)) {
    const version = versionOf(word);
    if (!version) return refuse(text, line.at + space + 2 + last, `${quoted(word)} is no version of HTTP: write HTTP/1.1 or HTTP/2.`);
    httpVersion = version;
    target = last < 0 ? "" : target.slice(0, last);
  } else notes.push("The first line names no version: HTTP/1.1 is taken.");
  target = trimmed(target);
  if (!target) return refuse(text, line.at + space, "the address is missing between the method and the version: write / for the first page.");
  if (target.includes(" ")) {
    notes.push("Blanks in the address are sent as %20, as a browser does it.");
    target = target.replaceAll(" ", "%20");
  }
  const whole = absolute(target);
  if (whole && !isHost(whole.host)) return refuse(text, line.at + space + 1, `${quoted(whole.host)} is no host: write the address as http://example.com/.`);
  const uri = whole?.uri ?? target;
  const wrong = uriFault(uri);
  if (wrong) return refuse(text, line.at + space + 1, wrong);
  return good({ message: { method, uri, httpVersion, headers: [], ...(whole?.scheme === "http" && { scheme: "http" as const }) }, notes, host: whole?.host });
}

function plainHead(text: string, first: Line): Outcome<Head> {
  const start = requestLine(text, first);
  if (!start.ok) return start;
  const { message, notes, host } = start.value;
  let bodyAt = first.next;
  for (let line = lineAt(text, bodyAt); line; line = lineAt(text, bodyAt)) {
    bodyAt = line.next;
    if (line.text === "") break;
    const header = headerLine(text, line);
    if (!header.ok) return header;
    if (message.headers.length === limits.headers) return refuse(text, line.at, tooManyHeaders);
    message.headers.push(header.value);
  }
  const hasHost = message.headers.some(([name]) => name.toLowerCase() === "host");
  if (!hasHost && host) message.headers.unshift(["Host", host]);
  else if (!hasHost && message.httpVersion === "HTTP/1.1") notes.push("There is no Host header; a server of HTTP/1.1 answers such a request with 400.");
  return good({ message, notes, bodyAt });
}

/**
 * Reads a request as it stands on the wire (HTTP/1.1, with line ends of either kind), or as a browser's tools show one of HTTP/2
 * (`:method`, `:path`, ... on lines of their own). Text becomes UTF-8; bytes are taken as they are. Never throws; time is linear.
 * Sources: RFC 9112, 3; RFC 9113, 8.3.
 */
export function readHttp(source: string | Uint8Array): Outcome<ReadRequest> {
  const read = pasted(source);
  if (!read.ok) return read;
  const text = read.value;
  let from = 0;
  while (text[from] === "\r" || text[from] === "\n") from++;
  const first = lineAt(text, from);
  if (!first) return { ok: false, problem: { message: "There is no request here: write for example GET / HTTP/1.1 and a line Host: example.com.", line: 1, column: 1 } };
  const head = first.text.startsWith(":") ? pseudoHead(text, first) : plainHead(text, first);
  if (!head.ok) return head;
  const whole = framed(head.value.message, text.slice(head.value.bodyAt));
  return whole.ok ? good({ message: whole.value.message, notes: [...head.value.notes, ...whole.value.notes] }) : whole;
}
