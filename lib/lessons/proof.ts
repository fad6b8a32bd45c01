import { createLab } from "../engine/lab";
import { seededPorts } from "../engine/ports";
import type { Caller, JsonObject, Reply, Trace } from "../engine/types";
import { valueAt } from "./goals";
import type { Expectation, Program, ProofCall, ProofHand, ProofResult, ProofStep } from "./types";

export const ACCOUNT = "111122223333";
export const OTHER_ACCOUNT = "444455556666";

/** What a proof needs of a lab; tests put a lying one here to see that proofs can fail. */
export interface ProofLab {
  call(call: { service: string; operation: string; input: JsonObject; region: string; caller: Caller; door: "proof"; secureTransport?: boolean }): Promise<Reply>;
  advance(ms: number): Promise<unknown>;
}

/** A fresh lab, with the same bytes and the same time on every run. Each account has its user `admin`. */
export const freshLab = (seed = 7): ProofLab => createLab({ ports: seededPorts(seed) });

/** Ends a program at the first answer that is not as expected: what follows would rest on nothing. */
class Stopped extends Error {}

/**
 * Runs a proof in a fresh lab and says of each call what came back and whether it held. `ok` only if something was
 * expected and all of it held.
 */
export async function runProof(program: Program, lab?: ProofLab): Promise<ProofResult> {
  const fresh = lab ?? freshLab();
  const steps: ProofStep[] = [];
  const hand: ProofHand = {
    async call<T>(say: string, call: ProofCall, ...expectations: Expectation[]): Promise<T> {
      const { service, operation, input = {}, region = "us-east-1", as = "admin", account = ACCOUNT, secureTransport } = call;
      const caller: Caller = as === "root" ? { account, root: true } : { account, user: as };
      const reply = await fresh.call({ service, operation, input, region, caller, door: "proof", secureTransport });
      const wanted = expectations.length > 0 ? expectations : [ok()];
      const checked = wanted.map(({ words, holds }) => ({ words, held: safely(() => holds(reply)) }));
      const held = checked.every((each) => each.held);
      steps.push({
        say, call: { service, operation, input, region, caller: as === "root" ? `root of ${account}` : `${as} of ${account}` },
        outcome: reply.ok ? "ok" : reply.error.code, reply: summary(reply), requestId: reply.requestId, expectations: checked, held,
      });
      if (!held) throw new Stopped();
      return (reply.ok ? reply.output : undefined) as T;
    },
    async wait(say, ms) {
      await fresh.advance(ms);
      steps.push({ say, expectations: [], held: true });
    },
    follows(words, held) {
      steps.push({ say: words, expectations: [{ words, held }], held });
      if (!held) throw new Stopped();
    },
  };
  try {
    await program(hand);
  } catch (problem) {
    // A program that stumbles over an answer it did not expect has not proved its claim; that is a result, not a crash.
    if (!(problem instanceof Stopped)) steps.push({ say: String(problem), expectations: [{ words: "the program ran to its end", held: false }], held: false });
  }
  const expected = steps.flatMap((step) => step.expectations);
  return { ok: expected.length > 0 && expected.every((each) => each.held), steps };
}

const safely = (ask: () => boolean): boolean => {
  try {
    return ask();
  } catch {
    return false;
  }
};

/** The answer in a few words: values are cut short, lists are counted. */
function summary(reply: Reply): string {
  if (!reply.ok) return reply.error.message ? `${reply.error.code}: ${reply.error.message}` : reply.error.code;
  const short = (value: unknown): string => {
    if (Array.isArray(value)) return value.length === 0 ? "[]" : `[${value.slice(0, 3).map(short).join(", ")}${value.length > 3 ? `, … ${value.length} in all` : ""}]`;
    if (value !== null && typeof value === "object") return `{ ${Object.entries(value).map(([name, part]) => `${name}: ${short(part)}`).join(", ")} }`;
    const text = typeof value === "string" ? JSON.stringify(value) : String(value);
    return text.length > 84 ? `${text.slice(0, 60)}… (${text.length - 2} characters)` : text;
  };
  const all = Object.entries(reply.output).map(([name, value]) => `${name}: ${short(value)}`).join(", ");
  return all.length > 600 ? `${all.slice(0, 600)}…` : all || "(an empty answer)";
}

// ---------------------------------------------------------------- expectations

/** It succeeded; with `members`, these have the values. A function is asked about the value. */
export function ok(members: Record<string, unknown> = {}, words?: string): Expectation {
  const names = Object.entries(members);
  return {
    words: words ?? (names.length === 0 ? "it is allowed and succeeds" : names.map(([path, value]) => `${path} is ${JSON.stringify(value)}`).join(", ")),
    holds: (reply) => reply.ok && names.every(([path, value]) => same(valueAt(reply.output, path), value)),
  };
}

/** It succeeded, and what it returned has the property that `words` name. */
export const returns = (words: string, check: (output: any) => boolean): Expectation => ({ words, holds: (reply) => reply.ok && check(reply.output) });

/** It failed with this code; `part` must be in the message. */
export const fails = (code: string, part?: string): Expectation => ({
  words: part ? `it ends with ${code}: “${part}”` : `it ends with ${code}`,
  holds: (reply) => !reply.ok && reply.error.code === code && (part === undefined || (reply.error.message ?? "").includes(part)),
});

/** It was refused, by whatever error: for things that AWS refuses without a text that is known. */
export const refused: Expectation = { words: "it is refused", holds: (reply) => !reply.ok };

/** Something is true of the trace: what the engine did on the way. */
export const traces = (words: string, check: (trace: Trace) => boolean): Expectation => ({ words, holds: (reply) => check(reply.trace) });

/** All traces in a trace, itself first. */
export function allTraces(trace: Trace): Trace[] {
  return [trace, ...trace.steps.flatMap((step) => (step.kind === "call" ? allTraces(step.trace) : []))];
}

/** On the way, this service was called. */
export const asked = (service: string, operation: string): Expectation =>
  traces(`on the way ${service}:${operation} is called`, (trace) => allTraces(trace).some((each) => each !== trace && each.service === service && each.operation === operation));

/** On the way, this service was not called at all. */
export const notAsked = (service: string): Expectation =>
  traces(`${service} is not called`, (trace) => allTraces(trace).every((each) => each === trace || each.service !== service));

/** Somewhere on the way the policies were asked about `action` and answered so. */
export const decided = (action: string, effect: "Allow" | "ExplicitDeny" | "ImplicitDeny"): Expectation =>
  traces(`the policies answer ${words[effect]} to ${action}`, (trace) =>
    allTraces(trace).some((each) => each.steps.some((step) => step.kind === "decision" && step.decision.action === action && step.decision.effect === effect)));

const words = { Allow: "“allowed”", ExplicitDeny: "“denied by a statement”", ImplicitDeny: "“nothing allowed it”" };

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

// ---------------------------------------------------------------- bytes, as they look at the door

/** Text as base64 of its UTF-8 bytes. */
export function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** The bytes of a base64 text. */
export function bytesOf(blob: string): Uint8Array {
  return Uint8Array.from(atob(blob), (char) => char.charCodeAt(0));
}

/** Base64 of `length` equal bytes: a plaintext of a given size. */
export const blobOf = (length: number, byte = 65): string => btoa(String.fromCharCode(byte).repeat(length));

export const days = (count: number): number => count * 86_400_000;
