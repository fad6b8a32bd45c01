import { bytesOf, fromBase64, received } from "../inspect/bytes";
import type { JsonObject } from "../../types";
import { readHttp } from "./http";
import { type Client, type HttpMessage, httpVersions } from "./types";
import { writeHttp } from "./write";

/**
 * A request that came to the operation that inspects (service `traffic`, see `labRequest`), as a message. It is read from its own text,
 * so a body gets the Content-Length that every client sends. Undefined: it cannot stand as HTTP. `given` is of any shape.
 */
export function recordedRequest(given: unknown): { message: HttpMessage; client: Client } | undefined {
  const { Method = "GET", Uri, HttpVersion = "HTTP/1.1", Headers = [], Body, ClientIp, Country, Subdivision, Asn, Scheme } = (given ?? {}) as JsonObject;
  if (typeof Method !== "string" || typeof Uri !== "string" || typeof ClientIp !== "string" || !Array.isArray(Headers)) return undefined;
  const httpVersion = httpVersions.find((each) => each === HttpVersion);
  const body = typeof Body === "string" ? fromBase64(Body) : "";
  if (!httpVersion || body === undefined) return undefined;
  const headers: HttpMessage["headers"] = [];
  for (const each of Headers) {
    const { Name, Value } = (each ?? {}) as JsonObject;
    if (typeof Name !== "string" || typeof Value !== "string") return undefined;
    headers.push([received(Name), received(Value)]);
  }
  const message: HttpMessage = { method: received(Method), uri: received(Uri), httpVersion, headers, ...(body && { body }), ...(Scheme === "http" && { scheme: "http" as const }) };
  const read = readHttp(bytesOf(writeHttp(message)));
  if (!read.ok) return undefined;
  return {
    message: read.value.message,
    client: { ip: ClientIp, ...(typeof Country === "string" && { country: Country }), ...(typeof Subdivision === "string" && { region: Subdivision }), ...(typeof Asn === "number" && { asn: Asn }) },
  };
}
