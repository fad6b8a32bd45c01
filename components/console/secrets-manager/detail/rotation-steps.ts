import type { JournalEntry } from "@/lib/engine/types";

/** One step of a rotation, as the lab recorded it. */
export interface RotationStep {
  seq: number;
  /** Lab time, ms. */
  at: number;
  /** `createSecret`; of managed rotation too. */
  step: string;
  ok: boolean;
  problem?: string;
}

interface StepJob {
  kind: string;
  args: { ARN?: string; step?: string };
}

/** The steps of one secret's rotations in a journal, oldest first. What came of each stands in its trace. */
export function rotationSteps(journal: readonly JournalEntry[], arn: string): RotationStep[] {
  return journal.flatMap(({ kind, seq, at, job, changes, trace }) => {
    if (kind !== "job" || trace.service !== "secretsmanager" || trace.operation !== "RotationStep") return [];
    const taken = changes.find(({ service, table, id }) => service === "lab" && table === "jobs" && id === job)?.before as StepJob | undefined;
    if (taken?.args.ARN !== arn || !taken.args.step) return [];
    const check = trace.steps.findLast((step) => step.kind === "check" && !step.ok) ?? trace.steps.findLast((step) => step.kind === "check");
    const ok = check?.kind === "check" ? check.ok : true;
    return [{ seq, at, step: taken.args.step, ok, ...(ok || check?.kind !== "check" || check.detail === undefined ? {} : { problem: check.detail }) }];
  });
}
