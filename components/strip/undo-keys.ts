"use client";

import { useEffect } from "react";
import { labStore, redo, undo } from "@/lib/store/lab-store";

/** Where keys are text, Ctrl+Z belongs to the text. */
export function isText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !/^(button|checkbox|color|file|image|radio|range|reset|submit)$/.test(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target.closest('.monaco-editor, [role="textbox"]') !== null;
}

/** What a key asks for: Ctrl/Cmd+Z takes back, with Shift (or Ctrl+Y) brings back. */
export function undoKey({ key, ctrlKey, metaKey, altKey, shiftKey }: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): "undo" | "redo" | undefined {
  if (altKey || ctrlKey === metaKey) return undefined;
  const letter = key.toLowerCase();
  if (letter === "z") return shiftKey ? "redo" : "undo";
  return letter === "y" && ctrlKey && !shiftKey ? "redo" : undefined;
}

/** Undo and redo of the whole lab by keyboard, outside text fields. */
export function useUndoKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const wanted = event.defaultPrevented || isText(event.target) ? undefined : undoKey(event);
      if (!wanted || labStore.getState().status !== "ready") return;
      event.preventDefault();
      void (wanted === "undo" ? undo() : redo()).catch(() => undefined);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}
