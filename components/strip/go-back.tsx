"use client";

import type { JournalEntry } from "@/lib/engine/types";
import { undoFrom } from "@/lib/store/lab-store";
import { useLab } from "@/lib/store/react";
import { isLook, stepOf } from "@/lib/store/steps";
import { closeWhy } from "@/lib/store/why";
import { UndoGlyph } from "../ui/glyphs";

/** The way back to before an entry: takes back what it belongs to and everything after it, and says how much that is. */
export function GoBack({ entry }: { entry: JournalEntry }) {
  const journal = useLab((state) => state.journal);
  const at = journal.findIndex(({ requestId }) => requestId === entry.requestId);
  if (at < 0) return null;
  const start = stepOf(journal, at);
  const acts = journal.slice(start).filter((each) => !isLook(each)).length;
  const together = start < at && journal[at].group ? "It was done as one with other calls, which go with it. " : "";
  return (
    <section aria-labelledby="why-back" className="border-t border-rule pt-5">
      <h3 id="why-back" className="overline mb-2">
        Undo
      </h3>
      <p className="mb-3 text-soft">
        {together}
        {acts === 0
          ? "Only looks came after this, and they changed nothing."
          : acts === 1
            ? "It is the last thing that was done."
            : `${acts.toLocaleString("en")} calls and jobs would be taken back, this one and all after it.`}{" "}
        What is taken back can be brought back, until something else is called.
      </p>
      <button
        type="button"
        className="button"
        data-testid="go-back"
        onClick={() => {
          void undoFrom(entry).catch(() => undefined);
          closeWhy();
        }}
      >
        <UndoGlyph size={18} /> Go back to before this
      </button>
    </section>
  );
}
