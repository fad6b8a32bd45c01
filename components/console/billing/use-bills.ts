"use client";
import { useMemo } from "react";
import { type Bill, bills } from "@/lib/engine/billing/bill";
import { useNow, useRecords, useWhere } from "../frame/lab";
import { usePlace } from "../frame/place";
import { chargedKeys, type ChargedKey } from "./charged-keys";

export interface Accounts {
  account: string;
  bills: Bill[];
  keys: ChargedKey[];
}

const MINUTE_MS = 60_000;

/** Bills of the chosen account, newest first, and its keys; undefined until the lab is open. They grow with the lab's clock, minute by minute. */
export function useBills(): Accounts | undefined {
  const { watches } = usePlace();
  const { account, revision } = useWhere(watches);
  const read = useRecords();
  const now = useNow();
  const minute = Math.floor(now / MINUTE_MS);
  return useMemo(
    () => read && { account, bills: bills(read, account, now), keys: chargedKeys(read, account) },
    // eslint-disable-next-line react-hooks/exhaustive-deps -- anew when the lab changed, else once a minute
    [read, account, revision, minute],
  );
}
