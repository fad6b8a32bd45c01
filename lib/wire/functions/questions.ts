import { fromBase64 } from "../../engine/crypto/bytes";
import type { FunctionRun, Inside, JsonObject } from "../../engine/types";
import { readQuestion } from "../../functions/python/protocol";
import { answerInside } from "./requests";

/** The connections and statements that code may ask for; the other operations belong to the services that keep servers. */
const databaseOperations = new Set(["Connect", "Execute", "Close"]);

/** Answers what a Python function's code asks its host; JSON to JSON. */
export const answerQuestions =
  (run: FunctionRun, inside: Inside) =>
  async (text: string, now: () => number): Promise<string> => {
    const question = readQuestion(text);
    if (!question) return JSON.stringify({ trouble: "This is no question that the lab knows." });
    if (question.kind === "database") {
      if (!databaseOperations.has(question.operation)) return JSON.stringify({ trouble: `A database server has no ${question.operation}.` });
      const reply = await inside.call({ service: "database", operation: question.operation, input: question.input as JsonObject });
      return JSON.stringify(reply.ok ? { output: reply.output } : { error: reply.error });
    }
    const { method, url, headers, body } = question;
    return JSON.stringify(await answerInside({ method, url, headers, body: fromBase64(body) }, run, inside, now));
  };
