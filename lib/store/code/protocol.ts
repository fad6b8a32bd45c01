/**
 * What the Code tab's page and its sandbox say to each other, over one MessagePort that is made for one run: whoever
 * holds the other end is that run, and when the page closes its end nothing of that run arrives any more. The sandbox
 * runs what the learner wrote, so the page trusts nothing from it: `readMessage` says what a message is, or that it is none.
 */

export const limits = {
  /** Characters of one output line, and how many lines of a run are shown. */
  text: 10_000,
  lines: 1_000,
  /** Requests in one run. */
  requests: 1_000,
  /** Messages of one run, of any kind; more than the sandbox's own limits ever let through. */
  messages: 4_000,
  /** Bytes of a request: as many as the wire reads, and one, so that it can refuse. */
  body: 1024 * 1024 + 1,
  url: 16_384,
  headers: 64,
  header: 32_768,
} as const;

export const levels = ["log", "info", "debug", "warn", "error"] as const;
export type Level = (typeof levels)[number];

/** A request of the SDK, header names in small letters; `url` is path and query. */
export interface SandboxRequest {
  kind: "request";
  id: number;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** A place in the learner's text, both from 1. */
export interface Place {
  line: number;
  column: number;
}

export type FromSandbox =
  | { kind: "log"; level: Level; text: string }
  /** The limit of lines was reached: further ones are not shown. */
  | { kind: "muted" }
  | SandboxRequest
  /** Nothing is awaited any more. Something may still come (a promise that nobody counted). */
  | { kind: "idle" }
  /** An error that nobody caught: as in Node, it ends the program. */
  | { kind: "failed"; text: string; place?: Place };

export interface Answer {
  kind: "answer";
  id: number;
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Start {
  kind: "start";
  /** Defaults of every client, as a configured machine would have them. */
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** Lines before the program in the worker's text, and the way from the program's lines back to the learner's. */
  offset: number;
  mappings: string;
}

/** The name under which the program stands in stack traces. */
export const programName = "keyhole-code.js";

const isText = (value: unknown, most: number): value is string => typeof value === "string" && value.length <= most;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;

function readHeaders(value: unknown): Record<string, string> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const entries = Object.entries(value);
  if (entries.length > limits.headers) return undefined;
  const headers: Record<string, string> = Object.create(null);
  for (const [name, text] of entries) {
    if (!isText(name, 256) || !isText(text, limits.header)) return undefined;
    headers[name.toLowerCase()] = text;
  }
  return headers;
}

function readPlace(value: unknown): Place | undefined {
  const { line, column } = (value ?? {}) as Partial<Place>;
  return isCount(line) && isCount(column) ? { line, column } : undefined;
}

/** What came over the port, taken to pieces and put together anew; undefined when it has not the form it should have. */
export function readMessage(data: unknown): FromSandbox | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const message = data as Record<string, unknown>;
  switch (message.kind) {
    case "log": {
      const level = levels.find((name) => name === message.level);
      return level && isText(message.text, limits.text + 200) ? { kind: "log", level, text: message.text } : undefined;
    }
    case "muted":
    case "idle":
      return { kind: message.kind };
    case "failed": {
      const place = readPlace(message.place);
      return isText(message.text, limits.text + 200) ? { kind: "failed", text: message.text, ...(place ? { place } : {}) } : undefined;
    }
    case "request": {
      const headers = readHeaders(message.headers);
      const { id, method, url, body } = message;
      const sound =
        isCount(id) &&
        isText(method, 8) &&
        isText(url, limits.url) &&
        url.startsWith("/") &&
        body instanceof Uint8Array &&
        body.length <= limits.body;
      return sound && headers ? { kind: "request", id, method, url, headers, body } : undefined;
    }
    default:
      return undefined;
  }
}

/** `text`, or its beginning with a note of how long it was. */
export const cut = (text: string, most: number = limits.text): string =>
  text.length <= most ? text : `${text.slice(0, most)} … (cut: ${text.length.toLocaleString("en-GB")} characters)`;
