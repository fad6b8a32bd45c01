import { arn } from "../arn";
import { deniedError } from "../iam/denied";
import type { AuthRequest, ConditionContext, Context, Decision } from "../types";
import { lookUp, readSecretId } from "./find";
import type { SecretRow, Tag } from "./state";

/**
 * The questions that Secrets Manager asks of the policies. A secret's resource policy shares the say with IAM.
 * Source: Service Authorization Reference, AWS Secrets Manager; Secrets Manager User Guide, authentication and access control.
 */

/** What every action on a secret can be asked about it. */
export function secretContext(secret: Readonly<SecretRow>): ConditionContext {
  const out: ConditionContext = { "secretsmanager:SecretId": secret.ARN, ...(secret.PrimaryRegion !== undefined && { "secretsmanager:SecretPrimaryRegion": secret.PrimaryRegion }) };
  if (secret.RotationLambdaARN !== undefined) out["secretsmanager:resource/AllowRotationLambdaArn"] = secret.RotationLambdaARN;
  if (secret.Type !== undefined) out["secretsmanager:resource/Type"] = secret.Type;
  for (const { Key, Value } of secret.tags ?? []) {
    out[`secretsmanager:ResourceTag/${Key}`] = Value;
    out[`aws:ResourceTag/${Key}`] = Value;
  }
  return out;
}

export function requestTags(tags: readonly Tag[] | undefined): ConditionContext {
  const out: ConditionContext = {};
  for (const { Key, Value } of tags ?? []) out[`aws:RequestTag/${Key}`] = Value;
  if (tags?.length) out["aws:TagKeys"] = tags.map(({ Key }) => Key);
  return out;
}

/** Condition keys of the request that are there: what was not given is absent. */
export function given(keys: Record<string, string | number | boolean | string[] | undefined>): ConditionContext {
  const out: ConditionContext = {};
  for (const [key, value] of Object.entries(keys)) if (value !== undefined) out[`secretsmanager:${key}`] = Array.isArray(value) ? value : String(value);
  return out;
}

/**
 * About a secret, however the caller named it. What is not there is asked about in the caller's own words, as AWS does:
 * only who may do it with everything learns that the secret is not there.
 */
export function askAbout(ctx: Context, action: string, secretId: string, context: ConditionContext = {}): AuthRequest {
  const found = lookUp(ctx, secretId);
  if (!found) {
    const owner = readSecretId(secretId, ctx.region, ctx.account)?.account ?? ctx.account;
    return { action: `secretsmanager:${action}`, resource: secretId, ...(owner !== ctx.account && { resourceAccount: owner }), context: { "secretsmanager:SecretId": secretId, ...context } };
  }
  const { secret, account } = found;
  return {
    action: `secretsmanager:${action}`,
    resource: secret.ARN,
    ...(account !== ctx.account && { resourceAccount: account }),
    ...(secret.policy !== undefined && { resourcePolicy: policyOf(secret, secret.policy) }),
    context: { ...secretContext(secret), ...context },
  };
}

type ResourcePolicy = NonNullable<AuthRequest["resourcePolicy"]>;
const known = new WeakMap<Readonly<SecretRow>, ResourcePolicy>();

/** A secret's policy as the policies see it: the same object while its text stays. */
export function policyOf(secret: Readonly<SecretRow>, document: string): ResourcePolicy {
  let policy = known.get(secret);
  if (policy?.document !== document) {
    policy = { kind: "ResourcePolicy", authority: "shared", name: "resource policy", document, from: `secret ${secret.Name}` };
    known.set(secret, policy);
  }
  return policy;
}

/** About no secret in particular. */
export const askAll = (action: string): AuthRequest => ({ action: `secretsmanager:${action}`, resource: "*" });

/**
 * About a secret that is to be made. Its six characters are not known before it is there; `??????` is how AWS's guide
 * writes them in policies. A refusal names the secret as the request does.
 */
export function askNew(ctx: Context, action: string, name: string, context: ConditionContext): AuthRequest {
  const denied = (decision: Decision) => ({ ...deniedError({ ...decision, resource: name }, "secretsmanager"), code: "AccessDeniedException" });
  return { action: `secretsmanager:${action}`, resource: arn("secretsmanager", ctx.region, ctx.account, `secret:${name}-??????`), context, denied };
}
