import { type ChildProcess, spawn } from "node:child_process";
import type { FunctionAnswer, FunctionRun, Inside } from "../../../engine/types";
import { limits } from "../../../functions/limits";
import { warmInterpreters } from "../../../functions/warm";
import { type Built, buildInterpreter } from "./build";
import { type Realm, converse } from "./converse";
import type { ChildMessage, ParentMessage } from "./places";

/** MB that the interpreter may have, of a function that has so many: Node itself would have taken the rest. */
const memoryOf = (memorySize: number): number => Math.max(64, memorySize - 40) * 1024 * 1024;

/** Runs a function's JavaScript in a WASM interpreter in a process of its own. */
export async function run(run: FunctionRun, inside: Inside): Promise<FunctionAnswer> {
  for (let left = tries; ; left--) {
    let known = warm.take(run);
    while (known?.gone()) known = warm.take(run);
    const realm = known ?? (await open(run));
    const { answer, again, lost } = await converse(realm, run, inside, !known);
    if (again) warm.give(run, realm);
    // One may have ended while it stood ready: another takes its place.
    if (!lost || left === 1) return answer;
  }
}

const tries = 3;
const warm = warmInterpreters<Interpreter>();

/** One whose process is up and that has no function yet: a new environment begins in it. */
let spare: Interpreter | undefined;
let preparing: ReturnType<typeof setTimeout> | undefined;

/** Ends all interpreters that stand idle. */
export function closeInterpreters(): void {
  clearTimeout(preparing);
  preparing = undefined;
  spare?.close();
  spare = undefined;
  warm.clear();
}

let running = 0;

interface Interpreter extends Realm {
  post(message: ParentMessage): void;
  /** Its process has ended. */
  gone(): boolean;
}

async function open({ files, memorySize }: FunctionRun): Promise<Interpreter> {
  const built = await buildInterpreter();
  if (running >= limits.running) warm.clear();
  if (running >= limits.running) throw new Error(`${running} functions run at the same time already, which is as many as this endpoint runs.`);
  const realm = spare && !spare.gone() ? spare : realmOf(start(built), built.clients);
  spare = undefined;
  prepare(built);
  realm.post({ kind: "open", paths: files, memoryLimit: memoryOf(memorySize) });
  return realm;
}

/** The next environment finds its process started: in a moment when this one has begun. */
function prepare(built: Built): void {
  if (preparing) return;
  preparing = setTimeout(() => {
    preparing = undefined;
    if (!spare && running < limits.running) spare = realmOf(start(built), built.clients);
  }, 500);
  preparing.unref();
}

function start({ program, places, nodeOptions }: Built): ChildProcess {
  // Nothing of this process's environment, and no way to its streams.
  const child = spawn(process.execPath, [...nodeOptions, program, JSON.stringify(places)], { stdio: ["ignore", "ignore", "ignore", "ipc"], env: {} as NodeJS.ProcessEnv, serialization: "advanced" });
  running++;
  child.once("exit", () => running--);
  // An endpoint that is ended does not wait for it.
  child.unref();
  (child.channel as { unref?(): void } | null)?.unref?.();
  return child;
}

function realmOf(child: ChildProcess, clients: string[]): Interpreter {
  let hear: (text: unknown) => void = () => undefined;
  let broken: (why: string) => void = () => undefined;
  let memory = 0;
  let up: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (up = resolve));
  const post = (message: ParentMessage): void => void child.send(message, () => undefined);
  child.on("message", (message: ChildMessage) => {
    if ("up" in message) return up();
    if ("broken" in message) return broken(`failed: ${String(message.broken).slice(0, 500)}`);
    memory = Number(message.memory) || 0;
    hear(message.text);
  });
  child.on("error", (error) => broken(`could not be started: ${error.message}`));
  child.once("exit", () => broken("is gone"));
  return {
    ready,
    post,
    gone: () => child.exitCode !== null || child.signalCode !== null || !child.connected,
    clients,
    // While somebody waits for it, the endpoint's process stays for it.
    listen(to, whenBroken) {
      child.ref();
      (child.channel as { ref?(): void } | null)?.ref?.();
      hear = to;
      broken = whenBroken;
    },
    send: (text, now, most) => post({ kind: "text", text, now, most }),
    rest() {
      hear = () => undefined;
      broken = () => undefined;
      child.unref();
      (child.channel as { unref?(): void } | null)?.unref?.();
    },
    memory: () => memory / 1024 / 1024,
    close: () => void child.kill("SIGKILL"),
  };
}
