"use client";
import { useMemo, useState } from "react";
import Button from "@cloudscape-design/components/button";
import { advance, theLab } from "@/lib/store/lab-store";
import { useLab } from "@/lib/store/react";
import { useNow } from "../../frame/lab";
import { absoluteTime, relativeTime } from "../../frame/time-words";

/** More jobs than this the lab is not asked for. */
const most = 5_000;

/** When the clock comes to a policy again, in ms of the lab's time; undefined while nothing is due. */
export function useNextEvaluation(id: string): number | undefined {
  const journal = useLab((state) => state.journal);
  return useMemo(
    () =>
      theLab()
        ?.upcoming(most)
        .find(({ service, kind, args }) => service === "fms" && kind === "evaluate" && args.PolicyId === id)?.due,
    // The journal stands for the lab, which is no state of React's.
    [journal, id],
  );
}

/** `00:38 UTC`: a policy never waits for longer than a day. */
const clock = (ms: number): string => absoluteTime(ms).split(", ").at(-1)!;

/** "Waits until …", with a button that moves the lab's clock there. */
export function NextEvaluation({ id }: { id: string }) {
  const due = useNextEvaluation(id);
  const [busy, setBusy] = useState(false);
  const now = useNow();
  if (due === undefined) return <>-</>;
  const go = async () => {
    setBusy(true);
    const lab = theLab();
    if (lab) await advance(Math.max(0, due - lab.now())).catch(() => undefined);
    setBusy(false);
  };
  return (
    <span className="fm-next">
      <span>
        Waits until <time dateTime={new Date(due).toISOString()}>{clock(due)}</time>, {relativeTime(due, now)}
      </span>
      <Button variant="inline-link" loading={busy} onClick={() => void go()} ariaLabel="Move the clock to the next evaluation" data-testid="go-to-evaluation">
        Move the clock there
      </Button>
    </span>
  );
}
