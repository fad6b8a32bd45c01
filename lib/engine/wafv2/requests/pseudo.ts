import { type Head, headerLine, type Line, lineAt } from "./lines";
import { headerNameFault, headerValueFault, isHost, methodFault, tooManyHeaders, trimmed, uriFault } from "./parts";
import { good, quoted, refuse } from "./text";
import { limits, type Outcome } from "./types";

/**
 * The head of an HTTP/2 request as browsers' tools copy it: `:method: GET` on one line, or name and value on lines in turn.
 * `:authority` becomes the Host header, as AWS WAF shows it. Source: RFC 9113, 8.3.1.
 */

const known = [":method", ":path", ":authority", ":scheme"];

interface Field {
  name: string;
  value: string;
  at: number;
}

function pseudoLine(text: string, line: Line): Outcome<Field> {
  const colon = line.text.indexOf(":", 1);
  if (colon < 0) return refuse(text, line.at, `${quoted(line.text)} has no value: write it as :method: GET.`);
  return good({ name: line.text.slice(0, colon), value: trimmed(line.text.slice(colon + 1)), at: line.at });
}

/** The fields up to an empty line. */
function fields(text: string, first: Line): Outcome<{ list: Field[]; bodyAt: number }> {
  const list: Field[] = [];
  const inTurn = first.text.indexOf(":", 1) < 0;
  let at = first.at;
  for (let line = lineAt(text, at); line; line = lineAt(text, at)) {
    at = line.next;
    if (line.text === "") break;
    if (list.length > limits.headers + known.length) return refuse(text, line.at, tooManyHeaders);
    if (inTurn) {
      const value = lineAt(text, line.next);
      if (!value) return refuse(text, line.at, `the value of ${quoted(line.text)} is missing: it stands on the line after its name.`);
      list.push({ name: line.text.endsWith(":") ? line.text.slice(0, -1) : line.text, value: trimmed(value.text), at: line.at });
      at = value.next;
    } else if (line.text.startsWith(":")) {
      const read = pseudoLine(text, line);
      if (!read.ok) return read;
      list.push(read.value);
    } else {
      const read = headerLine(text, line);
      if (!read.ok) return read;
      list.push({ name: read.value[0], value: read.value[1], at: line.at });
    }
  }
  return good({ list, bodyAt: at });
}

export function pseudoHead(text: string, first: Line): Outcome<Head> {
  const read = fields(text, first);
  if (!read.ok) return read;
  const said = new Map<string, Field>();
  const headers: [string, string][] = [];
  for (const field of read.value.list) {
    const { name, value, at } = field;
    if (name.startsWith(":")) {
      const lower = name.toLowerCase();
      if (!known.includes(lower)) return refuse(text, at, `${quoted(name)} is no pseudo-header of a request: known are ${known.join(", ")}.`);
      if (said.has(lower)) return refuse(text, at, `${lower} stands there twice: delete one.`);
      if (headers.length) return refuse(text, at, `${lower} comes after other headers: move it to the top.`);
      said.set(lower, field);
      continue;
    }
    const fault = headerNameFault(name) ?? headerValueFault(name, value) ?? (headers.length === limits.headers ? tooManyHeaders : undefined);
    if (fault) return refuse(text, at, fault);
    headers.push([name, value]);
  }
  const method = said.get(":method");
  const path = said.get(":path");
  if (!method || !path) return refuse(text, first.at, `${method ? ":path" : ":method"} is missing: add a line ${method ? ":path: /" : ":method: GET"}.`);
  const notes: string[] = [];
  if (path.value.includes(" ")) notes.push("Blanks in the address are sent as %20, as a browser does it.");
  const uri = path.value.replaceAll(" ", "%20");
  const wrong = methodFault(method.value);
  if (wrong) return refuse(text, method.at, wrong);
  const wrongPath = uriFault(uri);
  if (wrongPath) return refuse(text, path.at, wrongPath);
  const authority = said.get(":authority");
  if (authority) {
    if (!isHost(authority.value)) return refuse(text, authority.at, `${quoted(authority.value)} is no host: write :authority: example.com.`);
    const other = headers.findIndex(([name]) => name.toLowerCase() === "host");
    if (other >= 0 && headers[other][1] !== authority.value) return refuse(text, authority.at, "the Host header and :authority differ, which servers refuse: keep one.");
    if (other >= 0) headers.splice(other, 1);
    headers.unshift(["host", authority.value]);
  }
  const scheme = said.get(":scheme");
  if (scheme && scheme.value !== "https" && scheme.value !== "http") return refuse(text, scheme.at, `${quoted(scheme.value)} is no scheme of a web page: write https or http.`);
  return good({ message: { method: method.value, uri, httpVersion: "HTTP/2.0", headers, ...(scheme?.value === "http" && { scheme: "http" as const }) }, notes, bodyAt: read.value.bodyAt });
}
