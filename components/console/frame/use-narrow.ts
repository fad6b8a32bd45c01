"use client";
import { useEffect, useState, type RefObject } from "react";

/**
 * Whether an element has less room than `width` px. The console's own room counts, not the window's: beside a lesson
 * it is narrow on a wide screen. Undefined until it is measured.
 */
export function useNarrow(ref: RefObject<HTMLElement | null>, width: number): boolean | undefined {
  const [narrow, setNarrow] = useState<boolean>();
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setNarrow(entry.contentRect.width < width));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, width]);
  return narrow;
}
