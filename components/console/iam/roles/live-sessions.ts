import { sessions, type SessionRow } from "@/lib/engine/iam/state";

/** A role's sessions that have not run out, the newest first. */
export function liveSessions(db: Parameters<typeof sessions>[0], roleId: string, now: number): Readonly<SessionRow>[] {
  return sessions(db)
    .all()
    .filter(({ role, expiresAt }) => role?.RoleId === roleId && expiresAt > now)
    .sort((a, b) => b.issuedAt - a.issuedAt);
}
