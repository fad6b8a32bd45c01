import { latin1 } from "../inspect/bytes";
import { readCurl } from "./curl";
import { readHttp } from "./http";
import type { Outcome, ReadRequest } from "./types";

export { readCurl } from "./curl";
export { encodedArguments, readClient, readForm, type RequestForm } from "./form";
export { readHttp } from "./http";
export { type Arrival, labRequest, wafRequest } from "./sent";
export { shown } from "./text";
export type { Client, HttpMessage, HttpVersion, Outcome, Problem, ReadRequest } from "./types";
export { limits } from "./types";
export { writeCurl, writeHttp } from "./write";
export { writeForm } from "./write-form";

/** What browsers copy beside curl commands and headers, and what to copy instead. */
const others: [RegExp, string][] = [
  [/^\s*(\$session = New-Object|Invoke-(WebRequest|RestMethod)\b|iwr\b)/i, "This is a command of PowerShell: copy the request as cURL instead."],
  [/^\s*(await )?fetch\(/, "This is a call of fetch: copy the request as cURL instead."],
  [/^\s*\{\s*"log"\s*:/, "This is a HAR file: copy one of its requests as cURL instead."],
  [/^\s*HTTP\/[\d.]+ \d{3}/, "This is an answer, not a request: paste the lines that the client sent, beginning with for example GET / HTTP/1.1."],
];

/** Reads what was pasted: a curl command if it begins like one, else raw HTTP. */
export function readRequest(source: string | Uint8Array): Outcome<ReadRequest> {
  const start = typeof source === "string" ? source.slice(0, 2_000) : latin1(source.subarray(0, 2_000));
  const other = others.find(([pattern]) => pattern.test(start));
  if (other) return { ok: false, problem: { message: other[1], line: 1, column: 1 } };
  return /^\s*([$%] )?\S{0,200}curl(\.exe)?["^]?(\s|$)/i.test(start) ? readCurl(source) : readHttp(source);
}
