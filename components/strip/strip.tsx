"use client";

import { type KeyboardEvent, type ReactNode, memo, useEffect, useMemo, useRef, useState } from "react";
import { keyStyle, keyTail } from "@/lib/store/hue";
import { dismissNotice, openLab } from "@/lib/store/lab-store";
import { useLab } from "@/lib/store/react";
import { openWhy } from "@/lib/store/why";
import { CloseGlyph } from "../ui/glyphs";
import { type Bead, beadOf } from "./bead";
import { LabClock } from "./lab-clock";

/** As many as are drawn; older ones are in the journal. */
const shown = 300;

/**
 * The journal along the bottom of every page with a lab: a bead for each call, from whatever door, newest at the right.
 * Opens the lab when the browser has nothing better to do.
 */
export function Strip({ children }: { children?: ReactNode }) {
  const journal = useLab((state) => state.journal);
  const status = useLab((state) => state.status);
  const problem = useLab((state) => state.problem);
  const notice = useLab((state) => state.notice);
  const section = useRef<HTMLElement>(null);
  const beads = useMemo(() => journal.slice(-shown).map(beadFor), [journal]);

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
      {notice ? (
        <div role="status" className="flex items-start gap-3 border-b border-rule bg-implicit-tint px-4 py-2 text-[0.8125rem] text-ink">
          <p className="flex-1">{notice}</p>
          <button
            type="button"
            aria-label="Dismiss"
            onClick={dismissNotice}
            className="grid size-6 place-items-center rounded-md hover:bg-paper"
          >
            <CloseGlyph size={16} />
          </button>
        </div>
      ) : null}
      <div className="flex h-[var(--strip)] items-center gap-3 px-3 phone:px-4">
        <Beads
          beads={beads}
          empty={
            status === "failed"
              ? `The lab could not be opened: ${problem}`
              : status === "ready"
                ? hint
                : "Opening the lab…"
          }
        />
        <LabClock />
        {children}
      </div>
    </section>
  );
}

/** Until there is a first bead. The second sentence where there is room for it. */
const hint = (
  <>
    Every call to the lab becomes a bead here.<span className="hidden lab:inline"> Open one to see why it went as it did.</span>
  </>
);

/** Entries never change, so what is said of one is worked out once. */
const known = new WeakMap<object, Bead>();
function beadFor(entry: Parameters<typeof beadOf>[0]): Bead {
  let bead = known.get(entry);
  if (!bead) known.set(entry, (bead = beadOf(entry)));
  return bead;
}

function Beads({ beads, empty }: { beads: Bead[]; empty: ReactNode }) {
  const list = useRef<HTMLOListElement>(null);
  const [told, setTold] = useState<{ bead: Bead; at: number }>();
  const last = beads.at(-1)?.seq;
  const [current, setCurrent] = useState<number>();
  const focusable = beads.some(({ seq }) => seq === current) ? current : last;

  useEffect(() => {
    const element = list.current;
    if (element) element.scrollLeft = element.scrollWidth;
  }, [last]);

  function onKeyDown(event: KeyboardEvent) {
    const at = beads.findIndex(({ seq }) => seq === focusable);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: beads.length - 1 }[event.key];
    if (to === undefined || !beads[to]) return;
    event.preventDefault();
    setCurrent(beads[to].seq);
    list.current?.querySelector<HTMLElement>(`[data-seq="${beads[to].seq}"]`)?.focus();
  }

  function tell(bead: Bead, element: HTMLElement) {
    const box = element.getBoundingClientRect();
    setTold({ bead, at: box.left + box.width / 2 });
  }

  return (
    <div className="relative min-w-0 flex-1" onPointerLeave={() => setTold(undefined)}>
      {beads.length === 0 ? <p className="line-clamp-2 text-xs leading-tight text-faint phone:text-[0.8125rem]">{empty}</p> : null}
      <ol
        ref={list}
        hidden={beads.length === 0}
        className="flex h-[var(--strip)] items-center gap-px overflow-x-auto [&[hidden]]:hidden [scrollbar-width:none]"
        onKeyDown={onKeyDown}
        onBlur={() => setTold(undefined)}
      >
        {beads.map((bead) => (
          <BeadButton key={bead.seq} bead={bead} focusable={bead.seq === focusable} onTell={tell} />
        ))}
      </ol>
      {told ? <Told {...told} /> : null}
      <p role="status" className="sr-only">
        {beads.at(-1)?.sentence}
      </p>
    </div>
  );
}

const BeadButton = memo(function BeadButton({
  bead,
  focusable,
  onTell,
}: {
  bead: Bead;
  focusable: boolean;
  onTell(bead: Bead, element: HTMLElement): void;
}) {
  return (
    <li className="shrink-0">
      <button
        type="button"
        data-seq={bead.seq}
        data-outcome={bead.outcome}
        aria-label={`Call ${bead.seq}. ${bead.sentence} Why?`}
        tabIndex={focusable ? 0 : -1}
        onClick={() => openWhy(bead.seq)}
        onPointerEnter={(event) => onTell(bead, event.currentTarget)}
        onFocus={(event) => onTell(bead, event.currentTarget)}
        className="group relative grid h-8 w-5 place-items-center rounded-sm outline-offset-[-2px]"
      >
        <BeadSign outcome={bead.outcome} small={bead.small} />
        {bead.keyArn ? (
          <span data-key="" style={keyStyle(bead.keyArn)} className="absolute bottom-1 h-0.5 w-3 rounded-full bg-key-mark" />
        ) : null}
      </button>
    </li>
  );
});

/** Allowed: filled. Denied: open, with a cross. Failed otherwise: square. */
export function BeadSign({ outcome, small = false }: { outcome: Bead["outcome"]; small?: boolean }) {
  const ink = { Allow: "text-allow", ExplicitDeny: "text-deny", ImplicitDeny: "text-implicit", Error: "text-soft" }[outcome];
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      aria-hidden="true"
      className={`${ink} transition-transform duration-150 group-hover:scale-125`}
    >
      {outcome === "Allow" ? <circle cx="8" cy="8" r={small ? 2.75 : 5} fill="currentColor" /> : null}
      {outcome === "ExplicitDeny" || outcome === "ImplicitDeny" ? (
        <g fill="none" stroke="currentColor" strokeWidth="1.5">
          <circle cx="8" cy="8" r="5.5" />
          <path d="m6 6 4 4M10 6l-4 4" />
        </g>
      ) : null}
      {outcome === "Error" ? <rect x="3.75" y="3.75" width="8.5" height="8.5" fill="none" stroke="currentColor" strokeWidth="1.5" /> : null}
    </svg>
  );
}

/** The sentence over a bead, kept within the window. */
function Told({ bead, at }: { bead: Bead; at: number }) {
  const width = Math.min(352, innerWidth - 16);
  const left = Math.max(8, Math.min(at - width / 2, innerWidth - width - 8));
  return (
    <div
      className="floats pointer-events-none fixed z-30 px-3 py-2 text-[0.8125rem] leading-snug"
      style={{ left, width, bottom: "calc(var(--strip) + 6px)" }}
      aria-hidden
    >
      {bead.sentence}
      {bead.keyArn ? (
        <span data-key="" style={keyStyle(bead.keyArn)} className="mt-1 block font-mono text-xs text-key-ink">
          key …{keyTail(bead.keyArn)}
        </span>
      ) : null}
    </div>
  );
}
