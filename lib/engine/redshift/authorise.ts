import { arn } from "../arn";
import type { AuthRequest, ConditionContext, Context } from "../types";
import { clusters, type Tag } from "./state";

/** The questions that Redshift asks of the policies. Source: Service Authorization Reference, Amazon Redshift. */

export const clusterArn = (ctx: Pick<Context, "account" | "region">, id: string): string => arn("redshift", ctx.region, ctx.account, `cluster:${id}`);

export function requestTags(tags: readonly Partial<Tag>[] | undefined): ConditionContext {
  const out: ConditionContext = Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [`aws:RequestTag/${Key}`, Value]));
  if (tags?.length) out["aws:TagKeys"] = tags.map(({ Key = "" }) => Key);
  return out;
}

export function about(ctx: Context, action: string, id: string, context: ConditionContext = {}): AuthRequest {
  const known = clusters(ctx.db).get(id);
  return { action: `redshift:${action}`, resource: clusterArn(ctx, id), context: { ...Object.fromEntries((known?.tags ?? []).map(({ Key, Value }) => [`aws:ResourceTag/${Key}`, Value])), ...context } };
}
