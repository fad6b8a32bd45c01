"use client";
import { useEffect, useRef } from "react";
import { usePlace } from "../frame/place";

const AGAIN_MS = 1000;

/** Creating and Updating end by themselves after a few seconds: while one is shown, the page looks again. */
export function useSettling(states: readonly (string | undefined)[] | undefined, look: () => void): void {
  const { shown } = usePlace();
  const latest = useRef(look);
  latest.current = look;
  const passing = shown && (states?.some((state) => state === "Creating" || state === "Updating") ?? false);
  useEffect(() => {
    if (!passing) return;
    const timer = setInterval(() => latest.current(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [passing]);
}
