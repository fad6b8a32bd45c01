import type { RunOutput } from "@/lib/engine/architecture/output";
import { type ProtectionName, protectionNames } from "@/lib/engine/architecture/names";
import type { AttackName } from "@/lib/engine/architecture/names";
import type { JsonObject, Step } from "@/lib/engine/types";
import type { Answered, Asked } from "./worker";

export interface Setting {
  attack: AttackName;
  /** Those that stand. */
  protections: readonly ProtectionName[];
  loseZone: boolean;
}

export interface Ran {
  output: RunOutput;
  /** What the engine noted on its trace. */
  steps: Step[];
}

interface Waiting {
  /** Asked for ahead of others: somebody is waiting to see it. */
  first: boolean;
  key: string;
  asked: Asked;
  done(ran: Ran): void;
  failed(problem: Error): void;
}

const keyOf = ({ attack, protections, loseZone }: Setting): string => `${attack} ${protectionNames.filter((name) => protections.includes(name)).join()} ${loseZone}`;

/**
 * Asks a worker for runs, one after another: what is asked `first` before what waits. Runs are kept, since the same setting gives the same
 * answer.
 */
export class Runner {
  #worker: Worker | undefined;
  readonly #known = new Map<string, Ran>();
  readonly #waiting: Waiting[] = [];
  #running: Waiting | undefined;
  #ids = 0;

  /** An answer that is there already. */
  known(setting: Setting): Ran | undefined {
    return this.#known.get(keyOf(setting));
  }

  run(setting: Setting, { first = false } = {}): Promise<Ran> {
    const key = keyOf(setting);
    const known = this.#known.get(key);
    if (known) return Promise.resolve(known);
    return new Promise((done, failed) => {
      const input: JsonObject = { Attack: setting.attack, Protections: [...setting.protections], LoseZone: setting.loseZone };
      const entry: Waiting = { first, key, asked: { id: ++this.#ids, input }, done, failed };
      if (first) this.#waiting.unshift(entry);
      else this.#waiting.push(entry);
      this.#next();
    });
  }

  /** Forgets what waits, but for what was asked `first`; what runs comes to its end. */
  drop(): void {
    this.#waiting.splice(0, Infinity, ...this.#waiting.filter(({ first }) => first));
  }

  stop(): void {
    this.#waiting.length = 0;
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#running = undefined;
  }

  #next(): void {
    if (this.#running) return;
    const entry = (this.#running = this.#waiting.shift());
    if (!entry) return;
    const known = this.#known.get(entry.key);
    if (known) {
      this.#running = undefined;
      entry.done(known);
      return this.#next();
    }
    this.#wake().postMessage(entry.asked);
  }

  #wake(): Worker {
    if (this.#worker) return this.#worker;
    const worker = (this.#worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "architecture" }));
    const finish = (end: (entry: Waiting) => void): void => {
      const entry = this.#running;
      this.#running = undefined;
      if (entry) end(entry);
      this.#next();
    };
    worker.onmessage = ({ data }: MessageEvent<Answered>) =>
      finish((entry) => {
        if (!data.ok) return entry.failed(new Error(data.problem));
        const ran: Ran = { output: data.output as unknown as RunOutput, steps: data.steps };
        if (this.#known.size >= 200) this.#known.clear();
        this.#known.set(entry.key, ran);
        entry.done(ran);
      });
    worker.onerror = (event) => finish((entry) => entry.failed(new Error(event.message || "The worker could not be started.")));
    return worker;
  }
}
