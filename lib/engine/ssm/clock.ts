import type { Context, Service } from "../types";
import { emitPolicyAction } from "./policies";
import { removeParameter } from "./remove";
import { type PolicyRow, parameters } from "./state";

interface Args {
  name: string;
  index: number;
}

/** The policy that a job is about, if it is still there and still due. */
function duePolicy(ctx: Context, { name, index }: Args): PolicyRow | undefined {
  const policy = parameters(ctx.db).get(name)?.policies[index];
  return policy?.status === "Pending" && policy.due !== undefined && policy.due <= ctx.now ? policy : undefined;
}

function notify(args: Args, ctx: Context): void {
  const policy = duePolicy(ctx, args);
  if (!policy) return;
  const row = parameters(ctx.db).edit(args.name);
  row.policies[args.index].status = "Finished";
  emitPolicyAction(ctx, row, policy);
}

function expire(args: Args, ctx: Context): void {
  const policy = duePolicy(ctx, args);
  if (!policy) return;
  emitPolicyAction(ctx, parameters(ctx.db).get(args.name)!, policy);
  removeParameter(ctx, args.name);
}

/** What the clock does with parameter policies. Source: Systems Manager User Guide, assigning parameter policies. */
export const jobs: Service["jobs"] = { Expiration: expire, ExpirationNotification: notify, NoChangeNotification: notify };
