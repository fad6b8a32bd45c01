import { inspect } from "@/lib/functions/javascript/guest/inspect";
import { type FromSandbox, type Start, type Answer, cut } from "@/lib/store/code/protocol";
import { makeConsole } from "./console";
import { Buffer, define, runProgram, setDefaults, setProgram } from "./modules";
import { began, countTimersAndCrypto, ended, onIdle } from "./pending";
import { connect, settle } from "./request-handler";
import { makePlaces, type Places } from "./stack";

/**
 * The sandbox's worker: this runtime, the clients' files and the learner's program are one text (see `run-code.ts`). It
 * has no network and no storage by the content policy of the frame that makes it; what it can do is send messages over
 * the one port that it is handed at its start.
 */

const scope = globalThis as typeof globalThis & Record<string, unknown>;
Object.assign(scope, { keyholeDefine: define, keyholeProgram: setProgram });

scope.addEventListener("message", ((event: MessageEvent<Start>) => begin(event.data, event.ports[0])) as EventListener, { once: true });

function begin({ region, credentials, offset, mappings }: Start, port: MessagePort): void {
  // Bound: the program could put another function in the prototype's place, and would see the port.
  const send = port.postMessage.bind(port) as (message: FromSandbox) => void;
  const places = makePlaces(offset, mappings);
  // The SDK's own frames stand between an error and the line that called.
  Error.stackTraceLimit = 60;

  port.onmessage = ({ data }: MessageEvent<Answer>) => settle(data);
  connect(send);
  onIdle(() => send({ kind: "idle" }));
  setDefaults({ region, credentials });
  furnish(scope, send, places);

  let failed = false;
  const fail = (error: unknown): void => {
    if (failed) return;
    failed = true;
    const place = error instanceof Error ? places.placeOf(error) : undefined;
    send({ kind: "failed", text: cut(`Uncaught ${inspect(error, places)}`), ...(place ? { place } : {}) });
  };
  scope.addEventListener("error", ((event: ErrorEvent) => {
    event.preventDefault();
    fail(event.error ?? new Error(event.message));
  }) as EventListener);
  scope.addEventListener("unhandledrejection", ((event: PromiseRejectionEvent) => {
    event.preventDefault();
    fail(event.reason);
  }) as EventListener);

  began();
  runProgram().then(ended, fail);
}

/** What the program finds in its global scope, and what is taken out of it. */
function furnish(scope: Record<string, unknown> & typeof globalThis, send: (message: FromSandbox) => void, places: Places): void {
  const clock = performance.now.bind(performance);
  const shown = makeConsole(
    (level, text) => send({ kind: "log", level, text }),
    () => send({ kind: "muted" }),
    places,
    clock,
  );
  countTimersAndCrypto(scope);
  for (const name of ["keyholeDefine", "keyholeProgram", "onmessage"]) delete scope[name];
  // Messages go over the port alone, where they are counted; the worker is ended by the page.
  for (let proto: object | null = scope; proto; proto = Object.getPrototypeOf(proto) as object | null)
    for (const name of ["postMessage", "close"]) delete (proto as Record<string, unknown>)[name];
  Object.defineProperty(scope, "console", { value: shown, configurable: true, writable: true });
  Object.assign(scope, { Buffer, global: scope });
}
