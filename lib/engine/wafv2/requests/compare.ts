import type { CompiledWebAcl } from "../inspect/compile";
import type { SavedRequest } from "./saved";
import { type Arrival, wafRequest } from "./sent";
import type { Client } from "./types";
import { type RuleNamed, type Verdict, verdictOf, verdictOutcomes, type VerdictOutcome } from "./verdict";

/** How many of which became what. */
export type Confusion = Record<"harmful" | "harmless", Record<VerdictOutcome, number>>;

export interface ComparedRow {
  id: string;
  harmful: boolean;
  before: Verdict;
  after: Verdict;
  /** `outcome`: it ends otherwise; `rule`: it ends the same, by another rule or counted by others. */
  changed: "no" | "outcome" | "rule";
}

export interface Comparison {
  rows: ComparedRow[];
  before: Confusion;
  after: Confusion;
  changed: number;
}

export interface Progress {
  done: number;
  of: number;
}

export const emptyConfusion = (): Confusion => {
  const none = () => Object.fromEntries(verdictOutcomes.map((outcome) => [outcome, 0])) as Record<VerdictOutcome, number>;
  return { harmful: none(), harmless: none() };
};

const named = ({ rule, within }: RuleNamed): string => JSON.stringify([rule, within]);

/** What changed of one request. */
export function changeOf(before: Verdict, after: Verdict): ComparedRow["changed"] {
  if (before.action !== after.action || before.outcome !== after.outcome) return "outcome";
  const same = named(before.decided) === named(after.decided) && before.counted.map(named).join() === after.counted.map(named).join();
  return same ? "no" : "rule";
}

/**
 * A set of requests against two versions of a web ACL, `step` of them between two yields, so that a page can draw in between.
 * Each request is inspected for itself: rate-based rules begin with nothing counted, so they limit nothing here.
 * `sender` stands in for requests that do not say who sends them. The generator returns the comparison.
 */
export function* compare(
  requests: readonly Pick<SavedRequest, "id" | "harmful" | "message" | "client">[],
  acls: { before: CompiledWebAcl; after: CompiledWebAcl },
  arrival: Arrival,
  sender: Client,
  step = 10,
): Generator<Progress, Comparison> {
  const comparison: Comparison = { rows: [], before: emptyConfusion(), after: emptyConfusion(), changed: 0 };
  for (const [at, { id, harmful, message, client = sender }] of requests.entries()) {
    if (at && at % step === 0) yield { done: at, of: requests.length };
    const request = wafRequest(message, client, arrival);
    const [before, after] = [verdictOf(acls.before.inspect(request)), verdictOf(acls.after.inspect(request))];
    const row: ComparedRow = { id, harmful, before, after, changed: changeOf(before, after) };
    comparison.rows.push(row);
    const kind = harmful ? "harmful" : "harmless";
    comparison.before[kind][before.outcome]++;
    comparison.after[kind][after.outcome]++;
    if (row.changed !== "no") comparison.changed++;
  }
  return comparison;
}

/** Runs it to its end at once. */
export function compared(...given: Parameters<typeof compare>): Comparison {
  const steps = compare(...given);
  for (let next = steps.next(); ; next = steps.next()) if (next.done) return next.value;
}
