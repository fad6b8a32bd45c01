import { type RequestForm, readForm } from "./form";
import { transferCoding } from "./parts";
import { good, shown } from "./text";
import type { Client, HttpMessage, Outcome } from "./types";

const no = (message: string): { ok: false; problem: { message: string } } => ({ ok: false, problem: { message } });

const sameMessage = (one: HttpMessage, other: HttpMessage): boolean =>
  one.method === other.method && one.uri === other.uri && one.httpVersion === other.httpVersion && one.scheme === other.scheme && one.body === other.body &&
  one.headers.length === other.headers.length && one.headers.every(([name, value], at) => name === other.headers[at][0] && value === other.headers[at][1]);

/**
 * A request as the fields of a form. `readForm` makes the same message of what is answered here; what a form cannot carry is
 * refused: another version than HTTP/1.1, plain http, a chunked body, bytes that are no text.
 */
export function writeForm(message: HttpMessage, client: Client): Outcome<RequestForm> {
  if (message.httpVersion !== "HTTP/1.1") return no(`A form writes HTTP/1.1, and this is ${message.httpVersion}: keep it as raw HTTP.`);
  if (message.scheme === "http") return no("A form writes requests over https, and this one comes over http: keep it as raw HTTP.");
  if (transferCoding(message)) return no("A form sends its body in one piece, and this one comes in chunks: keep it as raw HTTP.");
  const question = message.uri.indexOf("?");
  const texts = [message.method, question < 0 ? message.uri : message.uri.slice(0, question), question < 0 ? "" : message.uri.slice(question + 1), message.body ?? ""].map(shown);
  const headers = message.headers.map(([name, value]) => ({ name: shown(name), value: shown(value) }));
  if (texts.includes(undefined) || headers.some(({ name, value }) => name === undefined || value === undefined)) return no("A form holds text, and this request has bytes that are none: keep it as raw HTTP or curl.");
  const [method, path, query, body] = texts as string[];
  const form = { method, path, query, headers: headers as RequestForm["headers"], body, clientIp: client.ip, country: client.country ?? "" };
  const back = readForm(form);
  return back.ok && sameMessage(back.value.message, message) ? good(form) : no("A form cannot carry this request byte for byte: keep it as raw HTTP.");
}
