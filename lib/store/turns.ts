/**
 * Who may change the lab now, among the tabs of this browser. A Web Lock gives the turn to one tab after another, and goes
 * on by itself when a tab is closed or crashes. A tab that is frozen keeps it: so whoever waits asks on a channel whether
 * somebody is at work, and takes the turn when nobody answers. That is safe, because what is saved is checked against the
 * lab's own count of changes: a tab that wakes up late saves nothing over another's work (`saveMoves`).
 *
 * Where there are no Web Locks (plain http), that check alone keeps the order.
 */
export interface Turns {
  /** Runs `work` when it is this tab's turn. */
  take<T>(work: () => Promise<T>): Promise<T>;
}

/** How long a tab waits before it asks, and how long for an answer, in ms: together under a second. */
const patience = 400;

export function turnsAmongTabs(name: string, locks: LockManager | undefined = globalThis.navigator?.locks): Turns {
  if (!locks) return { take: (work) => work() };
  const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(`${name}.turn`);
  (channel as { unref?(): void } | undefined)?.unref?.();
  let atWork = 0;
  let answered = 0;
  channel?.addEventListener("message", ({ data }: MessageEvent<"anybody?" | "at work">) => {
    if (data === "at work") answered = performance.now();
    else if (atWork) channel.postMessage("at work");
  });

  return {
    async take<T>(work: () => Promise<T>): Promise<T> {
      let result: Promise<T> | undefined;
      const begin = (): Promise<T> => {
        clearTimeout(watch);
        atWork++;
        return (result = work().finally(() => void atWork--));
      };
      const queue = new AbortController();
      let taking = false;
      const ask = (): void => {
        const asked = performance.now();
        channel!.postMessage("anybody?");
        watch = setTimeout(() => {
          if (answered >= asked) return ask();
          taking = true;
          queue.abort();
        }, patience);
      };
      let watch = channel ? setTimeout(ask, patience) : undefined;
      try {
        await locks.request(name, { signal: queue.signal }, begin);
      } catch (problem) {
        if (taking && !result) await locks.request(name, { steal: true }, begin).catch(() => undefined);
        // The turn was taken from this tab while it was at work: its work goes on, and is checked when it is saved.
        if (!result) throw problem;
      } finally {
        clearTimeout(watch);
      }
      return result!;
    },
  };
}
