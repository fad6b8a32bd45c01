import type { FunctionAnswer, FunctionRun, Inside } from "../../engine/types";
import { limits } from "../../functions/limits";
import { type Interpreter, converse } from "../../functions/python/conversation";
import { warmInterpreters } from "../../functions/warm";
import { answerQuestions } from "../../wire/functions/questions";
import { interpreters } from "./progress";
import { pythonFiles } from "./python-files";
import { type PythonFrame, openFrame } from "./python-frame";

/**
 * Functions in Python, in the page: each interpreter in a worker of a sandboxed frame, ended where it must be, warm for the next
 * invocation otherwise. Nothing is loaded before the first function runs.
 */

const warm = warmInterpreters<Interpreter>();
let frame: Promise<PythonFrame> | undefined;
/** Begun already, without a function: the next new one does not have to wait. */
let spare: Promise<Interpreter> | undefined;
let running = 0;

export async function run(run: FunctionRun, inside: Inside): Promise<FunctionAnswer> {
  if (running >= limits.running) throw new Error(`more than ${limits.running} functions run at the same time, and this host runs no more`);
  running++;
  let interpreter: Interpreter | undefined;
  try {
    interpreter = warm.take(run) ?? (await fresh());
    return await converse(interpreter, run, answerQuestions(run, inside));
  } finally {
    running--;
    if (interpreter && !interpreter.spoiled) warm.give(run, interpreter);
    if (interpreter) keepSpare();
  }
}

/** Loads Python ahead, for a page on which a function will be run soon. */
export async function preparePython(): Promise<void> {
  await start();
  keepSpare();
}

async function start(): Promise<PythonFrame> {
  frame ??= pythonFiles().then((files) => {
    const { loaded, total } = interpreters.getState().python;
    interpreters.setState({ python: { state: "starting", loaded, total } });
    return openFrame(files);
  });
  frame.catch(() => (frame = undefined));
  return frame;
}

async function fresh(): Promise<Interpreter> {
  const taken = spare ?? begin();
  spare = undefined;
  return taken;
}

async function begin(): Promise<Interpreter> {
  try {
    const interpreter = await (await start()).open();
    interpreters.setState(({ python }) => ({ python: { state: "ready", loaded: python.total, total: python.total } }));
    return interpreter;
  } catch (problem) {
    interpreters.setState(({ python }) => ({ python: { ...python, state: "failed", why: problem instanceof Error ? problem.message : String(problem) } }));
    throw problem;
  }
}

/** One in reserve, once Python is in use at all. */
function keepSpare(): void {
  if (spare) return;
  const one = (spare = begin());
  one.catch(() => {
    if (spare === one) spare = undefined;
  });
}
