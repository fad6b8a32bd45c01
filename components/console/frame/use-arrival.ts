"use client";
import { useEffect, type RefObject } from "react";

/** Where each console stood last, by its address. Outside React: a router may build the page anew for each address. */
const stood = new Map<string, string>();

/** When Back or Forward was used last, ms: then the browser brings back how far one had scrolled. */
let wentBack = -Infinity;
if (typeof addEventListener !== "undefined") addEventListener("popstate", (event) => (wentBack = event.timeStamp));

/**
 * Takes the keyboard to the content after a change of page inside a console, where the element that had it is gone;
 * else it would begin again at the top of the document. A new page is shown from its top.
 */
export function useArrival(of: string, page: string, content: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    // After the page has settled: a form may have taken the keyboard for itself.
    const timer = setTimeout(() => {
      const before = stood.get(of);
      stood.set(of, page);
      if (before === undefined || before === page) return;
      const top = content.current?.closest(".aws-console");
      if (top && performance.now() - wentBack > 1_000 && top.getBoundingClientRect().top < 0) top.scrollIntoView({ block: "start" });
      if (document.activeElement === null || document.activeElement === document.body) content.current?.focus({ preventScroll: true });
    }, 50);
    return () => clearTimeout(timer);
  }, [of, page, content]);
}
