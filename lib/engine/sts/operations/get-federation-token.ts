import { ok } from "../../errors";
import { validatePolicy } from "../../iam/policy/validate";
import { federatedArn } from "../../iam/who";
import { issue, packedSize, sessionPolicies } from "../credentials";
import { stsErrors } from "../errors";
import type { AuthRequest, ConditionContext, Operation } from "../../types";

interface Input {
  Name: string;
  Policy?: string;
  PolicyArns?: { arn?: string }[];
  DurationSeconds?: number;
  Tags?: { Key: string; Value: string }[];
}

const HOURS_12 = 43_200;

/**
 * Temporary credentials for somebody whom IAM does not know, within what the calling user may do: nothing without a
 * session policy, save what resource policies give the federated user by name.
 * Source: STS API, GetFederationToken; IAM User Guide, "Permissions for GetFederationToken".
 */
export const GetFederationToken: Operation = {
  name: "GetFederationToken",

  validate({ Policy, Tags = [] }: Input) {
    const keys = Tags.map(({ Key }) => Key.toLowerCase());
    if (new Set(keys).size < keys.length) return stsErrors.duplicateTags();
    const reason = Policy === undefined ? undefined : validatePolicy(Policy, "session");
    return reason === undefined ? undefined : stsErrors.malformedPolicy(reason);
  },

  authorise({ Name, Tags = [] }: Input, { principal, account }) {
    if (principal.session) return stsErrors.withSession("GetFederationToken");
    const context: ConditionContext = {};
    for (const { Key, Value } of Tags) context[`aws:RequestTag/${Key}`] = Value;
    if (Tags.length > 0) context["aws:TagKeys"] = Tags.map(({ Key }) => Key);
    const ask = (action: string): AuthRequest => ({ action, resource: federatedArn(account, Name), context });
    return Tags.length > 0 ? [ask("sts:GetFederationToken"), ask("sts:TagSession")] : ask("sts:GetFederationToken");
  },

  handle(input: Input, ctx) {
    const limits = sessionPolicies(ctx, ctx.account, input);
    if (!limits.ok) return limits;
    const { policies } = limits;
    const tags: Record<string, string> = Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
    const packed = packedSize(policies, tags);
    if (packed > 100) return stsErrors.packedTooLarge(packed);
    const isRoot = ctx.principal.type === "Root";
    const seconds = input.DurationSeconds ?? (isRoot ? 3600 : HOURS_12);
    const credentials = issue(
      ctx,
      { account: ctx.account, federated: input.Name, name: input.Name, policies, tags, ...(isRoot ? {} : { user: ctx.principal.name }) },
      isRoot ? Math.min(seconds, 3600) : seconds,
    );
    return ok({
      Credentials: credentials,
      FederatedUser: { FederatedUserId: `${ctx.account}:${input.Name}`, Arn: federatedArn(ctx.account, input.Name) },
      ...(policies.length > 0 || Object.keys(tags).length > 0 ? { PackedPolicySize: packed } : {}),
    });
  },
};
