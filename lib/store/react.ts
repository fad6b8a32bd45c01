"use client";

import { useStore } from "zustand";
import { type LabState, labStore } from "./lab-store";
import { perFrame } from "./per-frame";

/** What calls change, and nothing else: the journal, what was taken back, what the lab holds. A page draws that once a frame. */
const ofCalls = new Set<keyof LabState>(["journal", "undone", "versions"]);
const onlyCalls = (now: LabState, before: LabState): boolean => (Object.keys(now) as (keyof LabState)[]).every((name) => now[name] === before[name] || ofCalls.has(name));

const drawn = { ...labStore, subscribe: perFrame(labStore, onlyCalls) };

/** Selects narrowly from the lab's state: `useLab((state) => state.identity.region)`. */
export const useLab = <T>(select: (state: LabState) => T): T => useStore(drawn, select);
