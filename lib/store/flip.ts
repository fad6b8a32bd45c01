import { createStore } from "zustand/vanilla";
import { filled } from "../engine/flip/answers";
import type { Flip } from "../engine/flip";
import type { Call, JournalEntry, Reply } from "../engine/types";
import { advance, asOne, callExactly, errorLine, labStore, takeBack } from "./lab-store";
import { isLook } from "./steps";

/** A change that was applied from Why?, and the calls that were tried after it. */
export interface Applied {
  flip: Flip;
  /** The call to try: the flip's, with the edits' answers in it. */
  again: Call;
  /** Request ids of the edits' entries, in the order in which they were made, then of the calls tried. */
  made: readonly string[];
  /** How the last try came out. */
  tried?: { seq: number; ok: boolean; code?: string };
}

/** By the request id of the entry whose answer was to be another. Kept while the page is: the strip's undo reaches further. */
export const flipStore = createStore<{ applied: Readonly<Record<string, Applied>> }>(() => ({ applied: {} }));

const set = (entry: JournalEntry, applied: Applied | undefined): void =>
  flipStore.setState(({ applied: { [entry.requestId]: _, ...others } }) => ({
    applied: applied ? { ...others, [entry.requestId]: applied } : others,
  }));

/** What a page's own calls say of themselves. */
const fromPage = { sourceIp: "203.0.113.10", userAgent: "AWS Internal", secureTransport: true, door: "console" } as const;

/**
 * Makes the edits of a change, as one step to undo. Where one of them is refused, those before it are taken back, and the
 * refusal is the answer, in one line.
 */
export async function applyFlip(entry: JournalEntry, flip: Flip): Promise<string | undefined> {
  const replies: (Reply | undefined)[] = [];
  const made: string[] = [];
  const refused = await asOne(`“${flip.sentence.replace(/\.$/, "")}”`, async () => {
    for (const edit of flip.edits) {
      if (edit.kind === "wait") {
        made.push(...(await advance(edit.ms)).map(({ requestId }) => requestId));
        replies.push(undefined);
        continue;
      }
      const reply = await callExactly({ ...fromPage, ...filled(edit.call, replies) });
      made.push(reply.requestId);
      replies.push(reply);
      if (!reply.ok) return reply.error;
    }
    return undefined;
  });
  if (refused) {
    await takeBack(made);
    return errorLine(refused);
  }
  set(entry, { flip, again: filled(flip.again, replies), made });
  // Nothing in the lab is changed: the change is the call itself.
  if (!flip.edits.length) await tryAgain(entry);
  return undefined;
}

/** Makes the call again, with the change in place. */
export async function tryAgain(entry: JournalEntry): Promise<void> {
  const held = flipStore.getState().applied[entry.requestId];
  if (!held) return;
  const reply = await callExactly({ ...held.again, door: "console" });
  const ok = reply.ok || reply.error.code === "DryRunOperationException";
  set(entry, {
    ...held,
    made: [...held.made, reply.requestId],
    tried: { seq: reply.seq, ok, ...(reply.ok ? {} : { code: reply.error.code }) },
  });
}

/** Takes the change back, and the calls tried after it. False, with nothing done, where something else came after. */
export async function undoFlip(entry: JournalEntry): Promise<boolean> {
  const held = flipStore.getState().applied[entry.requestId];
  if (!held) return false;
  const done = (await takeBack(held.made)) !== undefined;
  if (done) set(entry, undefined);
  return done;
}

/** The newest thing that was done after a change and is not part of it; undefined where it can be taken back by itself. */
export function doneSince({ made }: Applied, journal: readonly JournalEntry[] = labStore.getState().journal): JournalEntry | undefined {
  const at = journal.findIndex(({ requestId }) => requestId === made[0]);
  return at < 0 ? undefined : journal.slice(at).findLast((each) => !made.includes(each.requestId) && !isLook(each) && each.kind !== "job");
}
