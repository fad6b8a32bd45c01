/**
 * What is said between a host and an interpreter. An interpreter is asked one thing at a time (`ToInterpreter`) and says `done` to
 * it; on the way there it prints, sleeps and asks. In the page these are messages over a port, in Node lines of JSON.
 */

/** What an interpreter is made of: `files` are handed over in the page, and read by the child process in Node. */
export interface InterpreterFiles {
  /** `pyodide.asm.wasm`: its bytes, or compiled by somebody else. */
  wasm: ArrayBuffer | WebAssembly.Module;
  /** `python_stdlib.zip`. */
  stdlib: ArrayBuffer;
  /** The libraries (`boto3` …): path to text, JSON. */
  library: string;
  /** The memory of an interpreter that has begun already; without it one begins from nothing, which takes longer. */
  snapshot?: ArrayBuffer;
}

export type ToInterpreter =
  /** Loads a function's module. `files` are base64, `now` is lab time in ms, `memory` the function's, in MB. */
  | { kind: "load"; files: Record<string, string>; environment: Record<string, string>; handler: string; now: number; memory: number }
  /** Calls its handler. `event` is JSON text, `deadline` lab time in ms. */
  | { kind: "invoke"; event: string; requestId: string; functionArn: string; traceId: string; deadline: number; now: number }
  | Answer;

/** To an `ask`. `text` is JSON. */
export interface Answer {
  kind: "answer";
  text: string;
  now: number;
}

export type FromInterpreter =
  | { kind: "ready"; memory: number }
  | { kind: "output"; text: string }
  /** It slept for so many ms: its clock has moved already. */
  | { kind: "slept"; ms: number }
  | { kind: "ask"; text: string }
  /** Work of the host's own, for which the function's clock stands. */
  | { kind: "paused"; on: boolean }
  | { kind: "done"; outcome: "ready" | "returned" | "raised" | "exited"; payload: string; memory: number }
  | { kind: "out-of-memory" }
  /** The interpreter itself came to its end. */
  | { kind: "broken"; why: string };

const kinds = new Set<unknown>(["ready", "output", "slept", "ask", "paused", "done", "out-of-memory", "broken"]);
const outcomes = new Set<unknown>(["ready", "returned", "raised", "exited"]);

/** The message, if it is one: what comes from a sandbox is anything at all. */
export function readMessage(data: unknown): FromInterpreter | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const { kind, text, ms, memory, outcome, payload, why, on } = data as Record<string, unknown>;
  if (!kinds.has(kind)) return undefined;
  if ((kind === "output" || kind === "ask") && typeof text !== "string") return undefined;
  if (kind === "slept" && !(typeof ms === "number" && ms >= 0)) return undefined;
  if ((kind === "done" || kind === "ready") && typeof memory !== "number") return undefined;
  if (kind === "done" && !(outcomes.has(outcome) && typeof payload === "string")) return undefined;
  if (kind === "paused" && typeof on !== "boolean") return undefined;
  if (kind === "broken" && typeof why !== "string") return undefined;
  return data as FromInterpreter;
}

/** What code asks its host. */
export type Question =
  /** A request to AWS: `url` is path and query, `body` base64, header names in small letters. */
  | { kind: "request"; method: string; url: string; headers: Record<string, string>; body: string }
  /** What is said to a database server. */
  | { kind: "database"; operation: string; input: Record<string, unknown> };

export function readQuestion(text: string): Question | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof data !== "object" || data === null) return undefined;
  const { kind, method, url, headers, body, operation, input } = data as Record<string, unknown>;
  const isRecord = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
  if (kind === "request" && typeof method === "string" && typeof url === "string" && typeof body === "string" && isRecord(headers)) return data as Question;
  if (kind === "database" && typeof operation === "string" && isRecord(input)) return data as Question;
  return undefined;
}
