"use client";

import { useEffect } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { changeThing, loadThing } from "./things";

/** What the learner has done: steps by `lesson/step`, lessons by slug, each with the time (ms). */
export interface Progress {
  /** False until what was kept has been read. */
  loaded: boolean;
  steps: Readonly<Record<string, number>>;
  read: Readonly<Record<string, number>>;
}

export const progressStore = createStore<Progress>(() => ({ loaded: false, steps: {}, read: {} }));

let loading: Promise<void> | undefined;

/** Reads what was kept, once. What was done on this page in the meantime stays done. */
export function loadProgress(): Promise<void> {
  return (loading ??= loadThing<Partial<Progress>>("progress").then((kept) => {
    const { steps, read } = progressStore.getState();
    progressStore.setState({ loaded: true, steps: { ...kept?.steps, ...steps }, read: { ...kept?.read, ...read } });
  }));
}

/** Two tabs may each have done something: what is kept is the union. */
async function keep(): Promise<void> {
  const { steps, read } = progressStore.getState();
  await changeThing<Partial<Progress>>("progress", (kept) => ({ steps: { ...kept?.steps, ...steps }, read: { ...kept?.read, ...read } }));
}

/** A step was done. Doing it again changes nothing. */
export function markStep(lesson: string, step: string): void {
  const key = `${lesson}/${step}`;
  const { steps } = progressStore.getState();
  if (steps[key]) return;
  progressStore.setState({ steps: { ...steps, [key]: Date.now() } });
  void keep();
}

/** The learner came to the end of a lesson's text. */
export function markRead(lesson: string): void {
  const { read } = progressStore.getState();
  if (read[lesson]) return;
  progressStore.setState({ read: { ...read, [lesson]: Date.now() } });
  void keep();
}

export function useProgress<T>(select: (progress: Progress) => T): T {
  useEffect(() => void loadProgress(), []);
  return useStore(progressStore, select);
}

export const useStepDone = (lesson: string, step: string): boolean => useProgress(({ steps }) => `${lesson}/${step}` in steps);
