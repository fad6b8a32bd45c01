"use client";
import { useEffect, useState, type RefObject } from "react";

export interface Room {
  /** Less than the given width. Keeps its last value while the element is not shown. */
  narrow: boolean;
  /** False while a tab in front hides it. */
  shown: boolean;
}

/**
 * How much room an element has: less than `width` px, or none at all. The console's own room counts, not the window's:
 * beside a lesson it is narrow on a wide screen. Undefined until it is measured.
 */
export function useRoom(ref: RefObject<HTMLElement | null>, width: number): Room | undefined {
  const [room, setRoom] = useState<Room>();
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      const has = entry.contentRect.width;
      setRoom((before) => {
        const next: Room = { narrow: has === 0 ? (before?.narrow ?? false) : has < width, shown: has > 0 };
        return before && before.narrow === next.narrow && before.shown === next.shown ? before : next;
      });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, width]);
  return room;
}
