import "./realm";
import type { FromInterpreter, InterpreterFiles, ToInterpreter } from "../protocol";
import { type Doors, canSuspend, startInterpreter } from "./interpreter";
import { startRepeating } from "./repeating";

/** The page's worker: what comes over its port is for the interpreter, and what the interpreter says goes back over it. */
addEventListener("message", ({ data, ports: [port] }: MessageEvent<InterpreterFiles>) => begin(data, port), { once: true });

function begin(files: InterpreterFiles, port: MessagePort): void {
  const post = port.postMessage.bind(port) as (message: FromInterpreter) => void;
  let answered: ((answer: { text: string; now: number }) => void) | undefined;
  const doors: Doors = {
    say: (message) => post(message),
    ask: (text) =>
      new Promise((resolve) => {
        answered = resolve;
        post({ kind: "ask", text });
      }),
    halt: () => {
      for (;;);
    },
  };
  (canSuspend() ? startInterpreter : startRepeating)(files, doors).then(
    (running) => {
      port.onmessage = ({ data }: MessageEvent<ToInterpreter>) => {
        if (data.kind === "answer") answered?.(data);
        else void running.do(data);
      };
    },
    (problem: unknown) => post({ kind: "broken", why: problem instanceof Error ? problem.message : String(problem) }),
  );
}
