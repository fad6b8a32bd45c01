"use client";
import Button from "@cloudscape-design/components/button";
import type { Caller } from "@/lib/engine/types";
import { setIdentity } from "@/lib/store/lab-store";
import { useLab } from "@/lib/store/react";

/** Becomes the caller whom a page is about, as the identity menu in the top bar does. */
export function SwitchIdentity({ account, caller }: { account: string; caller: Caller }) {
  const now = useLab((state) => JSON.stringify(state.identity.caller));
  const same = now === JSON.stringify(caller);
  return (
    <Button disabled={same} disabledReason="You are this identity now." onClick={() => setIdentity({ account, caller })} data-testid="switch-identity">
      Switch to this identity
    </Button>
  );
}
