import type { FunctionAnswer, FunctionRun } from "../../engine/types";
import { ended } from "../answers";
import { type FunctionClock, functionClock, stoppedLine } from "../clock";
import { limits } from "../limits";
import { collectOutput } from "../output";
import { type FromInterpreter, type ToInterpreter, readMessage } from "./protocol";

/** An interpreter in its sandbox, as its host holds it. */
export interface Interpreter {
  send(message: ToInterpreter): void;
  /** Who hears what it says; one at a time. */
  listen(hear: (message: unknown) => void): void;
  /** Ends it, whatever it is doing. */
  close(): void;
  /** Has the module of a function. */
  loaded: boolean;
  /** Must not be used again. */
  spoiled: boolean;
}

/** Seconds that AWS gives a function's module to load. Source: Lambda Developer Guide, Init phase. */
const loadSeconds = 10;

/**
 * One invocation, from the host's side. `answer` answers what the code asks (JSON to JSON) at the function's own time.
 * Resolves always; an interpreter that was ended on the way is `spoiled`.
 */
export async function converse(interpreter: Interpreter, run: FunctionRun, answer: (text: string, now: () => number) => Promise<string>): Promise<FunctionAnswer> {
  const output = collectOutput();
  let memory = 0;
  let calls = 0;
  let initDuration: number | undefined;

  /** Asks one thing of the interpreter, and sees to it until it is done. */
  function ask(message: (now: number) => ToInterpreter, from: number, timeout: number): Promise<{ clock: FunctionClock; end: Extract<FromInterpreter, { kind: "done" }> | FunctionAnswer["outcome"] | { broken: string } }> {
    return new Promise((resolve) => {
      let over = false;
      const finish = (end: Extract<FromInterpreter, { kind: "done" }> | FunctionAnswer["outcome"] | { broken: string }): void => {
        if (over) return;
        over = true;
        clock.stand();
        if (typeof end === "string" || "broken" in end) {
          interpreter.spoiled = true;
          interpreter.close();
        }
        resolve({ clock, end });
      };
      const clock = functionClock({ at: from, timeout }, (why) => {
        if (why === "stopped") output.write(stoppedLine(run));
        finish(why);
      });
      interpreter.listen((data) => {
        const heard = readMessage(data);
        if (over) return;
        if (!heard) return finish({ broken: "it said something that no interpreter says" });
        switch (heard.kind) {
          case "output":
            return void output.write(heard.text);
          case "slept":
            clock.skip(heard.ms);
            return clock.left() <= 0 ? finish("timed-out") : undefined;
          case "ask": {
            if (++calls > limits.calls) {
              output.write(`[Keyhole stopped this invocation: it made more than ${limits.calls} calls.]\n`);
              return finish("stopped");
            }
            clock.stand();
            const tell = (text: string): void => {
              if (over) return;
              if (clock.left() <= 0) return finish("timed-out");
              interpreter.send({ kind: "answer", text, now: clock.now() });
              clock.go();
            };
            if (heard.text.length > limits.message) return tell(JSON.stringify({ trouble: `The request is larger than ${limits.message} bytes.` }));
            const before = answeredFor;
            return void answer(heard.text, clock.now).then(
              (text) => {
                // What other functions took that this call invoked.
                clock.skip(answeredFor - before);
                tell(text);
              },
              (problem: unknown) => tell(JSON.stringify({ trouble: `The lab could not answer: ${problem instanceof Error ? problem.message : String(problem)}` })),
            );
          }
          case "done":
            memory = heard.memory;
            return finish(heard);
          case "out-of-memory":
            return finish("out-of-memory");
          case "broken":
            return finish({ broken: heard.why });
          case "paused":
            return heard.on ? clock.stand() : clock.go();
          case "ready":
            return undefined;
        }
      });
      interpreter.send(message(from));
      clock.go();
    });
  }

  const rest = (duration: number): Omit<FunctionAnswer, "outcome" | "payload"> => ({ output: output.text(), duration, ...(initDuration === undefined ? {} : { initDuration }), memoryUsed: Math.min(run.memorySize, memory) });
  const give = (end: { kind: "done"; outcome: string; payload: string } | FunctionAnswer["outcome"] | { broken: string }, duration: number): FunctionAnswer => {
    answeredFor += duration + (initDuration ?? 0);
    if (typeof end === "string") return ended(end as "timed-out", { ...rest(duration), ...(end === "out-of-memory" ? { memoryUsed: run.memorySize } : {}) });
    if ("broken" in end) {
      output.write(`[Keyhole's Python came to its end: ${end.broken}]\n`);
      return ended("exited", rest(duration), "1");
    }
    return { outcome: end.outcome as "returned", payload: end.payload, ...rest(duration) };
  };

  let from = run.at;
  if (!interpreter.loaded) {
    const { files, environment, handler, memorySize } = run;
    const { clock, end } = await ask((now) => ({ kind: "load", files, environment, handler, now, memory: memorySize }), from, loadSeconds);
    initDuration = clock.elapsed();
    if (typeof end === "string" || "broken" in end || end.outcome !== "ready") {
      spoil(interpreter);
      return give(end, 0);
    }
    interpreter.loaded = true;
    from += initDuration;
  }
  const { event, requestId, functionArn, environment } = run;
  const deadline = Math.round(from + run.timeout * 1000);
  const { clock, end } = await ask((now) => ({ kind: "invoke", event, requestId, functionArn, traceId: environment._X_AMZN_TRACE_ID ?? "", deadline, now }), from, run.timeout);
  // The process is gone.
  if (typeof end === "object" && "outcome" in end && end.outcome === "exited") spoil(interpreter);
  return give(end, clock.elapsed());
}

function spoil(interpreter: Interpreter): void {
  if (interpreter.spoiled) return;
  interpreter.spoiled = true;
  interpreter.close();
}

/** ms that all invocations took that have ended: the difference between two moments is what happened inside a call. */
let answeredFor = 0;
