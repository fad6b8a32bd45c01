"use client";

import { useCallback, useSyncExternalStore } from "react";
import { loadThing, saveThing } from "./things";

const prefix = "keyhole.draft.";
/** Stands in for a text that was too long for `localStorage` and lies in the database. */
const elsewhere = "\u0000elsewhere";
/** What was typed on this page; ahead of what is stored, and all there is where nothing can be stored. */
const memory = new Map<string, string>();
const listeners = new Map<string, Set<() => void>>();

/** What is kept under a key. A long text is fetched, and `subscribe` tells when it is here. */
export function readDraft(key: string): string | undefined {
  if (memory.has(key)) return memory.get(key);
  try {
    const stored = localStorage.getItem(prefix + key);
    if (stored === elsewhere) {
      fetchLong(key);
      return undefined;
    }
    if (stored !== null) memory.set(key, stored);
    return stored ?? undefined;
  } catch {
    return undefined;
  }
}

function keepLong(key: string, value: string): void {
  try {
    localStorage.setItem(prefix + key, elsewhere);
  } catch {
    return;
  }
  void saveThing(`draft:${key}`, value);
}

const fetching = new Set<string>();

/** Brings a long text from the database; what was typed in the meantime wins. */
function fetchLong(key: string): void {
  if (fetching.has(key)) return;
  fetching.add(key);
  void loadThing<string>(`draft:${key}`).then((kept) => {
    if (typeof kept !== "string" || memory.has(key)) return;
    memory.set(key, kept);
    tell(key);
  });
}

function tell(key: string): void {
  for (const listener of listeners.get(key) ?? []) listener();
}

/** Keeps (or with undefined forgets) what is typed under a key. */
export function writeDraft(key: string, value: string | undefined): void {
  if (value === undefined) memory.delete(key);
  else memory.set(key, value);
  try {
    if (value === undefined) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, value);
  } catch {
    // Too long for the small store, or none is allowed: then the database, and if not that either, memory until the page is left.
    keepLong(key, value!);
  }
  tell(key);
}

export function subscribe(key: string, listener: () => void): () => void {
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
    () => readDraft(key) ?? initial,
    () => initial,
  );
  const set = useCallback((next: string) => writeDraft(key, next), [key]);
  const clear = useCallback(() => writeDraft(key, undefined), [key]);
  return [value, set, clear];
}
