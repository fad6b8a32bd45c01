"use client";
import { useEffect, useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import { isPython } from "../lambda-types";

/** An invocation under way: how long it has run, of how long it may. */
export function Running({ runtime, since, timeout }: { runtime: string; since?: number; timeout: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, (now - (since ?? now)) / 1000);
  return (
    <Alert type="info" header="Executing function" data-testid="running">
      <ProgressBar
        value={Math.min(100, (seconds / timeout) * 100)}
        ariaLabel="Time that the function has run"
        additionalInfo={`${seconds.toFixed(0)} s of at most ${timeout} s${isPython(runtime) && seconds > 1 ? ". The first run of Python in a page also loads Python itself." : ""}`}
      />
    </Alert>
  );
}
