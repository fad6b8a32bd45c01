import { randomBytes, randomFillSync } from "node:crypto";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import { createLab, type Lab } from "../engine/lab";
import type { Ports } from "../engine/types";
import { type WireResponse, answer, mostBody } from "./handle";
import { runFunction } from "./functions";
import { nodeCiphers } from "./node-ciphers";
import { nodeOutside } from "./node-outside";

/**
 * `npm run endpoint -- --port 4566`: the engine for the real AWS CLI, SDKs and Terraform, on loopback.
 * Options: --port N (4566), --host H (127.0.0.1), --account N (of unknown keys), --strict.
 */

export const nodePorts = (): Ports => ({ now: Date.now, random: pooled(), ciphers: nodeCiphers, outside: nodeOutside, functions: runFunction });

/** Node's generator is fast by the block and slow by the call. */
function pooled(size = 16_384): (bytes: number) => Uint8Array {
  // A plain array: its slice is a copy, which whoever has it may keep.
  const pool = new Uint8Array(size);
  let at = size;
  return (bytes) => {
    if (bytes > size) return new Uint8Array(randomBytes(bytes));
    if (at + bytes > size) {
      randomFillSync(pool);
      at = 0;
    }
    return pool.slice(at, (at += bytes));
  };
}

export interface EndpointOptions {
  port: number;
  host?: string;
  account?: string;
  strict?: boolean;
  /** What the lab gets from its host; default is Node's. */
  ports?: Ports;
}

/** Starts the server; resolves when it listens. `port` 0 takes a free one. */
export async function startEndpoint({ port, host = "127.0.0.1", account, strict, ports = nodePorts() }: EndpointOptions): Promise<{ port: number; url: string; lab(): Lab; close(): Promise<void> }> {
  const fresh = (): Lab => createLab({ ports, journalLimit: 500 });
  let lab = fresh();
  const server = createServer((request, response) => {
    void respond(request).then(
      ({ status, headers, body }) => {
        const length = Buffer.byteLength(body);
        headers["content-length"] = String(length);
        response.writeHead(status, headers);
        // As many bytes as characters is ASCII, which Node need not look through once more.
        response.end(body, length === body.length ? "latin1" : "utf8");
      },
      (error: unknown) => {
        // A bug of ours: it is written where the person who started the endpoint sees it.
        console.error(error);
        response.writeHead(500, { "content-type": "application/x-amz-json-1.1" });
        response.end(JSON.stringify({ __type: "InternalFailure", message: "Keyhole failed on this request. The lab is unchanged." }));
      },
    );
  });
  server.keepAliveTimeout = 65_000;

  async function respond(request: IncomingMessage): Promise<WireResponse> {
    const refusal = refuse(request, host);
    if (refusal) {
      request.resume();
      return refusal;
    }
    const body = await readBody(request);
    if (!body) return plain(413, `The body is over ${mostBody} bytes.`);
    const url = request.url ?? "/";
    if (url.startsWith("/_keyhole/")) return control(request.method ?? "", url, body);
    const headers = request.headers as Record<string, string>;
    const done = await answer({ method: request.method ?? "GET", url, headers, body, address: request.socket.remoteAddress?.replace(/^::ffff:/, "") }, { lab: () => lab, account, strict, sha256: nodeCiphers.sha256 });
    tend();
    return done;
  }

  let next: { due: number; timer: NodeJS.Timeout } | undefined;
  /** Sees to it that what is due next happens at its time, though nobody calls. */
  function tend(): void {
    const due = lab.upcoming(1)[0]?.due;
    if (next?.due === due) return;
    clearTimeout(next?.timer);
    next = undefined;
    if (due === undefined) return;
    const timer = setTimeout(() => {
      next = undefined;
      void lab.settle().then(tend, (error: unknown) => console.error(error));
    }, Math.min(Math.max(0, due - lab.now()), longestWait));
    timer.unref();
    next = { due, timer };
  }

  async function control(method: string, url: string, body: Uint8Array): Promise<WireResponse> {
    if (method !== "POST") return plain(405, "Use POST.");
    if (url === "/_keyhole/reset") {
      lab = fresh();
      tend();
      return json({ ok: true });
    }
    if (url === "/_keyhole/advance") {
      const seconds = secondsIn(body);
      if (seconds === undefined) return plain(400, 'Send {"seconds": n} with n zero or more.');
      const happened = await lab.advance(seconds * 1000);
      tend();
      return json({ now: new Date(lab.now()).toISOString(), happened: happened.filter((entry) => entry.kind === "job").map((entry) => ({ at: new Date(entry.at).toISOString(), service: entry.trace.service, what: entry.trace.operation })) });
    }
    return plain(404, "There are /_keyhole/reset and /_keyhole/advance.");
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const taken = typeof address === "object" && address ? address.port : port;
  return {
    port: taken,
    url: `http://${host.includes(":") ? `[${host}]` : host}:${taken}`,
    lab: () => lab,
    close: () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
  };
}

/** ms; timers take little more, and what is further off is looked at again then. */
const longestWait = 86_400_000;

const loopback = /^(localhost|[a-z0-9-]+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/** A page in a browser must not reach this server, whichever name it gives it (DNS rebinding). */
function refuse(request: IncomingMessage, host: string): WireResponse | undefined {
  const { host: named = "", origin } = request.headers;
  const bare = named.replace(/:\d+$/, "");
  if (!loopback.test(named) && bare !== host && host !== "0.0.0.0" && host !== "::") return plain(403, "This endpoint answers to localhost only.");
  if (origin !== undefined) return plain(403, "This endpoint does not answer web pages.");
  return undefined;
}

/** undefined when there is more than `mostBody`; the rest is read and thrown away, so that the client hears the answer. */
function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  // Events, not an async iterator: that costs as much as the rest of a small request.
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    request.on("data", (part: Buffer) => {
      length += part.length;
      if (length <= mostBody) parts.push(part);
    });
    request.on("end", () => resolve(length > mostBody ? undefined : parts.length === 1 ? parts[0] : Buffer.concat(parts)));
    request.on("error", reject);
  });
}

function secondsIn(body: Uint8Array): number | undefined {
  try {
    const { seconds } = JSON.parse(Buffer.from(body).toString("utf8")) as { seconds?: unknown };
    return typeof seconds === "number" && Number.isFinite(seconds) && seconds >= 0 && seconds <= 3_155_760_000 ? seconds : undefined;
  } catch {
    return undefined;
  }
}

const plain = (status: number, text: string): WireResponse => ({ status, headers: { "content-type": "text/plain; charset=utf-8" }, body: `${text}\n` });
const json = (value: unknown): WireResponse => ({ status: 200, headers: { "content-type": "application/json" }, body: `${JSON.stringify(value)}\n` });
