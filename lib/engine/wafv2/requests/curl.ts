import { bytesOf } from "../inspect/bytes";
import { toBase64 } from "../../crypto/bytes";
import { type Given, givenOptions } from "./curl-options";
import { type FormPart, formPart, multipart, urlEncoded } from "./curl-form";
import { readCurlUrl } from "./curl-url";
import { cmdWords } from "./cmd";
import { headerNameFault, headerValueFault, methodFault, tooManyHeaders, trimmed, uriFault } from "./parts";
import { shWords } from "./sh";
import { bytesText, good, pasted, quoted, refuse } from "./text";
import { type HttpMessage, type HttpVersion, limits, type Outcome, type ReadRequest } from "./types";

/** What the options add up to. */
interface Command {
  urls: Given[];
  method?: Given;
  /** In order; an empty value takes the default header away unless it was written `Name;`. */
  headers: { name: string; value: string; removes: boolean }[];
  /** Of -d and its kin, joined by `&`, and of --json, joined by nothing. */
  data?: string;
  json: boolean;
  parts: FormPart[];
  cookies: string[];
  agent?: string;
  referer?: string;
  authorization?: string;
  query: string[];
  target?: Given;
  flags: Set<string>;
  version: HttpVersion;
}

/** The version of the default User-Agent; its behaviour was compared with the real one. */
export const curlAgent = "curl/7.88.1";

const noFile = "a page cannot read the file that is named after @: write its content in place of it.";

function header(text: string, { value, at }: Given): Outcome<Command["headers"][number]> {
  if (value.startsWith("@")) return refuse(text, at, noFile);
  const colon = value.indexOf(":");
  const empty = colon < 0 && value.endsWith(";");
  if (colon < 0 && !empty) return refuse(text, at, `${quoted(value)} has no colon: write -H 'Name: value'.`);
  const name = empty ? value.slice(0, -1) : value.slice(0, colon);
  const content = empty ? "" : trimmed(value.slice(colon + 1));
  const fault = headerNameFault(name) ?? headerValueFault(name, content);
  return fault ? refuse(text, at, fault) : good({ name, value: content, removes: !empty && content === "" });
}

/** Takes one option in; answers what is wrong with it. */
function take(text: string, command: Command, given: Given): Outcome<undefined> {
  const { does, value, at } = given;
  const addData = (piece: string, separator: string): void => void (command.data = command.data === undefined ? piece : command.data + separator + piece);
  switch (does) {
    case "url": command.urls.push(given); break;
    case "method": command.method = given; break;
    case "target": command.target = given; break;
    case "header": {
      const read = header(text, given);
      if (!read.ok) return read;
      command.headers.push(read.value);
      break;
    }
    case "data":
    case "json":
      if (value.startsWith("@")) return refuse(text, at, noFile);
      addData(value, does === "data" ? "&" : "");
      if (does === "json") command.json = true;
      break;
    case "data-raw": addData(value, "&"); break;
    case "data-urlencode":
    case "url-query": {
      const piece = urlEncoded(value);
      if (piece === undefined) return refuse(text, at, noFile);
      if (does === "url-query") command.query.push(piece);
      else addData(piece, "&");
      break;
    }
    case "form":
    case "form-string": {
      const part = formPart(value, does === "form-string");
      if (!part.ok) return refuse(text, at, part.problem.message);
      command.parts.push(part.value);
      break;
    }
    case "cookie":
      if (!value.includes("=")) return refuse(text, at, `without = curl reads cookies from a file named ${quoted(value)}, which a page cannot: write -b 'name=value'.`);
      command.cookies.push(value);
      break;
    case "agent": command.agent = value; break;
    case "referer": command.referer = value.replace(/;auto$/, ""); break;
    case "user":
      if (!value.includes(":")) return refuse(text, at, "curl would ask for the password here: write it after a colon, as -u user:password.");
      command.authorization = `Basic ${toBase64(bytesOf(value))}`;
      break;
    case "bearer": command.authorization = `Bearer ${value}`; break;
    case "http1.0": command.version = "HTTP/1.0"; break;
    case "http1.1": command.version = "HTTP/1.1"; break;
    case "http2": command.version = "HTTP/2.0"; break;
    case "http3": command.version = "HTTP/3.0"; break;
    default: command.flags.add(does);
  }
  return good(undefined);
}

/** The headers in the order in which curl sends them: its own, those of -H, the body's. */
function headersOf(command: Command, host: string, body: { text: string; type: string } | undefined): [string, string][] {
  const custom = [...command.headers];
  const has = (name: string): boolean => custom.some((each) => each.name.toLowerCase() === name);
  if (command.json && !has("content-type")) custom.push({ name: "Content-Type", value: "application/json", removes: false });
  if (command.json && !has("accept")) custom.push({ name: "Accept", value: "application/json", removes: false });
  const given = custom.find(({ name }) => name.toLowerCase() === "host");
  const out: [string, string][] = [];
  const own = (name: string, value: string | undefined): void => {
    if (value && !has(name.toLowerCase())) out.push([name, value]);
  };
  if (!given?.removes) out.push([given?.name ?? "Host", given?.value ?? host]);
  own("Authorization", command.authorization);
  own("User-Agent", command.agent ?? curlAgent);
  own("Accept", "*/*");
  own("Accept-Encoding", command.flags.has("compressed") ? "deflate, gzip, br, zstd" : undefined);
  own("Referer", command.referer);
  own("Cookie", command.cookies.length ? command.cookies.join(";") : undefined);
  for (const { name, value, removes } of custom) if (!removes && name.toLowerCase() !== "host") out.push([name, value]);
  if (!body) return out;
  if (!custom.some(({ name, value }) => name.toLowerCase() === "transfer-encoding" && /chunked/i.test(value))) own("Content-Length", String(body.text.length));
  own("Content-Type", body.type);
  return out;
}

function built(text: string, command: Command): Outcome<ReadRequest> {
  const { urls, parts, flags } = command;
  if (urls.length !== 1) return urls.length ? refuse(text, urls[1].at, `there is a second address, ${quoted(urls[1].value)}: keep one; if it belongs to the text before, put that in quotes.`) : { ok: false, problem: { message: "The command has no address: add one, for example https://example.com/." } };
  if (parts.length && command.data !== undefined) return { ok: false, problem: { message: "curl sends either -F or -d, not both: keep one of them." } };
  const get = flags.has("get");
  if (flags.has("head") && !get && (parts.length || command.data !== undefined)) return { ok: false, problem: { message: "curl sends no data with -I: take -I or the data out." } };
  const url = readCurlUrl(urls[0].value, { pathAsIs: flags.has("path-as-is"), globOff: flags.has("globoff") });
  if (!url.ok) return refuse(text, urls[0].at, url.problem.message);
  const { scheme, host, path, query: written, hadFragment, user } = url.value;
  if (user !== undefined && command.authorization === undefined) command.authorization = `Basic ${toBase64(bytesOf(user.includes(":") ? user : `${user}:`))}`;
  const extra = [...command.query, ...(get && command.data !== undefined ? [command.data] : [])].join("&");
  const query = extra ? (written.length > 1 ? `${written}&${extra}` : `?${extra}`) : written;
  const form = parts.length ? multipart(parts) : undefined;
  const body = form ? { text: form.body, type: `multipart/form-data; boundary=${form.boundary}` } : command.data !== undefined && !get ? { text: command.data, type: "application/x-www-form-urlencoded" } : undefined;
  const method = command.method?.value ?? (flags.has("head") ? "HEAD" : body ? "POST" : "GET");
  const notes: string[] = [];
  const target = command.target?.value.replaceAll(" ", "%20");
  if (target !== command.target?.value) notes.push("Blanks in the address are sent as %20, as a browser does it.");
  const uri = target ?? path + query;
  const fault = methodFault(method);
  if (fault) return refuse(text, command.method?.at ?? 0, fault);
  const wrong = uriFault(uri);
  if (wrong) return refuse(text, (command.target ?? urls[0]).at, wrong);
  if (hadFragment && !target) notes.push("What stands after # stays with the client: curl does not send it.");
  const headers = headersOf(command, host, body);
  if (headers.length > limits.headers) return { ok: false, problem: { message: `In this command ${tooManyHeaders}` } };
  for (const [name, value] of headers) {
    const bad = headerValueFault(name, value);
    if (bad) return { ok: false, problem: { message: `In this command ${bad}` } };
  }
  if (body && body.text.length > limits.body) return { ok: false, problem: { message: `The data has ${bytesText(body.text.length)}, and the lab takes up to ${bytesText(limits.body)}: shorten it.` } };
  const wrote = headers.find(([name]) => name.toLowerCase() === "content-length");
  if (wrote && wrote[1] !== String(body?.text.length ?? 0)) {
    notes.push(`Content-Length said ${wrote[1]}, and the body has ${bytesText(body?.text.length ?? 0)}: it is sent with the true length.`);
    wrote[1] = String(body?.text.length ?? 0);
  }
  const message: HttpMessage = { method, uri, httpVersion: command.version, headers, ...(body?.text && { body: body.text }), ...(scheme === "http" && { scheme: "http" as const }) };
  return good({ message, notes });
}

/**
 * Reads the request that a curl command would send: its own headers (Host, User-Agent, Accept, Content-Length and -Type) too, in curl's order.
 * Quotes are those of sh, or of cmd (known by its carets) as browsers copy them. Files (@name), variables, pipes and several addresses are
 * refused. Never throws; time is linear. Source: curl's manual page; compared with curl 7.88.1 (`vectors/curl.json`).
 */
export function readCurl(source: string | Uint8Array, shell?: "sh" | "cmd"): Outcome<ReadRequest> {
  const read = pasted(source);
  if (!read.ok) return read;
  const text = read.value.replaceAll("\r\n", "\n");
  const nul = text.indexOf("\0");
  if (nul >= 0) return refuse(text, nul, "a command line cannot carry a NUL byte: write it as %00 where the server decodes it.");
  const cmd = shell ? shell === "cmd" : text.includes('^"') || text.includes("^\n");
  const split = cmd ? cmdWords(text) : shWords(text);
  if (!split.ok) return split;
  const words = split.value;
  if (words[0]?.text === "$" || words[0]?.text === "%") words.shift();
  if (!words.length || !/(^|[/\\])curl(\.exe)?$/i.test(words[0].text)) return refuse(text, words[0]?.at ?? 0, "this is no curl command: begin with curl and an address, for example curl https://example.com/.");
  const options = givenOptions(text, words.slice(1));
  if (!options.ok) return options;
  const command: Command = { urls: [], headers: [], json: false, parts: [], cookies: [], query: [], flags: new Set(), version: "HTTP/1.1" };
  for (const given of options.value) {
    const taken = take(text, command, given);
    if (!taken.ok) return taken;
  }
  return built(text, command);
}
