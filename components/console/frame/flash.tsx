"use client";
import { createContext, useContext, useEffect, useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import Flashbar from "@cloudscape-design/components/flashbar";

interface Flash {
  /** A result at the top of the page, as the AWS console shows it. */
  success(words: ReactNode): void;
  warning(words: ReactNode): void;
}

interface Item {
  id: string;
  type: "success" | "warning";
  content: ReactNode;
  /** ms of the browser's clock. */
  at: number;
}

/**
 * The newest result of each console, by its address; older ones are told by the strip. Outside React: a router may build
 * the page anew for each address, and what a form did is shown on the page that follows it.
 */
const flashes = createStore<Record<string, Item | undefined>>(() => ({}));
/** A result that is older than this when a console is opened belongs to an earlier visit. */
const FRESH_MS = 60_000;
let number = 0;

const OfContext = createContext("");

export function FlashProvider({ of, children }: { of: string; children: ReactNode }) {
  useEffect(() => {
    const item = flashes.getState()[of];
    if (item && Date.now() - item.at > FRESH_MS) flashes.setState({ [of]: undefined });
  }, [of]);
  return <OfContext value={of}>{children}</OfContext>;
}

export function useFlash(): Flash {
  const of = useContext(OfContext);
  return useMemo(() => {
    const add = (type: Item["type"]) => (content: ReactNode) =>
      flashes.setState({ [of]: { id: `flash-${++number}`, type, content, at: Date.now() } });
    return { success: add("success"), warning: add("warning") };
  }, [of]);
}

/** Where the frame shows the result. */
export function Flashes() {
  const of = useContext(OfContext);
  const item = useStore(flashes, (state) => state[of]);
  if (!item) return null;
  const { id, type, content } = item;
  return (
    <div data-testid="flashbar">
      <Flashbar
        items={[
          { id, type, content, dismissible: true, dismissLabel: "Dismiss message", onDismiss: () => flashes.setState({ [of]: undefined }) },
        ]}
      />
    </div>
  );
}
