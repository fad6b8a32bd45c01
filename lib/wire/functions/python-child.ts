import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import { readFileSync, readSync, writeFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import type { FromInterpreter, ToInterpreter } from "../../functions/python/protocol";
import type { Running } from "../../functions/python/sandbox/interpreter";

/**
 * The process in which Python runs for the endpoint. Python is WebAssembly in a context of its own: that has JavaScript's own
 * objects and three functions of texts, and compiles no text to code. Around it this process has no environment and, where Node has
 * permissions, may read its own folder and nothing else. Lines of JSON come in by descriptor 0 and go out by descriptor 1.
 * `snapshot` as argument: makes the memory image from which all others start, here and in the page, beside this file.
 */

const folder = dirname(fileURLToPath(import.meta.url));
const makesSnapshot = process.argv[2] === "snapshot";

let waiting = Buffer.alloc(0);
const chunk = Buffer.alloc(65_536);
const nobody = new Int32Array(new SharedArrayBuffer(4));

/** The next line that came in; at the end of all lines this process ends. */
function hear(): string {
  const parts: Buffer[] = [];
  for (;;) {
    const end = waiting.indexOf(10);
    if (end >= 0) {
      const line = Buffer.concat([...parts, waiting.subarray(0, end)]).toString("utf8");
      waiting = waiting.subarray(end + 1);
      return line;
    }
    parts.push(waiting);
    let count: number;
    try {
      count = readSync(0, chunk, 0, chunk.length, null);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EOF") exit(0);
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(nobody, 0, 0, 5);
      waiting = Buffer.alloc(0);
      continue;
    }
    if (!count) exit(0);
    waiting = Buffer.from(chunk.subarray(0, count));
  }
}

function say(line: string): void {
  const bytes = Buffer.from(`${line}\n`, "utf8");
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") exit(0);
      Atomics.wait(nobody, 0, 0, 5);
    }
  }
}

const { exit } = process;
const halt = (): void => void Atomics.wait(nobody, 0, 0);

/** Whatever an object of this process leads to: nothing of it may be seen inside, and so everything inside is made inside. */
function insideOf(context: object): {
  buffer(bytes: Uint8Array): ArrayBuffer;
  givens(now: () => number, random: (count: number) => string): object;
  doors(hear: () => string, say: (line: string) => void, halt: () => void): object;
  files(wasm: ArrayBuffer, stdlib: ArrayBuffer, library: string, snapshot?: ArrayBuffer): object;
  start(files: object, doors: object, forSnapshot: boolean): Promise<Running>;
} {
  const made = runInContext(
    `"use strict"; ({
      empty: (length) => new ArrayBuffer(length),
      givens: (now, random) => ({ now: () => +now(), random: (count) => { const text = "" + random(+count); const bytes = new Uint8Array(count); for (let i = 0; i < count; i++) bytes[i] = parseInt(text.slice(2 * i, 2 * i + 2), 16); return bytes; } }),
      doors: (hear, say, halt) => ({ hear: () => "" + hear(), say: (line) => void say("" + line), halt: () => void halt() }),
      files: (wasm, stdlib, library, snapshot) => ({ wasm, stdlib, library, snapshot }),
    })`,
    context,
  ) as { empty(length: number): ArrayBuffer };
  return {
    ...(made as unknown as ReturnType<typeof insideOf>),
    buffer: (bytes) => {
      const buffer = made.empty(bytes.length);
      new Uint8Array(buffer).set(bytes);
      return buffer;
    },
    start: (files, doors, forSnapshot) => (context as { keyholeStart(files: object, doors: object, forSnapshot: boolean): Promise<Running> }).keyholeStart(files, doors, forSnapshot),
  };
}

/** The image remembers whether WebAssembly can be suspended, and in browsers it can. While an image is made, nothing is. */
const asIfSuspending = `WebAssembly.Suspending = function (work) { return work; }; WebAssembly.promising = (work) => work;`;

async function main(): Promise<void> {
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  const context = createContext(Object.create(null) as object, { codeGeneration: { strings: false, wasm: true } });
  const inside = insideOf(context);
  const clock = performance.now.bind(performance);
  (context as { keyholeGivens?: object }).keyholeGivens = inside.givens(clock, (count) => randomBytes(count).toString("hex"));
  if (makesSnapshot) runInContext(asIfSuspending, context);
  runInContext(read("interpreter.js").toString("utf8"), context, { filename: "interpreter.js" });
  const files = inside.files(inside.buffer(read("pyodide.asm.wasm")), inside.buffer(read("python_stdlib.zip")), read("library.json").toString("utf8"), makesSnapshot ? undefined : inside.buffer(read("snapshot.bin")));
  const running = await inside.start(files, inside.doors(hear, say, halt), makesSnapshot);
  if (makesSnapshot) return writeFileSync(join(folder, "snapshot.bin"), running.snapshot());
  lock();
  for (;;) void running.do(JSON.parse(hear()) as Exclude<ToInterpreter, { kind: "answer" }>);
}

/** If anything of this realm should be reached after all, there is nothing left in it that leads out. */
function lock(): void {
  for (const name of ["process", "fetch", "WebSocket", "require", "Buffer", "navigator"]) Reflect.deleteProperty(globalThis, name);
}

main().catch((problem: unknown) => {
  if (makesSnapshot) throw problem;
  say(JSON.stringify({ kind: "broken", why: problem instanceof Error ? problem.message : String(problem) } satisfies FromInterpreter));
  exit(1);
});
