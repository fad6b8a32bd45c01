"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { dismissNotice, openLab, redo } from "@/lib/store/lab-store";
import { panelStore } from "@/lib/store/panels";
import { useLab } from "@/lib/store/react";
import { usePaneKeys } from "../house/pane-keys";
import { CloseGlyph } from "../ui/glyphs";
import { beadsOf } from "./bead";
import { Beads, type Ghost } from "./beads";
import { LabClock } from "./lab-clock";
import { LabsButton } from "./labs-button";
import { Said } from "./said";
import { UndoButtons } from "./undo-buttons";
import { useUndoKeys } from "./undo-keys";

export { BeadSign } from "./beads";

const ClockPanel = dynamic(() => import("./clock-panel").then((module) => module.ClockPanel), { ssr: false });
const LabsPanel = dynamic(() => import("../house/labs-panel").then((module) => module.LabsPanel), { ssr: false });

/** As many entries as are drawn; older ones are in the journal. */
const shown = 300;
const ghostsShown = 60;

/**
 * The journal along the bottom of every page with a lab: a bead for each call, from whatever door, newest at the right;
 * undo and redo over the whole lab; its clock. Opens the lab when the browser has nothing better to do.
 */
export function Strip({ children }: { children?: ReactNode }) {
  const journal = useLab((state) => state.journal);
  const undone = useLab((state) => state.undone);
  const status = useLab((state) => state.status);
  const problem = useLab((state) => state.problem);
  const panel = useStore(panelStore, ({ open }) => open);
  const section = useRef<HTMLElement>(null);
  const beads = useMemo(() => beadsOf(journal.slice(-shown)), [journal]);
  const ghosts = useMemo(
    () => undone.toReversed().flatMap(({ entries }, i) => beadsOf(entries).map((bead): Ghost => ({ ...bead, place: i + 1 }))).slice(0, ghostsShown),
    [undone],
  );
  useUndoKeys();
  usePaneKeys();

  useEffect(() => {
    const open = () => void openLab().catch(() => undefined);
    if (typeof requestIdleCallback === "undefined") {
      const timer = setTimeout(open, 300);
      return () => clearTimeout(timer);
    }
    const idle = requestIdleCallback(open, { timeout: 1_500 });
    return () => cancelIdleCallback(idle);
  }, []);

  // A notice makes the strip taller; what stands on it must know.
  useEffect(() => {
    const root = document.documentElement;
    const observer = new ResizeObserver(() =>
      root.style.setProperty("--strip-all", `${section.current?.getBoundingClientRect().height ?? 0}px`),
    );
    observer.observe(section.current!);
    return () => {
      observer.disconnect();
      root.style.removeProperty("--strip-all");
    };
  }, []);

  return (
    <section
      ref={section}
      aria-label="Calls to the lab"
      data-strip=""
      className="fixed inset-x-0 bottom-0 z-20 border-t border-rule bg-paper"
    >
      <Notice />
      <Said />
      <div className="flex h-[var(--strip)] items-center gap-2 px-3 phone:gap-3 phone:px-4">
        <Beads
          beads={beads}
          ghosts={ghosts}
          onBringBack={(steps) => void redo(steps).catch(() => undefined)}
          empty={
            status === "failed"
              ? `The lab could not be opened: ${problem}`
              : status === "ready"
                ? hint
                : status === "outdated"
                  ? "This page is older than the lab."
                  : "Opening the lab…"
          }
        />
        <UndoButtons />
        <LabClock />
        <LabsButton inLesson={children !== undefined} />
        {children}
      </div>
      {panel === "clock" ? <ClockPanel /> : null}
      {panel === "labs" ? <LabsPanel /> : null}
    </section>
  );
}

/** One sentence about the lab itself. */
function Notice() {
  const notice = useLab((state) => state.notice);
  const outdated = useLab((state) => state.status === "outdated");
  if (!notice) return null;
  return (
    <div role="status" className="flex items-start gap-3 border-b border-rule bg-implicit-tint px-4 py-2 text-[0.8125rem] text-ink">
      <p className="flex-1">{notice}</p>
      {outdated ? (
        <button type="button" className="button min-h-7 px-3 py-0.5" onClick={() => location.reload()}>
          Reload
        </button>
      ) : (
        <button
          type="button"
          aria-label="Dismiss"
          onClick={dismissNotice}
          className="grid size-6 place-items-center rounded-md hover:bg-paper"
        >
          <CloseGlyph size={16} />
        </button>
      )}
    </div>
  );
}

/** Until there is a first bead. The second sentence where there is room for it. */
const hint = (
  <>
    Every call to the lab becomes a bead here.<span className="hidden lab:inline"> Open one to see why it went as it did.</span>
  </>
);
