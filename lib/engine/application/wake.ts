import type { Context } from "../types";
import { applications, connectJob, watches } from "./state";

/**
 * Tells running applications that something changed which they depend on: a secret's labels, a rotation's step, a server's
 * users. They connect at their next time; while nothing changes they do so more and more seldom. Costs one look where no
 * application runs.
 */
export function wakeApplications(ctx: Context, { secret, hosts = [] }: { secret?: string; hosts?: readonly string[] }): void {
  const table = watches(ctx.db);
  if (!table.size) return;
  for (const { account, region, Name } of [...(secret === undefined ? [] : table.having("secret", secret)), ...hosts.flatMap((host) => table.having("host", host))]) {
    const row = applications(ctx.db.at({ account, region, service: "application" })).get(Name);
    if (row?.State !== "Running" || row.lastAt === undefined) continue;
    const interval = row.IntervalSeconds * 1000;
    const due = row.lastAt + (Math.floor((ctx.now - row.lastAt) / interval) + 1) * interval;
    ctx.schedule({ id: connectJob(Name), due, kind: "Connect", args: { ApplicationName: Name }, account, region, service: "application" });
  }
}
