import { utf8 } from "../inspect/bytes";
import { parseAddress } from "../inspect/ip";
import { framed } from "./framing";
import { headerNameFault, headerValueFault, methodFault, tooManyHeaders, trimmed, uriFault } from "./parts";
import { bytesText, good, quoted } from "./text";
import { type Client, type HttpMessage, limits, type Outcome, type Problem, type ReadRequest } from "./types";

/** A request as fields of a form; texts as typed (UTF-16). */
export interface RequestForm {
  method: string;
  path: string;
  /** Without `?`; as it goes out, encoded by whoever fills the form. Empty: none. */
  query: string;
  headers: readonly { name: string; value: string }[];
  /** Empty: none. */
  body: string;
  clientIp: string;
  /** Two letters, or empty: from the address. */
  country: string;
}

const wrong = (field: string, sentence: string): { ok: false; problem: Problem } => ({ ok: false, problem: { field, message: sentence[0].toUpperCase() + sentence.slice(1) } });

/** Who sends: an address and a country, as typed. */
export function readClient({ clientIp, country }: Pick<RequestForm, "clientIp" | "country">): Outcome<Client> {
  const ip = clientIp.trim();
  if (parseAddress(ip) === undefined) return wrong("clientIp", `${quoted(utf8(ip))} is no IP address: write for example 192.0.2.10 or 2001:db8::1.`);
  const code = country.trim().toUpperCase();
  if (code && !/^[A-Z]{2}$/.test(code)) return wrong("country", `${quoted(utf8(country))} is no country's code: write two letters, for example DE, or leave it empty.`);
  return good({ ip, ...(code && { country: code }) });
}

/** Reads a form. Errors name their field: method, path, query, `headers.<index>`, body, clientIp, country. */
export function readForm(form: RequestForm): Outcome<ReadRequest & { client: Client }> {
  const client = readClient(form);
  if (!client.ok) return client;
  const method = utf8(form.method.trim());
  const badMethod = methodFault(method);
  if (badMethod) return wrong("method", badMethod);
  const part = (text: string): string => utf8(text.trim()).replaceAll(" ", "%20");
  const notes = /\S +\S/.test(`${form.path.trim()}?${form.query.trim()}`) ? ["Blanks in the address are sent as %20, as a browser does it."] : [];
  const path = part(form.path);
  if (path.includes("?")) return wrong("path", "the path holds a ?: write what comes after it in the field for the query.");
  const badPath = uriFault(path);
  if (badPath) return wrong("path", badPath);
  const query = part(form.query.trim().replace(/^\?/, ""));
  const uri = query ? `${path}?${query}` : path;
  const badUri = uriFault(uri);
  if (badUri) return wrong("query", badUri);
  if (form.headers.length > limits.headers) return wrong("headers", tooManyHeaders);
  const headers: HttpMessage["headers"] = [];
  for (const [at, each] of form.headers.entries()) {
    const [name, value] = [utf8(each.name.trim()), trimmed(utf8(each.value))];
    if (!name && !value) continue;
    const fault = headerNameFault(name) ?? headerValueFault(name, value);
    if (fault) return wrong(`headers.${at}`, fault);
    headers.push([name, value]);
  }
  const body = utf8(form.body);
  if (body.length > limits.body) return wrong("body", `the body has ${bytesText(body.length)}, and the lab takes up to ${bytesText(limits.body)}: shorten it.`);
  const whole = framed({ method, uri, httpVersion: "HTTP/1.1", headers }, body);
  if (!whole.ok) return wrong("headers", whole.problem.message);
  return good({ message: whole.value.message, notes: [...notes, ...whole.value.notes], client: client.value });
}

/** Percent-encodes arguments as a browser's form does; for filling the query. */
export function encodedArguments(pairs: readonly (readonly [name: string, value: string])[]): string {
  const encode = (text: string): string => utf8(text).replace(/[^A-Za-z0-9*._-]/g, (char) => (char === " " ? "+" : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`));
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}
