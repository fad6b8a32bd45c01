import { ok, type Failure } from "../../errors";
import { readPolicy } from "../../iam/policy/grammar";
import type { Context, Operation } from "../../types";
import { askArn } from "../authorise";
import { isFailure, wafErrors } from "../errors";
import { findByArn, readEntityArn } from "../names";
import { type RuleGroupRow, entities, entityId } from "../state";

/** By which a rule group is shared with other accounts. Source: WAFV2 API Reference, PutPermissionPolicy. */

interface OfGroup {
  ResourceArn: string;
}

const required = ["wafv2:CreateWebACL", "wafv2:UpdateWebACL", "wafv2:PutFirewallManagerRuleGroups"];
const allowed = new Set([...required, "wafv2:GetRuleGroup"].map((action) => action.toLowerCase()));

/** Errors: WAFInvalidPermissionPolicyException. */
function checkPolicy(text: string): Failure | undefined {
  const read = readPolicy(text);
  if (!read.ok) return wafErrors.policy(`${read.problem}.`);
  if (read.document.Version !== "2012-10-17") return wafErrors.policy("Its Version must be 2012-10-17.");
  for (const statement of read.document.Statement) {
    if (statement.Effect !== "Allow") return wafErrors.policy("Effect must be Allow.");
    if (statement.Principal === undefined) return wafErrors.policy("It must have a Principal.");
    if (statement.Resource !== undefined || statement.NotResource !== undefined) return wafErrors.policy("It must not have a Resource.");
    const actions = [statement.Action ?? []].flat().map((action) => action.toLowerCase());
    if (!required.every((action) => actions.includes(action.toLowerCase())) || !actions.every((action) => allowed.has(action))) return wafErrors.policy(`Action must name ${required.join(", ")}, and nothing else but wafv2:GetRuleGroup.`);
  }
  return undefined;
}

/** Of this account and Region: only its owner may share it. Errors: WAFInvalidParameterException (RESOURCE_ARN), WAFNonexistentItemException. */
function groupHere(ctx: Context, { ResourceArn }: OfGroup): Readonly<RuleGroupRow> | Failure {
  const named = readEntityArn(ResourceArn);
  if (named?.kind !== "rulegroup" || named.region !== ctx.region) return wafErrors.arn(ResourceArn);
  return (named.account === ctx.account ? findByArn(ctx, ResourceArn, "rulegroup") : undefined) ?? wafErrors.notFound();
}

const editGroup = (ctx: Context, { Scope, Name }: Readonly<RuleGroupRow>): RuleGroupRow => entities(ctx.db, "rulegroup").edit(entityId(Scope, Name));

/** Errors: WAFInvalidPermissionPolicyException, WAFInvalidParameterException, WAFNonexistentItemException. */
export const PutPermissionPolicy: Operation = {
  name: "PutPermissionPolicy",
  authorise: ({ ResourceArn }: OfGroup, ctx) => askArn(ctx, "PutPermissionPolicy", ResourceArn),
  handle(input: OfGroup & { Policy: string }, ctx) {
    const group = groupHere(ctx, input);
    if (isFailure(group)) return group;
    const problem = checkPolicy(input.Policy);
    if (problem) return problem;
    editGroup(ctx, group).policy = input.Policy;
    return ok({});
  },
};

/** A group without a policy has none that could be read or deleted. Errors: WAFInvalidParameterException, WAFNonexistentItemException. */
export const GetPermissionPolicy: Operation = {
  name: "GetPermissionPolicy",
  authorise: ({ ResourceArn }: OfGroup, ctx) => askArn(ctx, "GetPermissionPolicy", ResourceArn),
  handle(input: OfGroup, ctx) {
    const group = groupHere(ctx, input);
    if (isFailure(group)) return group;
    return group.policy === undefined ? wafErrors.notFound() : ok({ Policy: group.policy });
  },
};

export const DeletePermissionPolicy: Operation = {
  name: "DeletePermissionPolicy",
  authorise: ({ ResourceArn }: OfGroup, ctx) => askArn(ctx, "DeletePermissionPolicy", ResourceArn),
  handle(input: OfGroup, ctx) {
    const group = groupHere(ctx, input);
    if (isFailure(group)) return group;
    if (group.policy === undefined) return wafErrors.notFound();
    delete editGroup(ctx, group).policy;
    return ok({});
  },
};
