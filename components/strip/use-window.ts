"use client";

import { type RefObject, type UIEvent, useEffect, useRef, useState } from "react";
import { type Sight, firstAt, pitch, scrollToNewest } from "./sight";

/** Wider than most strips: until it has been measured. */
const unmeasured = 800;

/** The part of the strip that is in sight. It goes to the newest bead whenever there is another, and stays there until somebody scrolls away. */
export function useWindow(beads: number, ghosts: number, newest: number | undefined): Sight & { scroller: RefObject<HTMLDivElement | null>; onScroll(event: UIEvent<HTMLElement>): void } {
  const scroller = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(unmeasured);
  const moment = `${newest} ${ghosts}`;
  const [scrolled, setScrolled] = useState({ of: moment, first: firstAt(scrollToNewest(beads, width)) });
  const newestAt = scrollToNewest(beads, width);
  // What the learner scrolled to holds until the next bead comes: that one is drawn where it will be, before the strip is there.
  const first = scrolled.of === moment ? scrolled.first : firstAt(newestAt);

  useEffect(() => {
    const observer = new ResizeObserver(([{ contentRect }]) => contentRect.width && setWidth(contentRect.width));
    observer.observe(scroller.current!);
    return () => observer.disconnect();
  }, []);

  const away = useRef<string>(undefined);
  useEffect(() => {
    if (scroller.current && away.current !== moment) scroller.current.scrollLeft = newestAt;
  }, [moment, newestAt]);

  return {
    scroller,
    first,
    room: Math.ceil(width / pitch),
    onScroll({ currentTarget: { scrollLeft, scrollWidth, clientWidth } }) {
      const at = firstAt(scrollLeft);
      away.current = scrollLeft < Math.min(newestAt, scrollWidth - clientWidth) - pitch ? moment : undefined;
      if (scrolled.of !== moment || scrolled.first !== at) setScrolled({ of: moment, first: at });
    },
  };
}
