import type { Change, JournalEntry } from "../engine/types";

/** What several entries were done as: one thing to the learner, one thing to undo. */
export interface Group {
  id: string;
  /** `Clock forward 7 days`; absent: it is called after its first call. */
  label?: string;
  /** How many entries it had when this one was made: by its last entry one sees whether all are still there. */
  size?: number;
}

/** An entry of the journal as the store keeps it. */
export interface Recorded extends JournalEntry {
  group?: Group;
}

/** What one undo took back, and one redo brings again. Entries in the order in which they were made. */
export interface Step {
  label: string;
  /** How many calls and moves of the clock there are, looks and what followed from them not counted. */
  acts: number;
  entries: readonly Recorded[];
}

/** What the lab notes of every call, whatever it does: its price, and when a key was last used. Whoever shows answers need not ask again for that. */
export const isBookkeeping = ({ service, table }: Pick<Change, "service" | "table">): boolean => service === "billing" || table === "lastUsed";

/** What EventBridge is told of a call, and puts off: looks too, where a rule wants all that CloudTrail records. */
const isTold = ({ service, table }: Change): boolean => service === "lab" || (service === "events" && table === "log");

/**
 * A look: it asked and changed nothing. Consoles look by themselves after every change, so looks are no steps of their
 * own, and making one forgets nothing that could be redone.
 */
export function isLook({ kind, call, changes }: JournalEntry): boolean {
  return (
    kind === "call" &&
    /^(BatchGet|Describe|Get|List|Lookup|Search|Simulate)/.test(call!.operation) &&
    changes.every((change) => isBookkeeping(change) || isTold(change))
  );
}

/** Something that somebody did. A job that ran because its time had come goes with what was done before it. */
const isAct = (entry: Recorded): boolean => (entry.kind === "job" ? entry.group !== undefined : !isLook(entry));

/** Where the last step of a journal begins; -1 where there is none. */
export function lastStep(journal: readonly Recorded[], end = journal.length): number {
  let start = end - 1;
  while (start >= 0 && !isAct(journal[start])) start--;
  const group = journal[start]?.group?.id;
  if (group === undefined) return start;
  for (let at = start - 1; at >= 0; at--) {
    if (journal[at].group?.id === group) start = at;
    else if (isAct(journal[at])) break;
  }
  return start;
}

/** Where the step begins that an entry belongs to. A look with no step before it is its own. */
export function stepOf(journal: readonly Recorded[], at: number): number {
  let end = at + 1;
  const { group } = journal[at];
  if (group) while (end < journal.length && journal[end].group?.id === group.id) end++;
  const start = lastStep(journal, end);
  return start < 0 ? at : start;
}

/** False where a step was so large that the journal has dropped its beginning: it cannot be taken back as one. */
export function isWhole(journal: readonly Recorded[], start: number): boolean {
  const { group } = journal[start];
  if (!group) return true;
  const all = journal.slice(start).filter((entry) => entry.group?.id === group.id);
  return all.length >= (all[all.length - 1].group!.size ?? 0);
}

export function stepFrom(entries: readonly Recorded[]): Step {
  const acts = entries.filter((entry) => isAct(entry) && entry.kind !== "job");
  const first = acts[0] ?? entries[0];
  const failed = acts.length === 1 && !first.reply.ok ? " (it had failed, and changed nothing)" : "";
  return { label: first.group?.label ?? actWords(first) + failed, acts: Math.max(1, acts.length), entries };
}

/** `kms CreateKey by admin`; the clock and accounts in their own words. */
export function actWords({ kind, trace, by = 0, account, call }: JournalEntry): string {
  if (kind === "advance") return `moving the clock ${days(by)} ahead`;
  if (kind === "account") return `making the account ${account ?? trace.account}`;
  const who = trace.principal ? shortPrincipal(trace.principal) : call && "user" in call.caller ? call.caller.user : undefined;
  return `${trace.service} ${trace.operation}${who ? ` by ${who}` : ""}`;
}

/** Milliseconds as a learner counts them: `30 days`, `5 minutes`. */
export function days(ms: number): string {
  for (const [unit, size] of [["day", 86_400_000], ["hour", 3_600_000], ["minute", 60_000]] as const)
    if (ms >= size) {
      const count = Math.round(ms / size);
      return `${count.toLocaleString("en")} ${unit}${count === 1 ? "" : "s"}`;
    }
  const seconds = Math.round(ms / 1_000);
  return `${seconds} second${seconds === 1 ? "" : "s"}`;
}

/** `admin`, `root`, `role app`, `kms.amazonaws.com`. */
function shortPrincipal(arn: string): string {
  const resource = arn.split(":").slice(5).join(":");
  if (!resource) return arn;
  const parts = resource.split("/");
  return parts[0] === "assumed-role" ? `role ${parts[1]}` : parts[parts.length - 1];
}

const more = (count: number): string => (count === 1 ? "" : `, and ${(count - 1).toLocaleString("en")} more`);
const calls = (steps: readonly Step[]): number => steps.reduce((sum, { acts }) => sum + acts, 0);

/** What is said aloud after an undo; steps in the order in which they were taken back. */
export function tookBack(steps: readonly Step[]): string {
  if (!steps.length) return "There is nothing to take back.";
  const oldest = steps[steps.length - 1];
  if (steps.length === 1) return `Took back ${oldest.label}${oldest.entries[0].group?.label ? "" : more(oldest.acts)}.`;
  return `Took back ${oldest.label} and everything after it: ${calls(steps).toLocaleString("en")} calls in all.`;
}

export function broughtBack(steps: readonly Step[]): string {
  if (!steps.length) return "There is nothing to bring back.";
  const last = steps[steps.length - 1];
  if (steps.length === 1) return `Brought back ${last.label}${last.entries[0].group?.label ? "" : more(last.acts)}.`;
  return `Brought back ${calls(steps).toLocaleString("en")} calls, up to ${last.label}.`;
}
