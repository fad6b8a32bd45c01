"use client";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Reply } from "@/lib/engine/types";
import { holdLoads } from "../../frame/hold-loads";
import { advance, asOne, useLabCall } from "../../frame/lab";
import type { Refusal } from "../../frame/use-load";

export const speeds = [1, 5, 15, 60] as const;
export type Speed = (typeof speeds)[number];

/** How often the graphs move, ms: often enough to look alive, seldom enough that the journal is not filled with slivers. */
const periodOf = (speed: Speed): number => (speed === 1 ? 1_000 : speed === 5 ? 500 : 300);
export const stepMs = 10_000;
/** A call is to take about so long, ms: between calls the page answers. */
const goal = 40;
const [fewest, mostRequests] = [100, 2_000];

export interface Player {
  playing: boolean;
  /** Something is being sent. */
  busy: boolean;
  speed: Speed;
  /** How fast it really goes; undefined before it was measured. */
  reached?: number;
  refused?: Refusal;
  /** Counts up when there is something new to draw. */
  turn: number;
  play(): void;
  pause(): void;
  step(): void;
  setSpeed(speed: Speed): void;
  /** Has everything drawn anew. */
  refresh(): void;
  clear(): void;
}

/**
 * Plays a stream on the lab's clock: moves the clock on and lets it send what has become due, in slices. It goes on from where it
 * stood: the time in which nobody played does not count. Ends when the page is left, when nothing comes any more, or at a refusal.
 */
export function usePlayer(StreamId: string, shown: boolean): Player {
  const call = useLabCall();
  const [state, setState] = useState<{ playing: boolean; busy: boolean; reached?: number; refused?: Refusal; turn: number }>({ playing: false, busy: false, turn: 0 });
  const [speed, setSpeed] = useState<Speed>(15);
  const now = useRef({ speed, budget: 200, run: 0 });
  now.current.speed = speed;

  /** Everything until the lab's now; true: there is more to come. */
  const catchUp = useCallback(
    async (run: number, resume: boolean): Promise<boolean> => {
      for (let first = resume; now.current.run === run; first = false) {
        const begun = performance.now();
        const reply: Reply = await call("traffic", "SendTraffic", { StreamId, MaxRequests: now.current.budget, ...(first ? { Resume: true } : {}) });
        const took = performance.now() - begun;
        if (!reply.ok) {
          setState((before) => ({ ...before, refused: { service: "traffic", operation: "SendTraffic", reply } }));
          return false;
        }
        if (reply.output.Requests === now.current.budget || took > goal) now.current.budget = Math.round(Math.min(mostRequests, Math.max(fewest, now.current.budget * Math.min(1.5, Math.max(0.5, goal / took)))));
        if (reply.output.Over) return false;
        if (reply.output.Reached) return true;
        // A task of its own: what was pressed meanwhile comes first.
        await pause(0);
      }
      return false;
    },
    [call, StreamId],
  );

  const run = useCallback(
    async (turns: number) => {
      const mine = ++now.current.run;
      const alive = (): boolean => now.current.run === mine;
      const release = holdLoads();
      setState((before) => ({ ...before, playing: turns === Infinity, busy: true, refused: undefined, reached: undefined }));
      try {
        let more = await catchUp(mine, true);
        let last = performance.now();
        for (let left = turns; more && left > 0 && alive(); left--) {
          const period = periodOf(now.current.speed);
          const wanted = turns === Infinity ? now.current.speed * period : stepMs;
          const began = performance.now();
          // The lab's clock goes by itself as well.
          const ahead = Math.max(0, wanted - (turns === Infinity ? began - last : 0));
          more = await asOne("traffic for a moment", async () => {
            if (ahead >= 1) await advance(Math.round(ahead));
            return catchUp(mine, false);
          });
          last = began;
          if (!alive()) break;
          const rest = period - (performance.now() - began);
          await pause(turns === Infinity ? Math.max(0, rest) : 0);
          const speedNow = wanted / Math.max(1, performance.now() - began);
          setState((before) => ({ ...before, turn: before.turn + 1, ...(turns === Infinity ? { reached: before.reached === undefined ? speedNow : before.reached * 0.7 + speedNow * 0.3 } : {}) }));
        }
      } finally {
        release();
        if (alive()) setState((before) => ({ ...before, playing: false, busy: false, turn: before.turn + 1 }));
      }
    },
    [catchUp],
  );

  const stop = useCallback(() => {
    now.current.run++;
    setState((before) => ({ ...before, playing: false, busy: false, turn: before.turn + 1 }));
  }, []);
  useEffect(() => {
    if (!shown) stop();
  }, [shown, stop]);
  useEffect(() => {
    const { current } = now;
    return () => void current.run++;
  }, [StreamId]);

  return useMemo(
    () => ({
      ...state,
      speed,
      play: () => void run(Infinity),
      pause: stop,
      step: () => void run(1),
      setSpeed,
      refresh: () => setState((before) => ({ ...before, turn: before.turn + 1 })),
      clear: () => setState((before) => ({ ...before, refused: undefined })),
    }),
    [state, speed, run, stop],
  );
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
