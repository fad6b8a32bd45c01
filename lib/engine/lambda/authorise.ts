import type { AuthRequest, ConditionContext, Context } from "../types";
import { isFailure } from "./errors";
import { type Reference, dbOfReference, functionArn, parseReference } from "./names";
import { functions, partId, policies } from "./state";

/**
 * The questions that Lambda asks of the policies. A function's own policy has a say in every action on it; what is allowed
 * to the function's name alone is not allowed to its versions and aliases, and the other way round.
 * Source: Service Authorization Reference, AWS Lambda; Lambda Developer Guide, Viewing resource-based IAM policies in Lambda.
 */

export function ownTags(tags: Readonly<Record<string, string>> = {}): ConditionContext {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
}

export function requestTags(tags: Readonly<Record<string, string>> = {}): ConditionContext {
  const context: ConditionContext = Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value]));
  if (Object.keys(tags).length) context["aws:TagKeys"] = Object.keys(tags);
  return context;
}

/** About a function that the reference names. `qualified`: the qualifier is part of the resource (Invoke and the like). */
export function ask(ctx: Context, action: string, reference: Reference, more: { qualified?: boolean; context?: ConditionContext } = {}): AuthRequest {
  const db = dbOfReference(ctx, reference);
  const { account, name, qualifier } = reference;
  const row = functions(db).get(name);
  const resource = functionArn(more.qualified ? reference : { ...reference, qualifier: undefined });
  const request: AuthRequest = { action: `lambda:${action}`, resource, context: { ...ownTags(row?.tags), ...more.context } };
  const policy = policies(db).get(partId(name, qualifier ?? ""));
  if (account !== ctx.account) request.resourceAccount = account;
  if (policy?.statements.length)
    request.resourcePolicy = { name: "function policy", document: policyDocument(policy.statements), from: `function ${name}${qualifier === undefined ? "" : `:${qualifier}`}`, kind: "ResourcePolicy", authority: "shared" };
  return request;
}

export const policyDocument = (statements: readonly string[]): string => `{"Version":"2012-10-17","Id":"default","Statement":[${statements.join(",")}]}`;

/** As an operation's `authorise`: about the function that FunctionName (and Qualifier) name. */
export const about =
  (action: string, more: { qualified?: boolean } = {}) =>
  ({ FunctionName, Qualifier }: { FunctionName: string; Qualifier?: string }, ctx: Context) => {
    const reference = parseReference(FunctionName, Qualifier, ctx);
    return isFailure(reference) ? reference : ask(ctx, action, reference, more);
  };

/** Whether the caller may hand this role to Lambda. Source: IAM User Guide, Granting a user permissions to pass a role. */
export const passRole = (role: string): AuthRequest => ({ action: "iam:PassRole", resource: role, context: { "iam:PassedToService": "lambda.amazonaws.com" } });
