import { format } from "../format";
import { inspect } from "../inspect";
import { stackOf } from "../stacks";

/** Node's `util`, as far as it is here. Source: Node.js API, Util. */
type Fn = (...args: unknown[]) => unknown;

const inspecting = { stackOf };
const custom = Symbol.for("nodejs.util.promisify.custom");

const is = (name: string) => (value: unknown): boolean => Object.prototype.toString.call(value) === `[object ${name}]`;
const types = {
  isPromise: is("Promise"), isDate: is("Date"), isRegExp: is("RegExp"), isMap: is("Map"), isSet: is("Set"), isWeakMap: is("WeakMap"), isWeakSet: is("WeakSet"),
  isAsyncFunction: is("AsyncFunction"), isGeneratorFunction: is("GeneratorFunction"), isArrayBuffer: is("ArrayBuffer"), isDataView: is("DataView"),
  isAnyArrayBuffer: (value: unknown) => is("ArrayBuffer")(value) || is("SharedArrayBuffer")(value),
  isNativeError: (value: unknown) => value instanceof Error,
  isTypedArray: (value: unknown) => ArrayBuffer.isView(value) && !(value instanceof DataView),
  isUint8Array: (value: unknown) => value instanceof Uint8Array,
  isArrayBufferView: (value: unknown) => ArrayBuffer.isView(value),
  isBoxedPrimitive: (value: unknown) => value instanceof Number || value instanceof String || value instanceof Boolean,
};

function promisify(fn: Fn & { [custom]?: Fn }): Fn {
  if (typeof fn !== "function") throw Object.assign(new TypeError(`The "original" argument must be of type function. Received ${fn === null ? "null" : typeof fn}`), { code: "ERR_INVALID_ARG_TYPE" });
  if (fn[custom]) return fn[custom];
  return function (this: unknown, ...args: unknown[]) {
    return new Promise((resolve, reject) => fn.call(this, ...args, (error: unknown, value: unknown) => (error ? reject(error as Error) : resolve(value))));
  };
}

const callbackify = (fn: (...args: unknown[]) => Promise<unknown>) =>
  function (this: unknown, ...args: unknown[]): void {
    const done = args.pop() as (error: unknown, value?: unknown) => void;
    fn.apply(this, args).then(
      (value) => queueMicrotask(() => done(null, value)),
      (error: unknown) => queueMicrotask(() => done(error)),
    );
  };

/** As `assert.deepStrictEqual` compares. */
export function isDeepStrictEqual(a: unknown, b: unknown, seen: [unknown, unknown][] = []): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (seen.some(([x, y]) => x === a && y === b)) return true;
  const within: [unknown, unknown][] = [...seen, [a, b]];
  if (a instanceof Date) return a.getTime() === (b as Date).getTime();
  if (a instanceof RegExp) return String(a) === String(b);
  if (a instanceof Error && (a.message !== (b as Error).message || a.name !== (b as Error).name)) return false;
  if (a instanceof Map) return a.size === (b as Map<unknown, unknown>).size && [...a].every(([key, value]) => (b as Map<unknown, unknown>).has(key) && isDeepStrictEqual(value, (b as Map<unknown, unknown>).get(key), within));
  if (a instanceof Set) return a.size === (b as Set<unknown>).size && [...a].every((value) => (b as Set<unknown>).has(value) || [...(b as Set<unknown>)].some((other) => isDeepStrictEqual(value, other, within)));
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isDeepStrictEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], within));
}

export const util = (): object => ({
  format: (...args: unknown[]) => format(args, inspecting),
  formatWithOptions: (_options: unknown, ...args: unknown[]) => format(args, inspecting),
  inspect: Object.assign((value: unknown, options?: { depth?: number | null } | boolean) => inspect(value, inspecting, typeof options === "object" && options?.depth !== undefined ? (options.depth ?? Infinity) : 2), { custom: Symbol.for("nodejs.util.inspect.custom") }),
  promisify: Object.assign(promisify, { custom }),
  callbackify,
  inherits(child: Fn, parent: Fn) {
    Object.defineProperty(child, "super_", { value: parent, writable: true, configurable: true });
    Object.setPrototypeOf(child.prototype as object, parent.prototype as object);
  },
  deprecate: (fn: Fn) => fn,
  debuglog: () => Object.assign(() => undefined, { enabled: false }),
  stripVTControlCharacters: (text: string) => text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, ""),
  styleText: (_style: unknown, text: string) => text,
  toUSVString: (text: unknown) => String(text).replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd"),
  isDeepStrictEqual: (a: unknown, b: unknown) => isDeepStrictEqual(a, b),
  isArray: Array.isArray,
  types,
  TextEncoder, TextDecoder,
});
