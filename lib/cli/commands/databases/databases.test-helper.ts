import { type Kind, masterPassword, server } from "../../../engine/database/database.test-helper";
import type { JsonObject } from "../../../engine/types";
import { labNames } from "../../complete/lab-names";
import { createShell } from "../../shell";

export interface Ran {
  out: string;
  err: string;
  code: number;
}

/** A terminal beside a database server, whose master user is `boss`. */
export async function terminal(kind: Kind) {
  const database = await server(kind);
  const { lab, host } = database;
  /** What the terminal asked the lab. */
  const calls: { operation: string; input: JsonObject }[] = [];
  const shell = await createShell({
    call: ({ service, operation, input, region, caller }) => {
      calls.push({ operation, input });
      return lab.call({ service, operation, input, region, caller: caller ?? { account: "111122223333", user: "admin" } });
    },
    identity: () => ({ region: "us-east-1", account: "111122223333" }),
    now: () => lab.now(),
    columns: () => 120,
    names: () => Promise.resolve(labNames(lab)),
  });
  /** One line; `answers` are what is typed when the command asks, `undefined` breaks it off, a function does something before. All that is asked stands in `questions`. */
  const run = async (line: string, answers?: (string | undefined | (() => Promise<string>))[]): Promise<Ran & { questions: string[] }> => {
    let out = "";
    let err = "";
    const questions: string[] = [];
    const ask = (question: string): Promise<string | undefined> => {
      questions.push(question);
      const answer = answers!.shift();
      return typeof answer === "function" ? answer() : Promise.resolve(answer);
    };
    const code = await shell.run(line, { ...(answers ? { ask } : {}), onOutput: ({ stream, text }) => (stream === "stdout" ? (out += text) : (err += text)) });
    return { out, err, code, questions };
  };
  return { ...database, shell, run, calls, host, password: masterPassword };
}
