import { arn } from "../arn";
import type { AuthRequest, ConditionContext, Context } from "../types";
import { isFailure } from "./errors";
import { type Reference, parseReference } from "./names";
import { findRow } from "./selectors";
import { type Tag, parameterArn, parameters, resourcePolicies } from "./state";

/**
 * The questions that Parameter Store asks of the policies.
 * Source: Service Authorization Reference, AWS Systems Manager; Systems Manager User Guide, restricting access to
 * parameters, preventing access to Parameter Store API operations.
 */

/** What names no parameter, or none that can be read: seen in github.com/aws-solutions/aws-control-tower-customizations/issues/208. */
export const everything = (ctx: Context): string => arn("ssm", ctx.region, ctx.account, "*");

export function resourceTags(tags: readonly Tag[]): ConditionContext {
  const out: ConditionContext = {};
  for (const { Key, Value } of tags) {
    out[`ssm:resourceTag/${Key}`] = Value;
    out[`aws:ResourceTag/${Key}`] = Value;
  }
  return out;
}

export function requestTags(tags: readonly Tag[]): ConditionContext {
  const out: ConditionContext = {};
  for (const { Key, Value } of tags) out[`aws:RequestTag/${Key}`] = Value;
  if (tags.length) out["aws:TagKeys"] = tags.map(({ Key }) => Key);
  return out;
}

/** About a parameter of the caller's own account. */
export function askOwn(ctx: Context, action: string, name: string, context: ConditionContext = {}): AuthRequest {
  const tags = parameters(ctx.db).get(name)?.tags ?? [];
  return { action: `ssm:${action}`, resource: parameterArn(ctx.region, ctx.account, name), context: { ...resourceTags(tags), ...context } };
}

/** About whatever the caller named; another account's parameter brings its resource policy along. */
export function askReference(ctx: Context, action: string, given: string): AuthRequest {
  const reference = parseReference(given, ctx.region, ctx.account);
  if (isFailure(reference)) return { action: `ssm:${action}`, resource: everything(ctx) };
  const row = findRow(ctx, reference);
  const question: AuthRequest = { action: `ssm:${action}`, resource: reference.arn, context: resourceTags(row?.tags ?? []) };
  if (!reference.account || reference.account === ctx.account) return question;
  const policy = row && sharingPolicy(ctx, reference, row.Name);
  return { ...question, resourceAccount: reference.account, ...(policy && { resourcePolicy: policy }) };
}

/** A parameter's resource policies as one. */
function sharingPolicy(ctx: Context, reference: Reference, name: string): AuthRequest["resourcePolicy"] {
  const table = resourcePolicies(ctx.db.at({ account: reference.account }));
  const documents = table.ids({ prefix: `${name}\0` }).map((id) => JSON.parse(table.get(id)!.Policy) as { Version?: string; Statement: unknown });
  if (!documents.length) return undefined;
  const Statement = documents.flatMap((document) => document.Statement);
  return { name: "resource policy", document: JSON.stringify({ Version: documents[0].Version ?? "2012-10-17", Statement }), from: `parameter ${name}`, kind: "ResourcePolicy", authority: "shared" };
}
