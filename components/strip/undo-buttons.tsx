"use client";

import { redo, undo } from "@/lib/store/lab-store";
import { useLab } from "@/lib/store/react";
import { actWords, lastStep } from "@/lib/store/steps";
import { RedoGlyph, UndoGlyph } from "../ui/glyphs";

const button = "grid size-8 place-items-center rounded-md text-soft hover:bg-sunk hover:text-ink disabled:opacity-35 disabled:hover:bg-transparent";

/** Undo and redo over the whole lab. What each would do is in its name. */
export function UndoButtons() {
  const journal = useLab((state) => state.journal);
  const next = useLab((state) => state.undone.at(-1));
  const ready = useLab((state) => state.status === "ready");
  const start = lastStep(journal);
  const last = journal[start];
  const undoing = last ? `Take back ${last.group?.label ?? actWords(last)}` : "Nothing to take back";
  const redoing = next ? `Bring back ${next.label}` : "Nothing to bring back";
  return (
    <div className="flex shrink-0" role="group" aria-label="Undo and redo">
      <button type="button" className={button} disabled={!ready || !last} aria-label={undoing} title={`${undoing} (Ctrl+Z)`} data-undo="" onClick={() => void undo().catch(() => undefined)}>
        <UndoGlyph size={18} />
      </button>
      {/* On a phone there is room for it only when it can be used. */}
      <button
        type="button"
        className={`${button} ${next ? "" : "max-phone:hidden"}`}
        disabled={!ready || !next}
        aria-label={redoing}
        title={`${redoing} (Ctrl+Shift+Z)`}
        data-redo=""
        onClick={() => void redo().catch(() => undefined)}
      >
        <RedoGlyph size={18} />
      </button>
    </div>
  );
}
