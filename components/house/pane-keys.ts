"use client";

import { useEffect } from "react";
import { paneStore } from "@/lib/store/pane";

/** Whether the lab lies over the notes as a sheet. */
const narrow = (): boolean => matchMedia("(max-width: 899.98px)").matches;

/** F6 goes from the notes of a lesson to the lab beside them and back, to where the keyboard last was on each side. */
export function usePaneKeys(): void {
  useEffect(() => {
    const last: { notes?: HTMLElement; lab?: HTMLElement } = {};
    const sides = () => ({ notes: document.getElementById("main"), lab: document.querySelector<HTMLElement>(".lesson-lab") });
    const onFocus = ({ target }: FocusEvent) => {
      const { notes, lab } = sides();
      if (!(target instanceof HTMLElement)) return;
      if (lab?.contains(target)) last.lab = target;
      else if (notes?.contains(target)) last.notes = target;
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "F6" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const { notes, lab } = sides();
      if (!notes || !lab || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      const toLab = !lab.contains(document.activeElement);
      if (narrow()) paneStore.setState({ sheet: toLab });
      const [side, kept] = toLab ? [lab, last.lab] : [notes, last.notes];
      // After the sheet has come up, or has let go of the notes.
      setTimeout(() => focusIn(side, kept), narrow() ? 220 : 0);
    };
    addEventListener("focusin", onFocus);
    addEventListener("keydown", onKey);
    return () => {
      removeEventListener("focusin", onFocus);
      removeEventListener("keydown", onKey);
    };
  }, []);
}

function focusIn(side: HTMLElement, kept: HTMLElement | undefined): void {
  const shown = (element: HTMLElement | null | undefined): element is HTMLElement => !!element?.isConnected && element.checkVisibility();
  const panel = side.querySelector<HTMLElement>('[role="tabpanel"]');
  const inside = [...(panel ?? side).querySelectorAll<HTMLElement>("textarea, input, button, a[href], [tabindex='0']")];
  // The terminal's line, where that is in front.
  const target = shown(kept) ? kept : side.id === "main" ? side : (inside.find((element) => element.tagName === "TEXTAREA" && shown(element)) ?? inside.find(shown));
  if (!target) return;
  if (target === side) side.tabIndex = -1;
  target.focus({ preventScroll: target === side });
}
