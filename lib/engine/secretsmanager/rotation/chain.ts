import { parseArn } from "../../arn";
import { regions } from "../../regions";
import type { Context } from "../../types";

/**
 * Rotations that start each other: a rotation function that calls RotateSecret. Lambda counts the functions that stand
 * before one in its chain and ends a loop; a rotation hands the count on from the function that asked for it to the
 * functions that it invokes. AWS does not look for loops that go through Secrets Manager, and would go round until somebody
 * stops it; this lab ends them.
 */
const chain = (ctx: Context, account: string, region: string) => ctx.db.at({ account, region, service: "lambda" }).table<{ length: number }>("chain");

/** How many functions stand before this call; 0 where no function made it. */
export function chainHere(ctx: Context): number {
  if (!ctx.depth) return 0;
  return Math.max(1, ...Object.keys(regions).map((region) => chain(ctx, ctx.principal.account, region).get("chain")?.length ?? 0));
}

/** `work` invokes the function with so many before it. */
export function inChain<T>(ctx: Context, functionArn: string, length: number, work: () => T): T {
  const at = parseArn(functionArn);
  if (!at || length === 0) return work();
  const table = chain(ctx, at.account, at.region);
  table.put("chain", { length });
  const done = work();
  table.delete("chain");
  return done;
}
