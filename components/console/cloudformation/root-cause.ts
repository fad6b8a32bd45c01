import type { JournalEntry } from "@/lib/engine/types";
import { isUnderWay } from "./stack-status";
import type { StackEvent } from "./cfn-types";

/** What follows from another failure says no more than that. */
const FOLLOWS = /^Resource (creation|update|deletion) cancelled$|^The following resource\(s\) failed/;

/**
 * The event that made the last operation fail: the first failure with a reason of its own since the operation began.
 * `events` are newest first. Undefined where nothing failed.
 */
export function rootCause(events: readonly StackEvent[], stackName: string): StackEvent | undefined {
  const begin = events.findIndex(({ LogicalResourceId, ResourceStatus }) => LogicalResourceId === stackName && isUnderWay(ResourceStatus) && !ResourceStatus.includes("ROLLBACK") && !ResourceStatus.includes("CLEANUP"));
  const operation = begin < 0 ? events : events.slice(0, begin + 1);
  return operation.findLast(({ LogicalResourceId, ResourceStatus, ResourceStatusReason = "" }) => LogicalResourceId !== stackName && ResourceStatus.endsWith("_FAILED") && !FOLLOWS.test(ResourceStatusReason));
}

/** The entry of the journal in which the stack wrote this event: its Why?. Undefined where the journal no longer has it. */
export const entryOf = (event: Pick<StackEvent, "EventId">, journal: readonly JournalEntry[]): JournalEntry | undefined =>
  journal.findLast(({ changes }) => changes.some(({ service, table, after }) => service === "cloudformation" && table === "events" && (after as { EventId?: string } | undefined)?.EventId === event.EventId));
