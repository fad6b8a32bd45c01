import { parseArn } from "../arn";
import type { AuthRequest, ConditionContext, Context } from "../types";
import { type Reference, entityArn, findByArn, findEntity, readEntityArn } from "./names";
import type { Entity, Kind, RuleGroupRow, Scope, Tag } from "./state";

/**
 * The questions that AWS WAF asks of the policies.
 * Source: Service Authorization Reference, Actions, resources, and condition keys for AWS WAF V2; AWS WAF Developer Guide,
 * Identity-based policy examples.
 */

const tagKeys = (tags: readonly Tag[]): ConditionContext => Object.fromEntries(tags.map(({ Key, Value }) => [`aws:ResourceTag/${Key}`, Value]));

export function requestTags(tags: readonly Tag[] = []): ConditionContext {
  const context: ConditionContext = Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value]));
  if (tags.length) context["aws:TagKeys"] = tags.map(({ Key }) => Key);
  return context;
}

/** About no resource in particular. */
export const askAll = (action: string, context: ConditionContext = {}): AuthRequest => ({ action: `wafv2:${action}`, resource: "*", context });

/** About a web ACL, rule group or set. What is not there is asked about by the ARN that it would have. */
export function askEntity(ctx: Context, action: string, kind: Kind, reference: Reference, context: ConditionContext = {}): AuthRequest {
  const row = findEntity(ctx, kind, reference);
  const resource = row?.ARN ?? reference.ARN ?? entityArn(ctx, reference.Scope ?? "REGIONAL", kind, reference.Name ?? "*", reference.Id ?? "*");
  return { action: `wafv2:${action}`, resource, context: { ...tagKeys(row?.tags ?? []), ...context } };
}

/** About what an ARN names, of this account or another. */
export function askArn(ctx: Context, action: string, resource: string, context: ConditionContext = {}): AuthRequest {
  const named = readEntityArn(resource);
  const row: Readonly<Entity> | undefined = named && findByArn(ctx, resource, named.kind);
  const account = parseArn(resource)?.account;
  const policy = named?.kind === "rulegroup" ? (row as RuleGroupRow | undefined)?.policy : undefined;
  return {
    action: `wafv2:${action}`,
    resource,
    context: { ...tagKeys(row?.tags ?? []), ...context },
    ...(account && account !== ctx.account ? { resourceAccount: account } : {}),
    ...(policy === undefined || account === ctx.account ? {} : { resourcePolicy: { name: "permission policy", document: forGroup(policy, resource), from: `rule group ${row!.Name}`, kind: "ResourcePolicy" as const, authority: "shared" as const } }),
  };
}

/** A permission policy says nothing of the resource: it is the group that it is on. */
function forGroup(policy: string, resource: string): string {
  const document = JSON.parse(policy) as { Statement: object[] };
  return JSON.stringify({ ...document, Statement: [document.Statement].flat().map((statement) => ({ ...statement, Resource: resource })) });
}

/** About one that is to be made: its id is not known yet. Tags are asked about by themselves too. */
export function askNew(ctx: Context, action: string, kind: Kind, { Name, Scope, Tags }: { Name: string; Scope: Scope; Tags?: Tag[] }): AuthRequest[] {
  const resource = entityArn(ctx, Scope, kind, Name, "*");
  const asked = [{ action: `wafv2:${action}`, resource, context: requestTags(Tags) }];
  return Tags?.length ? [...asked, { action: "wafv2:TagResource", resource, context: requestTags(Tags) }] : asked;
}

/** About what rules name: sets and groups by their ARNs, managed groups all together. */
export const askReferences = (ctx: Context, action: string, scope: Scope, references: readonly string[], managed: boolean): AuthRequest[] => [
  ...references.map((reference) => askArn(ctx, action, reference)),
  ...(managed ? [{ action: `wafv2:${action}`, resource: entityArn(ctx, scope, "managedruleset", "*", "*") }] : []),
];
