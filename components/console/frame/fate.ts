import type { Json, JournalEntry } from "@/lib/engine/types";
import { type Recorded, type Step, actWords, isBookkeeping } from "@/lib/store/steps";

/** Why a thing is not there: what made it was taken back, or something deleted it. */
export type Fate = { is: "taken back"; by: string; steps: number } | { is: "deleted"; by: string; seq: number };

/** Names in a request or an error text: ids, aliases, parameter names, and the ends of ARNs. */
function namesIn(value: Json | undefined, into: Set<string> = new Set()): Set<string> {
  if (typeof value === "string")
    for (const word of value.split(/[\s'",]+/)) {
      const name = word.replace(/\.$/, "");
      into.add(name);
      if (!name.startsWith("arn:")) continue;
      // `key/1234…`, `alias/a`, `parameter/a/b`, which stands for `/a/b`.
      const resource = name.split(":").slice(5).join(":");
      const rest = resource.slice(resource.indexOf("/") + 1);
      into.add(resource).add(rest).add(`/${rest}`);
    }
  else if (value !== null && typeof value === "object") for (const inner of Object.values(value)) namesIn(inner, into);
  return into;
}

/**
 * Why what a call asked for is not there, where the journal or what was taken back tells. `undone`: the last is the next to
 * bring back; `steps` is how many must be brought back.
 */
export function fateOf(asked: { service: string; error: string; input?: Json }, journal: readonly JournalEntry[], undone: readonly Step[]): Fate | undefined {
  const names = namesIn(asked.error, namesIn(asked.input));
  const touches = (entry: Recorded, what: "made" | "deleted"): boolean =>
    entry.changes.some((change) => change.service === asked.service && !isBookkeeping(change) && names.has(change.id) && (what === "made" ? !change.before && change.after : change.before && !change.after));
  for (let i = undone.length - 1; i >= 0; i--)
    if (undone[i].entries.some((entry) => touches(entry, "made"))) return { is: "taken back", by: undone[i].label, steps: undone.length - i };
  const deleted = journal.findLast((entry) => touches(entry, "deleted"));
  return deleted && { is: "deleted", by: deleted.kind === "job" ? "the clock" : actWords(deleted), seq: deleted.seq };
}
