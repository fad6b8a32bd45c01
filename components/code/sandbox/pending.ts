/**
 * What a program still waits for: requests, timers, Web Crypto. When nothing is left it is over, as a program in Node is
 * when its event loop is empty.
 */
let pending = 0;
let tell: () => void = () => undefined;
let asked = false;
const later = globalThis.setTimeout;

/** `idle` is called each time that nothing is awaited any more. */
export const onIdle = (idle: () => void): void => void (tell = idle);

export const began = (): void => void pending++;

export function ended(): void {
  pending--;
  if (pending > 0 || asked) return;
  asked = true;
  // The program goes on first with what it was waiting for, and may ask for more.
  later(() => {
    asked = false;
    if (pending === 0) tell();
  });
}

const awaited = <T>(promise: Promise<T>): Promise<T> => {
  began();
  promise.then(ended, ended);
  return promise;
};

type Timer = (handler: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => number;

/** Timers and Web Crypto of this worker, counted. */
export function countTimersAndCrypto(scope: typeof globalThis): void {
  const open = new Set<number>();
  const close = (id: number): void => {
    if (open.delete(id)) ended();
  };
  const { setTimeout, setInterval, clearTimeout, clearInterval } = scope;
  const timer = (set: Timer, once: boolean): Timer => {
    return (handler, ms, ...args) => {
      const id = set(
        (...given) => {
          try {
            handler(...given);
          } finally {
            if (once) close(id);
          }
        },
        ms,
        ...args,
      );
      open.add(id);
      began();
      return id;
    };
  };
  const clear = (stop: (id?: number) => void) => (id?: number) => {
    stop(id);
    if (id !== undefined) close(id);
  };
  Object.assign(scope, {
    setTimeout: timer(setTimeout.bind(scope) as unknown as Timer, true),
    setInterval: timer(setInterval.bind(scope) as unknown as Timer, false),
    clearTimeout: clear(clearTimeout.bind(scope)),
    clearInterval: clear(clearInterval.bind(scope)),
  });

  if (!scope.crypto.subtle) {
    const refuse = (): never => {
      throw new Error("Web Crypto (crypto.subtle) is there on secure origins only: https, or localhost. This page came over plain http.");
    };
    Object.defineProperty(scope.crypto, "subtle", { value: new Proxy({}, { get: refuse }) });
    return;
  }
  const subtle = Object.getPrototypeOf(scope.crypto.subtle) as Record<string, (...args: unknown[]) => Promise<unknown>>;
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(subtle)))
    if (typeof value === "function" && name !== "constructor")
      subtle[name] = function (this: unknown, ...args: unknown[]) {
        return awaited(value.apply(this, args) as Promise<unknown>);
      };
}
