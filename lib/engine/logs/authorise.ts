import { arn } from "../arn";
import type { AuthRequest, ConditionContext, Context } from "../types";
import { groups, policies } from "./state";

/**
 * The questions that CloudWatch Logs asks of the policies. A group is asked for as its streams are, with the stream left
 * empty: that is why a policy names a log group with `:*` at its end.
 * Sources: Service Authorization Reference, Amazon CloudWatch Logs; resources in refusals as AWS words them
 * (`log-group:<name>:log-stream:<name>`).
 */
export const ask = (ctx: Context, action: string, group = "", stream = ""): AuthRequest => ({
  action: `logs:${action}`,
  resource: arn("logs", ctx.region, ctx.account, `log-group:${group}:log-stream:${stream}`),
  context: tagsOf(groups(ctx.db).get(group)?.tags),
  ...resourcePolicy(ctx),
});

/** The account's policies for services, all in one: each has a say about every log group. */
function resourcePolicy(ctx: Context): Pick<AuthRequest, "resourcePolicy"> {
  const all = policies(ctx.db).all();
  if (!all.length) return {};
  const statements = all.flatMap(({ policyDocument }) => (JSON.parse(policyDocument) as { Statement: object | object[] }).Statement);
  return { resourcePolicy: { name: all.map(({ policyName }) => policyName).join(", "), document: JSON.stringify({ Version: "2012-10-17", Statement: statements }), from: "CloudWatch Logs", kind: "ResourcePolicy", authority: "shared" } };
}

/** About the group itself: tags. */
export const askGroup = (ctx: Context, action: string, group: string, context: ConditionContext = {}): AuthRequest => ({
  action: `logs:${action}`,
  resource: groupArn(ctx, group),
  context: { ...tagsOf(groups(ctx.db).get(group)?.tags), ...context },
});

export const groupArn = (ctx: Context, group: string): string => arn("logs", ctx.region, ctx.account, `log-group:${group}`);

export function requestTags(tags: Readonly<Record<string, string>> = {}): ConditionContext {
  const context: ConditionContext = Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value]));
  if (Object.keys(tags).length) context["aws:TagKeys"] = Object.keys(tags);
  return context;
}

const tagsOf = (tags: Readonly<Record<string, string>> = {}): ConditionContext => Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
