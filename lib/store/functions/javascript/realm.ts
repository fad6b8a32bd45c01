import type { FunctionRun } from "../../../engine/types";
import type { Realm } from "../../../wire/functions/javascript/converse";
import packages from "../../code/packages.json";
import { dataAddress } from "../../code/sandbox";

/** What the worker is handed with its port. */
export interface WorkerStart {
  /** Path to content, base64. */
  files: Record<string, string>;
  /** Texts of the SDK and its clients. */
  scripts: string[];
  memorySize: number;
}

/** Chromium takes addresses of two million characters; a worker from a data: address has Web Crypto. */
const longestAddress = 2_000_000;

/** Opens a sandbox for one environment: a frame with an origin of its own, and in it a worker, that is gone with the frame. */
export function openRealm({ files, memorySize }: FunctionRun, worker: string, scripts: string[]): Realm {
  const wire = new MessageChannel();
  const trouble = new MessageChannel();
  const frame = document.createElement("iframe");
  let hear: (text: unknown) => void = () => undefined;
  let broken: (why: string) => void = () => undefined;

  const close = (): void => {
    wire.port1.close();
    trouble.port1.close();
    frame.remove();
  };
  let up: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (up = resolve));
  // The worker's own first word; what the function says are texts.
  wire.port1.onmessage = ({ data }) => (data === null ? up() : hear(data));
  trouble.port1.onmessage = ({ data }) => broken(`failed: ${String(data).slice(0, 500)}`);
  frame.setAttribute("sandbox", "allow-scripts");
  frame.hidden = true;
  frame.title = "Sandbox of a function";
  frame.src = "/code/frame.html";
  frame.onload = () => {
    const address = dataAddress(worker);
    const start: WorkerStart = { files, scripts, memorySize };
    // A frame of an opaque origin can be named in no other way; nothing else can stand in this one.
    frame.contentWindow?.postMessage({ ...(address.length <= longestAddress ? { address } : { text: worker }), package: start }, "*", [wire.port2, trouble.port2]);
  };
  document.body.append(frame);
  return {
    ready,
    clients: packages,
    listen(to, whenBroken) {
      hear = to;
      broken = whenBroken;
    },
    send: (text, now) => wire.port1.postMessage({ text, now }),
    rest() {
      hear = () => undefined;
      broken = () => undefined;
    },
    memory: () => 0,
    close,
  };
}
