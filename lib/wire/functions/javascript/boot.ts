/**
 * Evaluated in the interpreter before everything else: the functions that its host offers, made into the object that the guest
 * takes, and chance, which a memory that is copied would repeat.
 */
interface HostFunctions {
  send(text: string): void;
  has(path: string): boolean;
  list(folder: string): string;
  text(path: string): string | undefined;
  bytes(path: string): string | undefined;
  transform(source: string, kind: string): string;
  evaluate(text: string, file: string): (...args: unknown[]) => unknown;
  now(): number;
  random(bytes: number): string;
  again(): void;
  memory(): number;
}

const scope = globalThis as unknown as { keyholeFunctions: HostFunctions; keyholeHost?: object; crypto: Record<string, unknown> };
const { keyholeFunctions: host } = scope;
delete (scope as { keyholeFunctions?: unknown }).keyholeFunctions;
scope.keyholeHost = { ...host, list: (folder: string) => JSON.parse(host.list(folder)) as string[], quick: true };

const bytesOf = (size: number): Uint8Array => Uint8Array.from(atob(host.random(size)), (c) => c.charCodeAt(0));
let pool: Uint8Array = new Uint8Array();
let at = 0;
Math.random = () => {
  if (at + 7 > pool.length) {
    pool = bytesOf(700);
    at = 0;
  }
  let value = 0;
  for (let i = 0; i < 6; i++) value = value * 256 + pool[at++];
  return (value * 32 + (pool[at++] & 31)) / 2 ** 53;
};
const define = (name: string, value: unknown): void => void Object.defineProperty(scope.crypto, name, { value, writable: true, configurable: true });
define("getRandomValues", <T extends Uint8Array>(target: T): T => {
  if (target.byteLength > 65_536) throw new DOMException(`The ArrayBufferView's byte length (${target.byteLength}) exceeds the number of bytes of entropy available via this API (65536)`, "QuotaExceededError");
  new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(bytesOf(target.byteLength));
  return target;
});
define("randomUUID", () => {
  const bytes = bytesOf(16);
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return Array.from(bytes, (byte, i) => `${[4, 6, 8, 10].includes(i) ? "-" : ""}${byte.toString(16).padStart(2, "0")}`).join("");
});

// The function's own console comes with its environment; what is loaded before it only asks whether there is one.
const silent = (): void => undefined;
Object.defineProperty(globalThis, "console", { value: Object.fromEntries(["log", "info", "debug", "warn", "error", "trace"].map((name) => [name, silent])), writable: true, configurable: true });
