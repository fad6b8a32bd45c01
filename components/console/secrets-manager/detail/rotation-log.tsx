"use client";
import { useMemo } from "react";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import type { JournalEntry } from "@/lib/engine/types";
import { openWhy, useJournal } from "../../frame/lab";
import { LabTime } from "../../frame/lab-time";
import { rotationSteps, type RotationStep } from "./rotation-steps";

/** The steps of this secret's rotations, newest first, each with its Why?. */
export function RotationLog({ arn }: { arn: string }) {
  const journal = useJournal();
  const steps = useMemo(() => rotationSteps(journal as readonly JournalEntry[], arn).reverse().slice(0, 40), [journal, arn]);
  return (
    <Table<RotationStep>
      data-testid="rotation-steps"
      header={<Header variant="h2" description="As this lab recorded them. AWS shows them in the function's log and in CloudTrail.">Steps of its rotations</Header>}
      items={steps}
      trackBy={({ seq }) => String(seq)}
      columnDefinitions={[
        { id: "step", header: "Step", cell: ({ step }) => step, isRowHeader: true },
        { id: "at", header: "When", cell: ({ at }) => <LabTime seconds={at / 1000} /> },
        { id: "outcome", header: "Outcome", cell: ({ ok, problem }) => <StatusIndicator type={ok ? "success" : "error"}>{ok ? "Done" : (problem ?? "Failed")}</StatusIndicator> },
        {
          id: "why",
          header: "Why?",
          cell: ({ seq, step }) => (
            <Button variant="inline-link" ariaLabel={`Why? ${step}`} onClick={() => openWhy(seq)}>
              Why?
            </Button>
          ),
        },
      ]}
      empty="Nothing was rotated in this lab so far."
    />
  );
}
