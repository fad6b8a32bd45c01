"use client";

import { useEffect, useState } from "react";
import type { TerminalHost } from "@/lib/cli/session";
import { runStore, takeRun } from "@/lib/store/run";
import { openWhy } from "@/lib/store/why";
import { openSession, setColumns } from "./open-session";
import { TerminalView } from "./terminal-view";

/** The page's terminal: opens the one session, and runs what lessons ask to be run. Loaded only when it is shown. */
export function Terminal() {
  const [session, setSession] = useState<TerminalHost>();
  const [problem, setProblem] = useState<string>();
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let wanted = true;
    openSession().then(
      (opened) => wanted && setSession(opened),
      (error: unknown) => wanted && setProblem(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      wanted = false;
    };
  }, [attempt]);

  if (problem !== undefined)
    return (
      <div role="alert" className="p-6 text-[0.875rem] text-deny">
        <p>The terminal could not be opened: {problem}</p>
        <button
          type="button"
          className="button mt-3"
          onClick={() => {
            setProblem(undefined);
            setAttempt(attempt + 1);
          }}
        >
          Try again
        </button>
      </div>
    );
  if (!session)
    return (
      <p role="status" className="p-6 text-[0.875rem] text-faint">
        Opening the terminal…
      </p>
    );
  return <TerminalView session={session} onWhy={openWhy} onColumns={setColumns} requests={runRequests} />;
}

const runRequests = {
  take: takeRun,
  subscribe: (listener: () => void) => runStore.subscribe(listener),
};
