"use client";

import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import { redo } from "@/lib/store/lab-store";
import { panelStore } from "@/lib/store/panels";
import { useLab } from "@/lib/store/react";
import type { Step } from "@/lib/store/steps";
import { usePaneKeys } from "../house/pane-keys";
import { beadsOf, growingBeads } from "./bead";
import { Beads, type Ghost } from "./beads";
import { LabClock } from "./lab-clock";
import { LabsButton } from "./labs-button";
import { Said } from "./said";
import { Waiting } from "./waiting";
import { UndoButtons } from "./undo-buttons";
import { useUndoKeys } from "./undo-keys";

const ClockPanel = dynamic(() => import("./clock-panel").then((module) => module.ClockPanel), { ssr: false });
const LabsPanel = dynamic(() => import("../house/labs-panel").then((module) => module.LabsPanel), { ssr: false });

const ghostsShown = 60;

/** The next to bring back first. */
function ghostsOf(undone: readonly Step[]): Ghost[] {
  const ghosts: Ghost[] = [];
  for (let place = 1; place <= undone.length && ghosts.length < ghostsShown; place++)
    for (const bead of beadsOf(undone[undone.length - place].entries.slice(0, ghostsShown))) ghosts.push({ ...bead, place });
  return ghosts.slice(0, ghostsShown);
}

/** The beads, undo and redo, the clock, the labs: all that a lab must be there for. Fetched beside the engine. */
export function Tools({ inLesson }: { inLesson: boolean }) {
  const journal = useLab((state) => state.journal);
  const undone = useLab((state) => state.undone);
  const panel = useStore(panelStore, ({ open }) => open);
  const [beadsSoFar] = useState(growingBeads);
  const beads = useMemo(() => beadsSoFar(journal), [beadsSoFar, journal]);
  const ghosts = useMemo(() => ghostsOf(undone), [undone]);
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
