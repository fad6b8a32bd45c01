"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { JsonObject, Reply } from "@/lib/engine/types";
import { loadsHeld } from "./hold-loads";
import { useLabCall, useWhere, wakeLab } from "./lab";
import { usePlace } from "./place";

/** A call that AWS refused, kept whole so that Why? can open it. */
export interface Refusal {
  service: string;
  operation: string;
  reply: Extract<Reply, { ok: false }>;
}

/** `region` is for what spans Regions, such as multi-Region keys; else the Region of the top bar is asked. */
export type Ask = <Output = any>(service: string, operation: string, input?: JsonObject, region?: string) => Promise<Output>;

const REFUSED = Symbol("refused");
type Thrown = { [REFUSED]: Refusal };

/** The refusal inside something that an `Ask` threw; anything else is a fault of ours and is thrown on. */
export function refusalOf(thrown: unknown): Refusal {
  if (typeof thrown === "object" && thrown !== null && REFUSED in thrown) return (thrown as Thrown)[REFUSED];
  throw thrown;
}

/** What an `Ask` throws. */
export const asThrown = (refused: Refusal): object => ({ [REFUSED]: refused }) satisfies Thrown;

/** For `catch`: refusals with this code are as good as done; all others are thrown on. */
export const unless =
  (code: string) =>
  (thrown: unknown): void => {
    if (refusalOf(thrown).reply.error.code !== code) throw thrown;
  };

/** For `catch`: what is refused is left out; our own faults are thrown on. */
export const leaveOut = (thrown: unknown): undefined => void refusalOf(thrown);

/** The lab's door for code that wants outputs one after another: an error reply is thrown and `refusalOf` reads it. */
export function useAsk(): Ask {
  const call = useLabCall();
  return useCallback<Ask>(
    async (service, operation, input = {}, region) => {
      const reply = await call(service, operation, input, region);
      if (reply.ok) return reply.output as never;
      throw asThrown({ service, operation, reply });
    },
    [call],
  );
}

export interface Loaded<T> {
  data?: T;
  refused?: Refusal;
  loading: boolean;
  reload(): void;
}

/**
 * Reads from the lab, and again whenever the lab, the identity or the Region changes. What was read stays on the
 * screen while it is read again; after a change of caller or Region it does not.
 * `key` names what is read: a new key drops the old data. Undefined reads nothing.
 */
export function useLoad<T>(key: string | undefined, load: (ask: Ask) => Promise<T>): Loaded<T> {
  const ask = useAsk();
  const { shown, watches } = usePlace();
  const { scope, revision, ready } = useWhere(watches);
  const held = useStore(loadsHeld, ({ holds }) => holds > 0);
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<{ of?: string; data?: T; refused?: Refusal; loading: boolean }>({ loading: true });
  const latest = useRef(load);
  latest.current = load;
  const of = key === undefined ? undefined : `${scope}|${key}`;

  const done = useRef<string>(undefined);
  const moment = `${of} ${revision} ${turn}`;

  useEffect(() => {
    // Coming back from behind another tab asks only what may have changed meanwhile.
    if (of === undefined || !shown || held || done.current === moment) return;
    // Opening the lab moves its versions: asked before, everything would be asked twice.
    if (!ready) return wakeLab();
    let current = true;
    setState((before) => (before.of === of ? { ...before, loading: true } : { of, loading: true }));
    latest
      .current(ask)
      .then((data) => ({ of, data, loading: false }))
      .catch((thrown: unknown) => ({ of, refused: refusalOf(thrown), loading: false }))
      .then((next) => {
        if (!current) return;
        done.current = moment;
        setState(next);
      });
    return () => {
      current = false;
    };
  }, [of, ask, moment, shown, held, ready]);

  const reload = useCallback(() => setTurn((n) => n + 1), []);
  if (of === undefined) return { loading: false, reload };
  return state.of === of ? { ...state, reload } : { loading: true, reload };
}

/** All pages of a listing: `page` gets the marker and returns the items and the next marker. */
export async function allPages<Item>(page: (marker?: string) => Promise<{ items: Item[]; next?: string }>, most = 100): Promise<Item[]> {
  const items: Item[] = [];
  let marker: string | undefined;
  for (let turn = 0; turn < most; turn++) {
    const answer = await page(marker);
    items.push(...answer.items);
    if (!answer.next) break;
    marker = answer.next;
  }
  return items;
}
