"use client";

import { type RefObject, useEffect, useLayoutEffect } from "react";
import type { TranscriptEntry } from "@/lib/cli/session";

/** Keeps the end of the log in sight; a manual page is shown from its top. */
export function useFollow(log: RefObject<HTMLDivElement | null>, transcript: readonly TranscriptEntry[], pending: string, running: boolean): void {
  useLayoutEffect(() => {
    const element = log.current;
    if (!element) return;
    const isPage = transcript.at(-1)?.kind === "page" && !pending;
    const top = isPage ? [...element.querySelectorAll<HTMLElement>('[data-kind="command"]')].at(-1) : undefined;
    element.scrollTop = top ? top.getBoundingClientRect().top - element.getBoundingClientRect().top + element.scrollTop - 8 : element.scrollHeight;
  }, [log, transcript, pending, running]);
}

/** Measures how many characters of the log's font fit on its line, now and whenever its size changes. */
export function useColumns(log: RefObject<HTMLDivElement | null>, onColumns: ((columns: number) => void) | undefined): void {
  useEffect(() => {
    const element = log.current;
    if (!element || !onColumns) return;
    const measure = (): void => {
      const probe = document.createElement("span");
      probe.textContent = "0".repeat(100);
      probe.style.cssText = "position:absolute;visibility:hidden;white-space:pre";
      element.append(probe);
      const width = probe.getBoundingClientRect().width / 100;
      probe.remove();
      if (width > 0 && element.clientWidth > 0) onColumns(Math.floor((element.clientWidth - 24) / width));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [log, onColumns]);
}
