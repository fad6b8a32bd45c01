import { createHash } from "node:crypto";
import { vi } from "vitest";

/** A tab: its own modules; the browser's one database, one lock manager and its channels. */
export async function openTab() {
  vi.resetModules();
  const store = await import("./lab-store");
  await store.openLab();
  const state = store.labStore.getState;
  const put = (Name: string, Value = "1") => store.call("ssm", "PutParameter", { Name, Value, Type: "String", Overwrite: true }, { door: "terminal" });
  return {
    ...store,
    state,
    put,
    /** Names of the parameters that are there, as a look tells. */
    names: async () => {
      const reply = await store.call("ssm", "DescribeParameters", {});
      return reply.ok ? (reply.output.Parameters as { Name: string }[]).map(({ Name }) => Name) : [];
    },
    operations: () => state().journal.map(({ kind, trace }) => (kind === "call" ? trace.operation : kind)),
    /** A digest of the whole lab. */
    bytes: () => createHash("sha256").update(JSON.stringify(store.theLab()!.snapshot())).digest("hex"),
  };
}
export type Tab = Awaited<ReturnType<typeof openTab>>;

/** Waits until it holds, at most three seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 300; i++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("it did not come to hold");
}

const channels: BroadcastChannel[] = [];

/** Channels that `closeChannels` ends: tabs of an earlier test must not answer those of a later one. */
export class TestChannel extends BroadcastChannel {
  constructor(name: string) {
    super(name);
    channels.push(this);
  }
  override postMessage(message: unknown): void {
    if (channels.includes(this)) super.postMessage(message);
  }
}
export const closeChannels = (): void => channels.splice(0).forEach((channel) => channel.close());

/** Web Locks with what the store uses of them: one holder, a queue, `signal`, `steal`; and a way to let a holder crash. */
export function fakeLocks() {
  let holder: { reject(problem: unknown): void } | undefined;
  const queue: { begin(): void }[] = [];
  const next = (): void => {
    if (!holder) queue.shift()?.begin();
  };
  return {
    request(_name: string, options: { signal?: AbortSignal; steal?: boolean } | (() => Promise<unknown>), work?: () => Promise<unknown>): Promise<unknown> {
      const callback = typeof options === "function" ? options : work!;
      const { signal, steal } = typeof options === "function" ? ({} as { signal?: AbortSignal; steal?: boolean }) : options;
      return new Promise((resolve, reject) => {
        const request = {
          begin() {
            const mine = { reject };
            holder = mine;
            const end = (): void => {
              if (holder !== mine) return;
              holder = undefined;
              next();
            };
            void Promise.resolve()
              .then(callback)
              .then(resolve, reject)
              .finally(end);
          },
        };
        if (steal) {
          holder?.reject(new DOMException("stolen", "AbortError"));
          holder = undefined;
          return request.begin();
        }
        signal?.addEventListener("abort", () => {
          const at = queue.indexOf(request);
          if (at < 0) return;
          queue.splice(at, 1);
          reject(new DOMException("aborted", "AbortError"));
        });
        queue.push(request);
        next();
      });
    },
    /** The tab that has the lock is closed or crashes. */
    crash(): void {
      holder = undefined;
      next();
    },
    get held() {
      return holder !== undefined;
    },
  };
}
