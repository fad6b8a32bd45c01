import { HttpResponse } from "@smithy/core/protocols";
import { noNetwork } from "./refused";

/** Stands in for `@smithy/fetch-http-handler` in the SDK's bundle: requests go to the host of the realm, never to a network. */
interface HttpRequest {
  method: string;
  hostname: string;
  path: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  body?: unknown;
}

export type Send = (request: { method: string; url: string; headers: Record<string, string>; body: Uint8Array }) => Promise<{ status: number; headers: Record<string, string>; body: string }>;
let send: Send;
export const connect = (given: Send): void => void (send = given);

const bytesOf = (body: unknown): Uint8Array => {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === "string") return new TextEncoder().encode(body);
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  throw new TypeError("A function in this lab sends text and bytes, not streams.");
};

function queryOf(query: HttpRequest["query"]): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => [name, one] as const));
  return pairs.length ? `?${pairs.map(([name, value]) => (value === null ? encodeURIComponent(name) : `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)).join("&")}` : "";
}

async function handle(request: HttpRequest, { abortSignal }: { abortSignal?: AbortSignal } = {}): Promise<{ response: HttpResponse }> {
  if (!/(^|\.)(amazonaws\.com(\.cn)?|api\.aws)$/.test(request.hostname)) throw new Error(`getaddrinfo ENOTFOUND ${request.hostname}. ${noNetwork}`);
  const aborted = (): Error => Object.assign(new Error("Request aborted"), { name: "AbortError" });
  if (abortSignal?.aborted) throw aborted();
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  const sent = send({ method: request.method, url: `${request.path}${queryOf(request.query)}`, headers, body: bytesOf(request.body) });
  const { status, headers: answered, body } = await (abortSignal ? Promise.race([sent, new Promise<never>((_, reject) => abortSignal.addEventListener("abort", () => reject(aborted())))]) : sent);
  return { response: new HttpResponse({ statusCode: status, headers: answered, body: new TextEncoder().encode(body) }) };
}

const hostHandler = { metadata: { handlerProtocol: "http/1.1" }, handle, destroy: () => undefined, updateHttpClientConfig: () => undefined, httpHandlerConfigs: () => ({}) };

export const FetchHttpHandler = {
  create: (given: unknown) => (typeof (given as { handle?: unknown } | undefined)?.handle === "function" ? given : hostHandler),
};
export const streamCollector = async (stream: Uint8Array): Promise<Uint8Array> => stream;
