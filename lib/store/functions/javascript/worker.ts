import { installDates } from "../../../functions/javascript/guest/dates";
import "../../../functions/javascript/guest/main";
import type { GuestHost } from "../../../functions/javascript/guest/host";
import type { Guest } from "../../../functions/javascript/guest/main";
import { taskRoot } from "../../../functions/javascript/protocol";
import { transformModule, transformScript } from "../../../functions/javascript/transform";
import { watchMemory } from "./memory";
import type { WorkerStart } from "./realm";

/**
 * The sandbox's worker: the guest in a realm of the browser's own engine. It has no network and no storage by the content policy of
 * its frame; what it can do is send messages over the one port that it is handed at its start.
 */
const scope = globalThis as typeof globalThis & Record<string, unknown>;
scope.addEventListener("message", (({ data, ports }: MessageEvent<WorkerStart>) => start(data, ports[0])) as EventListener, { once: true });

function start({ files, scripts, memorySize }: WorkerStart, port: MessagePort): void {
  // Bound: the program could put another function in the prototype's place.
  const post = port.postMessage.bind(port) as (text: string) => void;
  const real = performance.now.bind(performance);
  const evaluate = eval;
  const realTimeout = setTimeout.bind(scope);
  /** Lab time of the last message, and when it came. */
  let clock = { lab: Date.now(), real: real() };
  const now = (): number => clock.lab + real() - clock.real;

  const folders = new Map<string, Set<string>>();
  const whole: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [path, content] of Object.entries(files)) {
    let name = path.split("/").at(-1)!;
    let folder = `${taskRoot}/${path}`.slice(0, -name.length);
    whole[folder + name] = content;
    while (folder !== "/") {
      if (!folders.has(folder)) folders.set(folder, new Set());
      folders.get(folder)!.add(name);
      name = folder.split("/").at(-2)!;
      folder = folder.slice(0, -name.length - 1);
    }
  }
  const bytesOf = (content: string): Uint8Array => Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
  const channel = new MessageChannel();
  const ping = channel.port2.postMessage.bind(channel.port2) as (message: number) => void;

  const host: GuestHost = {
    send: post,
    has: (path) => path in whole || folders.has(path),
    list: (folder) => [...(folders.get(folder.replace(/\/?$/, "/")) ?? [])],
    text: (path) => (path in whole ? new TextDecoder().decode(bytesOf(whole[path])) : undefined),
    bytes: (path) => whole[path],
    transform: (source, kind) => JSON.stringify(kind === "module" ? transformModule(source) : transformScript(source)),
    // An indirect eval is one of the global scope; the name is for stack traces.
    evaluate: (text, file) => evaluate(`${text}\n//# sourceURL=${file}`) as (...args: unknown[]) => unknown,
    now,
    random(size) {
      const bytes = new Uint8Array(size);
      for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, Math.min(size, at + 65_536)));
      let text = "";
      for (const byte of bytes) text += String.fromCharCode(byte);
      return btoa(text);
    },
    again: () => ping(0),
    pause: (then) => void realTimeout(then, 40),
    memory: () => memory.held(),
    quick: false,
  };
  for (const script of scripts) evaluate(script);
  const memory = watchMemory(scope, Math.max(64, memorySize - 40) * 1024 * 1024, () => post('{"kind":"memory"}'));
  const guest = (scope.keyholeBegin as (host: GuestHost) => Guest)(host);
  channel.port1.onmessage = () => guest.turn();
  scope.addEventListener("unhandledrejection", ((event: PromiseRejectionEvent) => {
    event.preventDefault();
    guest.unhandled(event.reason, event.promise);
  }) as EventListener);
  scope.addEventListener("error", ((event: ErrorEvent) => {
    event.preventDefault();
    guest.uncaught(event.error ?? new Error(event.message));
  }) as EventListener);
  installDates(globalThis, now);
  port.onmessage = ({ data }: MessageEvent<{ text: string; now: number }>) => {
    clock = { lab: data.now, real: real() };
    guest.receive(data.text);
  };
  (port.postMessage as (message: null) => void).call(port, null);
}
