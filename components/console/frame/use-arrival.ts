"use client";
import { useEffect, type RefObject } from "react";

/** Where each console stood last, by its address. Outside React: a router may build the page anew for each address. */
const stood = new Map<string, string>();

/**
 * Takes the keyboard to the content after a change of page inside a console, where the element that had it is gone;
 * else it would begin again at the top of the document.
 */
export function useArrival(of: string, page: string, content: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    // After the page has settled: a form may have taken the keyboard for itself.
    const timer = setTimeout(() => {
      const before = stood.get(of);
      stood.set(of, page);
      if (before === undefined || before === page) return;
      if (document.activeElement === null || document.activeElement === document.body) content.current?.focus({ preventScroll: true });
    }, 50);
    return () => clearTimeout(timer);
  }, [of, page, content]);
}
