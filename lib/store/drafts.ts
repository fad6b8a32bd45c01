"use client";

import { useCallback, useSyncExternalStore } from "react";

const prefix = "keyhole.draft.";
/** What was typed on this page; ahead of what is stored, and all there is where nothing can be stored. */
const memory = new Map<string, string>();
const listeners = new Map<string, Set<() => void>>();

function read(key: string): string | undefined {
  if (memory.has(key)) return memory.get(key);
  try {
    const stored = localStorage.getItem(prefix + key);
    if (stored !== null) memory.set(key, stored);
    return stored ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps (or with undefined forgets) what is typed under a key. Outside React: for the terminal and the editors. */
export function writeDraft(key: string, value: string | undefined): void {
  if (value === undefined) memory.delete(key);
  else memory.set(key, value);
  try {
    if (value === undefined) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, value);
  } catch {
    // Full, or not allowed: it lives in memory until the page is left.
  }
  for (const listener of listeners.get(key) ?? []) listener();
}

export const readDraft = (key: string): string | undefined => (typeof window === "undefined" ? undefined : read(key));

/** Forgets all drafts whose key begins so: after a form was sent. */
export function clearDrafts(start: string): void {
  const keys = new Set([...memory.keys()].filter((key) => key.startsWith(start)));
  try {
    for (let i = 0; i < localStorage.length; i++) {
      const name = localStorage.key(i)!;
      if (name.startsWith(prefix + start)) keys.add(name.slice(prefix.length));
    }
  } catch {
    // Nothing stored.
  }
  for (const key of keys) writeDraft(key, undefined);
}

function subscribe(key: string, listener: () => void): () => void {
  let set = listeners.get(key);
  if (!set) listeners.set(key, (set = new Set()));
  set.add(listener);
  return () => void set.delete(listener);
}

/**
 * Text that survives a reload: `const [value, setValue, clear] = useDraft("kms/create/alias", "")`. The key is the place in
 * the product (page, form, field), and where it belongs to a thing, the thing's name. `clear` when it was sent.
 */
export function useDraft(key: string, initial = ""): [value: string, set: (value: string) => void, clear: () => void] {
  const value = useSyncExternalStore(
    useCallback((listener) => subscribe(key, listener), [key]),
    () => read(key) ?? initial,
    () => initial,
  );
  const set = useCallback((next: string) => writeDraft(key, next), [key]);
  const clear = useCallback(() => writeDraft(key, undefined), [key]);
  return [value, set, clear];
}
