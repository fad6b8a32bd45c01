import type { Db, Principal } from "../types";

/** What was last done with an access key (row id: its id) or by sessions of a role (row id: the role's id). */
export interface LastUsedRow {
  LastUsedDate: number;
  Region: string;
  ServiceName: string;
}

/** Not part of what a call did: the trace leaves changes of this table out. */
export const LAST_USED = "lastUsed";

const table = (db: Db) => db.at({ account: "global", region: "global", service: "iam" }).table<LastUsedRow>(LAST_USED);

export const lastUsed = (db: Db, id: string): Readonly<LastUsedRow> | undefined => table(db).get(id);

/** AWS keeps this in steps too, so a busy key need not be written at every call. */
const STEP = 15 * 60_000;

/**
 * Keeps when, where and for what an access key or a role was last used. AWS counts refused attempts as well; here a
 * call that is refused changes nothing, and so this neither.
 * Source: IAM API, GetAccessKeyLastUsed, RoleLastUsed.
 */
export function noteUse(db: Db, principal: Principal, use: LastUsedRow): void {
  const id = principal.type === "AssumedRole" ? principal.userId.split(":")[0] : principal.session ? undefined : principal.accessKeyId;
  if (id === undefined) return;
  const rows = table(db);
  const before = rows.get(id);
  if (before && before.Region === use.Region && before.ServiceName === use.ServiceName && use.LastUsedDate - before.LastUsedDate < STEP) return;
  rows.put(id, use);
}
