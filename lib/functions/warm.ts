import type { FunctionRun } from "../engine/types";
import { limits } from "./limits";

/**
 * Interpreters that stand warm: with the module of one version of one function loaded, as its execution environment is in AWS.
 * One that is busy is not there for others; one that was killed does not come back.
 */
export interface Warm<I extends { close(): void }> {
  /** An idle interpreter of this run's environment, busy from now on. */
  take(run: FunctionRun): I | undefined;
  /** It is idle again; the one used longest ago is closed where there are too many. */
  give(run: FunctionRun, interpreter: I): void;
  /** Closes all that are idle. */
  clear(): void;
}

/** The log stream is drawn anew with each environment, and so with a new role, configuration or code. */
export const environmentOf = ({ account, region, functionName, functionVersion, codeSha256, logStream }: FunctionRun): string => JSON.stringify([account, region, functionName, functionVersion, codeSha256, logStream]);

export function warmInterpreters<I extends { close(): void }>(most: number = limits.idle): Warm<I> {
  let idle: { environment: string; interpreter: I }[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const warm: Warm<I> = {
    take(run) {
      const environment = environmentOf(run);
      const at = idle.findLastIndex((one) => one.environment === environment);
      return at < 0 ? undefined : idle.splice(at, 1)[0].interpreter;
    },
    give(run, interpreter) {
      idle.push({ environment: environmentOf(run), interpreter });
      while (idle.length > most) idle.shift()!.interpreter.close();
      clearTimeout(timer);
      timer = setTimeout(warm.clear, limits.idleFor);
      // In Node: nobody waits for it.
      (timer as { unref?(): void }).unref?.();
    },
    clear() {
      for (const { interpreter } of idle) interpreter.close();
      idle = [];
    },
  };
  return warm;
}
