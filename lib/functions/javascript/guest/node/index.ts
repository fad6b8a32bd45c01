import { Buffer, SlowBuffer, constants, kMaxLength } from "buffer";
import type { GuestHost } from "../host";
import type { Loop } from "../loop";
import type { Process } from "../process";
import { noNetwork } from "../refused";
import { makeCrypto } from "./crypto";
import { events } from "./events";
import { makeFs } from "./fs";
import { makePath } from "./path";
import { isDeepStrictEqual, util } from "./util";

/** The modules of Node that a function finds here, made when they are first asked for; of the others, why not. */
export interface NodeSettings {
  host: GuestHost;
  loop: Loop;
  process: Process;
  require(specifier: string, from: string): unknown;
}

export function nodeModules({ host, loop, process, require }: NodeSettings): Record<string, () => unknown> {
  const random = (bytes: number): Uint8Array => new Uint8Array(Buffer.from(host.random(bytes), "base64"));
  const made = new Map<string, unknown>();
  const once =
    (name: string, make: () => unknown): (() => unknown) =>
    () => {
      if (!made.has(name)) made.set(name, make());
      return made.get(name);
    };
  const sleep = (ms?: number, value?: unknown): Promise<unknown> => new Promise((resolve) => loop.setTimeout(() => resolve(value), ms));
  const fs = once("fs", () => makeFs(host, process.cwd));
  const path = once("path", () => makePath(process.cwd));
  const timers = { setTimeout: loop.setTimeout, setInterval: loop.setInterval, setImmediate: loop.setImmediate, clearTimeout: loop.clear, clearInterval: loop.clear, clearImmediate: loop.clear };
  const timersPromises = {
    setTimeout: sleep,
    setImmediate: (value?: unknown) => new Promise((resolve) => loop.setImmediate(() => resolve(value))),
    async *setInterval(ms?: number, value?: unknown) {
      for (;;) yield await sleep(ms, value);
    },
    scheduler: { wait: sleep },
  };
  return {
    assert: once("assert", assert),
    "assert/strict": once("assert", assert),
    buffer: () => ({ Buffer, SlowBuffer, constants, kMaxLength, Blob: (globalThis as { Blob?: unknown }).Blob, atob: globalThis.atob, btoa: globalThis.btoa }),
    crypto: once("crypto", () => makeCrypto(random)),
    events: once("events", events),
    fs,
    "fs/promises": () => (fs() as { promises: unknown }).promises,
    module: once("module", () => ({ createRequire: (from: unknown) => (specifier: string) => require(specifier, String(from).replace(/^file:\/\/\/var\/task\/|^\/var\/task\//, "")), builtinModules: [] })),
    os: once("os", () => ({ EOL: "\n", arch: () => "x64", platform: () => "linux", type: () => "Linux", tmpdir: () => "/tmp", homedir: () => "/root", hostname: () => "169.254.100.1", endianness: () => "LE", cpus: () => [], totalmem: () => Number(process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE) * 1024 * 1024, freemem: () => 0, uptime: () => process.uptime() })),
    path,
    "path/posix": path,
    perf_hooks: () => ({ performance: globalThis.performance }),
    process: () => process,
    querystring: once("querystring", querystring),
    timers: () => timers,
    "timers/promises": () => timersPromises,
    url: once("url", () => url(process.cwd)),
    util: once("util", util),
    "util/types": () => (util() as { types: unknown }).types,
  };
}

const network = new Set("http https http2 net tls dgram dns dns/promises".split(" "));
const others = new Set("async_hooks child_process cluster console constants diagnostics_channel domain inspector punycode readline repl stream stream/promises stream/web string_decoder sys trace_events tty v8 vm wasi worker_threads zlib test sqlite sea".split(" "));

/** Why a module that Node has is not here. */
export function whyNoNodeModule(specifier: string): string | undefined {
  const name = specifier.replace(/^node:/, "");
  if (network.has(name)) return `AWS Lambda has ${specifier}. ${noNetwork}`;
  return others.has(name) || specifier.startsWith("node:") ? `AWS Lambda has ${specifier}; this lab does not.` : undefined;
}

// ---------------------------------------------------------------- small ones

function assert(): unknown {
  class AssertionError extends Error {
    code = "ERR_ASSERTION";
    constructor(options: { message?: string; actual?: unknown; expected?: unknown; operator?: string }) {
      super(options.message ?? "Assertion failed");
      this.name = "AssertionError";
      Object.assign(this, { actual: options.actual, expected: options.expected, operator: options.operator });
    }
  }
  const check = (holds: boolean, message: unknown, otherwise: string, more: object = {}): void => {
    if (holds) return;
    if (message instanceof Error) throw message;
    throw new AssertionError({ message: message === undefined ? otherwise : String(message), ...more });
  };
  const ok = (value: unknown, message?: unknown): void => check(Boolean(value), message, "The expression evaluated to a falsy value");
  const same = (actual: unknown, expected: unknown, message?: unknown): void => check(Object.is(actual, expected), message, `Expected values to be strictly equal:\n\n${String(actual)} !== ${String(expected)}\n`, { actual, expected, operator: "strictEqual" });
  const deep = (actual: unknown, expected: unknown, message?: unknown): void => check(isDeepStrictEqual(actual, expected), message, "Expected values to be strictly deep-equal", { actual, expected, operator: "deepStrictEqual" });
  const found = Object.assign(ok, {
    AssertionError, ok, strictEqual: same, deepStrictEqual: deep, equal: same, deepEqual: deep,
    notStrictEqual: (a: unknown, b: unknown, message?: unknown) => check(!Object.is(a, b), message, "Expected \"actual\" to be strictly unequal to \"expected\""),
    match: (text: string, pattern: RegExp, message?: unknown) => check(pattern.test(text), message, `The input did not match the regular expression ${String(pattern)}. Input:\n\n${text}\n`),
    fail: (message?: unknown) => check(false, message, "Failed"),
    throws(work: () => unknown, message?: unknown) {
      try {
        work();
      } catch {
        return;
      }
      check(false, typeof message === "string" ? message : undefined, "Missing expected exception.");
    },
    async rejects(work: Promise<unknown> | (() => Promise<unknown>), message?: unknown) {
      try {
        await (typeof work === "function" ? work() : work);
      } catch {
        return;
      }
      check(false, typeof message === "string" ? message : undefined, "Missing expected rejection.");
    },
  });
  return Object.assign(found, { strict: found });
}

function querystring(): object {
  const escape = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (c) => c);
  const unescape = (text: string): string => {
    try {
      return decodeURIComponent(text.replaceAll("+", " "));
    } catch {
      return text;
    }
  };
  const parse = (text: string): Record<string, string | string[]> => {
    const out: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
    for (const pair of String(text).split("&").filter(Boolean)) {
      const at = pair.indexOf("=");
      const [name, value] = [unescape(at < 0 ? pair : pair.slice(0, at)), at < 0 ? "" : unescape(pair.slice(at + 1))];
      out[name] = name in out ? [out[name], value].flat() : value;
    }
    return out;
  };
  const stringify = (values: Record<string, unknown>): string => Object.entries(values).flatMap(([name, value]) => [value].flat().map((one) => `${escape(name)}=${escape(String(one ?? ""))}`)).join("&");
  return { parse, stringify, escape, unescape, decode: parse, encode: stringify };
}

function url(cwd: () => string): object {
  const fileURLToPath = (given: string | URL): string => {
    const found = new URL(String(given));
    if (found.protocol !== "file:") throw Object.assign(new TypeError("The URL must be of scheme file"), { code: "ERR_INVALID_URL_SCHEME" });
    return decodeURIComponent(found.pathname);
  };
  const pathToFileURL = (path: string): URL => new URL(`file://${encodeURI(path.startsWith("/") ? path : `${cwd()}/${path}`).replace(/[?#]/g, encodeURIComponent)}`);
  const parse = (text: string): object => {
    try {
      const { protocol, host, hostname, port, pathname, search, hash, href, username, password } = new URL(text);
      return { protocol, slashes: true, auth: username ? `${username}${password ? `:${password}` : ""}` : null, host, port: port || null, hostname, hash: hash || null, search: search || null, query: search ? search.slice(1) : null, pathname, path: `${pathname}${search}`, href };
    } catch {
      const [, pathname, search = null, hash = null] = /^([^?#]*)(\?[^#]*)?(#.*)?$/.exec(text)!;
      return { protocol: null, slashes: null, auth: null, host: null, port: null, hostname: null, hash, search, query: search?.slice(1) ?? null, pathname, path: `${pathname}${search ?? ""}`, href: text };
    }
  };
  return { URL, URLSearchParams, fileURLToPath, pathToFileURL, parse, format: (given: URL | { href?: string }) => String(given.href ?? given), resolve: (from: string, to: string) => new URL(to, from).href };
}
