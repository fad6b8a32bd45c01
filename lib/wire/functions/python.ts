import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FunctionAnswer, FunctionRun, Inside } from "../../engine/types";
import { limits } from "../../functions/limits";
import { type Interpreter, converse } from "../../functions/python/conversation";
import { type FromInterpreter, readMessage } from "../../functions/python/protocol";
import { warmInterpreters } from "../../functions/warm";
import { answerQuestions } from "./questions";

/**
 * Functions in Python, for the endpoint: each in a process of its own, which is killed where it must be and stays warm for the
 * next invocation otherwise. See `python-child.ts` for what stands around the code.
 */

interface Process extends Interpreter {
  /** Rejects where the interpreter did not come up. */
  ready: Promise<void>;
  /** Whether this process waits for it before it ends. */
  hold(held: boolean): void;
  pid?: number;
}

const warm = warmInterpreters<Process>();
/** Begun already, without a function: the next new one does not have to wait. */
let spare: Process | undefined;
let running = 0;
const all = new Set<Process>();

export async function run(run: FunctionRun, inside: Inside): Promise<FunctionAnswer> {
  if (running >= limits.running) throw new Error(`more than ${limits.running} functions run at the same time, and this host runs no more`);
  running++;
  let interpreter: Process | undefined;
  try {
    interpreter = warm.take(run) ?? (await fresh());
    interpreter.hold(true);
    return await converse(interpreter, run, answerQuestions(run, inside));
  } finally {
    running--;
    interpreter?.hold(false);
    if (interpreter && !interpreter.spoiled) warm.give(run, interpreter);
    if (interpreter) keepSpare();
  }
}

// Idle processes end with this one because nothing comes in any more; one that computes would not notice.
process.once("exit", () => closePython());

/** Ends all processes; those that are busy, too. */
export function closePython(): void {
  for (const one of all) one.close();
  warm.clear();
  spare = undefined;
}

/** The ids of all that are there: warm, busy and in reserve. */
export const pythonProcesses = (): number[] => [...all].flatMap(({ pid }) => pid ?? []);

async function fresh(): Promise<Process> {
  const folder = await files();
  const taken = spare ?? start(folder);
  spare = undefined;
  taken.hold(true);
  await taken.ready;
  return taken;
}

/** One in reserve, once Python is in use at all. */
function keepSpare(): void {
  if (spare) return;
  const one = (spare = start(folderOf()));
  one.ready.catch(() => {
    if (spare === one) spare = undefined;
  });
}

let made: Promise<string> | undefined;
/** The folder with what interpreters are made of; made where it is not there or not of these sources. */
function files(): Promise<string> {
  made ??= new Promise<string>((resolve, reject) => {
    const script = join(root(), ".ci/python.mjs");
    if (!existsSync(script)) return resolve(folderOf());
    const child = spawn(process.execPath, [script], { stdio: ["ignore", "ignore", "pipe"] });
    let trouble = "";
    child.stderr.on("data", (part: Buffer) => (trouble += part.toString()));
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve(folderOf()) : reject(new Error(`Python could not be made ready: ${trouble.slice(0, 500)}`))));
  });
  made.catch(() => (made = undefined));
  return made;
}

const folderOf = (): string => join(root(), "node_modules/.cache/keyhole/python");

/** The project's folder: this may be a source file, or part of a bundle below it. */
function root(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest) && (JSON.parse(readFileSync(manifest, "utf8")) as { name?: string }).name === "keyhole") return folder;
  }
  throw new Error("This is not in Keyhole's folder.");
}

/** A process that may read its own folder, and has no environment. */
function start(folder: string): Process {
  const child = spawn(process.execPath, [...permissions(folder), "--no-warnings", "--max-old-space-size=256", "--disallow-code-generation-from-strings", join(folder, "child.mjs")], {
    stdio: ["pipe", "pipe", "ignore"],
    env: {} as NodeJS.ProcessEnv,
    cwd: folder,
  });
  // The endpoint ends when it wants to; its interpreters end with it, because nothing comes in any more.
  hold(child, false);

  let hear: (message: unknown) => void = () => undefined;
  const one: Process = {
    loaded: false,
    spoiled: false,
    ready: Promise.resolve(),
    hold: (held) => hold(child, held),
    pid: child.pid,
    send: (message) => void child.stdin!.write(`${JSON.stringify(message)}\n`),
    listen: (listener) => {
      hear = listener;
    },
    close() {
      one.spoiled = true;
      all.delete(one);
      child.kill("SIGKILL");
    },
  };
  all.add(one);
  one.ready = new Promise((resolve, reject) => {
    hear = (message) => {
      const heard = readMessage(message);
      if (heard?.kind === "ready") resolve();
      else if (heard?.kind === "broken") reject(new Error(heard.why));
    };
    child.on("error", reject);
    child.on("exit", () => reject(new Error("Python did not start")));
  });
  one.ready.catch(() => one.close());
  child.stdin!.on("error", () => undefined);
  child.on("exit", () => hear({ kind: "broken", why: "its process ended" } satisfies FromInterpreter));
  lines(child, (line) => hear(parsed(line)));
  return one;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** What Node calls its permissions, in the versions that have them. */
function permissions(folder: string): string[] {
  const flag = ["--permission", "--experimental-permission"].find((name) => process.allowedNodeEnvironmentFlags.has(name));
  return flag ? [flag, `--allow-fs-read=${join(folder, "*")}`] : [];
}

function hold(child: ChildProcess, held: boolean): void {
  for (const one of [child, child.stdin, child.stdout] as unknown as { ref?(): void; unref?(): void }[]) if (held) one.ref?.(); else one.unref?.();
}

/** Calls back for each line. One that is longer than any message may be ends the process. */
function lines(child: ChildProcess, line: (text: string) => void): void {
  let parts: Buffer[] = [];
  let length = 0;
  child.stdout!.on("data", (data: Buffer) => {
    let at = 0;
    for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10, at)) {
      parts.push(data.subarray(at, end));
      at = end + 1;
      line(Buffer.concat(parts).toString("utf8"));
      parts = [];
      length = 0;
    }
    parts.push(data.subarray(at));
    length += data.length - at;
    if (length > 2 * limits.message) child.kill("SIGKILL");
  });
}
