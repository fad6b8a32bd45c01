"use client";

import { type KeyboardEvent, type ReactNode, memo, useEffect, useRef, useState } from "react";
import { keyStyle, keyTail } from "@/lib/store/hue";
import { openWhy } from "@/lib/store/why";
import type { Bead } from "./bead";
import { inSight, pitch, placeOf } from "./sight";
import { useWindow } from "./use-window";

/** A bead of a step that was taken back; it can be brought back until a new call forgets it. */
export interface Ghost extends Bead {
  /** Of the step: its place among those to bring back, 1 is the next. */
  place: number;
}

/** A bead in its place in the strip. */
type Drawn = { bead: Bead; ghost?: undefined; name: string } | { bead: Ghost; ghost: number; name: string };

/** The journal as beads, newest at the right; after them, pale, what was taken back. Of a long one only what is in sight is drawn. */
export function Beads({ beads, ghosts, empty, onBringBack }: { beads: readonly Bead[]; ghosts: readonly Ghost[]; empty: ReactNode; onBringBack(steps: number): void }) {
  const list = useRef<HTMLOListElement>(null);
  const [told, setTold] = useState<{ drawn: Drawn; at: number }>();
  const total = beads.length + ghosts.length;
  const window = useWindow(beads.length, ghosts.length, beads.at(-1)?.seq);
  const [current, setCurrent] = useState<string>();
  const drawnAt = (at: number): Drawn =>
    at < beads.length
      ? { bead: beads[at], name: String(beads[at].seq) }
      : { bead: ghosts[at - beads.length], ghost: ghosts[at - beads.length].place, name: `ghost-${at - beads.length}` };
  const chosen = placeOf(current, beads, ghosts.length);
  const focusable = chosen ?? Math.max(0, beads.length - 1);
  const places = inSight(window, total, focusable);

  // The bead that an arrow key went to may be drawn only now.
  const goesTo = useRef<string>(undefined);
  useEffect(() => {
    if (goesTo.current === undefined) return;
    list.current?.querySelector<HTMLElement>(`[data-name="${goesTo.current}"]`)?.focus();
    goesTo.current = undefined;
  }, [current]);

  function onKeyDown(event: KeyboardEvent) {
    const to = { ArrowRight: focusable + 1, ArrowLeft: focusable - 1, Home: 0, End: total - 1 }[event.key];
    if (to === undefined || to < 0 || to >= total) return;
    event.preventDefault();
    goesTo.current = drawnAt(to).name;
    setCurrent(goesTo.current);
  }

  function tell(drawn: Drawn, element: HTMLElement) {
    const box = element.getBoundingClientRect();
    setTold({ drawn, at: box.left + box.width / 2 });
  }

  return (
    <div className="relative min-w-0 flex-1" onPointerLeave={() => setTold(undefined)}>
      {total === 0 ? <p className="line-clamp-2 text-xs leading-tight text-faint phone:text-[0.8125rem]">{empty}</p> : null}
      <div ref={window.scroller} hidden={total === 0} className="overflow-x-auto [&[hidden]]:hidden [scrollbar-width:none]" onScroll={window.onScroll}>
        <ol ref={list} className="relative h-[var(--strip)]" style={{ width: total * pitch }} onKeyDown={onKeyDown} onBlur={() => setTold(undefined)}>
          {places.map((at) => {
            const drawn = drawnAt(at);
            return (
              <BeadButton
                key={drawn.name}
                {...drawn}
                at={at}
                total={total}
                focusable={at === focusable}
                onTell={(element) => tell(drawn, element)}
                onPress={() => (drawn.ghost === undefined ? openWhy(drawn.bead.seq) : onBringBack(drawn.ghost))}
              />
            );
          })}
        </ol>
      </div>
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
    at,
    total,
    focusable,
    onTell,
    onPress,
  }: Drawn & { at: number; total: number; focusable: boolean; onTell(element: HTMLElement): void; onPress(): void }) {
    const label = ghost === undefined ? `Call ${bead.seq}. ${bead.sentence} Why?` : `Taken back: ${bead.sentence} Bring it back.`;
    return (
      <li className="absolute inset-y-0 grid items-center" style={{ left: at * pitch }} aria-posinset={at + 1} aria-setsize={total}>
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
  // What a press does follows from the bead and its place. How many there are is told with the next that changes.
  (before, after) =>
    before.bead === after.bead && before.ghost === after.ghost && before.name === after.name && before.at === after.at && before.focusable === after.focusable,
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
