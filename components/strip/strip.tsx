"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useRef } from "react";
import { dismissNotice, openLab } from "@/lib/store/lab-store";
import { useLab } from "@/lib/store/react";
import { CloseGlyph } from "../ui/glyphs";
import { Waiting } from "./waiting";

const waitingLook = "line-clamp-2 min-w-0 flex-1 text-xs leading-tight text-faint phone:text-[0.8125rem]";

const Tools = dynamic(() => import("./tools").then((module) => module.Tools), {
  ssr: false,
  loading: () => (
    <p className={waitingLook}>
      <Waiting />
    </p>
  ),
});

/**
 * The journal along the bottom of every page with a lab: a bead for each call, from whatever door, newest at the right;
 * undo and redo over the whole lab; its clock. Opens the lab when the browser has nothing better to do.
 */
export function Strip({ children }: { children?: ReactNode }) {
  const section = useRef<HTMLElement>(null);

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
      <div className="flex h-[var(--strip)] items-center gap-2 px-3 phone:gap-3 phone:px-4">
        <Tools inLesson={children !== undefined} />
        {children}
      </div>
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
