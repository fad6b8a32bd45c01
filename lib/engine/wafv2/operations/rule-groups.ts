import { ok } from "../../errors";
import type { CustomResponseBody, Rule, VisibilityConfig } from "../inspect/types";
import type { AuthRequest, Context, Operation } from "../../types";
import { askArn, askEntity, askNew } from "../authorise";
import { type Locked, type Made, deleting, editLocked, enter, listing, newEntity } from "../entity";
import { isFailure, wafErrors } from "../errors";
import { type Reference, checkScope, findByArn, findEntity, readEntityArn } from "../names";
import { type Settled, askRules, checkUnits, settleRules, statementsOf } from "../rules";
import type { RuleGroupRow } from "../state";
import { ruleGroupView } from "../views";

interface Group {
  Rules?: Rule[];
  VisibilityConfig: VisibilityConfig;
  CustomResponseBodies?: Record<string, CustomResponseBody>;
}

/** What follows from a group's rules: labels that it adds, by their whole names, and labels that it looks for, as its rules write them. */
function labelsOf(rules: readonly Rule[], namespace: string): Pick<RuleGroupRow, "AvailableLabels" | "ConsumedLabels"> {
  const added = rules.flatMap(({ RuleLabels = [] }) => RuleLabels.map(({ Name }) => `${namespace}${Name}`));
  const wanted = [...statementsOf(rules)].flatMap(({ LabelMatchStatement }) => (LabelMatchStatement ? [LabelMatchStatement.Key] : []));
  return { AvailableLabels: [...new Set(added)], ConsumedLabels: [...new Set(wanted)] };
}

const held = ({ VisibilityConfig: visibility, CustomResponseBodies }: Group, { rules, references }: Settled, LabelNamespace: string) => ({
  Rules: rules, VisibilityConfig: visibility, references, LabelNamespace, charges: { "wafv2:rule": rules.length },
  ...(CustomResponseBodies ? { CustomResponseBodies } : {}),
  ...labelsOf(rules, LabelNamespace),
});

/**
 * With a capacity that never changes: its rules may use so much and no more.
 * Errors: WAFInvalidParameterException, WAFDuplicateItemException, WAFLimitsExceededException, WAFNonexistentItemException.
 * Source: WAFV2 API, CreateRuleGroup.
 */
export const CreateRuleGroup: Operation = {
  name: "CreateRuleGroup",
  authorise: (input: Made & Group, ctx): AuthRequest[] => [...askNew(ctx, "CreateRuleGroup", "rulegroup", input), ...askRules(ctx, "CreateRuleGroup", input.Scope, input.Rules)],
  handle(input: Made & Group & { Capacity: number }, ctx) {
    const entity = newEntity(ctx, "rulegroup", input);
    if (isFailure(entity)) return entity;
    const settled = settleRules(ctx, "RULE_GROUP", input);
    if (isFailure(settled)) return settled;
    const problem = checkUnits("RULE_GROUP", input.Capacity) ?? checkUnits("RULE_GROUP", settled.capacity, input.Capacity);
    if (problem) return problem;
    return enter(ctx, "rulegroup", { ...entity, Capacity: input.Capacity, ...held(input, settled, `awswaf:${ctx.account}:rulegroup:${input.Name}:`) });
  },
};

/** All rules anew, within the group's capacity. Errors: those of CreateRuleGroup, WAFOptimisticLockException. Source: WAFV2 API, UpdateRuleGroup. */
export const UpdateRuleGroup: Operation = {
  name: "UpdateRuleGroup",
  authorise: (input: Locked & Group, ctx): AuthRequest[] => [askEntity(ctx, "UpdateRuleGroup", "rulegroup", input), ...askRules(ctx, "UpdateRuleGroup", input.Scope, input.Rules)],
  handle(input: Locked & Group & { Description?: string }, ctx) {
    const row = editLocked(ctx, "rulegroup", input);
    if (isFailure(row)) return row;
    const settled = settleRules(ctx, "RULE_GROUP", input);
    if (isFailure(settled)) return settled;
    const problem = checkUnits("RULE_GROUP", settled.capacity, row.Capacity);
    if (problem) return problem;
    delete row.CustomResponseBodies;
    Object.assign(row, held(input, settled, row.LabelNamespace), { Description: input.Description ?? "" });
    return ok({ NextLockToken: row.LockToken });
  },
};

/** A group by its name, scope and id, or by its ARN: then of another account too, if its policy shares it. */
function groupNamed(ctx: Context, input: Reference): Readonly<RuleGroupRow> | undefined {
  if (input.ARN === undefined) return findEntity(ctx, "rulegroup", input);
  return readEntityArn(input.ARN)?.region === ctx.region ? findByArn(ctx, input.ARN, "rulegroup") : undefined;
}

/** Errors: WAFNonexistentItemException, WAFInvalidParameterException. Source: WAFV2 API, GetRuleGroup. */
export const GetRuleGroup: Operation = {
  name: "GetRuleGroup",
  authorise: (input: Reference, ctx) => (input.ARN === undefined ? askEntity(ctx, "GetRuleGroup", "rulegroup", input) : askArn(ctx, "GetRuleGroup", input.ARN)),
  handle(input: Reference, ctx) {
    const problem = checkScope(ctx, input.Scope);
    if (problem) return problem;
    if (input.ARN !== undefined && readEntityArn(input.ARN)?.kind !== "rulegroup") return wafErrors.arn(input.ARN);
    const row = groupNamed(ctx, input);
    return row ? ok({ RuleGroup: ruleGroupView(row), LockToken: row.LockToken }) : wafErrors.notFound();
  },
};

export const ListRuleGroups = listing("rulegroup", "ListRuleGroups", "RuleGroups");
export const DeleteRuleGroup = deleting("rulegroup", "DeleteRuleGroup");
