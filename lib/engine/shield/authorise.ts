import { arn } from "../arn";
import type { AuthRequest, ConditionContext, Context } from "../types";
import { type GroupRow, type ProtectionRow, groups, protections } from "./state";
import { resourceTags } from "./tags";

/**
 * The questions that Shield Advanced asks of the policies.
 * Source: Service Authorization Reference, Actions, resources, and condition keys for AWS Shield.
 */

type Kind = "attack" | "protection" | "protection-group";

/** `arn:aws:shield::<account>:protection/<id>`. */
export const shieldArn = (account: string, kind: Kind | "subscription", id: string): string => arn("shield", "", account, `${kind}/${id}`);

export const askAll = (action: string): AuthRequest => ({ action: `shield:${action}`, resource: "*" });

export const ask = ({ account }: Pick<Context, "account">, action: string, kind: Kind, id: string, context: ConditionContext = {}): AuthRequest => ({ action: `shield:${action}`, resource: shieldArn(account, kind, id), context });

export const askProtection = (ctx: Context, action: string, row: Readonly<ProtectionRow> | undefined, id = "*"): AuthRequest => ask(ctx, action, "protection", row?.Id ?? id, resourceTags(row?.tags));

export const askGroup = (ctx: Context, action: string, id: string): AuthRequest => ask(ctx, action, "protection-group", id, resourceTags(groups(ctx.db).get(id)?.tags));

/** Whoever gives the response team a role must be allowed to pass it. Source: AWS Shield Advanced API Reference, AssociateDRTRole. */
export const passRole = (role: string): AuthRequest => ({
  action: "iam:PassRole", resource: role, context: { "iam:PassedToService": "drt.shield.amazonaws.com" },
  denied: ({ principal }) => ({ code: "AccessDeniedForDependencyException", message: `User: ${principal} is not authorized to perform: iam:PassRole on resource: ${role}` }),
});

export type Tagged = { row: Readonly<ProtectionRow>; kind: "protection" } | { row: Readonly<GroupRow>; kind: "protection-group" };

/** The protection or protection group of this account that an ARN names. */
export function findByArn(ctx: Context, text: string): Tagged | undefined {
  const id = text.slice(text.lastIndexOf("/") + 1);
  const protection = protections(ctx.db).get(id);
  if (protection?.ProtectionArn === text) return { row: protection, kind: "protection" };
  const group = groups(ctx.db).get(id);
  return group?.ProtectionGroupArn === text ? { row: group, kind: "protection-group" } : undefined;
}
