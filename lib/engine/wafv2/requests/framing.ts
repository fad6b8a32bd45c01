import { headerValues, transferCoding } from "./parts";
import { bytesText, good, quoted } from "./text";
import { type HttpMessage, limits, type Outcome } from "./types";

/**
 * How long the body is. A client sends a true Content-Length, so a text whose body was edited gets one; what a server would
 * refuse because two of its lengths differ is refused here too. Source: RFC 9112, 6.
 */

interface Framed {
  message: HttpMessage;
  notes: string[];
}

const no = (message: string): { ok: false; problem: { message: string } } => ({ ok: false, problem: { message } });
const onlyLineEnds = (text: string): boolean => /^[\r\n]*$/.test(text);

/** A chunked body, put together. The last chunk may be followed by trailers, which no rule inspects. */
function unchunk(text: string): Outcome<string> {
  const pieces: string[] = [];
  for (let at = 0; ; ) {
    let end = text.indexOf("\n", at);
    if (end < 0) end = text.length;
    const line = text.slice(at, Math.min(end, at + 64)).trim();
    const size = /^([0-9A-Fa-f]{1,7})\s{0,8}(;|$)/.exec(line);
    if (!size) return no(`The body is said to be chunked (Transfer-Encoding), but ${quoted(line)} is no chunk's size: write the size in hexadecimal on a line of its own, or delete the header Transfer-Encoding.`);
    const length = parseInt(size[1], 16);
    if (!length) return good(pieces.join(""));
    const from = end + 1;
    if (from + length > text.length) return no(`A chunk of ${bytesText(length)} is announced, and ${bytesText(Math.max(0, text.length - from))} follow: correct its size.`);
    pieces.push(text.slice(from, from + length));
    at = from + length;
    if (text[at] === "\r") at++;
    if (text[at] !== "\n") return no(`After a chunk's ${bytesText(length)} a line must end: correct its size.`);
    at++;
  }
}

function withLength(message: HttpMessage, body: string): Outcome<Framed> {
  const lengths = headerValues(message, "content-length");
  if (new Set(lengths).size > 1) return no("Content-Length stands there with different values, which servers refuse: keep one.");
  if (!lengths.length) {
    if (onlyLineEnds(body)) return good({ message, notes: [] });
    const headers: HttpMessage["headers"] = [...message.headers, ["Content-Length", String(body.length)]];
    return good({ message: { ...message, headers, body }, notes: [`Content-Length: ${body.length} was added, as every client sends it with a body.`] });
  }
  const written = lengths[0];
  if (!/^\d{1,15}$/.test(written)) return no(`Content-Length is ${quoted(written)}, which is no number of bytes: correct it or delete the header.`);
  const said = Number(written);
  const whole = said < body.length && onlyLineEnds(body.slice(said)) ? body.slice(0, said) : body;
  const sent = whole === "" ? message : { ...message, body: whole };
  if (said === whole.length) return good({ message: sent, notes: [] });
  const headers = message.headers.map(([name, value]): [string, string] => [name, name.toLowerCase() === "content-length" ? String(whole.length) : value]);
  return good({ message: { ...sent, headers }, notes: [`Content-Length said ${written}, and the body has ${bytesText(whole.length)}: it is sent with the true length.`] });
}

/** Gives a message that was read without its body the body that follows it. */
export function framed(message: HttpMessage, body: string): Outcome<Framed> {
  const coding = transferCoding(message);
  if (coding === "other") return no("Transfer-Encoding must end with chunked for a body to have an end: correct it or delete the header.");
  if (coding && headerValues(message, "content-length").length) return no("Content-Length and Transfer-Encoding stand together, which servers refuse (request smuggling): delete one of them.");
  let result: Outcome<Framed>;
  if (!coding) result = withLength(message, body);
  else if (onlyLineEnds(body)) result = good({ message, notes: [] });
  else {
    const whole = unchunk(body);
    if (!whole.ok) return whole;
    result = good({ message: whole.value === "" ? message : { ...message, body: whole.value }, notes: [] });
  }
  if (result.ok && (result.value.message.body?.length ?? 0) > limits.body) return no(`The body has ${bytesText(result.value.message.body!.length)}, and the lab takes up to ${bytesText(limits.body)}: shorten it.`);
  return result;
}
