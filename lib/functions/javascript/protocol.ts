import { limits } from "../limits";

/**
 * What a host and the realm that runs a function say to each other: JSON texts, because one host is a worker of the page and the
 * other an interpreter in a process. In the realm runs what the learner wrote, so a host trusts nothing from it: `readMessage`
 * says what a message is, or that it is none.
 */
export type ToGuest =
  | {
      kind: "start";
      /** `nodejs22.x` */
      runtime: string;
      handler: string;
      environment: Record<string, string>;
      /** Names of the SDK's clients that can be had. */
      clients: readonly string[];
      /** Lab time, ms. */
      now: number;
    }
  | { kind: "invoke"; requestId: string; functionArn: string; event: string; /** Lab time of its end, ms. */ deadline: number; environment: Record<string, string>; now: number }
  | { kind: "answer"; id: number; status: number; headers: Record<string, string>; body: string; now: number }
  | { kind: "row"; id: number; ok: boolean; /** The database's answer, or its error. */ content: unknown; now: number }
  /** What was slept for is over. */
  | { kind: "wake"; now: number };

export interface RequestMessage {
  kind: "request";
  id: number;
  method: string;
  /** Path and query. */
  url: string;
  headers: Record<string, string>;
  /** base64 */
  body: string;
}

export type FromGuest =
  /** The handler is loaded and waits. */
  | { kind: "ready" }
  | { kind: "print"; text: string }
  | RequestMessage
  | { kind: "database"; id: number; operation: "Connect" | "Execute" | "Close"; input: Record<string, unknown> }
  /** Nothing is to be done before so many ms are over. */
  | { kind: "sleep"; ms: number }
  | { kind: "done"; outcome: "returned" | "raised"; payload: string; /** The runtime's process ended with it: this realm takes no further event. */ over: boolean }
  /** `process.exit`, or nothing left to wait for. */
  | { kind: "exit"; code: number }
  /** More memory than the function has. */
  | { kind: "memory" };

const isText = (value: unknown, most: number = limits.message): value is string => typeof value === "string" && value.length <= most;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;

function readHeaders(value: unknown): Record<string, string> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const entries = Object.entries(value);
  if (entries.length > 64) return undefined;
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, text] of entries) {
    if (!isText(name, 256) || !isText(text, 32_768)) return undefined;
    headers[name.toLowerCase()] = text;
  }
  return headers;
}

/** A message of the realm, taken to pieces and put together anew; undefined where it has not the form it should have. */
export function readMessage(text: unknown): FromGuest | undefined {
  // An answer of six megabytes may be escaped to twice as much.
  if (!isText(text, 3 * limits.message)) return undefined;
  let message: Record<string, unknown>;
  try {
    message = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  if (typeof message !== "object" || message === null) return undefined;
  switch (message.kind) {
    case "ready":
    case "memory":
      return { kind: message.kind };
    case "print":
      return isText(message.text) ? { kind: "print", text: message.text } : undefined;
    case "sleep":
      return typeof message.ms === "number" && message.ms >= 0 && message.ms <= 2 ** 31 ? { kind: "sleep", ms: message.ms } : undefined;
    case "exit":
      return Number.isSafeInteger(message.code) ? { kind: "exit", code: (message.code as number) & 255 } : undefined;
    case "done": {
      const { outcome, payload, over } = message;
      return (outcome === "returned" || outcome === "raised") && isText(payload, 2 * limits.message) ? { kind: "done", outcome, payload, over: over === true } : undefined;
    }
    case "request": {
      const headers = readHeaders(message.headers);
      const { id, method, url, body } = message;
      return isCount(id) && isText(method, 8) && isText(url, 16_384) && url.startsWith("/") && isText(body, 2 * limits.message) && headers ? { kind: "request", id, method, url, headers, body } : undefined;
    }
    case "database": {
      const { id, operation, input } = message;
      const known = operation === "Connect" || operation === "Execute" || operation === "Close";
      return isCount(id) && known && typeof input === "object" && input !== null ? { kind: "database", id, operation, input: input as Record<string, unknown> } : undefined;
    }
    default:
      return undefined;
  }
}

/** Where the package and the runtime lie, as everywhere in Lambda. Source: Lambda Developer Guide, Defined runtime environment variables. */
export const taskRoot = "/var/task";
