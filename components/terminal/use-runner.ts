"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { TerminalHost } from "@/lib/cli/session";

/** Lines that wait to be run from elsewhere on the page. */
export interface RunRequests {
  take(): string | undefined;
  subscribe(listener: () => void): () => void;
}

/**
 * Feeds typed, pasted and requested lines to the shell, one after another. Lines that are not a whole command yet are
 * gathered until they are (`pending`). `stop` is Ctrl-C: it ends what runs and forgets what waits.
 */
export function useRunner(session: TerminalHost, requests?: RunRequests) {
  const [running, setRunning] = useState(false);
  const [pending, setPending] = useState("");
  const queue = useRef<string[]>([]);
  const gathered = useRef("");
  const busy = useRef(false);
  /** A command that waits for a line. */
  const [question, setQuestion] = useState<string>();
  const answer = useRef<((line: string | undefined) => void) | undefined>(undefined);
  const abort = useRef<AbortController | undefined>(undefined);

  const drain = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    try {
      while (queue.current.length) {
        const line = queue.current.shift()!;
        const input = gathered.current ? `${gathered.current}\n${line}` : line;
        if (!gathered.current && !line.trim()) continue;
        if (session.needsMore(input)) {
          gathered.current = input;
          setPending(input);
          continue;
        }
        gathered.current = "";
        setPending("");
        setRunning(true);
        abort.current = new AbortController();
        await session.run(input, {
          signal: abort.current.signal,
          ask(text) {
            // The rest of a paste answers; only then whoever sits there is asked.
            if (queue.current.length) return Promise.resolve(queue.current.shift());
            setQuestion(text);
            return new Promise((resolve) => {
              answer.current = (given) => {
                answer.current = undefined;
                setQuestion(undefined);
                resolve(given);
              };
            });
          },
        });
      }
    } finally {
      abort.current = undefined;
      busy.current = false;
      setRunning(false);
    }
  }, [session]);

  const feed = useCallback(
    (text: string) => {
      queue.current.push(...text.replace(/\r\n?/g, "\n").split("\n"));
      answer.current?.(queue.current.shift());
      void drain();
    },
    [drain],
  );

  const stop = useCallback(() => {
    queue.current = [];
    gathered.current = "";
    setPending("");
    abort.current?.abort();
    answer.current?.(undefined);
  }, []);

  useEffect(() => {
    if (!requests) return;
    const takeAll = (): void => {
      for (let lines = requests.take(); lines !== undefined; lines = requests.take()) feed(lines);
    };
    takeAll();
    return requests.subscribe(takeAll);
  }, [requests, feed]);

  return { running, pending, question, feed, stop };
}
