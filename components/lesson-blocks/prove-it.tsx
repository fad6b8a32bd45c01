"use client";

import { useState } from "react";
import { createPortal } from "react-dom";
import type { ProofResult, Source } from "@/lib/lessons/types";
import { Dialog } from "../ui/dialog";
import styles from "./blocks.module.css";
import { ProofSteps } from "./proof-steps";

interface ProveItProps {
  id: string;
  sentence: string;
  hasProof: boolean;
  source?: Source;
}

type Run = { state: "running" } | { state: "done"; result: ProofResult; ms: number } | { state: "failed"; why: string };

/** The button behind a claim. The proofs and the engine are fetched when it is first pressed. */
export function ProveIt({ id, sentence, hasProof, source }: ProveItProps) {
  const [open, setOpen] = useState(false);
  const [everOpen, setEverOpen] = useState(false);
  const [run, setRun] = useState<Run>();

  async function prove() {
    setRun({ state: "running" });
    try {
      const [{ claimById }, { runProof }] = await Promise.all([import("@/content/claims"), import("@/lib/lessons/proof")]);
      const before = performance.now();
      const result = await runProof(claimById(id)!.proof!);
      setRun({ state: "done", result, ms: performance.now() - before });
    } catch (problem) {
      setRun({ state: "failed", why: problem instanceof Error ? problem.message : String(problem) });
    }
  }

  function show() {
    setEverOpen(true);
    setOpen(true);
    if (hasProof && !run) void prove();
  }

  const words = hasProof ? "Prove it" : "Source";
  return (
    <>
      <button type="button" className={hasProof ? styles.prove : `${styles.prove} ${styles.source}`} onClick={show} aria-label={`${words}: ${sentence}`}>
        {words}
      </button>
      {everOpen
        ? createPortal(
            <Dialog open={open} onClose={() => setOpen(false)} title={sentence} aside={<span className="mt-1.5 font-mono text-xs text-faint">{id}</span>} place={hasProof ? "side" : "middle"}>
              <div className="px-5 py-4">
                {hasProof ? <Proof run={run} again={() => void prove()} /> : null}
                {source ? <SourceLine source={source} alone={!hasProof} /> : null}
              </div>
            </Dialog>,
            document.body,
          )
        : null}
    </>
  );
}

function Proof({ run, again }: { run?: Run; again(): void }) {
  if (!run || run.state === "running") return <p role="status" className="text-soft">Running in a fresh lab…</p>;
  if (run.state === "failed")
    return (
      <p role="alert" className="text-deny">
        The proof could not be run: {run.why}
      </p>
    );
  return <ProofSteps result={run.result} ms={run.ms} again={again} />;
}

function SourceLine({ source, alone }: { source: Source; alone: boolean }) {
  return (
    <p className={alone ? "text-sm" : "mt-6 border-t border-rule pt-4 text-sm"}>
      <span className="overline mr-2">Source</span>
      {source.url ? (
        <a className="link" href={source.url} rel="noreferrer">
          {source.text}
        </a>
      ) : (
        source.text
      )}
      , {source.date}.{alone ? <span className="mt-2 block text-soft">Keyhole’s engine cannot show this one; it rests on this source.</span> : null}
    </p>
  );
}
