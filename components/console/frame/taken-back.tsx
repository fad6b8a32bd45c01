"use client";
import Button from "@cloudscape-design/components/button";
import { openWhy, useFate } from "./lab";
import type { Refusal } from "./use-load";

/** Under an error that something does not exist: that its making was taken back, or what deleted it, where the lab knows. */
export function TakenBack({ refused }: { refused: Refusal }) {
  const { fate, bringBack } = useFate(refused);
  if (!fate) return null;
  return (
    <div data-testid="taken-back">
      {fate.is === "taken back" ? `It was made by ${fate.by}, which has been taken back. ` : `It was deleted by ${fate.by}. `}
      {fate.is === "taken back" ? (
        <Button variant="inline-link" onClick={() => bringBack(fate.steps)}>
          Bring it back
        </Button>
      ) : (
        <Button variant="inline-link" onClick={() => openWhy(fate.seq)} ariaLabel="Why was it deleted?">
          Why?
        </Button>
      )}
    </div>
  );
}
