"use client";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { AccountStatus } from "../fm-types";

export interface Sum {
  compliant: number;
  noncompliant: number;
  /** Not evaluated, or not to be evaluated. */
  unknown: number;
  resources: number;
}

export type AccountState = "compliant" | "noncompliant" | "waiting" | "problem";

/** How an account stands to a policy, by its last evaluation. */
export function stateOf({ EvaluationResults, LastUpdated, IssueInfoMap }: AccountStatus): AccountState {
  if (EvaluationResults.some(({ ComplianceStatus }) => ComplianceStatus === "NON_COMPLIANT")) return "noncompliant";
  if (LastUpdated === undefined) return "waiting";
  return EvaluationResults.length && !Object.keys(IssueInfoMap ?? {}).length ? "compliant" : "problem";
}

export const violatorsOf = ({ EvaluationResults }: AccountStatus): number => EvaluationResults.reduce((sum, { ViolatorCount }) => sum + ViolatorCount, 0);

export function sumOf(all: readonly AccountStatus[]): Sum {
  const states = all.map(stateOf);
  const count = (...wanted: AccountState[]): number => states.filter((state) => wanted.includes(state)).length;
  return { compliant: count("compliant"), noncompliant: count("noncompliant"), unknown: count("waiting", "problem"), resources: all.reduce((sum, each) => sum + violatorsOf(each), 0) };
}

const accounts = (count: number): string => `${count} ${count === 1 ? "account" : "accounts"}`;

/** All accounts of a policy in a word or two. */
export function Compliance({ compliant, noncompliant, unknown }: Sum) {
  if (!compliant && !noncompliant && !unknown) return <StatusIndicator type="stopped">None in scope</StatusIndicator>;
  return (
    <span className="fm-states">
      {noncompliant > 0 && <StatusIndicator type="error">{accounts(noncompliant)} noncompliant</StatusIndicator>}
      {compliant > 0 && <StatusIndicator type="success">{accounts(compliant)} compliant</StatusIndicator>}
      {unknown > 0 && <StatusIndicator type="pending">{accounts(unknown)} not known</StatusIndicator>}
    </span>
  );
}

const words = { compliant: ["success", "Compliant"], noncompliant: ["error", "Noncompliant"], waiting: ["pending", "Not evaluated yet"], problem: ["warning", "Not known"] } as const;

export function AccountCompliance({ status }: { status: AccountStatus }) {
  const [type, text] = words[stateOf(status)];
  return <StatusIndicator type={type}>{text}</StatusIndicator>;
}
