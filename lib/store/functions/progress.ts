import { createStore } from "zustand/vanilla";

/**
 * How far an interpreter is: nothing of it is loaded before the first function runs, and then the reader should see why that takes
 * a moment. `loaded` and `total` are bytes.
 */
export interface Progress {
  state: "none" | "loading" | "starting" | "ready" | "failed";
  loaded: number;
  total: number;
  /** Why it failed. */
  why?: string;
}

export const nothing: Progress = { state: "none", loaded: 0, total: 0 };

export const interpreters = createStore<{ python: Progress }>(() => ({ python: nothing }));
