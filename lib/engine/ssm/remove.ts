import type { Context } from "../types";
import { emitChange } from "./events";
import { schedulePolicies } from "./policies";
import { count, currentVersion, parameters, resourcePolicies, versionId, versions } from "./state";

/** Takes a parameter away with all that hangs on it. False if there is none. */
export function removeParameter(ctx: Context, name: string): boolean {
  const row = parameters(ctx.db).get(name);
  if (!row) return false;
  const { Description } = currentVersion(ctx.db, row);
  schedulePolicies(ctx, { ...row, policies: [] }, row.policies.length);
  const shares = resourcePolicies(ctx.db);
  for (const id of shares.ids({ prefix: `${name}\0` })) shares.delete(id);
  for (let version = row.oldest; version <= row.Version; version++) versions(ctx.db).delete(versionId(name, version));
  parameters(ctx.db).delete(name);
  count(ctx.db, row.Tier, -1);
  emitChange(ctx, "Delete", { ...row, Description });
  return true;
}
