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

/** Reads what was pasted: a curl command if it begins like one, else raw HTTP. */
export function readRequest(source: string | Uint8Array): Outcome<ReadRequest> {
  const start = typeof source === "string" ? source.slice(0, 2_000) : latin1(source.subarray(0, 2_000));
  return /^\s*([$%] )?\S{0,200}curl(\.exe)?["^]?(\s|$)/i.test(start) ? readCurl(source) : readHttp(source);
}
