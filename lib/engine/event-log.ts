import type { CloudEvent, Db } from "./types";

/** How many events of an account and Region a lab keeps for looking at; the oldest go first. */
const kept = 1_000;

/**
 * Writes an event down where it came in: `db` is EventBridge's at that place. Returns its key in the log, which sorts by
 * time, and of the same moment in the order in which events were sent (their ids are random).
 */
export function logEvent(db: Db, at: number, event: CloudEvent): string {
  const log = db.table<CloudEvent>("log");
  const moment = String(at).padStart(15, "0");
  const before = /^\d{15} (\d{6}) /.exec(log.ids({ prefix: moment }).at(-1) ?? "");
  const key = `${moment} ${String(before ? Number(before[1]) + 1 : 0).padStart(6, "0")} ${event.id}`;
  log.put(key, event);
  if (log.size > kept) log.delete(log.ids({ limit: 1 })[0]);
  return key;
}

/** Whether any rule is there, so that an event is worth delivering: a lab without rules pays nothing. */
export const hasRules = (db: Db): boolean => db.table("rules").size > 0;
