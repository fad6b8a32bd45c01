import { limits } from "../../limits";
import { format, table } from "./format";
import { inspect } from "./inspect";
import { stackOf } from "./stacks";

/**
 * The console of the Node.js runtime: each message with its moment, the request's id and the level; a message of several lines is
 * one event of the log. Source: Lambda Developer Guide, "Log and monitor Node.js Lambda functions"; the runtime interface client's LogPatch.
 */
export type Level = "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";

const priorities: Record<Level, number> = { TRACE: 1, DEBUG: 2, INFO: 3, WARN: 4, ERROR: 5, FATAL: 6 };
const inspecting = { stackOf };
/** Printed at once; what comes after them goes in larger pieces. */
const atOnce = 200;

export interface Printer {
  /** Raw, as `process.stdout.write` takes it. */
  write(text: string): void;
  flush(): void;
  /** More than is kept was printed: what comes now need not even be put into words. */
  full(): boolean;
  /** A new invocation may print again. */
  reset(): void;
}

/** Sends what is printed, until there is more than a host keeps. */
export function makePrinter(send: (text: string) => void): Printer {
  let kept = 0;
  let pieces = 0;
  let waiting = "";
  const flush = (): void => {
    if (waiting) send(waiting);
    waiting = "";
  };
  return {
    write(text) {
      // The host counts bytes and says that it cut; more than it keeps need not be sent.
      if (kept > limits.output) return;
      const piece = text.length > limits.output ? text.slice(0, limits.output + 1) : text;
      kept += piece.length;
      waiting += piece;
      if (++pieces <= atOnce || waiting.length > 4_096 || kept > limits.output) flush();
    },
    flush,
    full: () => kept > limits.output,
    reset() {
      kept = 0;
      pieces = 0;
    },
  };
}

export interface LambdaConsole {
  console: object;
  log(level: Level, ...args: unknown[]): void;
}

export function makeConsole(printer: Printer, request: () => string | undefined, env: () => Record<string, string | undefined>, now: () => number): LambdaConsole {
  const least = priorities[env().AWS_LAMBDA_LOG_LEVEL?.toUpperCase() as Level] ?? 1;
  const asJson = env().AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === "JSON";
  const counts = new Map<string, number>();
  const timers = new Map<string, number>();
  /** A line break within an event. */
  const oneEvent = (text: string): string => text.replace(/\r?\n/g, "\r");

  function log(level: Level, ...args: unknown[]): void {
    if (priorities[level] < least || printer.full()) return;
    const time = new Date(now()).toISOString();
    const line = asJson ? jsonLine(time, request(), level, args) : `${time}\t${request()}\t${level}\t${format(args, inspecting)}`;
    printer.write(`${oneEvent(line)}\n`);
  }
  const at =
    (level: Level) =>
    (...args: unknown[]): void =>
      log(level, ...args);
  const shown = {
    log: at("INFO"),
    info: at("INFO"),
    debug: at("DEBUG"),
    trace: at("TRACE"),
    warn: at("WARN"),
    error: at("ERROR"),
    fatal: at("FATAL"),
    dir: (value: unknown) => printer.write(`${inspect(value, inspecting)}\n`),
    dirxml: (...args: unknown[]) => shown.log(...args),
    table: (data: unknown, columns?: string[]) => shown.log(table(data, inspecting, columns) ?? data),
    assert: (holds: unknown, ...args: unknown[]) => {
      if (holds) return;
      if (typeof args[0] === "string") shown.warn(`Assertion failed: ${args[0]}`, ...args.slice(1));
      else shown.warn("Assertion failed", ...args);
    },
    group: (...args: unknown[]) => void (args.length && shown.log(...args)),
    groupCollapsed: (...args: unknown[]) => void (args.length && shown.log(...args)),
    groupEnd: () => undefined,
    count: (label = "default") => {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      shown.log(`${label}: ${counts.get(label)}`);
    },
    countReset: (label = "default") => void counts.delete(label),
    time: (label = "default") => void timers.set(label, now()),
    timeLog: (label = "default", ...args: unknown[]) => {
      if (timers.has(label)) shown.log("%s: %s", label, took(now() - timers.get(label)!), ...args);
    },
    timeEnd: (label = "default") => {
      shown.timeLog(label);
      timers.delete(label);
    },
    clear: () => undefined,
  };
  return { console: shown, log };
}

const took = (ms: number): string => (ms >= 1000 ? `${(ms / 1000).toFixed(3)}s` : `${Number(ms.toFixed(3))}ms`);

function jsonLine(timestamp: string, requestId: string | undefined, level: Level, args: readonly unknown[]): string {
  const line: Record<string, unknown> = { timestamp, level, requestId };
  const errorOf = (error: Error): Record<string, unknown> => ({ errorType: error.constructor?.name ?? "UnknownError", errorMessage: error.message, stackTrace: stackOf(error).split("\n") });
  if (args.length === 1) {
    line.message = args[0];
    try {
      return JSON.stringify(line, (_key, value: unknown) => (value instanceof Error ? { ...errorOf(value), ...value } : value));
    } catch {
      return JSON.stringify({ ...line, message: format(args, inspecting) });
    }
  }
  line.message = format(args, inspecting);
  const error = args.find((one) => one instanceof Error);
  return JSON.stringify({ ...line, ...(error ? errorOf(error) : {}) });
}
