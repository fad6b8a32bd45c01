import type { ToInterpreter } from "../../functions/python/protocol";
import type { Interpreter } from "../../functions/python/conversation";
import { readMessage } from "../../functions/python/protocol";
import type { PythonFiles } from "./python-files";

/**
 * The sandbox of functions in Python: a frame with an origin of its own, whose content policy lets nothing out and nothing be
 * evaluated but WebAssembly; in it a worker for each interpreter, which the frame ends when the page says so. All that they are
 * made of comes by message. The frame's own script alone runs in the frame: the code is in the workers.
 */

/** Compiles Python once, makes workers and ends them. */
const bootstrap = `addEventListener("message", ({ data: { worker, wasm, stdlib, library, snapshot }, ports: [control] }) => {
  const address = URL.createObjectURL(new Blob([worker], { type: "text/javascript" }));
  const workers = new Map();
  const compiled = WebAssembly.compile(wasm);
  compiled.catch((problem) => control.postMessage({ trouble: String(problem) }));
  control.onmessage = async ({ data: { open, close }, ports: [port] }) => {
    if (close !== undefined) { workers.get(close)?.terminate(); workers.delete(close); return; }
    const module = await compiled;
    const one = new Worker(address);
    workers.set(open, one);
    one.onerror = (event) => { event.preventDefault(); control.postMessage({ ended: open, why: String(event.message || "its worker did not start") }); };
    one.postMessage({ wasm: module, stdlib, library, snapshot }, [port]);
  };
}, { once: true });`;

export function frameText(nonce: string): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}' 'wasm-unsafe-eval'; worker-src blob:; connect-src 'none'; form-action 'none'; base-uri 'none'`;
  return `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script nonce="${nonce}">${bootstrap}</script>`;
}

const nonce = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export interface PythonFrame {
  /** A new interpreter; resolves when it is ready for a function. Errors: why it is not. */
  open(): Promise<Interpreter>;
}

/** Puts the frame into the page. */
export function openFrame(files: PythonFiles): Promise<PythonFrame> {
  return new Promise((resolve) => {
    const control = new MessageChannel();
    const waiting = new Map<number, (why: string) => void>();
    let last = 0;
    let trouble: string | undefined;
    control.port1.onmessage = ({ data }: MessageEvent<{ trouble?: string; ended?: number; why?: string }>) => {
      if (data.trouble !== undefined) trouble = data.trouble;
      for (const [id, end] of waiting) if (data.trouble !== undefined || id === data.ended) end(data.trouble ?? data.why ?? "");
    };

    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.hidden = true;
    frame.title = "Sandbox of functions in Python";
    frame.srcdoc = frameText(nonce());
    frame.onload = () => {
      // A frame of an opaque origin can be named in no other way; nothing else can stand in this one.
      frame.contentWindow?.postMessage(files, "*", [control.port2, files.wasm, files.snapshot, files.stdlib]);
      resolve({ open });
    };
    document.body.append(frame);

    function open(): Promise<Interpreter> {
      const id = ++last;
      const { port1, port2 } = new MessageChannel();
      let hear: (message: unknown) => void = () => undefined;
      const interpreter: Interpreter = {
        loaded: false,
        spoiled: false,
        send: (message: ToInterpreter) => port1.postMessage(message),
        listen: (listener) => {
          hear = listener;
        },
        close() {
          interpreter.spoiled = true;
          waiting.delete(id);
          port1.close();
          control.port1.postMessage({ close: id });
        },
      };
      return new Promise((ready, failed) => {
        const starting = (message: unknown): void => {
          const heard = readMessage(message);
          if (heard?.kind === "ready") ready(interpreter);
          else if (heard?.kind === "broken") end(heard.why);
        };
        const end = (why: string): void => {
          interpreter.close();
          if (hear === starting) failed(new Error(`Python did not start: ${why}`));
          else hear({ kind: "broken", why });
        };
        if (trouble !== undefined) return failed(new Error(`Python did not start: ${trouble}`));
        waiting.set(id, end);
        hear = starting;
        port1.onmessage = ({ data }) => hear(data);
        control.port1.postMessage({ open: id }, [port2]);
      });
    }
  });
}
