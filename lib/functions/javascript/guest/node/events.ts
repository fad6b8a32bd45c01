type Listener = ((...args: unknown[]) => void) & { listener?: Listener };

/** Node's `events`, as far as programs without streams use it. Source: Node.js API, Events. */
export class EventEmitter {
  static defaultMaxListeners = 10;
  static EventEmitter = EventEmitter;
  static errorMonitor = Symbol("events.errorMonitor");

  #listeners = new Map<string | symbol, Listener[]>();

  on(event: string | symbol, listener: Listener): this {
    this.#add(event, listener, false);
    return this;
  }
  addListener(event: string | symbol, listener: Listener): this {
    return this.on(event, listener);
  }
  prependListener(event: string | symbol, listener: Listener): this {
    this.#add(event, listener, true);
    return this;
  }
  once(event: string | symbol, listener: Listener): this {
    const wrapped: Listener = (...args) => {
      this.off(event, wrapped);
      listener.apply(this, args);
    };
    wrapped.listener = listener;
    return this.on(event, wrapped);
  }
  off(event: string | symbol, listener: Listener): this {
    const all = this.#listeners.get(event) ?? [];
    const at = all.findLastIndex((one) => one === listener || one.listener === listener);
    if (at >= 0) this.#listeners.set(event, all.toSpliced(at, 1));
    return this;
  }
  removeListener(event: string | symbol, listener: Listener): this {
    return this.off(event, listener);
  }
  removeAllListeners(event?: string | symbol): this {
    if (event === undefined) this.#listeners.clear();
    else this.#listeners.delete(event);
    return this;
  }
  emit(event: string | symbol, ...args: unknown[]): boolean {
    const all = this.#listeners.get(event) ?? [];
    if (!all.length && event === "error") throw args[0] instanceof Error ? args[0] : Object.assign(new Error(`Unhandled error. (${String(args[0])})`), { code: "ERR_UNHANDLED_ERROR", context: args[0] });
    for (const listener of all) listener.apply(this, args);
    return all.length > 0;
  }
  listeners(event: string | symbol): Listener[] {
    return (this.#listeners.get(event) ?? []).map((one) => one.listener ?? one);
  }
  rawListeners(event: string | symbol): Listener[] {
    return [...(this.#listeners.get(event) ?? [])];
  }
  listenerCount(event: string | symbol): number {
    return this.#listeners.get(event)?.length ?? 0;
  }
  eventNames(): (string | symbol)[] {
    return [...this.#listeners].filter(([, all]) => all.length).map(([name]) => name);
  }
  setMaxListeners(): this {
    return this;
  }
  getMaxListeners(): number {
    return EventEmitter.defaultMaxListeners;
  }

  #add(event: string | symbol, listener: Listener, first: boolean): void {
    if (typeof listener !== "function") throw Object.assign(new TypeError(`The "listener" argument must be of type function. Received ${listener === null ? "null" : typeof listener}`), { code: "ERR_INVALID_ARG_TYPE" });
    const all = this.#listeners.get(event) ?? [];
    this.#listeners.set(event, first ? [listener, ...all] : [...all, listener]);
  }
}

/** A promise of the next event of a name; an `error` before it rejects. */
const once = (emitter: EventEmitter, event: string | symbol): Promise<unknown[]> =>
  new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      emitter.off(event, done);
      reject(error as Error);
    };
    const done = (...args: unknown[]): void => {
      emitter.off("error", fail);
      resolve(args);
    };
    emitter.once(event, done);
    if (event !== "error") emitter.once("error", fail);
  });

export const events = (): object => Object.assign(EventEmitter, { once, default: EventEmitter });
