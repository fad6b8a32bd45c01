"use client";

import { type KeyboardEvent, type ReactNode, memo, useEffect, useRef, useState } from "react";
import { keyStyle, keyTail } from "@/lib/store/hue";
import { openWhy } from "@/lib/store/why";
import type { Bead } from "./bead";

/** A bead of a step that was taken back; it can be brought back until a new call forgets it. */
export interface Ghost extends Bead {
  /** Of the step: its place among those to bring back, 1 is the next. */
  place: number;
}

type Drawn = { bead: Bead; ghost?: undefined; name: string } | { bead: Ghost; ghost: number; name: string };

/** The journal as beads, newest at the right; after them, pale, what was taken back. */
export function Beads({ beads, ghosts, empty, onBringBack }: { beads: Bead[]; ghosts: Ghost[]; empty: ReactNode; onBringBack(steps: number): void }) {
  const list = useRef<HTMLOListElement>(null);
  const [told, setTold] = useState<{ drawn: Drawn; at: number }>();
  const all: Drawn[] = [
    ...beads.map((bead) => ({ bead, name: String(bead.seq) })),
    ...ghosts.map((bead, i) => ({ bead, ghost: bead.place, name: `ghost-${i}` })),
  ];
  const last = beads.at(-1)?.seq;
  const [current, setCurrent] = useState<string>();
  const focusable = all.some(({ name }) => name === current) ? current : last === undefined ? all[0]?.name : String(last);

  useEffect(() => {
    const element = list.current;
    if (!element) return;
    // The newest bead; ghosts beyond it show as far as there is room.
    const newest = element.querySelector<HTMLElement>(`[data-seq="${last}"]`);
    element.scrollLeft = newest ? newest.offsetLeft - element.clientWidth + 110 : element.scrollWidth;
  }, [last, ghosts.length]);

  function onKeyDown(event: KeyboardEvent) {
    const at = all.findIndex(({ name }) => name === focusable);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || !all[to]) return;
    event.preventDefault();
    setCurrent(all[to].name);
    list.current?.querySelector<HTMLElement>(`[data-name="${all[to].name}"]`)?.focus();
  }

  function tell(drawn: Drawn, element: HTMLElement) {
    const box = element.getBoundingClientRect();
    setTold({ drawn, at: box.left + box.width / 2 });
  }

  return (
    <div className="relative min-w-0 flex-1" onPointerLeave={() => setTold(undefined)}>
      {all.length === 0 ? <p className="line-clamp-2 text-xs leading-tight text-faint phone:text-[0.8125rem]">{empty}</p> : null}
      <ol
        ref={list}
        hidden={all.length === 0}
        className="relative flex h-[var(--strip)] items-center gap-px overflow-x-auto [&[hidden]]:hidden [scrollbar-width:none]"
        onKeyDown={onKeyDown}
        onBlur={() => setTold(undefined)}
      >
        {all.map((drawn) => (
          <BeadButton
            key={drawn.name}
            {...drawn}
            focusable={drawn.name === focusable}
            onTell={(element) => tell(drawn, element)}
            onPress={() => (drawn.ghost === undefined ? openWhy(drawn.bead.seq) : onBringBack(drawn.ghost))}
          />
        ))}
      </ol>
      {told ? <Told {...told} /> : null}
      <p role="status" className="sr-only">
        {beads.at(-1)?.sentence}
      </p>
    </div>
  );
}

const BeadButton = memo(
  function BeadButton({
    bead,
    ghost,
    name,
    focusable,
    onTell,
    onPress,
  }: Drawn & { focusable: boolean; onTell(element: HTMLElement): void; onPress(): void }) {
    const label = ghost === undefined ? `Call ${bead.seq}. ${bead.sentence} Why?` : `Taken back: ${bead.sentence} Bring it back.`;
    return (
      <li className="shrink-0">
        <button
          type="button"
          {...(ghost === undefined ? { "data-seq": bead.seq, "data-outcome": bead.outcome } : { "data-ghost": ghost })}
          data-name={name}
          aria-label={label}
          tabIndex={focusable ? 0 : -1}
          onClick={onPress}
          onPointerEnter={(event) => onTell(event.currentTarget)}
          onFocus={(event) => onTell(event.currentTarget)}
          className="group relative grid h-8 w-5 place-items-center rounded-sm outline-offset-[-2px]"
        >
          {ghost === undefined ? <BeadSign outcome={bead.outcome} small={bead.small} many={bead.looks !== undefined} /> : <GhostSign small={bead.small} />}
          {bead.keyArn && ghost === undefined ? (
            <span data-key="" style={keyStyle(bead.keyArn)} className="absolute bottom-1 h-0.5 w-3 rounded-full bg-key-mark" />
          ) : null}
        </button>
      </li>
    );
  },
  // What a press does follows from the bead and its place.
  (before, after) => before.bead === after.bead && before.ghost === after.ghost && before.name === after.name && before.focusable === after.focusable,
);

/** Allowed: filled. Denied: open, with a cross. Failed otherwise: square. */
export function BeadSign({ outcome, small = false, many = false }: { outcome: Bead["outcome"]; small?: boolean; many?: boolean }) {
  const ink = { Allow: "text-allow", ExplicitDeny: "text-deny", ImplicitDeny: "text-implicit", Error: "text-soft" }[outcome];
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      aria-hidden="true"
      className={`${ink} transition-transform duration-150 group-hover:scale-125`}
    >
      {outcome === "Allow" && !many ? <circle cx="8" cy="8" r={small ? 2.75 : 5} fill="currentColor" /> : null}
      {many ? (
        <g fill="currentColor">
          <circle cx="5.5" cy="8" r="2.25" />
          <circle cx="10.5" cy="8" r="2.25" />
        </g>
      ) : null}
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

const GhostSign = ({ small }: { small: boolean }) => (
  <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" className="text-faint">
    <circle cx="8" cy="8" r={small ? 2.5 : 5} fill="none" stroke="currentColor" strokeWidth="1.25" strokeDasharray="2.2 1.8" />
  </svg>
);

/** The sentence over a bead, kept within the window. */
function Told({ drawn: { bead, ghost }, at }: { drawn: Drawn; at: number }) {
  const width = Math.min(352, innerWidth - 16);
  const left = Math.max(8, Math.min(at - width / 2, innerWidth - width - 8));
  return (
    <div
      className="floats pointer-events-none fixed z-30 px-3 py-2 text-[0.8125rem] leading-snug"
      style={{ left, width, bottom: "calc(var(--strip) + 6px)" }}
      aria-hidden
    >
      {ghost === undefined ? null : <span className="mb-0.5 block text-xs font-medium text-brass">Taken back. Press to bring it back{ghost > 1 ? `, with the ${ghost === 2 ? "step" : `${ghost - 1} steps`} before it` : ""}.</span>}
      {bead.sentence}
      {bead.keyArn ? (
        <span data-key="" style={keyStyle(bead.keyArn)} className="mt-1 block font-mono text-xs text-key-ink">
          key …{keyTail(bead.keyArn)}
        </span>
      ) : null}
    </div>
  );
}
