"use client";
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from "react";
import Flashbar, { type FlashbarProps } from "@cloudscape-design/components/flashbar";

interface Flash {
  /** A result at the top of the page, as the AWS console shows it. */
  success(words: ReactNode): void;
  warning(words: ReactNode): void;
}

const FlashContext = createContext<Flash>({ success: () => undefined, warning: () => undefined });
const ItemsContext = createContext<FlashbarProps.MessageDefinition[]>([]);

export const useFlash = (): Flash => useContext(FlashContext);

let number = 0;

export function FlashProvider({ children }: { children: ReactNode }) {
  const [items, setItems] = useState<FlashbarProps.MessageDefinition[]>([]);
  const add = useCallback((type: "success" | "warning", content: ReactNode) => {
    const id = `flash-${++number}`;
    const onDismiss = () => setItems((before) => before.filter((item) => item.id !== id));
    // The newest only: older results are told by the strip.
    setItems([{ id, type, content, dismissible: true, dismissLabel: "Dismiss message", onDismiss }]);
  }, []);
  const flash = useMemo<Flash>(() => ({ success: (words) => add("success", words), warning: (words) => add("warning", words) }), [add]);
  return (
    <FlashContext value={flash}>
      <ItemsContext value={items}>{children}</ItemsContext>
    </FlashContext>
  );
}

/** Where the frame shows the results. */
export function Flashes() {
  const items = useContext(ItemsContext);
  return items.length ? (
    <div data-testid="flashbar">
      <Flashbar items={items} />
    </div>
  ) : null;
}
