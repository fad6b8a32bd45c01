import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type JSValueHandle, JSException, MAX_STACK_SIZE, QuickJS, type QuickJSOptions } from "quickjs-wasi";
import { taskRoot } from "../../../functions/javascript/protocol";
import { transformModule, transformScript } from "../../../functions/javascript/transform";
import type { ChildMessage, ParentMessage, Places } from "./places";

/**
 * The process in which a function's JavaScript is interpreted: QuickJS, compiled to WebAssembly. The code has the interpreter's
 * memory and the few functions that are made below; nothing of Node is in its reach. One process holds one environment.
 */
const places = JSON.parse(process.argv[2]) as Places;
const isMaker = process.argv[3] === "--make";

const extensions = ["url", "encoding", "headers", "crypto", "structured-clone"].map((name) => ({ name: name.replace("-", "_"), wasm: WebAssembly.compile(readFileSync(join(places.interpreter, "extensions", name, `${name}.so`))) }));

/** Lab time of the clock's last setting, ms, and when that was. */
let clock = { lab: Date.now(), real: performance.now() };
const now = (): number => clock.lab + performance.now() - clock.real;
/** Real time after which code is interrupted: the parent would have ended this process long before. */
let deadline = Infinity;

// This process may stand ready before it is asked: what can be done before is.
const wasm = WebAssembly.compile(readFileSync(join(places.interpreter, "quickjs.wasm")));
const snapshot = isMaker ? undefined : QuickJS.deserializeSnapshot(readFileSync(places.snapshot));

async function options(memoryLimit?: number): Promise<QuickJSOptions> {
  return {
    wasm: await wasm,
    extensions: await Promise.all(extensions.map(async ({ name, wasm: bytes }) => ({ name, wasm: await bytes }))),
    timezoneOffset: 0,
    maxStackSize: MAX_STACK_SIZE,
    ...(memoryLimit ? { memoryLimit } : {}),
    interruptHandler: () => performance.now() > deadline,
    onUnhandledRejection,
    // The interpreter's own clock is the function's.
    wasi: (memory) => ({
      clock_time_get(_clock: number, _precision: bigint, result: number) {
        new DataView(memory.buffer).setBigUint64(result, BigInt(Math.round(now() * 1e6)), true);
        return 0;
      },
    }),
  };
}

let vm: QuickJS;
let files: Record<string, string> = {};
let folders = new Map<string, Set<string>>();
let again = false;
const tell = (message: ChildMessage): void => void process.send?.(message);

/** What the code can ask of this process; all of it texts and numbers. */
const callbacks: Record<string, (...args: JSValueHandle[]) => JSValueHandle> = {
  send: (text) => {
    tell({ text: text.toString(), memory: vm.getAllocatedSize() });
    return vm.undefined;
  },
  has: (path) => (has(path.toString()) ? vm.true : vm.false),
  list: (folder) => vm.newString(JSON.stringify([...(folders.get(folder.toString().replace(/\/?$/, "/")) ?? [])])),
  text: (path) => {
    const content = files[path.toString()];
    return content === undefined ? vm.undefined : vm.newString(Buffer.from(content, "base64").toString("utf8"));
  },
  bytes: (path) => {
    const content = files[path.toString()];
    return content === undefined ? vm.undefined : vm.newString(content);
  },
  transform: (source, kind) => vm.newString(JSON.stringify(kind.toString() === "module" ? transformModule(source.toString()) : transformScript(source.toString()))),
  evaluate: (text, file) => vm.evalCode(text.toString(), file.toString()),
  now: () => vm.newNumber(now()),
  random: (size) => vm.newString(randomBytes(Math.min(65_536, Math.max(0, size.toNumber()))).toString("base64")),
  again: () => {
    again = true;
    return vm.undefined;
  },
  memory: () => vm.newNumber(vm.getAllocatedSize()),
};
const has = (path: string): boolean => Object.hasOwn(files, path) || folders.has(path);

/** A fresh interpreter with the guest, the SDK and its clients in it, written to a file: the next ones are copies of it. */
async function make(): Promise<void> {
  vm = await QuickJS.create(await options());
  const offered = vm.newObject();
  for (const [name, work] of Object.entries(callbacks)) vm.setProp(offered, name, vm.newFunction(name, work));
  vm.setProp(vm.global, "keyholeFunctions", offered);
  for (const path of places.scripts) vm.evalCode(readFileSync(path, "utf8"), "/var/runtime/index.mjs").dispose();
  vm.executePendingJobs();
  vm.runGC();
  const fresh = `${places.snapshot}.${process.pid}`;
  writeFileSync(fresh, QuickJS.serializeSnapshot(vm.snapshot()));
  renameSync(fresh, places.snapshot);
}

// ---------------------------------------------------------------- one environment

let guest: JSValueHandle;
/** Promises that were rejected and have no handler yet. */
const rejected: { promise: JSValueHandle; reason: JSValueHandle }[] = [];

function onUnhandledRejection(promise: JSValueHandle, reason: JSValueHandle, isHandled: boolean): void {
  if (!isHandled) return void rejected.push({ promise: promise.dup(), reason: reason.dup() });
  const at = rejected.findIndex((one) => one.promise.identity === promise.identity);
  if (at < 0) return;
  const [one] = rejected.splice(at, 1);
  one.promise.dispose();
  one.reason.dispose();
}

function method(name: string, ...args: JSValueHandle[]): void {
  const fn = guest.getProp(name);
  try {
    vm.callFunction(fn, guest, ...args).dispose();
  } finally {
    fn.dispose();
  }
}

/** Runs what the interpreter was asked to do, and all that follows at once. What cannot go on ends this process. */
function enter(work: () => void): void {
  try {
    work();
    vm.executePendingJobs();
    while (rejected.length) {
      const { promise, reason } = rejected.shift()!;
      method("unhandled", reason, promise);
      promise.dispose();
      reason.dispose();
      vm.executePendingJobs();
    }
  } catch (error) {
    fatal(error);
  }
  if (!again) return;
  again = false;
  setImmediate(() => enter(() => method("turn")));
}

function fatal(error: unknown): void {
  const memory = vm.getAllocatedSize();
  const text = (message: object): void => tell({ text: JSON.stringify(message), memory });
  const raised = (errorMessage: string): void => text({ kind: "done", outcome: "raised", payload: JSON.stringify({ errorType: "RangeError", errorMessage, trace: [`RangeError: ${errorMessage}`] }), over: true });
  if (error instanceof JSException && error.message === "out of memory") text({ kind: "memory" });
  // What the interpreter lets no code catch: a text that is too long; and its own stack, where it did not stop the code in time.
  else if (error instanceof JSException && error.message !== "interrupted") raised(error.message);
  else if (error instanceof RangeError && !(error instanceof JSException)) raised("Maximum call stack size exceeded");
  else tell({ broken: error instanceof Error ? error.message : String(error) });
}

async function open({ paths, memoryLimit }: Extract<ParentMessage, { kind: "open" }>): Promise<void> {
  files = Object.create(null) as Record<string, string>;
  folders = new Map();
  for (const [path, content] of Object.entries(paths)) {
    const whole = `${taskRoot}/${path}`;
    files[whole] = content;
    for (let at = whole.lastIndexOf("/"), name = whole.slice(at + 1); at > 0; at = whole.lastIndexOf("/", at - 1)) {
      const folder = whole.slice(0, at + 1);
      if (!folders.has(folder)) folders.set(folder, new Set());
      folders.get(folder)!.add(name);
      name = whole.slice(whole.lastIndexOf("/", at - 1) + 1, at);
    }
  }
  vm = await QuickJS.restore(snapshot!, await options(memoryLimit));
  for (const [name, work] of Object.entries(callbacks)) vm.registerHostCallback(name, work);
  guest = vm.evalCode("keyholeBegin(keyholeHost)", "/var/runtime/index.mjs");
  tell({ up: true });
}

/** Messages wait until the interpreter is there. */
let ready: Promise<void> = Promise.resolve();

function hear(message: ParentMessage): void {
  if (message.kind === "open") ready = open(message);
  else
    void ready.then(() => {
      clock = { lab: message.now, real: performance.now() };
      deadline = performance.now() + message.most;
      enter(() => {
        const text = vm.newString(message.text);
        method("receive", text);
        text.dispose();
      });
    });
  ready.catch((error: unknown) => tell({ broken: error instanceof Error ? error.message : String(error) }));
}

if (isMaker)
  await make().catch((error: unknown) => {
    console.error(error instanceof Error ? `${error.name}: ${error.message}\n${error.stack}` : error);
    process.exit(1);
  });
else {
  process.on("message", hear);
  process.on("disconnect", () => process.exit(0));
}
