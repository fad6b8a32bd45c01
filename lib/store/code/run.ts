import { createStore } from "zustand/vanilla";
import { labStore } from "../lab-store";
import { type CallMade, answerSandbox } from "./answer";
import { codeFile } from "./files";
import packages from "./packages.json";
import { type Level, type Place, type SandboxRequest, limits } from "./protocol";
import { type Program, type Sandbox, openSandbox } from "./sandbox";

/** The run of the Code tab: one at a time, its output, and how it stands. It goes on while another tab is in front. */

export type Output =
  | { id: number; kind: "log"; level: Level; text: string }
  | { id: number; kind: "call"; call: CallMade }
  | { id: number; kind: "note"; text: string }
  | { id: number; kind: "error"; text: string; place?: Place };

export interface CodeRun {
  state: "none" | "preparing" | "running" | "finished" | "failed" | "stopped";
  output: readonly Output[];
  /** Milliseconds from start to end. */
  took?: number;
  /** It runs for longer than most programs do, and the page asks whether to stop it. */
  long: boolean;
}

export const codeRun = createStore<CodeRun>(() => ({ state: "none", output: [], long: false }));

/** After so many milliseconds the page asks. */
const longAfter = 10_000;

let stopRun: (() => void) | undefined;
/** Of which run the output is shown. What an earlier one still says is not. */
let latest = 0;

const fileOf = (pkg: string): string => `${pkg.split("/").pop()}.js`;

/** Credentials made for one run: they look as temporary ones do, and mean the page's identity in that run alone. */
function freshCredentials(): { accessKeyId: string; secretAccessKey: string } {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const pick = (count: number): string => [...crypto.getRandomValues(new Uint8Array(count))].map((byte) => letters[byte & 31]).join("");
  return { accessKeyId: `ASIA${pick(16)}`, secretAccessKey: pick(40) };
}

/** Compiles and runs a program. What ran before is stopped, and its output goes. */
export async function startRun(compile: () => Promise<Program | { problem: string; place?: Place }>): Promise<void> {
  stopRun?.();
  const mine = ++latest;
  let over = false;
  let sandbox: Sandbox | undefined;
  let began = performance.now();
  let ids = 0;
  let waiting: Output[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: ReturnType<typeof setTimeout> | undefined;

  /** Output comes in bursts; the page draws it a few times a second. */
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (!waiting.length || mine !== latest) return;
    const fresh = waiting;
    waiting = [];
    codeRun.setState(({ output }) => ({ output: [...output, ...fresh] }));
  };
  type New<T> = T extends Output ? Omit<T, "id"> : never;
  const put = (output: New<Output>): void => {
    waiting.push({ id: ids++, ...output } as Output);
    timer ??= setTimeout(flush, 60);
  };
  /** `stay`: the worker may go on (a promise that nobody counted), until the next run. */
  const end = (state: CodeRun["state"], stay = false): void => {
    clearTimeout(asking);
    flush();
    codeRun.setState({ state, took: performance.now() - began, long: false });
    if (stay) return;
    over = true;
    sandbox?.close();
  };

  const stop = (): void => {
    if (over) return;
    const { state } = codeRun.getState();
    end(state === "running" || state === "preparing" ? "stopped" : state);
  };
  stopRun = stop;
  codeRun.setState({ state: "preparing", output: [], took: undefined, long: false });

  let program: Awaited<ReturnType<typeof compile>>;
  let parts: string[];
  try {
    program = await compile();
    if (over) return;
    if ("problem" in program) {
      put({ kind: "error", text: program.problem, place: program.place });
      return end("failed");
    }
    const { imports } = program;
    parts = await Promise.all(["runtime.js", ...packages.filter((name) => imports.includes(name)).map(fileOf)].map(codeFile));
  } catch (problem) {
    put({ kind: "error", text: problem instanceof Error ? problem.message : String(problem) });
    return over ? undefined : end("failed");
  }
  if (over) return;

  const { region, caller } = labStore.getState().identity;
  const credentials = freshCredentials();
  /** One after another, so that what was not yet asked when the run is stopped is not asked at all. */
  let queue: Promise<void> = Promise.resolve();
  let asked = 0;
  const ask = (request: SandboxRequest): void => {
    if (++asked > limits.requests) return;
    queue = queue.then(async () => {
      if (over) return;
      const { answer, made } = await answerSandbox(request, { accessKeyId: credentials.accessKeyId, caller });
      if (made) put({ kind: "call", call: made });
      if (!over) sandbox!.answer(answer);
    });
    queue.catch((problem: unknown) => {
      put({ kind: "error", text: `The lab could not answer: ${problem instanceof Error ? problem.message : String(problem)}` });
      if (!over) end("failed");
    });
  };

  began = performance.now();
  codeRun.setState({ state: "running" });
  asking = setTimeout(() => codeRun.setState({ long: true }), longAfter);
  sandbox = openSandbox(
    program,
    parts,
    { region, credentials },
    {
      message(message) {
        if (over) return;
        if (message.kind === "log") put(message);
        else if (message.kind === "muted") put({ kind: "note", text: `A run shows ${limits.lines} lines. Further output is not shown.` });
        else if (message.kind === "request") ask(message);
        else if (message.kind === "idle") end("finished", true);
        else {
          put({ kind: "error", text: message.text, place: message.place });
          end("failed");
        }
      },
      broken(why) {
        put({ kind: "error", text: why });
        end("failed");
      },
    },
  );
}

/** Ends the run at once, whatever it is doing. */
export const stopCode = (): void => stopRun?.();

/** The learner wants to wait: it is not asked again. */
export const keepRunning = (): void => codeRun.setState({ long: false });

/** Takes the output of the last run away. */
export const clearOutput = (): void =>
  codeRun.setState(({ state }) => ({ output: [], state: state === "running" || state === "preparing" ? state : "none" }));
