"use client";

import { useCallback, useRef, useState } from "react";
import type { Completion, TerminalHost } from "@/lib/cli/session";

export interface OpenList extends Completion {
  /** The line that was asked about, up to the caret, and what stood behind. */
  before: string;
  after: string;
  /** Index of the active one; -1: none yet. */
  active: number;
}

/** What becomes of the line: its text, and where the caret goes. */
export type Put = (text: string, caret: number) => void;

/**
 * Completion of the line. `ask` puts what all answers share into the line, and opens the list if there are several; `refine`
 * asks again while the list is open, and changes nothing. An answer that comes late is dropped.
 */
export function useCompletion(session: TerminalHost, put: Put) {
  const [list, setList] = useState<OpenList>();
  /** Told to whoever cannot see the list. */
  const [said, setSaid] = useState("");
  const latest = useRef(0);

  const close = useCallback((): void => {
    latest.current++;
    setList(undefined);
    setSaid("");
  }, []);

  const query = useCallback(
    async (before: string, after: string): Promise<OpenList | undefined> => {
      const turn = ++latest.current;
      const completion = await session.complete(before);
      return turn === latest.current ? { ...completion, before, after, active: -1 } : undefined;
    },
    [session],
  );

  const show = useCallback((open: OpenList): void => {
    setList(open);
    setSaid(`${open.more ? "More than " : ""}${open.candidates.length} possible. Arrow keys move, Enter takes one, Escape closes.`);
  }, []);

  const ask = useCallback(
    async (before: string, after: string): Promise<void> => {
      const open = await query(before, after);
      if (!open) return;
      const { candidates, from } = open;
      if (!candidates.length) {
        setList(undefined);
        setSaid("Nothing to complete.");
        return;
      }
      const common = commonStart(candidates);
      const typed = before.slice(from);
      const longer = common.length > typed.length ? before.slice(0, from) + common : before;
      if (longer !== before) put(longer + after, longer.length);
      if (candidates.length > 1) show({ ...open, before: longer });
      else {
        setList(undefined);
        setSaid(`Completed: ${common.trim()}`);
      }
    },
    [query, put, show],
  );

  const refine = useCallback(
    async (before: string, after: string): Promise<void> => {
      const open = await query(before, after);
      if (!open) return;
      if (open.candidates.length) show(open);
      else close();
    },
    [query, show, close],
  );

  /** Puts a candidate in place of the word. */
  const choose = useCallback(
    (index: number): void => {
      if (!list) return;
      const text = list.before.slice(0, list.from) + list.candidates[index];
      put(text + list.after, text.length);
      close();
      setSaid(`Completed: ${list.candidates[index].trim()}`);
    },
    [list, put, close],
  );

  /** Next (1) or previous (-1), round and round. */
  const move = useCallback((by: 1 | -1): void => {
    setList((open) => {
      if (!open) return open;
      const count = open.candidates.length;
      return { ...open, active: open.active < 0 ? (by > 0 ? 0 : count - 1) : (open.active + by + count) % count };
    });
  }, []);

  return { list, said, ask, refine, choose, move, close };
}

export function commonStart(words: readonly string[]): string {
  let length = words[0].length;
  for (const word of words) while (!word.startsWith(words[0].slice(0, length))) length--;
  return words[0].slice(0, length);
}
