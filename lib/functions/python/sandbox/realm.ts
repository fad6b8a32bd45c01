/**
 * The world in which Python runs, before it is there: no browser's and no Node's. Pyodide finds a bare JavaScript shell; what time
 * it is, and how chance falls, comes from the host. Must be loaded before Pyodide, which looks around as it loads.
 */

/** What a host gives to a realm that has nothing (Node's). A worker has these already. */
export interface Givens {
  now(): number;
  random(bytes: number): ArrayLike<number>;
}

interface Realm {
  read?: unknown;
  load?: unknown;
  readbuffer?: (name: string) => ArrayBuffer;
  WorkerGlobalScope?: unknown;
  performance: { now(): number };
  crypto: { getRandomValues<T extends ArrayBufferView>(view: T): T };
  keyholeGivens?: Givens;
  [name: string]: unknown;
}

const realm = globalThis as unknown as Realm;
const givens = realm.keyholeGivens;
delete realm.keyholeGivens;

const real: () => number = givens ? givens.now : performance.now.bind(performance);
let ticks: number | undefined;
/** Milliseconds that never go back. */
const steady = (): number => (ticks === undefined ? real() : (ticks += tick));
/** ms for each look at the clock, where its own steps do not count. */
const tick = 0.01;

/**
 * From now on nothing in this realm depends on anything outside but by what the host says: the clock goes on by looks, and chance
 * begins again from `seed`. Whoever does the same again sees the same.
 */
export function repeatFrom(seed: number): void {
  ticks = 0;
  slept = 0;
  since = 0;
  let state = seed | 1;
  const next = (): number => {
    // xorshift32: not for secrets, of which a simulated function has none.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  Math.random = () => next() / 2 ** 32;
  crypto.getRandomValues = <T extends ArrayBufferView | null>(view: T): T => {
    if (view) new Uint8Array(view.buffer, view.byteOffset, view.byteLength).forEach((_, at, bytes) => (bytes[at] = next() >>> 24));
    return view;
  };
}
/** Lab time at the moment `since` of the steady clock, ms; what was slept is in it. */
let labTime = Date.now();
let slept = 0;
let since = real();

/** The lab says what time it is. */
export function setTime(now: number): void {
  labTime = now;
  since = steady();
}

/** Time goes on by so many ms at once. */
export function passTime(ms: number): void {
  labTime += ms;
  slept += ms;
}

Date.now = () => labTime + (steady() - since);
if (givens) realm.performance = { now: () => steady() + slept };
else Object.defineProperty(performance, "now", { value: () => steady() + slept });

// Lambda's local time is UTC, whatever the reader's is.
Date.prototype.getTimezoneOffset = () => 0;
for (const part of ["FullYear", "Month", "Date", "Day", "Hours", "Minutes", "Seconds", "Milliseconds"] as const)
  (Date.prototype as unknown as Record<string, unknown>)[`get${part}`] = (Date.prototype as unknown as Record<string, unknown>)[`getUTC${part}`];

const files = new Map<string, ArrayBuffer>();
/** What Pyodide will ask for by name. */
export const offerFile = (name: string, content: ArrayBuffer): void => void files.set(name, content);

// These two names tell Pyodide that it is in a shell: it then reads files by `readbuffer` and asks for nothing else.
realm.read = () => {
  throw new Error("There are no files.");
};
realm.load = () => undefined;
realm.readbuffer = (name) => {
  const content = files.get(name.split("/").at(-1)!);
  if (!content) throw new Error(`There is no file ${name}.`);
  files.delete(name.split("/").at(-1)!);
  return content;
};

if (givens) {
  const { random } = givens;
  // Emscripten takes its chance from `crypto` where it thinks itself in a worker.
  realm.WorkerGlobalScope = class {};
  realm.crypto = {
    getRandomValues<T extends ArrayBufferView>(view: T): T {
      new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(random(view.byteLength));
      return view;
    },
  };
  realm.console = { log: () => undefined, warn: () => undefined, error: () => undefined, info: () => undefined, debug: () => undefined };
  realm.setTimeout = (work: () => void): number => {
    void Promise.resolve().then(work);
    return 0;
  };
  realm.clearTimeout = () => undefined;
  realm.AbortController = class {
    signal = {};
    abort(): void {}
  };
  realm.AbortSignal = class {};
  realm.TextEncoder = Utf8Encoder();
  realm.TextDecoder = Utf8Decoder();
} else {
  // A worker of the page: it looks like a shell to Pyodide, as Node's does.
  realm.importScripts = () => {
    throw new Error("There are no scripts.");
  };
}

/** As much of TextEncoder as Pyodide uses. */
function Utf8Encoder(): unknown {
  return class {
    encoding = "utf-8";
    encode(text = ""): Uint8Array {
      const bytes: number[] = [];
      for (const letter of text) {
        let code = letter.codePointAt(0)!;
        if (code >= 0xd800 && code < 0xe000) code = 0xfffd;
        if (code < 0x80) bytes.push(code);
        else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
        else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
        else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
      }
      return Uint8Array.from(bytes);
    }
    encodeInto(text: string, into: Uint8Array): { read: number; written: number } {
      const bytes = this.encode(text);
      into.set(bytes.subarray(0, into.length));
      return { read: text.length, written: Math.min(bytes.length, into.length) };
    }
  };
}

/** As much of TextDecoder as Pyodide uses: UTF-8, UTF-16 and Latin-1. */
function Utf8Decoder(): unknown {
  return class {
    readonly encoding: string;
    readonly fatal: boolean;
    constructor(label = "utf-8", options: { fatal?: boolean } = {}) {
      this.encoding = label.toLowerCase();
      this.fatal = options.fatal ?? false;
    }
    decode(data?: ArrayBuffer | ArrayBufferView): string {
      if (!data) return "";
      const bytes = ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);
      const codes = /16/.test(this.encoding) ? utf16(bytes) : /8859|latin|ascii|1252/.test(this.encoding) ? bytes : utf8(bytes, this.fatal);
      let text = "";
      for (let at = 0; at < codes.length; at += 8192) text += String.fromCodePoint(...codes.slice(at, at + 8192));
      return text;
    }
  };
}

const utf16 = (bytes: Uint8Array): number[] => Array.from({ length: bytes.length >> 1 }, (_, at) => bytes[2 * at] | (bytes[2 * at + 1] << 8));

function utf8(bytes: Uint8Array, fatal: boolean): number[] {
  const codes: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at++];
    const more = first < 0x80 ? 0 : first >= 0xf0 && first < 0xf8 ? 3 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xc2 && first < 0xe0 ? 1 : -1;
    let code = more <= 0 ? first : first & (63 >> more);
    let good = more >= 0;
    for (let i = 0; good && i < more; i++) {
      if (at < bytes.length && (bytes[at] & 0xc0) === 0x80) code = (code << 6) | (bytes[at++] & 63);
      else good = false;
    }
    if (!good && fatal) throw new TypeError("The encoded data was not valid.");
    codes.push(good ? code : 0xfffd);
  }
  return codes;
}
