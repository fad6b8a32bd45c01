"use client";
import { useMemo } from "react";
import type { Db } from "@/lib/engine/types";
import { useRecords, useWhere } from "../../frame/lab";
import { readWorld, type World } from "./world";

const watched = ["fms", "organizations", "estate", "wafv2", "shield"] as const;

/** Something read off the lab's records, and again when they changed; undefined until the lab is open. `read` must stay the same function as long as it reads the same. */
export function useRead<T>(read: (db: Db) => T): T | undefined {
  const records = useRecords();
  const { revision } = useWhere(watched);
  return useMemo(
    () => records && read(records({ account: "global", region: "global", service: "organizations" })),
    // The revision stands for the records, which are no state of React's.
    [records, read, revision],
  );
}

/** The organization and what Firewall Manager needs of it, seen from your account, in your Region unless another is named. */
export function useWorld(region?: string): World | undefined {
  const { account, region: here } = useWhere();
  const of = region ?? here;
  return useRead(useMemo(() => (db: Db) => readWorld(db, account, of), [account, of]));
}
