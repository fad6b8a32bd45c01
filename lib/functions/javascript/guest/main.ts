import { Buffer } from "buffer";
import { limits } from "../../limits";
import type { FromGuest, ToGuest } from "../protocol";
import { makeConsole, makePrinter } from "./console";
import { makeDatabase } from "./database";
import type { GuestHost } from "./host";
import { type Loop, makeLoop } from "./loop";
import { makeModules } from "./modules";
import { nodeModules, whyNoNodeModule } from "./node";
import { type Process, makeProcess } from "./process";
import { refuseNetwork } from "./refused";
import { type Runtime, makeRuntime } from "./runtime";
import type { Sdk } from "./sdk";
import { installStacks } from "./stacks";

/**
 * A realm that runs one function's environment: a worker of the page, or an interpreter in a process. Its host calls
 * `keyholeBegin` with what it offers, and gets back how it speaks to the realm.
 */
export interface Guest {
  receive(text: string): void;
  turn(): void;
  /** A promise was rejected and nobody caught it. */
  unhandled(reason: unknown, promise: unknown): void;
  uncaught(error: unknown): void;
}

type Factory = Parameters<Sdk["load"]>[0];
const clients = new Map<string, Factory>();
let sdk: Sdk | undefined;
const scope = globalThis as unknown as Record<string, unknown>;
// The SDK's files call these.
scope.keyholeSdk = (given: Sdk) => void (sdk = given);
scope.keyholeDefine = (name: string, factory: Factory) => void clients.set(name, factory);
scope.keyholeBegin = begin;

/** Web Crypto of a browser works beside the loop: what it does is waited for. */
function countWaiting(loop: Loop): void {
  const subtle = (globalThis.crypto as { subtle?: object } | undefined)?.subtle;
  if (!subtle) return;
  const proto = Object.getPrototypeOf(subtle) as Record<string, (...args: unknown[]) => Promise<unknown>>;
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(proto)))
    if (typeof value === "function" && name !== "constructor")
      proto[name] = function (this: unknown, ...args: unknown[]) {
        const over = loop.waiting();
        const done = value.apply(this, args) as Promise<unknown>;
        done.then(over, over);
        return done;
      };
}

interface Waiting {
  resolve(value: never): void;
  over(): void;
}

function begin(host: GuestHost): Guest {
  const send = (message: FromGuest): void => host.send(JSON.stringify(message));
  const printer = makePrinter((text) => send({ kind: "print", text }));
  let runtime: Runtime | undefined;
  let request: string | undefined;
  const loop = makeLoop(host, { uncaught: (error) => runtime?.uncaught(error), idle: () => runtime?.idle() });

  function exit(code: number): never {
    printer.flush();
    send({ kind: "exit", code });
    // The host ends the realm; until then nothing may go on.
    for (;;);
  }
  const outOfMemory = (): void => {
    printer.flush();
    send({ kind: "memory" });
  };
  installStacks(host.quick, outOfMemory);

  // ---------------------------------------------------------------- what the host answers

  const waiting = new Map<number, Waiting>();
  let ids = 0;
  let asked = 0;
  function ask<T>(message: (id: number) => FromGuest): Promise<T> {
    if (asked >= limits.calls) return Promise.reject(new Error(`The invocation has sent ${asked} requests; this lab answers no more in one.`));
    asked++;
    const id = ++ids;
    printer.flush();
    return new Promise((resolve) => {
      waiting.set(id, { resolve, over: loop.waiting() });
      send(message(id));
    });
  }
  function settle(id: number, value: unknown): void {
    const one = waiting.get(id);
    if (!one) return;
    waiting.delete(id);
    one.resolve(value as never);
    one.over();
  }

  const database = makeDatabase((operation, input) => ask((id) => ({ kind: "database", id, operation, input })));

  // ---------------------------------------------------------------- what a function finds

  function furnish({ runtime: name, handler, environment, clients: offered }: Extract<ToGuest, { kind: "start" }>): Runtime {
    const process: Process = makeProcess({ host, loop, printer, runtime: name, environment, exit });
    const { console, log } = makeConsole(printer, () => request, () => process.env, host.now);
    let modules: ReturnType<typeof makeModules> | undefined = undefined;
    const node = nodeModules({ host, loop, process, require: (specifier, from) => modules!.require(specifier, from) });
    const made = new Map<string, object>();
    const defaults = {
      region: async () => process.env.AWS_REGION ?? "us-east-1",
      credentials: async () => {
        const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = process.env;
        if (!accessKeyId || !secretAccessKey) throw Object.assign(new Error("Could not load credentials from any providers"), { name: "CredentialsProviderError" });
        return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
      },
    };
    sdk?.connect(({ body, ...rest }) => ask((id) => ({ kind: "request", id, ...rest, body: Buffer.from(body).toString("base64") })));
    const builtIns = (specifier: string): (() => unknown) | undefined => {
      const plain = specifier.startsWith("node:") ? specifier.slice(5) : specifier;
      if (Object.hasOwn(node, plain)) return node[plain];
      if (specifier === "keyhole-db") return () => database;
      const factory = clients.get(specifier);
      if (!factory || !sdk) return undefined;
      return () => {
        if (!made.has(specifier)) made.set(specifier, sdk!.load(factory, defaults));
        return made.get(specifier);
      };
    };
    const whyNot = (specifier: string): string | undefined =>
      /^@(aws-sdk|smithy)\/|^aws-sdk$/.test(specifier) && specifier !== "aws-sdk" ? `The clients that this lab has: ${offered.toSorted().join(", ")}.` : whyNoNodeModule(specifier);
    modules = makeModules({ host, runtime: name, builtIns, whyNot });

    const define = (key: string, value: unknown): void => void Object.defineProperty(scope, key, { value, writable: true, configurable: true });
    refuseNetwork(scope);
    for (const key of ["keyholeBegin", "keyholeSdk", "keyholeDefine", "keyholeHost"]) delete scope[key];
    for (const [key, value] of Object.entries({ console, process, Buffer, global: scope, setTimeout: loop.setTimeout, setInterval: loop.setInterval, setImmediate: loop.setImmediate, clearTimeout: loop.clear, clearInterval: loop.clear, clearImmediate: loop.clear })) define(key, value);
    define("queueMicrotask", loop.nextTick);
    if (!host.quick) countWaiting(loop);
    // By the function's clock, as all that waits.
    Object.defineProperty(AbortSignal, "timeout", {
      value: (ms: number) => {
        const control = new AbortController();
        loop.setTimeout(() => control.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError")), ms).unref();
        return control.signal;
      },
      writable: true,
      configurable: true,
    });
    return makeRuntime({
      runtime: name,
      handler,
      modules,
      process,
      loop,
      log,
      now: host.now,
      exit,
      setRequest: (id) => void (request = id),
      done(outcome, payload, over) {
        printer.flush();
        loop.thaw(false);
        send({ kind: "done", outcome, payload, over });
      },
    });
  }

  return {
    turn: () => {
      loop.turn();
      printer.flush();
    },
    unhandled: (reason, promise) => runtime?.unhandled(reason, promise),
    uncaught: (error) => runtime?.uncaught(error),
    receive(text) {
      const message = JSON.parse(text) as ToGuest;
      if (message.kind === "start") {
        runtime = furnish(message);
        loop.thaw(true);
        const { init } = runtime;
        loop.enter(() => {
          void init().then((ready) => {
            if (!ready) return;
            // What the modules began goes on with the first event.
            loop.thaw(false);
            printer.flush();
            send({ kind: "ready" });
          });
        });
      } else if (message.kind === "invoke") {
        printer.reset();
        asked = 0;
        loop.thaw(true);
        loop.enter(() => runtime!.invoke(message));
      } else if (message.kind === "answer") loop.enter(() => settle(message.id, { status: message.status, headers: message.headers, body: message.body }));
      else if (message.kind === "row") loop.enter(() => settle(message.id, { ok: message.ok, content: message.content }));
      else loop.enter(() => undefined);
    },
  };
}
