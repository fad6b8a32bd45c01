import { arn } from "../arn";
import type { AuthRequest, ConditionContext, Context } from "../types";
import { type Tag, lists, policies } from "./state";

/**
 * The questions that Firewall Manager asks of the policies.
 * Source: Service Authorization Reference, Actions, resources, and condition keys for AWS Firewall Manager.
 */

export type Kind = "policy" | "applications-list" | "protocols-list";

/** `arn:aws:fms:<Region>:<account>:policy/<id>`. */
export const fmsArn = ({ account, region }: Pick<Context, "account" | "region">, kind: Kind, id: string): string => arn("fms", region, account, `${kind}/${id}`);

const resourceTags = (tags: readonly Tag[] = []): ConditionContext => Object.fromEntries(tags.map(({ Key, Value }) => [`aws:ResourceTag/${Key}`, Value]));

export function requestTags(tags: readonly Tag[] = []): ConditionContext {
  const context: ConditionContext = Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value]));
  if (tags.length) context["aws:TagKeys"] = tags.map(({ Key }) => Key);
  return context;
}

export const askAll = (action: string): AuthRequest => ({ action: `fms:${action}`, resource: "*" });

export const askPolicy = (ctx: Context, action: string, id: string, more: ConditionContext = {}): AuthRequest => ({
  action: `fms:${action}`, resource: fmsArn(ctx, "policy", id), context: { ...resourceTags(policies(ctx.db).get(id)?.tags), ...more },
});

export const askList = (ctx: Context, action: string, kind: "apps" | "protocols", id: string, more: ConditionContext = {}): AuthRequest => ({
  action: `fms:${action}`, resource: fmsArn(ctx, kind === "apps" ? "applications-list" : "protocols-list", id), context: { ...resourceTags(lists(ctx.db).get(id)?.tags), ...more },
});

export interface Tagged {
  tags: readonly Tag[];
  put(tags: Tag[]): void;
}

/** The policy or list of this account and Region that an ARN names. */
export function findTagged(ctx: Context, text: string): Tagged | undefined {
  const id = text.slice(text.lastIndexOf("/") + 1);
  const policy = policies(ctx.db).get(id);
  if (policy && text === fmsArn(ctx, "policy", id)) return { tags: policy.tags, put: (tags) => void (policies(ctx.db).edit(id).tags = tags) };
  const list = lists(ctx.db).get(id);
  return list?.ListArn === text ? { tags: list.tags, put: (tags) => void (lists(ctx.db).edit(id).tags = tags) } : undefined;
}

export const askTagged = (ctx: Context, action: string, resource: string, more: ConditionContext = {}): AuthRequest => ({ action: `fms:${action}`, resource, context: { ...resourceTags(findTagged(ctx, resource)?.tags), ...more } });
