import { validatePolicy } from "../../iam/policy/validate";
import { findRole, type RoleRow } from "../../iam/state";
import { sessionArn } from "../../iam/who";
import { ok } from "../../errors";
import { issue, packedSize, sessionPolicies } from "../credentials";
import { stsErrors } from "../errors";
import type { AuthRequest, ConditionContext, Context, Operation } from "../../types";

interface Input {
  RoleArn: string;
  RoleSessionName: string;
  DurationSeconds?: number;
  ExternalId?: string;
  Policy?: string;
  PolicyArns?: { arn?: string }[];
  Tags?: { Key: string; Value: string }[];
  TransitiveTagKeys?: string[];
  SourceIdentity?: string;
  SerialNumber?: string;
  TokenCode?: string;
}

const roleArn = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;

function roleOf(arn: string, ctx: Context): { account: string; role?: Readonly<RoleRow> } | undefined {
  const match = roleArn.exec(arn);
  if (!match) return undefined;
  const role = findRole(ctx.db, match[1], match[2]);
  // The ARN with its path and in its own spelling, or it is another role.
  return { account: match[1], role: role?.Arn === arn ? role : undefined };
}

/** A session of a role that assumes a role. */
const chained = ({ principal }: Context) => principal.type === "AssumedRole";

/** Tags that the calling session hands on. */
function inherited({ principal: { session } }: Context): Record<string, string> {
  const kept = new Set((session?.transitiveTags ?? []).map((key) => key.toLowerCase()));
  return Object.fromEntries(Object.entries(session?.tags ?? {}).filter(([key]) => kept.has(key.toLowerCase())));
}

const sourceIdentityOf = (input: Input, ctx: Context) => input.SourceIdentity ?? ctx.principal.session?.sourceIdentity;

/**
 * Temporary credentials for a role, if the role's trust policy and the caller's own policies say so.
 * Refuses with `AccessDenied` alike a role that does not exist and one that does not trust the caller.
 * Source: STS API, AssumeRole; IAM User Guide, "Pass session tags in AWS STS", "Role chaining".
 */
export const AssumeRole: Operation = {
  name: "AssumeRole",

  validate(input: Input, ctx) {
    if (!roleOf(input.RoleArn, ctx)) return stsErrors.invalidArn(input.RoleArn);
    const keys = (input.Tags ?? []).map(({ Key }) => Key.toLowerCase());
    if (new Set(keys).size < keys.length) return stsErrors.duplicateTags();
    if (input.Policy !== undefined) {
      const reason = validatePolicy(input.Policy, "session");
      if (reason) return stsErrors.malformedPolicy(reason);
    }
    return undefined;
  },

  authorise(input: Input, ctx) {
    if (ctx.principal.type === "Root") return stsErrors.rootAssumes();
    if (ctx.principal.type === "FederatedUser") return stsErrors.withSession("AssumeRole");
    const { account, role } = roleOf(input.RoleArn, ctx)!;
    if (!role) return stsErrors.notAuthorised(ctx.principal.arn, "sts:AssumeRole", input.RoleArn);
    const context: ConditionContext = { "sts:RoleSessionName": input.RoleSessionName };
    if (input.ExternalId !== undefined) context["sts:ExternalId"] = input.ExternalId;
    const sourceIdentity = sourceIdentityOf(input, ctx);
    if (sourceIdentity !== undefined) context["sts:SourceIdentity"] = sourceIdentity;
    const tags = input.Tags ?? [];
    if (tags.length > 0) {
      for (const { Key, Value } of tags) context[`aws:RequestTag/${Key}`] = Value;
      context["aws:TagKeys"] = tags.map(({ Key }) => Key);
    }
    if (input.TransitiveTagKeys?.length) context["sts:TransitiveTagKeys"] = input.TransitiveTagKeys;
    for (const { Key, Value } of role.Tags) context[`aws:ResourceTag/${Key}`] = context[`iam:ResourceTag/${Key}`] = Value;
    const ask = (action: string): AuthRequest => ({
      action,
      resource: role.Arn,
      resourceAccount: account,
      resourcePolicy: {
        name: "Trust policy",
        document: role.AssumeRolePolicyDocument,
        arn: role.Arn,
        from: `role ${role.RoleName}`,
        kind: "TrustPolicy",
        authority: "sole",
      },
      context,
      denied: () => stsErrors.notAuthorised(ctx.principal.arn, action, role.Arn).error,
    });
    const questions = [ask("sts:AssumeRole")];
    if (sourceIdentity !== undefined) questions.push(ask("sts:SetSourceIdentity"));
    if (tags.length > 0 || Object.keys(inherited(ctx)).length > 0) questions.push(ask("sts:TagSession"));
    return questions;
  },

  handle(input: Input, ctx) {
    const { account, role } = roleOf(input.RoleArn, ctx)!;
    if (!role) return stsErrors.notAuthorised(ctx.principal.arn, "sts:AssumeRole", input.RoleArn);
    if (input.SerialNumber !== undefined || input.TokenCode !== undefined) return stsErrors.mfaFailed();
    const seconds = input.DurationSeconds ?? 3600;
    ctx.note({
      kind: "check",
      what: "DurationSeconds within the role's MaxSessionDuration",
      ok: seconds <= role.MaxSessionDuration,
      detail: `${seconds} of at most ${role.MaxSessionDuration}`,
    });
    if (seconds > role.MaxSessionDuration) return stsErrors.longerThanRole();
    if (chained(ctx) && seconds > 3600) return stsErrors.longerThanChain();

    const limits = sessionPolicies(ctx, account, input);
    if (!limits.ok) return limits;
    const { policies } = limits;
    const handedOn = inherited(ctx);
    for (const { Key } of input.Tags ?? []) {
      if (Object.keys(handedOn).some((key) => key.toLowerCase() === Key.toLowerCase())) return stsErrors.inheritedTag(Key);
    }
    // From entries, not by assignment: a tag may be called `__proto__`.
    const tags: Record<string, string> = Object.fromEntries([
      ...Object.entries(handedOn),
      ...(input.Tags ?? []).map(({ Key, Value }): [string, string] => [Key, Value]),
    ]);
    const packed = packedSize(policies, tags);
    if (packed > 100) return stsErrors.packedTooLarge(packed);

    const transitiveTags = [...Object.keys(handedOn), ...(input.TransitiveTagKeys ?? [])];
    const sourceIdentity = sourceIdentityOf(input, ctx);
    const credentials = issue(
      ctx,
      {
        account,
        role: { RoleName: role.RoleName, RoleId: role.RoleId, Arn: role.Arn },
        name: input.RoleSessionName,
        policies,
        tags,
        ...(transitiveTags.length > 0 ? { transitiveTags } : {}),
        ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
      },
      seconds,
    );
    return ok({
      Credentials: credentials,
      AssumedRoleUser: {
        AssumedRoleId: `${role.RoleId}:${input.RoleSessionName}`,
        Arn: sessionArn(account, role.RoleName, input.RoleSessionName),
      },
      ...(policies.length > 0 || Object.keys(tags).length > 0 ? { PackedPolicySize: packed } : {}),
      ...(sourceIdentity === undefined ? {} : { SourceIdentity: sourceIdentity }),
    });
  },
};
