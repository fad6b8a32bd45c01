import "./realm";
import type { FromInterpreter, InterpreterFiles, ToInterpreter } from "../protocol";
import { type Running, startInterpreter } from "./interpreter";

/**
 * Node's: this runs in a context of its own in a process of its own. `hear` and `say` are the process's doors, functions of texts
 * and nothing else, so that no object of the process is to be had in here.
 */
interface Doors {
  /** Waits for the next line. */
  hear(): string;
  say(line: string): void;
  halt(): void;
}

const realm = globalThis as unknown as { keyholeStart?: unknown };
realm.keyholeStart = (files: InterpreterFiles, { hear, say, halt }: Doors, forSnapshot: boolean): Promise<Running> => {
  const post = (message: FromInterpreter): void => say(JSON.stringify(message));
  return startInterpreter(
    files,
    {
      say: post,
      ask: (text) => {
        post({ kind: "ask", text });
        const { text: answer, now } = JSON.parse(hear()) as Extract<ToInterpreter, { kind: "answer" }>;
        return { text: answer, now };
      },
      halt: () => {
        halt();
        throw new Error("halted");
      },
    },
    forSnapshot,
  );
};
