"use client";

import { useStore } from "zustand";
import { type LabState, labStore } from "./lab-store";

/** Selects narrowly from the lab's state: `useLab((state) => state.identity.region)`. */
export const useLab = <T>(select: (state: LabState) => T): T => useStore(labStore, select);
