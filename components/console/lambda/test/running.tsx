"use client";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import Alert from "@cloudscape-design/components/alert";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import { interpreters, type Progress } from "@/lib/store/functions/progress";
import { isPython } from "../lambda-types";

/** An invocation under way: what it still waits for, or how long it has run, of how long it may. */
export function Running({ runtime, since, timeout }: { runtime: string; since?: number; timeout: number }) {
  const python = useStore(interpreters, (state) => state.python);
  const waits = isPython(runtime) && python.state !== "ready" && python.state !== "failed";
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  // The function's time begins when the interpreter is there.
  const begun = useRef(since ?? now);
  if (waits) begun.current = now;
  const seconds = Math.max(0, (now - begun.current) / 1000);
  return (
    <Alert type="info" header={waits ? "Getting Python ready" : "Executing function"} data-testid="running">
      {waits ? (
        <ProgressBar value={python.total ? (python.loaded / python.total) * 100 : 0} ariaLabel="Python" additionalInfo={`${loadingWords(python)} This page does it once; the function’s time has not begun.`} />
      ) : (
        <ProgressBar value={Math.min(100, (seconds / timeout) * 100)} ariaLabel="Time that the function has run" additionalInfo={`${seconds.toFixed(0)} s of at most ${timeout} s.`} />
      )}
    </Alert>
  );
}

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);

const loadingWords = ({ state, loaded, total }: Progress): string => (state === "loading" ? `Loading Python: ${megabytes(loaded)} of ${megabytes(total)} MB.` : "Starting Python.");
