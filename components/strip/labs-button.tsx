"use client";

import { openPanel } from "@/lib/store/panels";
import { BoxGlyph } from "../ui/glyphs";

/** The way to the labs of this browser. On a phone's lesson page the lab itself has one, and here is no room. */
export function LabsButton({ inLesson }: { inLesson: boolean }) {
  return (
    <button
      type="button"
      aria-label="Labs: save as a file, open, start afresh"
      title="Labs: save as a file, open, start afresh"
      aria-haspopup="dialog"
      onClick={() => openPanel("labs")}
      className={`grid size-8 shrink-0 place-items-center rounded-md text-soft hover:bg-sunk hover:text-ink ${inLesson ? "max-phone:hidden" : ""}`}
    >
      <BoxGlyph size={18} />
    </button>
  );
}
