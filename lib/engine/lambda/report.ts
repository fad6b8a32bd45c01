import { utf8 } from "../crypto/bytes";
import type { FunctionAnswer } from "../types";

/**
 * What Lambda itself says of an invocation: the lines around a function's own output, and the error documents of ends that
 * the runtime does not live to report.
 * Sources: Lambda Developer Guide, Monitoring function logs, Troubleshoot execution issues; lines and documents as users quote them
 * (Status and Error Type in REPORT: github.com/nishidemasami/contactform-api/issues/29; Sandbox.Timedout:
 * github.com/aws/aws-appsync-community/issues/386).
 */

export interface Invocation {
  requestId: string;
  /** `$LATEST` or a number. */
  version: string;
  memorySize: number;
  /** Seconds. */
  timeout: number;
  cold: boolean;
  runtime: string;
  /** Lab time of its beginning, ms. */
  at: number;
}

export interface LogLine {
  timestamp: number;
  message: string;
}

export interface Report {
  /** JSON text: what the invocation answers. */
  payload: string;
  /** Absent where the handler returned. */
  functionError?: "Unhandled";
  lines: LogLine[];
  /** ms, as charged: what it took to load the code counts too. */
  billed: number;
}

/** What a response may hold. Source: Lambda Developer Guide, Lambda quotas (invocation payload). */
const mostBytes = 6 * 1024 * 1024 + 100;

interface Ending {
  payload: string;
  failed: boolean;
  /** `Status:` of the REPORT line, where it is not success. */
  status?: "timeout" | "error";
  errorType?: string;
  /** The line that Lambda writes before END. */
  line?: string;
}

const document = (errorType: string, errorMessage: string): string => JSON.stringify({ errorType, errorMessage });

function endingOf({ outcome, payload }: FunctionAnswer, { requestId, timeout, memorySize, at }: Invocation, duration: number): Ending {
  const died = (errorType: string, reason: string): Ending => ({
    payload: document(errorType, `RequestId: ${requestId} Error: ${reason}`),
    failed: true, status: "error", errorType,
    line: `RequestId: ${requestId} Error: ${reason}\n${errorType}\n`,
  });
  switch (outcome) {
    case "returned":
      if (utf8(payload).length > mostBytes) {
        const errorType = "Function.ResponseSizeTooLarge";
        return { payload: document(errorType, `Response payload size exceeded maximum allowed payload size (${mostBytes} bytes).`), failed: true, status: "error", errorType, line: `Response payload size exceeded maximum allowed payload size (${mostBytes} bytes).\n` };
      }
      return { payload, failed: false };
    case "raised": {
      const errorType = errorTypeOf(payload);
      // Errors of the runtime's own stop the environment; those of the handler do not.
      return { payload, failed: true, ...(errorType.startsWith("Runtime.") ? { status: "error" as const, errorType } : {}) };
    }
    case "timed-out":
      return {
        payload: document("Sandbox.Timedout", `RequestId: ${requestId} Error: Task timed out after ${timeout.toFixed(2)} seconds`),
        failed: true, status: "timeout",
        line: `${new Date(at + duration).toISOString()} ${requestId} Task timed out after ${timeout.toFixed(2)} seconds\n\n`,
      };
    case "out-of-memory":
      return { ...died("Runtime.OutOfMemory", "Runtime exited with error: signal: killed"), line: `RequestId: ${requestId} Error: Memory Size: ${memorySize} MB Max Memory Used: ${memorySize} MB, Runtime exited with error: signal: killed\nRuntime.OutOfMemory\n` };
    case "exited": {
      const status = exitStatusOf(payload);
      return died("Runtime.ExitError", status ? `Runtime exited with error: exit status ${status}` : "Runtime exited without providing a reason");
    }
    case "stopped":
      return died("Keyhole.Stopped", "The invocation was stopped before its end");
  }
}

const read = (payload: string): unknown => {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
};

function errorTypeOf(payload: string): string {
  const found = read(payload);
  const errorType = typeof found === "object" && found !== null ? (found as { errorType?: unknown }).errorType : undefined;
  return typeof errorType === "string" ? errorType : "";
}

/** A host may say with which status the process ended: a bare number. */
function exitStatusOf(payload: string): number {
  const found = read(payload);
  return typeof found === "number" && Number.isInteger(found) ? found : 0;
}

/** The interpreter's version as INIT_START names it. The ARN of AWS's build is AWS's own and left out. */
const initStart = (runtime: string): string => `INIT_START Runtime Version: ${runtime.replace(/^python(.*)$/, "python:$1").replace(/^nodejs(\d+)\.x$/, "nodejs:$1")}\n`;

const ms = (value: number): string => value.toFixed(2);

/** All that is written and answered of an invocation that ended. */
export function reportOf(answer: FunctionAnswer, invocation: Invocation): Report {
  const { requestId, version, memorySize, timeout, cold, runtime, at } = invocation;
  const duration = answer.outcome === "timed-out" ? timeout * 1000 : answer.duration;
  const init = cold ? (answer.initDuration ?? 0) : 0;
  const billed = Math.max(1, Math.ceil(duration + init));
  const ending = endingOf(answer, invocation, duration + init);
  const used = answer.outcome === "out-of-memory" ? memorySize : Math.min(memorySize, Math.max(1, Math.ceil(answer.memoryUsed)));
  const end = at + Math.round(duration + init);
  const lines: LogLine[] = [];
  const write = (timestamp: number, message: string): void => void lines.push({ timestamp, message });
  if (cold) write(at, initStart(runtime));
  write(at + Math.round(init), `START RequestId: ${requestId} Version: ${version}\n`);
  for (const message of printed(answer.output)) write(end, message);
  if (ending.line) write(end, ending.line);
  write(end, `END RequestId: ${requestId}\n`);
  const parts = [`REPORT RequestId: ${requestId}`, `Duration: ${ms(duration)} ms`, `Billed Duration: ${billed} ms`, `Memory Size: ${memorySize} MB`, `Max Memory Used: ${used} MB`];
  if (init) parts.push(`Init Duration: ${ms(init)} ms`);
  if (ending.status) parts.push(`Status: ${ending.status}`);
  if (ending.errorType) parts.push(`Error Type: ${ending.errorType}`);
  write(end, `${parts.join("\t")}\t\n`);
  return { payload: ending.payload, ...(ending.failed ? { functionError: "Unhandled" as const } : {}), lines, billed };
}

/** Each line that was printed is an event of its own, as the runtimes write them; where one event has more lines (a traceback), they end with `\r`. */
const printed = (output: string): string[] => (output ? (output.endsWith("\n") ? output.slice(0, -1) : output).split("\n").map((line) => `${line.replaceAll("\r", "\n")}\n`) : []);
