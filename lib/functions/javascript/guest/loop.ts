import type { GuestHost } from "./host";

/**
 * The event loop of a realm. No timer is real: where nothing else is to be done, the realm says how long it would sleep, the host
 * moves the clock, and the realm goes on. Between invocations everything stands, as in a frozen execution environment.
 */
type Callback = (...args: unknown[]) => void;

interface Timer {
  id: number;
  due: number;
  order: number;
  every?: number;
  callback: Callback;
  args: unknown[];
  kept: boolean;
}

export interface Loop {
  setTimeout(callback: Callback, ms?: number, ...args: unknown[]): Timeout;
  setInterval(callback: Callback, ms?: number, ...args: unknown[]): Timeout;
  setImmediate(callback: Callback, ...args: unknown[]): Timeout;
  clear(timer: unknown): void;
  nextTick(callback: Callback, ...args: unknown[]): void;
  /** Something from outside is awaited; call what it returns when it is there. */
  waiting(): () => void;
  /** Runs code that the outside calls: what it throws is the process's. */
  enter(work: () => void): void;
  /** One turn, when what was to be done at once is done. */
  turn(): void;
  /** While false, nothing happens. */
  thaw(running: boolean): void;
}

/** What `setTimeout` answers in Node. */
export class Timeout {
  constructor(
    readonly id: number,
    readonly loop: { keep(id: number, kept: boolean): void; again(id: number): void; clear(timer: unknown): void; kept(id: number): boolean },
  ) {
    Object.defineProperty(this, "loop", { enumerable: false });
  }
  ref(): this {
    this.loop.keep(this.id, true);
    return this;
  }
  unref(): this {
    this.loop.keep(this.id, false);
    return this;
  }
  hasRef(): boolean {
    return this.loop.kept(this.id);
  }
  refresh(): this {
    this.loop.again(this.id);
    return this;
  }
  close(): this {
    this.loop.clear(this);
    return this;
  }
  [Symbol.toPrimitive](): number {
    return this.id;
  }
  [Symbol.dispose](): void {
    this.loop.clear(this);
  }
}

const longest = 2 ** 31 - 1;
// The program's own `queueMicrotask` is made of this.
const microtask = queueMicrotask.bind(globalThis);

export function makeLoop(host: GuestHost, on: { uncaught(error: unknown): void; /** Nothing is left to wait for. */ idle(): void }): Loop {
  const timers = new Map<number, Timer>();
  let immediates: Timer[] = [];
  let ids = 0;
  let awaited = 0;
  let running = false;
  let asked = false;
  /** How often the loop was entered: to see that nothing happened meanwhile. */
  let entered = 0;

  const again = (): void => {
    if (asked || !running) return;
    asked = true;
    host.again();
  };
  const guard = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      on.uncaught(error);
    }
  };

  const handle = {
    keep: (id: number, kept: boolean) => {
      const timer = timers.get(id);
      if (timer) timer.kept = kept;
    },
    kept: (id: number) => timers.get(id)?.kept ?? false,
    again: (id: number) => {
      const timer = timers.get(id);
      if (timer) timer.due = host.now() + (timer.every ?? 0);
    },
    clear: (given: unknown) => {
      const id = given instanceof Timeout ? given.id : Number(given);
      timers.delete(id);
      immediates = immediates.filter((one) => one.id !== id);
    },
  };

  function set(callback: Callback, ms: unknown, args: unknown[], repeats: boolean): Timeout {
    if (typeof callback !== "function") throw Object.assign(new TypeError(`The "callback" argument must be of type function. Received ${callback === null ? "null" : typeof callback}`), { code: "ERR_INVALID_ARG_TYPE" });
    let wait = Number(ms);
    if (!(wait >= 1 && wait <= longest)) wait = 1;
    const id = ++ids;
    timers.set(id, { id, due: host.now() + Math.trunc(wait), order: id, callback, args, kept: true, ...(repeats ? { every: Math.trunc(wait) } : {}) });
    again();
    return new Timeout(id, handle);
  }

  const next = (): Timer | undefined => {
    let found: Timer | undefined;
    for (const timer of timers.values()) if (!found || timer.due < found.due || (timer.due === found.due && timer.order < found.order)) found = timer;
    return found;
  };

  return {
    setTimeout: (callback, ms, ...args) => set(callback, ms, args, false),
    setInterval: (callback, ms, ...args) => set(callback, ms, args, true),
    setImmediate(callback, ...args) {
      const id = ++ids;
      immediates.push({ id, due: 0, order: id, callback, args, kept: true });
      again();
      return new Timeout(id, handle);
    },
    clear: handle.clear,
    nextTick: (callback, ...args) => void microtask(() => guard(() => callback(...args))),
    waiting() {
      awaited++;
      let open = true;
      return () => {
        if (open) awaited--;
        open = false;
        again();
      };
    },
    enter(work) {
      entered++;
      guard(work);
      again();
    },
    turn() {
      asked = false;
      if (!running) return;
      const soon = immediates;
      if (soon.length) {
        immediates = [];
        for (const { callback, args } of soon) guard(() => callback(...args));
        return again();
      }
      const timer = next();
      if (timer && timer.due <= host.now()) {
        if (timer.every === undefined) timers.delete(timer.id);
        else {
          timer.due = host.now() + timer.every;
          timer.order = ++ids;
        }
        guard(() => timer.callback(...timer.args));
        return again();
      }
      if (awaited) return;
      if (timer && [...timers.values()].some(({ kept }) => kept)) return host.send(JSON.stringify({ kind: "sleep", ms: Math.max(0, timer.due - host.now()) }));
      if (!host.pause) return on.idle();
      const before = entered + ids;
      host.pause(() => {
        if (running && !asked && before === entered + ids) on.idle();
      });
    },
    thaw(now) {
      running = now;
      if (now) again();
    },
  };
}
