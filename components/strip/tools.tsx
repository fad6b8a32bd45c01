"use client";

import dynamic from "next/dynamic";
import { useMemo } from "react";
import { useStore } from "zustand";
import { redo } from "@/lib/store/lab-store";
import { panelStore } from "@/lib/store/panels";
import { useLab } from "@/lib/store/react";
import { usePaneKeys } from "../house/pane-keys";
import { beadsOf } from "./bead";
import { Beads, type Ghost } from "./beads";
import { LabClock } from "./lab-clock";
import { LabsButton } from "./labs-button";
import { Said } from "./said";
import { Waiting } from "./waiting";
import { UndoButtons } from "./undo-buttons";
import { useUndoKeys } from "./undo-keys";

const ClockPanel = dynamic(() => import("./clock-panel").then((module) => module.ClockPanel), { ssr: false });
const LabsPanel = dynamic(() => import("../house/labs-panel").then((module) => module.LabsPanel), { ssr: false });

/** As many entries as are drawn; older ones are in the journal. */
const shown = 300;
const ghostsShown = 60;

/** The beads, undo and redo, the clock, the labs: all that a lab must be there for. Fetched beside the engine. */
export function Tools({ inLesson }: { inLesson: boolean }) {
  const journal = useLab((state) => state.journal);
  const undone = useLab((state) => state.undone);
  const panel = useStore(panelStore, ({ open }) => open);
  const beads = useMemo(() => beadsOf(journal.slice(-shown)), [journal]);
  const ghosts = useMemo(
    () => undone.toReversed().flatMap(({ entries }, i) => beadsOf(entries).map((bead): Ghost => ({ ...bead, place: i + 1 }))).slice(0, ghostsShown),
    [undone],
  );
  useUndoKeys();
  usePaneKeys();
  return (
    <>
      <Said />
      <Beads beads={beads} ghosts={ghosts} onBringBack={(steps) => void redo(steps).catch(() => undefined)} empty={<Waiting />} />
      <UndoButtons />
      <LabClock />
      <LabsButton inLesson={inLesson} />
      {panel === "clock" ? <ClockPanel /> : null}
      {panel === "labs" ? <LabsPanel /> : null}
    </>
  );
}
