import { bytesOf, latin1 } from "../inspect/bytes";
import { toBase64 } from "../../crypto/bytes";
import type { SourceKind, WafRequest } from "../inspect/request";
import { readCurl } from "./curl";
import { readHttp } from "./http";
import type { Client, HttpMessage, Outcome, ReadRequest } from "./types";

export { readCurl } from "./curl";
export { encodedArguments, readClient, readForm, type RequestForm } from "./form";
export { readHttp } from "./http";
export { shown } from "./text";
export type { Client, HttpMessage, HttpVersion, Outcome, Problem, ReadRequest } from "./types";
export { limits } from "./types";
export { writeCurl, writeHttp } from "./write";

/** Reads what was pasted: a curl command if it begins like one, else raw HTTP. */
export function readRequest(source: string | Uint8Array): Outcome<ReadRequest> {
  const start = typeof source === "string" ? source.slice(0, 2_000) : latin1(source.subarray(0, 2_000));
  return /^\s*([$%] )?\S{0,200}curl(\.exe)?["^]?(\s|$)/i.test(start) ? readCurl(source) : readHttp(source);
}

/** Where a request arrives, and when. */
export interface Arrival {
  source: SourceKind;
  /** Epoch milliseconds on the lab's clock. */
  timestamp: number;
  sourceId?: string;
  requestId?: string;
}

/** The request as a web ACL inspects it. */
export const wafRequest = ({ method, uri, httpVersion, headers, body, scheme }: HttpMessage, client: Client, arrival: Arrival): WafRequest => ({
  method, uri, httpVersion, headers, clientIp: client.ip, ...arrival,
  ...(body !== undefined && { body }), ...(scheme && { scheme }),
  ...(client.country !== undefined && { country: client.country }), ...(client.region !== undefined && { region: client.region }), ...(client.asn !== undefined && { asn: client.asn }),
});

/** The request as the lab's operation takes it (service `traffic`): the body in base64, other texts as bytes in Latin-1. */
export const labRequest = ({ method, uri, httpVersion, headers, body, scheme }: HttpMessage, client: Client): Record<string, unknown> => ({
  Method: method, Uri: uri, HttpVersion: httpVersion, Headers: headers.map(([Name, Value]) => ({ Name, Value })), ClientIp: client.ip,
  ...(body !== undefined && { Body: toBase64(bytesOf(body)) }), ...(scheme && { Scheme: scheme }),
  ...(client.country !== undefined && { Country: client.country }), ...(client.region !== undefined && { Subdivision: client.region }), ...(client.asn !== undefined && { Asn: client.asn }),
});
