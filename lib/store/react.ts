"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { AwsError, JsonObject, Reply } from "../engine/types";
import { type CallOptions, type LabState, call, labStore, openLab, versionOf } from "./lab-store";

/** Selects narrowly from the lab's state. */
export const useLab = <T>(select: (state: LabState) => T): T => useStore(labStore, select);

/** A reply that is kept up to date. While it is asked anew, the last output stays. */
export interface LiveReply<O = any> {
  loading: boolean;
  ok: boolean;
  output?: O;
  error?: AwsError;
  /** Position of the call in the journal, for Why? */
  seq?: number;
  /** Asks again now. */
  again(): void;
}

/** Questions that are the same at the same moment are asked once, however many components ask them. */
const asked = new Map<string, { version: string; reply: Promise<Reply> }>();

function ask(key: string, version: string, service: string, operation: string, input: JsonObject, options: CallOptions): Promise<Reply> {
  const known = asked.get(key);
  if (known?.version === version) return known.reply;
  const reply = call(service, operation, input, options);
  asked.set(key, { version, reply });
  if (asked.size > 200) asked.delete(asked.keys().next().value!);
  return reply;
}

/**
 * Asks the lab by a read operation, as the chosen identity in the chosen Region, and asks again when that may have changed
 * the answer: another identity, a change of this service's records, a change of IAM. `input: undefined` asks nothing yet.
 *
 *     const status = useReply("kms", "GetKeyRotationStatus", { KeyId });
 *     return status.ok ? <Rotation {...status.output} /> : …
 */
export function useReply<O = any>(
  service: string,
  operation: string,
  input: JsonObject | undefined = {},
  options: CallOptions & { skip?: boolean } = {},
): LiveReply<O> {
  const { skip, door = "console", region, caller } = options;
  const version = useLab((state) => versionOf(state, service));
  const identity = useLab((state) => state.identity);
  const place = { door, region: region ?? identity.region, caller: caller ?? identity.caller };
  const question = JSON.stringify([service, operation, input, place]);
  const [state, setState] = useState<{ question?: string; reply?: Reply }>({});
  const [round, setRound] = useState(0);
  const latest = useRef({ input, place });
  latest.current = { input, place };

  useEffect(() => {
    if (skip) return;
    let wanted = true;
    void openLab().then(
      () => {
        // The version may have moved while the lab was opening; the effect then runs again and this round is dropped.
        const now = `${versionOf(labStore.getState(), service)}.${round}`;
        void ask(question, now, service, operation, latest.current.input ?? {}, latest.current.place).then((reply) => {
          if (wanted) setState({ question, reply });
        });
      },
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [question, version, round, skip, service, operation]);

  const again = useCallback(() => setRound((n) => n + 1), []);
  const reply = state.question === question ? state.reply : undefined;
  if (!reply) return { loading: !skip, ok: false, again };
  return reply.ok
    ? { loading: false, ok: true, output: reply.output as O, seq: reply.seq, again }
    : { loading: false, ok: false, error: reply.error, seq: reply.seq, again };
}
