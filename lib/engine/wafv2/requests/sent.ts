import { toBase64 } from "../../crypto/bytes";
import { bytesOf } from "../inspect/bytes";
import type { SourceKind, WafRequest } from "../inspect/request";
import type { JsonObject } from "../../types";
import type { Client, HttpMessage } from "./types";

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
export const labRequest = ({ method, uri, httpVersion, headers, body, scheme }: HttpMessage, client: Client): JsonObject => ({
  Method: method, Uri: uri, HttpVersion: httpVersion, Headers: headers.map(([Name, Value]) => ({ Name, Value })), ClientIp: client.ip,
  ...(body !== undefined && { Body: toBase64(bytesOf(body)) }), ...(scheme && { Scheme: scheme }),
  ...(client.country !== undefined && { Country: client.country }), ...(client.region !== undefined && { Subdivision: client.region }), ...(client.asn !== undefined && { Asn: client.asn }),
});
