import type { Bead } from "./bead";

/** Which beads of a long strip are drawn. */

/** From one bead to the next, px. */
export const pitch = 21;
/** Beads that are drawn beyond what is in sight, at either end. */
const beyond = 24;
/** By so many beads the drawn part moves at a time: not every scrolled pixel draws. */
const stride = 8;
/** How far from the right end the newest bead stands, px: what can be brought back shows beyond it. */
const fromEnd = 110;

export interface Sight {
  /** The first bead in sight, in whole strides. */
  first: number;
  /** How many have room. */
  room: number;
}

export const firstAt = (scrollLeft: number): number => Math.floor(Math.max(0, scrollLeft) / pitch / stride) * stride;

/** Where the strip is scrolled to when a new bead came, px. */
export const scrollToNewest = (beads: number, width: number): number => Math.max(0, (beads - 1) * pitch - width + fromEnd);

/** The places to draw, in order: those in sight, some beyond, and the one that the keyboard is at. */
export function inSight({ first, room }: Sight, total: number, focusable: number): number[] {
  const from = Math.max(0, Math.min(first, total - room) - beyond);
  const to = Math.min(total, first + stride + room + beyond);
  const places = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  if (focusable >= total) return places;
  return focusable < from ? [focusable, ...places] : focusable >= to ? [...places, focusable] : places;
}

/** The place of a bead by its name: `12` is the one of entry 12, `ghost-0` the first that can be brought back. */
export function placeOf(name: string | undefined, beads: readonly Bead[], ghosts: number): number | undefined {
  if (name === undefined) return undefined;
  if (name.startsWith("ghost-")) {
    const ghost = Number(name.slice(6));
    return ghost < ghosts ? beads.length + ghost : undefined;
  }
  const seq = Number(name);
  let low = 0;
  let high = beads.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (beads[middle].seq < seq) low = middle + 1;
    else high = middle;
  }
  return beads[low]?.seq === seq ? low : undefined;
}
