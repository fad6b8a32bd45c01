import type { FromInterpreter, InterpreterFiles, ToInterpreter } from "../protocol";
import { type Doors, type Running, startInterpreter } from "./interpreter";
import { repeatFrom } from "./realm";

/**
 * Python where the browser cannot suspend it while it waits for an answer (no JSPI), and where nothing else waits either: workers
 * share memory on secure pages alone. Python comes to a question, and stops there for good; when the answer is known, another
 * interpreter does everything again from the beginning of its environment, sees the same time, chance and answers, and comes
 * further. What was said once is not said again. It takes longer, about half a second for each question.
 */

type Asked = Extract<ToInterpreter, { kind: "load" | "invoke" }>;
interface Task {
  message: Asked;
  answers: { text: string; now: number }[];
}

/** As many answers as an environment may have got: then it begins anew with the next invocation, as a cold one. */
const mostAnswers = 40;

/** Python's own code cannot catch this. */
const unanswered = (): Error => Object.assign(new Error("unanswered"), { pyodide_fatal_error: true });

export async function startRepeating(files: InterpreterFiles, doors: Doors): Promise<Running> {
  const seed = crypto.getRandomValues(new Uint32Array(1))[0];
  let tasks: Task[] = [];
  let task: Task | undefined;
  /** Answers that the present task has had in this repetition, and characters and milliseconds that it said. */
  let taken = 0;
  let said = { text: 0, ms: 0 };
  /** The same of what the host has heard already. */
  let heard = { text: 0, ms: 0 };
  let question: string | undefined;
  let end: FromInterpreter | undefined;
  /** Whether what is done was done before, as a whole. */
  let past = false;

  const inner: Doors = {
    halt: doors.halt,
    say(message) {
      if (message.kind === "output") {
        const fresh = message.text.slice(Math.max(0, heard.text - said.text));
        said.text += message.text.length;
        if (!past && fresh) doors.say({ kind: "output", text: fresh });
      } else if (message.kind === "slept") {
        const fresh = message.ms - Math.max(0, heard.ms - said.ms);
        said.ms += message.ms;
        if (!past && fresh > 0) doors.say({ kind: "slept", ms: fresh });
      } else if (message.kind === "done" || message.kind === "broken") end = message;
      else if (!past) doors.say(message);
    },
    ask(text) {
      const answer = task!.answers[taken];
      if (!answer) {
        question = text;
        throw unanswered();
      }
      taken++;
      return answer;
    },
  };

  const begin = async (): Promise<Running> => {
    repeatFrom(seed);
    return startInterpreter({ ...files, stdlib: files.stdlib.slice(0) }, inner);
  };
  const perform = (running: Running, one: Task): void => {
    task = one;
    taken = 0;
    said = { text: 0, ms: 0 };
    end = question = undefined;
    void running.do(one.message);
  };

  let running = await begin();
  return {
    snapshot: () => running.snapshot(),
    async do(message) {
      if (tasks.reduce((sum, { answers }) => sum + answers.length, 0) > mostAnswers) {
        // Only its module is kept, as it was loaded.
        tasks = tasks.slice(0, 1);
        running = await again(tasks);
      }
      const mine: Task = { message, answers: [] };
      heard = { text: 0, ms: 0 };
      past = false;
      for (;;) {
        perform(running, mine);
        heard = { text: Math.max(heard.text, said.text), ms: Math.max(heard.ms, said.ms) };
        if (question === undefined) break;
        mine.answers.push(await doors.ask(question));
        running = await again(tasks);
      }
      tasks.push(mine);
      if (end) doors.say(end);
    },
  };

  /** An interpreter that has done all that was done before. The host's clock stands meanwhile. */
  async function again(before: Task[]): Promise<Running> {
    doors.say({ kind: "paused", on: true });
    past = true;
    const fresh = await begin();
    for (const one of before) perform(fresh, one);
    past = false;
    doors.say({ kind: "paused", on: false });
    return fresh;
  }
}
