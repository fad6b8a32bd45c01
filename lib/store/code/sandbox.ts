import { type Answer, type FromSandbox, type Place, type Start, limits, programName, readMessage } from "./protocol";
import { readMappings, sourcePlace } from "./source-map";

/**
 * The sandbox: a frame with an origin of its own (`sandbox="allow-scripts"`) whose content policy, and this page's above
 * it, lets nothing out; in it a worker, whose text is the runtime, the clients that the program imports, and the program.
 * An endless loop holds the worker alone. One frame serves one run: to stop is to take the frame away.
 *
 * The worker comes from a data: address, because Chromium counts workers from blob: addresses of such frames as insecure
 * and gives them no Web Crypto. Above the length that browsers allow for addresses it comes from blob: nevertheless.
 */

/** A program that was compiled: a call of `keyholeProgram`, which the runtime offers. */
export interface Program {
  javascript: string;
  /** `mappings` of its source map. */
  mappings: string;
  /** Names of modules that it imports. */
  imports: readonly string[];
}

export interface SandboxSettings {
  region: string;
  credentials: Start["credentials"];
}

export interface SandboxListener {
  /** Sound messages only. */
  message(message: FromSandbox): void;
  /** The sandbox could not be made, or sent what it should not: it is closed. */
  broken(why: string): void;
}

export interface Sandbox {
  answer(answer: Answer): void;
  close(): void;
}

/** Chromium takes two million characters. */
const longestAddress = 2_000_000;

/** Only what an address could not carry is escaped: everything else may stand as it is. */
export const dataAddress = (text: string): string =>
  `data:text/javascript;charset=utf-8,${text.replace(/[%#\t\n\r\u0000-\u001f\u007f-\uffff]/g, (c) => (c < "\u0080" ? `%${c.charCodeAt(0).toString(16).padStart(2, "0")}` : c)).replace(/[\u0080-\uffff]+/g, safeEncode)}`;

/** Half of a pair of code units cannot be encoded, and has no meaning either. */
const safeEncode = (text: string): string =>
  encodeURIComponent(text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd"));

/** The whole text of the worker, and how many lines stand in it before the program. */
export function workerText(parts: readonly string[], program: string): { text: string; offset: number } {
  const before = parts.map((part) => (part.endsWith("\n") ? part : `${part}\n`)).join("");
  return { text: `${before}${program}\n//# sourceURL=${programName}\n`, offset: before.split("\n").length - 1 };
}

/** The frame's own script: makes the worker, hands it its start and its port, and says when it could not. */
const bootstrap = `addEventListener("message", ({ data: { address, text, start }, ports: [port, trouble] }) => {
  const from = address || URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const worker = new Worker(from);
  worker.onerror = (event) => { event.preventDefault(); trouble.postMessage({ message: String(event.message || ""), line: event.lineno, column: event.colno }); };
  worker.postMessage(start, [port]);
}, { once: true });`;

export function frameText(nonce: string): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; worker-src blob: data:; connect-src 'none'; form-action 'none'; base-uri 'none'`;
  return `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script nonce="${nonce}">${bootstrap}</script>`;
}

const nonce = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Starts a program. `parts` are the runtime and the clients, in this order. */
export function openSandbox(program: Program, parts: readonly string[], settings: SandboxSettings, listener: SandboxListener): Sandbox {
  const { text, offset } = workerText(parts, program.javascript);
  const start: Start = { kind: "start", ...settings, offset, mappings: program.mappings };
  const wire = new MessageChannel();
  const trouble = new MessageChannel();
  const frame = document.createElement("iframe");
  let messages = 0;

  const close = (): void => {
    wire.port1.close();
    trouble.port1.close();
    frame.remove();
  };
  const broken = (why: string): void => {
    close();
    listener.broken(why);
  };

  wire.port1.onmessage = ({ data }) => {
    const message = readMessage(data);
    if (!message) return broken("The program sent the page something that is no output and no request; it was stopped.");
    if (++messages > limits.messages) return broken("The program sent the page more than a run may send; it was stopped.");
    listener.message(message);
  };
  // What the worker's own handlers did not see: a text that cannot be read as a program, or a worker that was not made.
  trouble.port1.onmessage = ({ data }) => {
    const { message, line, column } = (data ?? {}) as { message?: unknown; line?: unknown; column?: unknown };
    if (typeof message !== "string" || !message) return broken("This browser did not start the sandbox’s worker.");
    const place = placeOf(program, { line: Number(line) - offset, column: Number(column) });
    close();
    listener.message({ kind: "failed", text: message.slice(0, limits.text), ...(place ? { place } : {}) });
  };

  frame.setAttribute("sandbox", "allow-scripts");
  frame.hidden = true;
  frame.title = "Sandbox of the Code tab";
  frame.srcdoc = frameText(nonce());
  frame.onload = () => {
    const address = dataAddress(text);
    const short = address.length <= longestAddress;
    // A frame of an opaque origin can be named in no other way; nothing else can stand in this one.
    frame.contentWindow?.postMessage({ ...(short ? { address } : { text }), start }, "*", [wire.port2, trouble.port2]);
  };
  document.body.append(frame);

  return { answer: (answer) => wire.port1.postMessage(answer), close };
}

const placeOf = ({ mappings }: Program, place: Place): Place | undefined =>
  place.line > 0 && place.column > 0 ? sourcePlace(readMappings(mappings), place) : undefined;
