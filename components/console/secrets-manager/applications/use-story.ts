"use client";
import { useEffect, useMemo, useState } from "react";
import { type ApplicationRow, applications } from "@/lib/engine/application/state";
import type { JournalEntry } from "@/lib/engine/types";
import { useJournal, useNow, useRecords, useWhere } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { rotationSteps } from "../detail/rotation-steps";
import { labelSpans, loginsOf, outagesAt, secretOf } from "./story";

/** The lab's clock, every second while the page is shown, and after every entry of the journal. */
function useRunningClock(): number {
  const { shown } = usePlace();
  const [, tick] = useState(0);
  useEffect(() => {
    if (!shown) return;
    const timer = setInterval(() => tick((count) => count + 1), 1_000);
    return () => clearInterval(timer);
  }, [shown]);
  return useNow();
}

/** Applications of the account and Region: no AWS API tells of them, so they are read from the lab's records. undefined until the lab is open. */
export function useApplications(): { rows: Readonly<ApplicationRow>[]; now: number; db: ReturnType<NonNullable<ReturnType<typeof useRecords>>> } | undefined {
  const read = useRecords();
  const { account, region } = useWhere();
  const now = useRunningClock();
  if (!read) return undefined;
  const db = read({ account, region, service: "application" });
  return { rows: applications(db).all(), now, db };
}

/** What one application lived through; `row` undefined where it is not there. */
export function useStory(name: string) {
  const found = useApplications();
  const read = useRecords();
  const journal = useJournal() as readonly JournalEntry[];
  const { account, region } = useWhere();
  const row = found?.rows.find(({ Name }) => Name === name);
  const now = found?.now ?? 0;
  const secret = read && row && secretOf(read, row, { account, region });
  const steps = useMemo(() => (secret ? rotationSteps(journal, secret.row.ARN) : []), [journal, secret?.row.ARN]);
  const logins = useMemo(() => (found && row ? loginsOf(found.db, row, now, journal, { account, region }) : []), [row, now, journal, account, region]);
  const since = logins[0]?.at ?? row?.startedAt ?? 0;
  const spans = useMemo(() => (secret ? labelSpans(journal, secret, since) : []), [journal, secret?.row, since]);
  return { ready: found !== undefined, row, db: found?.db, now, secret, steps, logins, spans, outages: found && row ? outagesAt(found.db, row, now) : [] };
}

export type Story = ReturnType<typeof useStory>;
