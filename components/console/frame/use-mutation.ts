"use client";
import { useCallback, useState } from "react";
import { asOne } from "./lab";
import { holdLoads } from "./hold-loads";
import { useAsk, refusalOf, type Ask, type Refusal } from "./use-load";

export interface Mutation {
  busy: boolean;
  refused?: Refusal;
  /** Runs calls in order; true when all were accepted. The first refusal ends the run and is kept. */
  run(work: (ask: Ask) => Promise<void>): Promise<boolean>;
  clear(): void;
}

/** One thing that a form or button does. Several calls may belong to it (CreateKey, then CreateAlias). */
export function useMutation(): Mutation {
  const ask = useAsk();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refusal>();

  const run = useCallback(
    async (work: (ask: Ask) => Promise<void>) => {
      setBusy(true);
      setRefused(undefined);
      const release = holdLoads();
      try {
        // What a form does in several calls is one thing to undo.
        await asOne(undefined, () => work(ask));
        return true;
      } catch (thrown) {
        setRefused(refusalOf(thrown));
        return false;
      } finally {
        setBusy(false);
        // After whoever waits for the result: a page that goes away with what it showed must not ask for it once more.
        setTimeout(release);
      }
    },
    [ask],
  );
  const clear = useCallback(() => setRefused(undefined), []);
  return { busy, refused, run, clear };
}
