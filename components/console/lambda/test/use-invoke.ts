"use client";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { toBase64, utf8 } from "@/lib/engine/crypto/bytes";
import { useLabCall, useWhere } from "../../frame/lab";
import type { Refusal } from "../../frame/use-load";
import { named } from "../load-functions";
import type { Subject } from "../lambda-types";

interface Run {
  busy: boolean;
  /** ms of the browser's clock. */
  since?: number;
  /** The last one that ended. */
  seq?: number;
  refused?: Refusal;
}

/** By scope and function. Outside React: an invocation goes on while the learner looks at another tab of its page. */
const runs = createStore<Record<string, Run | undefined>>(() => ({}));
const idle: Run = { busy: false };

export interface Invoking extends Run {
  /** Answers with the position in the journal of what was called. */
  invoke(event: string, asynchronous: boolean): Promise<number>;
  clear(): void;
}

/** Invokes a function, or a version or alias of it, as the console does. */
export function useInvoke(subject: Subject): Invoking {
  const { scope } = useWhere();
  const call = useLabCall();
  const key = `${scope}|${subject.name}|${subject.qualifier ?? ""}`;
  const run = useStore(runs, (all) => all[key]) ?? idle;
  return {
    ...run,
    async invoke(event, asynchronous) {
      runs.setState({ [key]: { busy: true, since: Date.now() } });
      const input = { ...named(subject), InvocationType: asynchronous ? "Event" : "RequestResponse", Payload: toBase64(utf8(event)), ...(asynchronous ? {} : { LogType: "Tail" }) };
      try {
        const reply = await call("lambda", "Invoke", input);
        runs.setState({ [key]: { busy: false, seq: reply.seq, ...(!reply.ok && { refused: { service: "lambda", operation: "Invoke", reply } }) } });
        return reply.seq;
      } catch (problem) {
        runs.setState({ [key]: idle });
        throw problem;
      }
    },
    clear: () => runs.setState({ [key]: idle }),
  };
}
