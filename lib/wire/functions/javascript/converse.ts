import { fromBase64 } from "../../../engine/crypto/bytes";
import type { FunctionAnswer, FunctionRun, Inside } from "../../../engine/types";
import { ended } from "../../../functions/answers";
import { type FunctionClock, functionClock, stoppedLine } from "../../../functions/clock";
import { type FromGuest, type ToGuest, readMessage } from "../../../functions/javascript/protocol";
import { limits } from "../../../functions/limits";
import { collectOutput } from "../../../functions/output";
import { answerInside } from "../requests";

/** A realm as its host holds it: a worker of the page, or a process with an interpreter. */
export interface Realm {
  /** It is up, with nothing of the function's in it yet: how long that takes is the host's matter, and no time of AWS's. */
  ready: Promise<void>;
  /** `now` is lab time; after `most` ms of real time the realm may end by itself. */
  send(text: string, now: number, most: number): void;
  /** Who hears the realm from now on; `broken`: it is gone, or said what is no message. */
  listen(hear: (text: unknown) => void, broken: (why: string) => void): void;
  /** Names of the SDK's clients that it has, or can have. */
  readonly clients: readonly string[];
  /** Nobody listens until the next event. */
  rest(): void;
  /** MB that it holds beside Node itself, where the host knows. */
  memory(): number;
  close(): void;
}

/** What Node.js itself takes at Lambda before any code is loaded, MB: an empty function is reported so. */
const nodeMemory = 64;
/** Milliseconds that a start may take. Source: Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle" (Init phase). */
const initTimeout = 10;

export interface Ended {
  answer: FunctionAnswer;
  /** The realm may take another event. */
  again: boolean;
  /** It was gone before it said anything: the event has not been seen by any code. */
  lost: boolean;
}

/** One invocation in a realm, which is a new one or stands warm. Resolves always; what does not work ends with the realm's end. */
export function converse(realm: Realm, run: FunctionRun, inside: Inside, isNew: boolean): Promise<Ended> {
  return new Promise((resolve) => {
    const output = collectOutput();
    let clock: FunctionClock = functionClock(isNew ? { at: run.at, timeout: initTimeout } : run, over);
    let initDuration: number | undefined;
    let closed = false;
    let heard = false;
    let isLost = false;

    function end(answer: (rest: Omit<FunctionAnswer, "outcome" | "payload">) => FunctionAnswer, again = false): void {
      if (closed) return;
      closed = true;
      clock.stand();
      const starting = isNew && initDuration === undefined;
      const elapsed = clock.elapsed();
      if (again) realm.rest();
      else realm.close();
      resolve({
        answer: answer({
          output: output.text(),
          duration: starting ? 0 : elapsed,
          ...(isNew ? { initDuration: initDuration ?? elapsed } : {}),
          memoryUsed: nodeMemory + realm.memory(),
        }),
        again,
        lost: isLost,
      });
    }
    const die = (outcome: Parameters<typeof ended>[0], payload = ""): void => end((rest) => ended(outcome, rest, payload));

    function over(why: "timed-out" | "stopped"): void {
      if (why === "stopped") output.write(stoppedLine(run));
      die(why);
    }
    function tell(message: ToGuest): void {
      if (closed) return;
      clock.go();
      realm.send(JSON.stringify(message), clock.now(), Math.min(Math.max(0, clock.left()), limits.computing) + 1_000);
    }

    async function answer({ id, method, url, headers, body }: Extract<FromGuest, { kind: "request" }>): Promise<void> {
      // In browsers the SDK names itself in a header of its own, because `User-Agent` is the browser's.
      const named = headers["user-agent"] ?? headers["x-amz-user-agent"];
      const reply = await answerInside({ method, url, headers: { ...headers, ...(named ? { "user-agent": named } : {}) }, body: fromBase64(body) }, run, inside, clock.now);
      tell({ kind: "answer", id, ...reply, now: clock.now() });
    }
    async function row({ id, operation, input }: Extract<FromGuest, { kind: "database" }>): Promise<void> {
      const reply = await inside.call({ service: "database", operation, input: input as never });
      tell({ kind: "row", id, ok: reply.ok, content: reply.ok ? reply.output : reply.error, now: clock.now() });
    }
    let calls = 0;
    function ask(message: Extract<FromGuest, { id: number }>): void {
      if (++calls > limits.calls) return die("stopped");
      clock.stand();
      const lost = (problem: unknown): void => {
        if (closed) return;
        output.write(`[Keyhole could not answer a call of this function: ${problem instanceof Error ? problem.message : String(problem)}]\n`);
        die("stopped");
      };
      (message.kind === "request" ? answer(message) : row(message)).catch(lost);
    }
    const invoke = (): void =>
      tell({ kind: "invoke", requestId: run.requestId, functionArn: run.functionArn, event: run.event, deadline: clock.now() + run.timeout * 1000, environment: run.environment, now: clock.now() });

    realm.listen(
      (text) => {
        if (closed) return;
        heard = true;
        const message = readMessage(text);
        if (!message) return broken("sent what is no message");
        switch (message.kind) {
          case "print":
            return void output.write(message.text);
          case "ready":
            if (!isNew || initDuration !== undefined) return broken("began twice");
            clock.stand();
            initDuration = clock.elapsed();
            clock = functionClock({ at: run.at + initDuration, timeout: run.timeout }, over);
            return invoke();
          case "sleep":
            clock.skip(message.ms);
            return clock.left() <= 0 ? over("timed-out") : tell({ kind: "wake", now: clock.now() });
          case "done":
            return end((rest) => ({ outcome: message.outcome, payload: message.payload, ...rest }), !message.over);
          case "exit":
            return die("exited", String(message.code));
          case "memory":
            return die("out-of-memory");
          default:
            return ask(message);
        }
      },
      (why) => broken(why),
    );
    function broken(why: string): void {
      if (closed) return;
      isLost = !heard;
      output.write(`[Keyhole stopped this invocation: its interpreter ${why}.]\n`);
      die("stopped");
    }

    if (!isNew) return invoke();
    const late = setTimeout(() => broken("did not start within a minute"), 60_000);
    realm.ready.then(
      () => {
        clearTimeout(late);
        tell({ kind: "start", runtime: run.runtime, handler: run.handler, environment: run.environment, clients: realm.clients, now: clock.now() });
      },
      (problem: unknown) => {
        clearTimeout(late);
        broken(`did not start: ${problem instanceof Error ? problem.message : String(problem)}`);
      },
    );
  });
}
