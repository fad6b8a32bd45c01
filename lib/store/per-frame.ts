import type { StoreApi } from "zustand/vanilla";

/** Calls back once the next frame is drawn; soon, where none is (a tab in the background). */
function nextFrame(then: () => void): void {
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    then();
  };
  if (typeof requestAnimationFrame !== "undefined") requestAnimationFrame(once);
  setTimeout(once, 100);
}

/** ms; as long as a frame at 60 a second. */
const frame = 16;

/**
 * A store's `subscribe` that tells its listeners of changes that may wait once a frame, however many there were: a program
 * that calls the lab in a loop changes it hundreds of times a second, and a page need not be drawn as often. The first
 * change after a quiet time is told at once, and so is each that may not wait, with all before it.
 */
export function perFrame<T>(
  { subscribe }: Pick<StoreApi<T>, "subscribe">,
  mayWait: (now: T, before: T) => boolean,
  { later = nextFrame, clock = () => performance.now() }: { later?(then: () => void): void; clock?(): number } = {},
): StoreApi<T>["subscribe"] {
  const listeners = new Set<(now: T, before: T) => void>();
  let stop: (() => void) | undefined;
  let told = -Infinity;
  /** What the listeners know, while there is something that they do not. */
  let known: { state: T } | undefined;
  let asked = false;

  function tell(now: T): void {
    const before = known!.state;
    known = undefined;
    told = clock();
    for (const listener of [...listeners]) listener(now, before);
  }

  function changed(now: T, before: T): void {
    known ??= { state: before };
    if (!mayWait(now, before) || (!asked && clock() - told >= frame)) return tell(now);
    latest = now;
    if (asked) return;
    asked = true;
    later(() => {
      asked = false;
      if (known) tell(latest!);
    });
  }
  let latest: T | undefined;

  return (listener) => {
    listeners.add(listener);
    stop ??= subscribe(changed);
    return () => {
      listeners.delete(listener);
      if (listeners.size) return;
      stop?.();
      stop = undefined;
      known = undefined;
    };
  };
}
