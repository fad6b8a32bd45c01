import { arn } from "../arn";
import { utf8 } from "../crypto/bytes";
import type { Context } from "../types";
import type { DbEngine } from "./state";

/** What things are called: ARNs, host names, the ids that AWS makes up. */

export const instanceArn = (ctx: Pick<Context, "account" | "region">, id: string): string => arn("rds", ctx.region, ctx.account, `db:${id}`);
export const clusterArn = (ctx: Pick<Context, "account" | "region">, id: string): string => arn("rds", ctx.region, ctx.account, `cluster:${id}`);

/** The part of host names that an account has in a Region: `c` and eleven letters and digits, always the same. */
export function hostPart({ account, region, ciphers }: Context): string {
  const digest = ciphers.sha256(utf8(`${account} ${region}`));
  return `c${[...digest.subarray(0, 11)].map((byte) => "abcdefghijklmnopqrstuvwxyz0123456789"[byte % 36]).join("")}`;
}

const domain = (engine: DbEngine): string => (engine === "docdb" ? "docdb" : "rds");

export const instanceHost = (ctx: Context, engine: DbEngine, id: string): string => `${id}.${hostPart(ctx)}.${ctx.region}.${domain(engine)}.amazonaws.com`;
export const clusterHost = (ctx: Context, engine: DbEngine, id: string): string => `${id}.cluster-${hostPart(ctx)}.${ctx.region}.${domain(engine)}.amazonaws.com`;
export const readerHost = (ctx: Context, engine: DbEngine, id: string): string => `${id}.cluster-ro-${hostPart(ctx)}.${ctx.region}.${domain(engine)}.amazonaws.com`;

/** `db-` or `cluster-` and 26 capitals and digits. */
export function resourceId(ctx: Context, kind: "db" | "cluster"): string {
  return `${kind}-${[...ctx.random(26)].map((byte) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[byte & 31]).join("")}`;
}

export const zonesOf = (region: string): string[] => ["a", "b", "c"].map((letter) => region + letter);
