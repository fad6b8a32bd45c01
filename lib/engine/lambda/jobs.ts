import type { Context, Service } from "../types";
import { invokeQueued } from "./async";
import { versionId, versions } from "./state";

/** A version that was made or changed is ready. */
function ready({ FunctionName, Version }: { FunctionName: string; Version: string }, ctx: Context): void {
  const id = versionId(FunctionName, Version);
  if (!versions(ctx.db).get(id)) return;
  const row = versions(ctx.db).edit(id);
  row.State = "Active";
  row.LastUpdateStatus = "Successful";
}

export const jobs: Service["jobs"] = { FunctionReady: ready, AsynchronousInvocation: invokeQueued };
