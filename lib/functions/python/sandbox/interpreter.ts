import { offerFile, passTime, setTime } from "./realm";
import { type PyodideAPI, loadPyodide } from "pyodide";
import createPyodideModule from "pyodide/pyodide.asm.mjs";
import type { FromInterpreter, InterpreterFiles, ToInterpreter } from "../protocol";

/**
 * Python in its realm: Pyodide, started from a memory snapshot, with the libraries in place and no way out but `ask`.
 * `ask` answers at once (Node) or with a promise, for which Python is suspended where the browser can do that.
 */

export interface Doors {
  /** Says something to the host, which does not answer. */
  say(message: FromInterpreter): void;
  /** Puts a question to the host. The answer, and lab time at it. */
  ask(text: string): { text: string; now: number } | Promise<{ text: string; now: number }>;
  /** Never comes back: the host will end this interpreter. */
  halt(): never;
}

export interface Running {
  do(message: Exclude<ToInterpreter, { kind: "answer" }>): void | Promise<void>;
  /** An image of the memory, for others to start from. Only where `forSnapshot` was asked for. */
  snapshot(): Uint8Array;
}

const site = "/var/lang/lib/python3.14/site-packages";
const bytesPerMb = 1024 * 1024;

/** A lock file without packages: nothing is ever fetched. */
const lockFile = { info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten_5_0_3", python: "3.14.2", version: "314.0.7" }, packages: {} };

export async function startInterpreter({ wasm, stdlib, library, snapshot }: InterpreterFiles, doors: Doors, forSnapshot = false): Promise<Running> {
  const memory = watchMemory(() => {
    doors.say({ kind: "out-of-memory" });
    doors.halt();
  });
  offerWasm(wasm);
  offerFile("python_stdlib.zip", stdlib);
  let trampoline: { restore(): void } | undefined;
  const python = await loadPyodide({
    indexURL: "/pyodide/",
    createPyodideModule: async (settings: Settings) => {
      keepUtc(settings);
      const module = await createPyodideModule(settings);
      trampoline = trampolineOf(module as unknown as PythonModule);
      return module;
    },
    lockFileContents: lockFile,
    // What `import js` would show: nothing.
    jsglobals: Object.create(null) as object,
    stdin: () => null,
    stdout: (text: string) => doors.say({ kind: "output", text: `${text}\n` }),
    stderr: (text: string) => doors.say({ kind: "output", text: `${text}\n` }),
    env: { HOME: "/tmp", TZ: ":UTC", PYTHONUTF8: "1", PYTHONINSPECT: "" },
    ...(forSnapshot ? { _makeSnapshot: true } : {}),
    ...(snapshot ? { _loadSnapshot: new Uint8Array(snapshot) } : {}),
  } as unknown as Parameters<typeof loadPyodide>[0]);
  trampoline?.restore();
  placeLibrary(python, library);
  if (!snapshot) python.runPython(`import sys; sys.path.append(${JSON.stringify(site)})\nfrom _keyhole import beginning`);
  const running: Running = {
    snapshot: () => (python as unknown as { makeMemorySnapshot(): Uint8Array }).makeMemorySnapshot(),
    do: () => undefined,
  };
  if (forSnapshot) return running;

  const say = output(doors);
  const runtime = python.pyimport("_keyhole.runtime");
  const host = python.pyimport("_keyhole.host");
  // The one thing of Pyodide's that is needed later; its modules are out of sight by then.
  const runSync = canSuspend() ? (python.pyimport("pyodide.ffi") as unknown as { run_sync: unknown }).run_sync : undefined;
  const ask = (text: string): unknown => {
    say.flush();
    const answer = doors.ask(text);
    const take = ({ text: answered, now }: { text: string; now: number }): string => (setTime(now), answered);
    return answer instanceof Promise ? answer.then(take) : take(answer);
  };
  const sleep = (seconds: number): void => {
    const ms = seconds * 1000;
    passTime(ms);
    say.flush();
    doors.say({ kind: "slept", ms });
  };
  host.open_doors(runSync ? python.pyimport("_keyhole.loop").suspending(ask, runSync) : ask, say.write, sleep);
  runtime.prepare();
  memory.begin(python);

  /** Python is entered in the way that lets it be suspended, where there is one. */
  const enter = (name: string, argument: string): string | Promise<string> => {
    const call = (runtime as unknown as Record<string, { (text: string): string; callPromising(text: string): Promise<string> }>)[name];
    return runSync ? call.callPromising(argument) : call(argument);
  };
  const end = (answer: string): void => {
    say.flush();
    const { outcome, payload = "" } = JSON.parse(answer) as { outcome: "ready"; payload?: string };
    doors.say({ kind: "done", outcome, payload, memory: memory.size() / bytesPerMb });
  };
  const fail = (problem: unknown): void => {
    say.flush();
    if (problem instanceof Error && problem.message === "unanswered") return;
    const { name, status, message } = (problem ?? {}) as { name?: string; status?: unknown; message?: string };
    // `os._exit`: the process ends without a word of Python's.
    if (typeof status === "number") return doors.say({ kind: "done", outcome: "exited", payload: String(status), memory: memory.size() / bytesPerMb });
    doors.say({ kind: "broken", why: `${name ?? "Error"}: ${String(message ?? problem).split("\n", 1)[0].slice(0, 300)}` });
  };
  const settle = (work: () => string | Promise<string>): void | Promise<void> => {
    try {
      const answer = work();
      if (answer instanceof Promise) return answer.then(end, fail);
      end(answer);
    } catch (problem) {
      fail(problem);
    }
  };

  running.do = (message) => {
    setTime(message.now);
    if (message.kind === "load") {
      memory.limit(message.memory * bytesPerMb);
      placeCode(python, message.files);
      return settle(() => {
        runtime.start(JSON.stringify({ environment: message.environment }));
        return enter("load", message.handler);
      });
    }
    const { event, requestId, functionArn, traceId, deadline } = message;
    return settle(() => enter("invoke", JSON.stringify({ event, requestId, functionArn, traceId, deadline })));
  };
  doors.say({ kind: "ready", memory: memory.size() / bytesPerMb });
  return running;
}

/** What is needed here of Emscripten's module. */
interface PythonModule {
  HEAP32: Int32Array;
  __PyRuntime: number;
  __PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET: number;
}

/**
 * Where Python calls functions of other signatures than it says: by WebAssembly where the host's engine has garbage-collected types,
 * by JavaScript otherwise, and over JavaScript nothing can be suspended. An image has what its maker had; each host has its own.
 */
function trampolineOf(module: PythonModule): { restore(): void } {
  const at = (module.__PyRuntime + module.HEAP32[module.__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET / 4]) / 4;
  const own = module.HEAP32[at];
  return { restore: () => void (module.HEAP32[at] = own) };
}

interface Settings {
  instantiateWasm(imports: { env: { memory: WebAssembly.Memory; _tzset_js: unknown } }, done: unknown): unknown;
}

/** Emscripten asks JavaScript for the name of the local time zone, and makes one up. It is UTC. */
function keepUtc(settings: Settings): void {
  const { instantiateWasm } = settings;
  settings.instantiateWasm = (imports, done) => {
    imports.env._tzset_js = (offset: number, daylight: number, standardName: number, daylightName: number) => {
      const memory = new DataView(imports.env.memory.buffer);
      memory.setInt32(offset, 0, true);
      memory.setInt32(daylight, 0, true);
      for (const name of [standardName, daylightName]) [85, 84, 67, 0].forEach((letter, at) => memory.setUint8(name + at, letter));
    };
    return instantiateWasm(imports, done);
  };
}

/** Where the browser can suspend WebAssembly while it waits for a promise (JSPI). */
export const canSuspend = (): boolean => "Suspending" in WebAssembly;

const { instantiate } = WebAssembly;
const { grow } = WebAssembly.Memory.prototype;

function offerWasm(wasm: ArrayBuffer | WebAssembly.Module): void {
  if (!(wasm instanceof WebAssembly.Module)) return offerFile("pyodide.asm.wasm", wasm);
  // Pyodide has no place for a compiled module: it instantiates bytes, and these stand for them.
  const stand = new ArrayBuffer(8);
  offerFile("pyodide.asm.wasm", stand);
  WebAssembly.instantiate = (async (source: BufferSource | WebAssembly.Module, imports?: WebAssembly.Imports) => {
    if (!(source instanceof Uint8Array) || source.buffer !== stand) return instantiate(source as BufferSource, imports);
    return { module: wasm, instance: await instantiate(wasm, imports) };
  }) as typeof instantiate;
}

interface Memory {
  /** From now on the limit counts. */
  begin(python: PyodideAPI): void;
  limit(bytes: number): void;
  size(): number;
}

/** Emscripten tries three sizes before it gives up, each smaller than the one before. */
const triesToGrow = 3;

/** Holds the interpreter's memory to a limit: what would go over it is as the end of a process that is too large. */
function watchMemory(over: () => void): Memory {
  let most = Infinity;
  let denied = 0;
  let heap: { HEAP8: Int8Array } | undefined;
  WebAssembly.Memory.prototype.grow = function (this: WebAssembly.Memory, pages: number): number {
    if (this.buffer.byteLength + pages * 65_536 <= most) {
      denied = 0;
      return grow.call(this, pages);
    }
    if (++denied >= triesToGrow) over();
    throw new RangeError("The memory is full.");
  };
  return {
    begin: (python) => void (heap = (python as unknown as { _module: { HEAP8: Int8Array } })._module),
    limit: (bytes) => void (most = bytes),
    size: () => heap?.HEAP8.length ?? 0,
  };
}

function placeLibrary(python: PyodideAPI, library: string): void {
  const { FS } = python;
  for (const folder of ["/var/task", "/var/runtime", "/opt/python", "/tmp"]) FS.mkdirTree(folder);
  const made = new Set<string>();
  for (const [path, text] of Object.entries(JSON.parse(library) as Record<string, string>)) {
    const full = `${site}/${path}`;
    const folder = full.slice(0, full.lastIndexOf("/"));
    if (!made.has(folder)) FS.mkdirTree(folder);
    made.add(folder);
    FS.writeFile(full, text);
  }
}

function placeCode(python: PyodideAPI, files: Record<string, string>): void {
  const { FS } = python;
  for (const [path, content] of Object.entries(files)) {
    const full = `/var/task/${path}`;
    FS.mkdirTree(full.slice(0, full.lastIndexOf("/")));
    FS.writeFile(full, bytesOf(content));
  }
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const values = Object.fromEntries([...letters].map((letter, value) => [letter, value]));

/** The bytes of base64; not every realm has `atob`. */
function bytesOf(text: string): Uint8Array {
  const length = text.replace(/=+$/, "").length;
  const bytes = new Uint8Array((length * 3) >> 2);
  for (let at = 0, out = 0; at < length; at += 4) {
    const group = (values[text[at]] << 18) | ((values[text[at + 1]] ?? 0) << 12) | ((values[text[at + 2]] ?? 0) << 6) | (values[text[at + 3]] ?? 0);
    for (let byte = 16; byte >= 0 && out < bytes.length; byte -= 8) bytes[out++] = (group >> byte) & 255;
  }
  return bytes;
}

/** The first so many pieces of output go at once, so that none is lost if the code never comes back; a flood goes in larger ones. */
const atOnce = 2_000;
const pieceLength = 8_192;

function output(doors: Doors): { write(text: string): void; flush(): void } {
  let waiting = "";
  let pieces = 0;
  const flush = (): void => {
    if (!waiting) return;
    const text = waiting;
    waiting = "";
    doors.say({ kind: "output", text });
  };
  return {
    write(text) {
      waiting += text;
      if (++pieces < atOnce || waiting.length > pieceLength) flush();
    },
    flush,
  };
}
