"use client";
import { LabDate, LabTime } from "../../frame/lab-time";
import { leaveOut, useLoad } from "../../frame/use-load";

interface LastUsage {
  KeyLastUsage: { Operation?: string; Timestamp?: number };
  TrackingStartDate: number;
}

/** What the key was last used for. Source: KMS API, GetKeyLastUsage. */
export function LastUsageValue({ keyId }: { keyId: string }) {
  const usage = useLoad(`last-usage|${keyId}`, async (ask) => (await ask<LastUsage>("kms", "GetKeyLastUsage", { KeyId: keyId }).catch(leaveOut)) ?? null);
  if (usage.data === undefined) return <>-</>;
  if (usage.data === null) return <>Not allowed to see</>;
  const { KeyLastUsage: last, TrackingStartDate: since } = usage.data;
  if (!last.Operation) return <>Not used since <LabTime seconds={since} /></>;
  return (
    <span data-testid="last-usage">
      {last.Operation}, <LabDate seconds={last.Timestamp} />
    </span>
  );
}
