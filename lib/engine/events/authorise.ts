import { arn } from "../arn";
import type { AuthRequest, ConditionContext, Context } from "../types";
import { type BusReference, busArn, busReference, findBus, ruleArn } from "./names";
import { ruleId, rules } from "./state";

/**
 * The questions that EventBridge asks of the policies. A bus's own policy has a say about the bus; about rules IAM alone.
 * Source: Service Authorization Reference, Amazon EventBridge; EventBridge User Guide, Using IAM policy conditions in Amazon EventBridge.
 */
const tagKeys = (tags: Readonly<Record<string, string>>): ConditionContext => Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));

export interface Tag {
  Key: string;
  Value: string;
}

export function requestTags(tags: readonly Tag[] = []): ConditionContext {
  const context: ConditionContext = Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value]));
  if (tags.length) context["aws:TagKeys"] = tags.map(({ Key }) => Key);
  return context;
}

export function askBus(ctx: Context, action: string, given?: string, context: ConditionContext = {}): AuthRequest {
  const reference = busReference(ctx, given);
  return askReference(ctx, action, reference, context);
}

export function askReference(ctx: Context, action: string, reference: BusReference, context: ConditionContext = {}): AuthRequest {
  const row = findBus(ctx.db.at(reference), reference.name);
  return {
    action: `events:${action}`,
    resource: busArn(reference),
    context: { ...tagKeys(row?.tags ?? {}), ...context },
    ...(reference.account === ctx.account ? {} : { resourceAccount: reference.account }),
    ...(row?.Policy ? { resourcePolicy: { name: "event bus policy", document: row.Policy, from: `event bus ${reference.name}`, kind: "ResourcePolicy" as const, authority: "shared" as const } } : {}),
  };
}

export function askRule(ctx: Context, action: string, name: string, bus?: string, context: ConditionContext = {}): AuthRequest {
  const { account, region, name: busName } = busReference(ctx, bus);
  const row = rules(ctx.db.at({ account, region })).get(ruleId(busName, name));
  return {
    action: `events:${action}`,
    resource: ruleArn({ account, region }, busName, name),
    context: { ...tagKeys(row?.tags ?? {}), ...(row ? { "events:creatorAccount": row.CreatedBy } : {}), ...context },
    ...(account === ctx.account ? {} : { resourceAccount: account }),
  };
}

/** Lists name no rule and no bus by itself. */
export const askAll = (ctx: Context, action: string, kind: "rule" | "event-bus"): AuthRequest => ({ action: `events:${action}`, resource: arn("events", ctx.region, ctx.account, `${kind}/*`) });

/** Whether the caller may hand this role to EventBridge. Source: IAM User Guide, Granting a user permissions to pass a role. */
export const passRole = (role: string): AuthRequest => ({ action: "iam:PassRole", resource: role, context: { "iam:PassedToService": "events.amazonaws.com" } });
