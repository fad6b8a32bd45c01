"use client";

import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { paneStore } from "@/lib/store/pane";
import { Strip } from "../strip/strip";
import { BookGlyph, KeyGlyph } from "../ui/glyphs";
import { LabPane } from "./lab-pane";

const key = "keyhole.split";
/** Share of the width that the notes have, in per cent. */
const usual = 50;
const clamp = (share: number): number => Math.min(70, Math.max(30, share));

/** Notes left, lab right, a divider between them; on small screens the lab is a sheet that comes up from below. */
export function LessonFrame({ children }: { children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const [share, setShare] = useState(usual);
  const { sheet, lit } = useStore(paneStore);

  useEffect(() => {
    try {
      const kept = Number(localStorage.getItem(key));
      if (kept) setShare(clamp(kept));
    } catch {
      // The usual share will do.
    }
  }, []);

  function choose(next: number) {
    const kept = clamp(next);
    setShare(kept);
    document.documentElement.style.setProperty("--share", `${kept}%`);
    try {
      localStorage.setItem(key, String(kept));
    } catch {
      // It holds until the page is left.
    }
  }

  function drag(event: PointerEvent<HTMLDivElement>) {
    if (event.button !== 0) return;
    event.preventDefault();
    const divider = event.currentTarget;
    divider.setPointerCapture(event.pointerId);
    divider.focus();
    const box = frame.current!.getBoundingClientRect();
    const move = (at: globalThis.PointerEvent) => choose(((at.clientX - box.left) / box.width) * 100);
    const end = () => {
      divider.removeEventListener("pointermove", move);
      divider.removeEventListener("pointerup", end);
      divider.removeEventListener("pointercancel", end);
    };
    divider.addEventListener("pointermove", move);
    divider.addEventListener("pointerup", end);
    divider.addEventListener("pointercancel", end);
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = event.shiftKey ? 10 : 2;
    const to = { ArrowLeft: share - step, ArrowRight: share + step, Home: 30, End: 70, Enter: usual }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose(to);
  }

  return (
    <>
      <div ref={frame} className="lesson-frame">
        <main id="main" className="lesson-text min-w-0 px-5 pb-24 pt-10 phone:px-8 lab:px-10">
          {children}
        </main>
        <aside aria-label="Lab" className="lesson-lab" data-sheet={sheet ? "up" : "down"} data-lit={lit ? lit % 2 : undefined}>
          <div
            role="separator"
            aria-orientation="vertical"
            aria-label="Width of the notes"
            aria-valuenow={Math.round(share)}
            aria-valuemin={30}
            aria-valuemax={70}
            tabIndex={0}
            title="Drag, or use the arrow keys; double-click for the usual width"
            className="lesson-divider"
            onPointerDown={drag}
            onDoubleClick={() => choose(usual)}
            onKeyDown={onKeyDown}
          />
          <LabPane />
        </aside>
      </div>
      <Strip>
        <button
          type="button"
          aria-expanded={sheet}
          className="button min-h-8 px-3 py-0.5 lab:hidden"
          onClick={() => paneStore.setState({ sheet: !sheet })}
        >
          {sheet ? <BookGlyph size={16} /> : <KeyGlyph size={16} />} {sheet ? "Notes" : "Lab"}
        </button>
      </Strip>
    </>
  );
}
