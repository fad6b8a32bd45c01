"use client";
import { useMemo } from "react";
import type { DeliveryRow, RuleRow, TargetRow } from "@/lib/engine/events/state";
import type { CloudEvent, JournalEntry, Step } from "@/lib/engine/types";
import { useJournal, useRecords, useWhere } from "../../frame/lab";

/**
 * The events of this lab as they came to this account and Region, with what became of each. AWS shows nobody its events:
 * they are read from the lab's records and journal, and not asked for by calls, which would themselves be events.
 */
export interface LabEvent {
  /** In the log: its time, its number in that moment, its id. */
  key: string;
  event: Readonly<CloudEvent>;
  deliveries: Readonly<DeliveryRow>[];
  /** The entry that sent it, and the one in which the rules were asked; undefined where the journal has forgotten it. */
  sent?: JournalEntry;
  asked?: JournalEntry;
}

export type MatchStep = Extract<Step, { kind: "match" }>;

export interface LabEvents {
  /** Newest first. */
  events: LabEvent[];
  /** Rules as they are now. */
  rules: Readonly<RuleRow>[];
  targets: Readonly<TargetRow>[];
}

/** undefined until the lab is open. */
export function useLabEvents(): LabEvents | undefined {
  const read = useRecords();
  const journal = useJournal();
  const { account, region } = useWhere();
  return useMemo(() => {
    if (!read) return undefined;
    const db = read({ account, region, service: "events" });
    const entries = entriesByEvent(journal, account, region);
    const byEvent = new Map<string, Readonly<DeliveryRow>[]>();
    for (const row of db.table<DeliveryRow>("deliveries").all()) byEvent.set(row.event, [...(byEvent.get(row.event) ?? []), row]);
    const log = db.table<CloudEvent>("log");
    const events = log.ids().map((key): LabEvent => ({ key, event: log.get(key)!, deliveries: byEvent.get(key) ?? [], ...entries.get(key) }));
    return { events: events.reverse(), rules: db.table<RuleRow>("rules").all(), targets: db.table<TargetRow>("targets").all() };
  }, [read, journal, account, region]);
}

interface Note {
  /** Events that came in with this entry, and the one that was held against the rules. */
  sent: string[];
  asked: string[];
}

const notes = new WeakMap<JournalEntry, Note>();

function noteOf(entry: JournalEntry): Note {
  let note = notes.get(entry);
  if (note) return note;
  note = { sent: [], asked: [] };
  for (const { account, region, service, table, id, before, after } of entry.changes) {
    const place = `${account} ${region} `;
    if (service === "events" && table === "log" && after && !before) note.sent.push(place + id);
    if (entry.kind === "job" && service === "lab" && table === "jobs" && !after) {
      const job = before as { id: string; account: string; region: string };
      if (job.id.startsWith("deliver ")) note.asked.push(`${job.account} ${job.region} ${job.id.slice("deliver ".length)}`);
    }
  }
  notes.set(entry, note);
  return note;
}

function entriesByEvent(journal: readonly JournalEntry[], account: string, region: string): Map<string, Pick<LabEvent, "sent" | "asked">> {
  const found = new Map<string, Pick<LabEvent, "sent" | "asked">>();
  const place = `${account} ${region} `;
  for (const entry of journal) {
    const note = noteOf(entry);
    for (const what of ["sent", "asked"] as const)
      for (const of of note[what]) {
        if (!of.startsWith(place)) continue;
        const key = of.slice(place.length);
        found.set(key, { ...found.get(key), [what]: entry });
      }
  }
  return found;
}

/** What the rules said when they were asked. */
export const matchesOf = ({ asked }: Pick<LabEvent, "asked">): MatchStep[] => (asked?.trace.steps ?? []).filter((step) => step.kind === "match");

/** A rule's name as people say it, from its ARN. */
export function ruleInArn(arn: string): { bus: string; name: string } {
  const parts = arn.split(":rule/")[1]?.split("/") ?? [arn];
  return parts.length > 1 ? { bus: parts[0], name: parts.slice(1).join("/") } : { bus: "default", name: parts[0] };
}
