import type { Context } from "../types";
import { settleLater } from "./configuration";
import { LATEST, type VersionRow, functions, versionId, versions } from "./state";

/** Makes the next version out of what `$LATEST` is now. */
export function publish(ctx: Context, name: string, description: string): VersionRow {
  const row = functions(ctx.db).edit(name);
  const latest = versions(ctx.db).get(versionId(name, LATEST))!;
  const Version = String(row.nextVersion++);
  const { LastUpdateStatus: _, ...same } = latest;
  // The grant stays with $LATEST too: it is the function's, for both decrypt under the function's ARN.
  const version: VersionRow = { ...structuredClone(same), Version, Description: description, RevisionId: ctx.newId(), State: "Pending" };
  versions(ctx.db).put(versionId(name, Version), version);
  settleLater(ctx, version);
  return version;
}
