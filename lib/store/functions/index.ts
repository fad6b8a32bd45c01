import type { FunctionAnswer, FunctionRun, Inside } from "../../engine/types";

/**
 * Runs a function's code (`Ports.functions`), by its runtime. Interpreters are loaded when they are first needed.
 * What both languages and hosts share is in `lib/functions`; what a function's AWS client asks is answered by
 * `lib/wire/functions/requests.ts`.
 */
export async function runFunction(run: FunctionRun, inside: Inside): Promise<FunctionAnswer> {
  if (run.runtime.startsWith("python")) return (await import("./python")).run(run, inside);
  if (run.runtime.startsWith("nodejs")) return (await import("./javascript")).run(run, inside);
  throw new Error(`This host runs no functions of the runtime ${run.runtime}.`);
}
