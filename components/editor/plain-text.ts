"use client";
import { useSyncExternalStore } from "react";

const key = "keyhole.editor";
const listeners = new Set<() => void>();
/** Where nothing can be kept: until the page is left. */
let chosen: string | null = null;

function read(): boolean {
  try {
    chosen = localStorage.getItem(key) ?? chosen;
  } catch {
    // Nothing is kept in this browser.
  }
  // Monaco is made for keys and pointers; on a phone the browser's own field is the better editor until one asks for it.
  return chosen ? chosen === "plain" : matchMedia("(pointer: coarse) and (max-width: 600px)").matches;
}

function write(plain: boolean): void {
  chosen = plain ? "plain" : "code";
  try {
    localStorage.setItem(key, chosen);
  } catch {
    // It holds until the page is left.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Whether texts are edited in a plain field. One choice for all editors, kept in this browser. */
export function usePlainText(): [plain: boolean, set: (plain: boolean) => void] {
  return [useSyncExternalStore(subscribe, read, () => true), write];
}
