/** What a function in AWS could reach and one in this lab cannot: a network. Every way to it says so. */
export const noNetwork = "A function in this lab has no network. The SDK's clients reach the lab's services, and keyhole-db its databases.";

/** `fetch` and its kin. */
export function refuseNetwork(scope: Record<string, unknown>): void {
  const urlOf = (input: unknown): string => String((input as { url?: unknown } | undefined)?.url ?? input);
  const define = (name: string, value: unknown): void => void Object.defineProperty(scope, name, { value, writable: true, configurable: true });
  define("fetch", async function fetch(input: unknown): Promise<never> {
    const cause = Object.assign(new Error(`connect ENETUNREACH ${urlOf(input)}. ${noNetwork}`), { code: "ENETUNREACH", syscall: "connect" });
    throw new TypeError(`fetch failed: ${urlOf(input)}. ${noNetwork}`, { cause });
  });
  for (const name of ["WebSocket", "EventSource"])
    define(
      name,
      class {
        constructor(url: unknown) {
          throw new Error(`${name} ${String(url)}: ${noNetwork}`);
        }
      },
    );
  // Node has none of these, and what a browser's worker has would only be a surprise.
  for (const name of ["XMLHttpRequest", "importScripts", "Worker", "SharedWorker", "WebTransport", "caches", "indexedDB", "BroadcastChannel", "location", "self", "postMessage", "close", "onmessage", "WorkerGlobalScope", "WorkerNavigator", "RTCPeerConnection", "requestAnimationFrame", "cancelAnimationFrame", "createImageBitmap", "OffscreenCanvas", "FileReaderSync", "Notification", "webkitRequestFileSystem", "webkitRequestFileSystemSync", "webkitResolveLocalFileSystemURL", "webkitResolveLocalFileSystemSyncURL", "name", "origin", "crossOriginIsolated", "isSecureContext", "trustedTypes", "fonts", "scheduler", "reportError", "addEventListener", "removeEventListener", "dispatchEvent", "onerror", "onunhandledrejection", "onrejectionhandled"]) hide(scope, name);
}

/** Takes a name off the realm's global object, wherever on its chain it stands. */
function hide(scope: object, name: string): void {
  for (let at: object | null = scope; at && at !== Object.prototype; at = Object.getPrototypeOf(at) as object | null) {
    if (!Object.hasOwn(at, name)) continue;
    // Other things are event targets too, and stay so.
    if (Object.hasOwn(at, "addEventListener") || !Reflect.deleteProperty(at, name)) Object.defineProperty(scope, name, { value: undefined, configurable: true, writable: true });
  }
}
