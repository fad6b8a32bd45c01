import { fromBase64, strictUtf8Text, utf8Text } from "@/lib/engine/crypto/bytes";
import type { JournalEntry } from "@/lib/engine/types";
import type { InvokeAnswer } from "../lambda-types";

/** What the console tells of an invocation that is over; all of it is read from the journal's entry and its log tail. */
export interface Invocation {
  seq: number;
  requestId: string;
  /** ms of the lab's clock. */
  at: number;
  asynchronous: boolean;
  /** `$LATEST` or a number; absent for events and refusals. */
  version?: string;
  failed: boolean;
  /** What was answered, JSON text laid out for reading; of what is no JSON, the text. */
  payload?: string;
  report?: Report;
  log?: string;
  error?: ErrorDocument;
}

/** The REPORT line. Times in ms, sizes in MB. */
export interface Report {
  duration: number;
  billed: number;
  memorySize: number;
  memoryUsed: number;
  init?: number;
  status?: string;
  errorType?: string;
}

/** Source: Lambda Developer Guide, each language's "Understanding errors"; Python has `stackTrace`, Node.js `trace`. */
export interface ErrorDocument {
  errorType?: string;
  errorMessage: string;
  stack: string[];
}

/** A place in the code. Lines count from 1. */
export interface CodePlace {
  path: string;
  line: number;
}

/** The journal's entry as an invocation of this function; undefined for any other entry. Refusals are invocations too. */
export function invocationOf(entry: JournalEntry | undefined, functionName: string): Invocation | undefined {
  const call = entry?.call;
  if (!entry || call?.service !== "lambda" || call.operation !== "Invoke") return undefined;
  const given = String(call.input?.FunctionName ?? "");
  if (given !== functionName && nameIn(given) !== functionName) return undefined;
  const output = entry.reply.ok ? (entry.reply.output as unknown as InvokeAnswer) : undefined;
  const text = output?.Payload === undefined ? undefined : strictUtf8Text(fromBase64(output.Payload));
  const log = output?.LogResult === undefined ? undefined : utf8Text(fromBase64(output.LogResult));
  return {
    seq: entry.seq,
    requestId: entry.requestId,
    at: entry.at,
    asynchronous: call.input?.InvocationType === "Event",
    ...(output?.ExecutedVersion !== undefined && { version: output.ExecutedVersion }),
    failed: !entry.reply.ok || output?.FunctionError !== undefined,
    ...(text !== undefined && { payload: laidOut(text) }),
    ...(log !== undefined && { log, report: reportIn(log) }),
    ...(output?.FunctionError !== undefined && text !== undefined && { error: errorIn(text) }),
  };
}

/** Of an ARN, or of a name with account or qualifier, the function's name. */
const nameIn = (given: string): string | undefined => /(?:^|:function:|^\d{12}:)([a-zA-Z0-9-_]+)(?::(?:\$LATEST|[a-zA-Z0-9-_]+))?$/.exec(given)?.[1];

function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

const number = (line: string, what: string): number | undefined => {
  const found = new RegExp(`(?:^|\\t)${what}: ([\\d.]+) (?:ms|MB)`).exec(line)?.[1];
  return found === undefined ? undefined : Number(found);
};
const word = (line: string, what: string): string | undefined => new RegExp(`(?:^|\\t)${what}: ([^\\t\\n]+)`).exec(line)?.[1];

/** What Lambda measured; undefined where there is no REPORT line. Source: Lambda Developer Guide, Monitoring function logs. */
export function reportIn(log: string): Report | undefined {
  const line = log.split("\n").findLast((each) => each.startsWith("REPORT RequestId: "));
  if (line === undefined) return undefined;
  const [duration, billed, memorySize, memoryUsed] = ["Duration", "Billed Duration", "Memory Size", "Max Memory Used"].map((what) => number(line, what));
  if (duration === undefined || billed === undefined || memorySize === undefined || memoryUsed === undefined) return undefined;
  const [init, status, errorType] = [number(line, "Init Duration"), word(line, "Status"), word(line, "Error Type")];
  return { duration, billed, memorySize, memoryUsed, ...(init !== undefined && { init }), ...(status && { status }), ...(errorType && { errorType }) };
}

/** The error document that a function answered with. */
export function errorIn(text: string): ErrorDocument {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return { errorMessage: text, stack: [] };
  }
  if (typeof found !== "object" || found === null) return { errorMessage: text, stack: [] };
  const { errorType, errorMessage, stackTrace, trace } = found as Record<string, unknown>;
  const stack = [stackTrace, trace].find(Array.isArray) as unknown[] | undefined;
  return {
    ...(typeof errorType === "string" && { errorType }),
    errorMessage: typeof errorMessage === "string" ? errorMessage : "",
    stack: (stack ?? []).map(String).map((line) => line.replace(/\n$/, "")),
  };
}

/** The first place of the function's own code that a line of a stack names: deployed code lies in /var/task. */
export function placeIn(line: string): CodePlace | undefined {
  const python = /File "\/var\/task\/([^"]+)",? [Ll]ine (\d+)/.exec(line);
  if (python) return { path: python[1], line: Number(python[2]) };
  const node = /(?:file:\/\/)?\/var\/task\/([^\s:()]+):(\d+)(?::\d+)?/.exec(line);
  return node ? { path: node[1], line: Number(node[2]) } : undefined;
}

/** Where it broke: Python names the innermost call last, Node.js first. */
export function placeOfError({ stack, errorMessage }: ErrorDocument): CodePlace | undefined {
  const places = stack.map(placeIn).filter((place) => place !== undefined);
  if (!places.length) return placeIn(errorMessage) ?? placeOfSyntax(errorMessage);
  return stack.some((line) => /^\s*File "/.test(line)) ? places.at(-1) : places[0];
}

/** `invalid syntax (lambda_function.py, line 7)` */
const placeOfSyntax = (message: string): CodePlace | undefined => {
  const found = /\(([^()\s]+), line (\d+)\)/.exec(message);
  return found ? { path: found[1].replace(/^\/var\/task\//, ""), line: Number(found[2]) } : undefined;
};

/** Offset of a line's beginning in a text, and its length. */
export function spanOfLine(text: string, line: number): { offset: number; length: number } {
  const lines = text.split("\n");
  const at = Math.min(Math.max(1, line), lines.length) - 1;
  return { offset: lines.slice(0, at).reduce((sum, each) => sum + each.length + 1, 0), length: lines[at].length };
}
