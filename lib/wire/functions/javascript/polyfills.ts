import { unexpectedToken } from "./json-words";

/**
 * What Node has in its global scope and the interpreter has not. Everything here is made inside of it, of what it has.
 * Source: Node.js API, Global objects; DOM Standard, "Interface EventTarget", "Interface AbortController".
 */
type Listener = ((event: EventOf) => void) | { handleEvent(event: EventOf): void };

class EventOf {
  readonly timeStamp = 0;
  target: unknown = null;
  defaultPrevented = false;
  constructor(
    readonly type: string,
    init: { cancelable?: boolean; detail?: unknown } = {},
  ) {
    if ("detail" in init) (this as { detail?: unknown }).detail = init.detail;
  }
  preventDefault(): void {
    this.defaultPrevented = true;
  }
  stopPropagation(): void {}
  stopImmediatePropagation(): void {}
}

class Target {
  readonly #listeners = new Map<string, { listener: Listener; once: boolean }[]>();
  addEventListener(type: string, listener: Listener | null, options?: boolean | { once?: boolean; signal?: Signal }): void {
    if (!listener) return;
    const all = this.#listeners.get(type) ?? [];
    if (all.some((one) => one.listener === listener)) return;
    this.#listeners.set(type, [...all, { listener, once: typeof options === "object" && options.once === true }]);
    if (typeof options === "object") options.signal?.addEventListener("abort", () => this.removeEventListener(type, listener));
  }
  removeEventListener(type: string, listener: Listener | null): void {
    this.#listeners.set(type, (this.#listeners.get(type) ?? []).filter((one) => one.listener !== listener));
  }
  dispatchEvent(event: EventOf): boolean {
    event.target = this;
    const handler = (this as unknown as Record<string, unknown>)[`on${event.type}`];
    if (typeof handler === "function") (handler as (event: EventOf) => void).call(this, event);
    for (const { listener, once } of this.#listeners.get(event.type) ?? []) {
      if (once) this.removeEventListener(event.type, listener);
      if (typeof listener === "function") listener.call(this, event);
      else listener.handleEvent(event);
    }
    return !event.defaultPrevented;
  }
}

const abortError = (): unknown => new DOMException("This operation was aborted", "AbortError");

class Signal extends Target {
  aborted = false;
  reason: unknown = undefined;
  onabort: unknown = null;
  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }
  static abort(reason: unknown = abortError()): Signal {
    const signal = new Signal();
    stop(signal, reason);
    return signal;
  }
  static any(signals: Iterable<Signal>): Signal {
    const all = new Signal();
    for (const one of signals) {
      if (one.aborted) stop(all, one.reason);
      else one.addEventListener("abort", () => stop(all, one.reason), { once: true });
    }
    return all;
  }
}
function stop(signal: Signal, reason: unknown): void {
  if (signal.aborted) return;
  signal.aborted = true;
  signal.reason = reason;
  signal.dispatchEvent(new EventOf("abort"));
}
class Controller {
  readonly signal = new Signal();
  abort(reason: unknown = abortError()): void {
    stop(this.signal, reason);
  }
}

for (const [name, value] of Object.entries({ Event: EventOf, CustomEvent: EventOf, EventTarget: Target, AbortSignal: Signal, AbortController: Controller })) {
  Object.defineProperty(value, "name", { value: name, configurable: true });
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}

// ---------------------------------------------------------------- what Intl would do, in en-US

const group = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
interface NumberOptions {
  minimumFractionDigits?: number;
  maximumFractionDigits?: number;
}
Object.defineProperty(Number.prototype, "toLocaleString", {
  value: function toLocaleString(this: number, _locales?: unknown, { minimumFractionDigits: least = 0, maximumFractionDigits: most = Math.max(3, least) }: NumberOptions = {}): string {
    const value = Number(this);
    if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value < 0 ? "-∞" : "∞";
    const [whole, fraction = ""] = Math.abs(value).toFixed(most).split(".");
    const kept = fraction.replace(/0+$/, "").padEnd(least, "0");
    return `${value < 0 || Object.is(value, -0) ? "-" : ""}${group(whole)}${kept ? `.${kept}` : ""}`;
  },
  writable: true,
  configurable: true,
});
const clock = (date: Date): string => `${date.getUTCHours() % 12 || 12}:${String(date.getUTCMinutes()).padStart(2, "0")}:${String(date.getUTCSeconds()).padStart(2, "0")} ${date.getUTCHours() < 12 ? "AM" : "PM"}`;
const day = (date: Date): string => `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
const texts: Record<string, (date: Date) => string> = { toLocaleString: (date: Date) => `${day(date)}, ${clock(date)}`, toLocaleDateString: day, toLocaleTimeString: clock };
for (const [name, text] of Object.entries(texts))
  Object.defineProperty(Date.prototype, name, {
    value(this: Date): string {
      return Number.isNaN(this.getTime()) ? "Invalid Date" : text(this);
    },
    writable: true,
    configurable: true,
  });
const zone = Date.prototype.toString;
Object.defineProperty(Date.prototype, "toString", {
  value(this: Date): string {
    return zone.call(this).replace(/GMT\+0000.*$/, "GMT+0000 (Coordinated Universal Time)");
  },
  writable: true,
  configurable: true,
});
const absent = (name: string) =>
  class {
    constructor() {
      throw new Error(`Intl.${name} is not in the interpreter that this endpoint runs functions in. In the page, and in AWS, it is.`);
    }
  };
Object.defineProperty(globalThis, "Intl", { value: Object.fromEntries(["NumberFormat", "DateTimeFormat", "Collator", "PluralRules", "RelativeTimeFormat", "ListFormat", "Segmenter"].map((name) => [name, absent(name)])), writable: true, configurable: true });

// ---------------------------------------------------------------- what is there, and not whole

const parse = JSON.parse.bind(JSON);
Object.defineProperty(JSON, "parse", {
  value: { parse: (text: unknown, reviver?: (key: string, value: unknown) => unknown): unknown => {
    try {
      return parse(text as string, reviver);
    } catch (error) {
      if (error instanceof SyntaxError && error.message.startsWith("unexpected token")) {
        const words = unexpectedToken(String(text));
        const define = (name: string, value: string): void => void Object.defineProperty(error, name, { value, writable: true, configurable: true, enumerable: false });
        define("stack", String(error.stack).replace(`SyntaxError: ${error.message}`, () => `SyntaxError: ${words}`));
        define("message", words);
      }
      throw error;
    }
  } }.parse,
  writable: true,
  configurable: true,
});

/** A URL's own parameters: what is done to them is done to it. */
const parameters = new WeakMap<URL, URLSearchParams>();
Object.defineProperty(URL.prototype, "searchParams", {
  get(this: URL): URLSearchParams {
    let found = parameters.get(this);
    if (!found) {
      found = new URLSearchParams(this.search);
      parameters.set(this, found);
      for (const name of ["append", "delete", "set", "sort"] as const) {
        const change = found[name].bind(found) as (...args: unknown[]) => void;
        Object.defineProperty(found, name, {
          value: (...args: unknown[]) => {
            change(...args);
            this.search = String(found);
          },
          configurable: true,
        });
      }
    }
    return found;
  },
  configurable: true,
  enumerable: true,
});

for (const name of ["ReadableStream", "WritableStream", "TransformStream", "Blob", "File", "FormData", "Request", "Response"])
  Object.defineProperty(globalThis, name, {
    value: class {
      constructor() {
        throw new Error(`${name} is not in the interpreter that this endpoint runs functions in. In the page, and in AWS, it is.`);
      }
    },
    writable: true,
    configurable: true,
  });
