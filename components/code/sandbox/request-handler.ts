import { HttpResponse } from "@smithy/core/protocols";
import type { Answer, SandboxRequest } from "@/lib/store/code/protocol";
import { limits } from "@/lib/store/code/protocol";
import { began, ended } from "./pending";

/**
 * Stands in for `@smithy/fetch-http-handler` in the bundle of the SDK: requests go to the page, which puts them to the
 * lab, and never to a network. Everything above it (signing, protocols, retries, paginators) is the SDK's own.
 */

interface HttpRequest {
  method: string;
  hostname: string;
  path: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  body?: unknown;
}

interface Waiting {
  resolve(value: { response: HttpResponse }): void;
  reject(reason: unknown): void;
}

const waiting = new Map<number, Waiting>();
let post: (message: SandboxRequest) => void = () => undefined;
let count = 0;

/** Where requests go; called once, before the program runs. */
export const connect = (send: (message: SandboxRequest) => void): void => void (post = send);

/** The page answered. */
export function settle({ id, status, headers, body }: Answer): void {
  const request = waiting.get(id);
  if (!request) return;
  waiting.delete(id);
  request.resolve({ response: new HttpResponse({ statusCode: status, headers, body: new TextEncoder().encode(body) }) });
  ended();
}

const bytesOf = (body: unknown): Uint8Array => {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === "string") return new TextEncoder().encode(body);
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice();
  if (body instanceof ArrayBuffer) return new Uint8Array(body.slice(0));
  throw new TypeError("The sandbox sends text and bytes, not streams.");
};

function queryOf(query: HttpRequest["query"]): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [name, one] as const),
  );
  return pairs.length
    ? `?${pairs.map(([name, value]) => (value === null ? encodeURIComponent(name) : `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)).join("&")}`
    : "";
}

const isAws = (host: string): boolean => /(^|\.)(amazonaws\.com(\.cn)?|api\.aws)$/.test(host);

async function handle(request: HttpRequest, { abortSignal }: { abortSignal?: AbortSignal } = {}): Promise<{ response: HttpResponse }> {
  if (!isAws(request.hostname))
    throw new Error(`The sandbox has no network. The lab answers what is sent to AWS's endpoints; ${request.hostname} is none of them.`);
  const body = bytesOf(request.body);
  if (body.length >= limits.body) throw new Error(`The request has ${body.length} bytes; the lab reads ${limits.body - 1}.`);
  if (abortSignal?.aborted) throw aborted();
  if (count >= limits.requests) throw new Error(`The program has sent ${count} requests; the sandbox sends no more than that in one run.`);
  const id = ++count;
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  began();
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    abortSignal?.addEventListener("abort", () => {
      if (!waiting.delete(id)) return;
      reject(aborted());
      ended();
    });
    post({ kind: "request", id, method: request.method, url: `${request.path}${queryOf(request.query)}`, headers, body });
  });
}

const aborted = (): Error => Object.assign(new Error("Request aborted"), { name: "AbortError" });

const pageHandler = {
  metadata: { handlerProtocol: "http/1.1" },
  handle,
  destroy: () => undefined,
  updateHttpClientConfig: () => undefined,
  httpHandlerConfigs: () => ({}),
};

export const FetchHttpHandler = {
  create: (given: unknown) => (typeof (given as { handle?: unknown } | undefined)?.handle === "function" ? given : pageHandler),
};

export const streamCollector = async (stream: Uint8Array | Blob | ReadableStream): Promise<Uint8Array> =>
  stream instanceof Uint8Array ? stream : new Uint8Array(await new Response(stream as BodyInit).arrayBuffer());
