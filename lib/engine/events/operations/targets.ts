import { ok } from "../../errors";
import type { AuthRequest, JsonObject, Operation } from "../../types";
import { askAll, askRule, passRole } from "../authorise";
import { eventErrors, isFailure } from "../errors";
import { ownBus, ownRule } from "../names";
import { ruleId, rules, targetId, targets, targetsOf } from "../state";
import { type Target, problemOfTarget } from "../target-kinds";
import { page } from "../tokens";

/** Of a rule. Source: EventBridge User Guide, Amazon EventBridge quotas (targets per rule). */
const mostTargets = 5;

interface Named {
  Rule: string;
  EventBusName?: string;
}

/**
 * Adds targets to a rule, or puts others in their place (by their Ids).
 * Errors: ResourceNotFoundException, ValidationException, LimitExceededException, NotSimulated. Source: EventBridge API, PutTargets.
 */
export const PutTargets: Operation = {
  name: "PutTargets",
  authorise({ Rule, EventBusName, Targets }: Named & { Targets: Target[] }, ctx): AuthRequest[] {
    const roles = new Set(Targets.flatMap(({ RoleArn }) => RoleArn ?? []));
    return [askRule(ctx, "PutTargets", Rule, EventBusName, { "events:TargetArn": Targets.map(({ Arn }) => Arn) }), ...[...roles].map(passRole)];
  },
  handle({ Rule, EventBusName, Targets }: Named & { Targets: Target[] }, ctx) {
    const rule = ownRule(ctx, Rule, EventBusName);
    if ("ok" in rule) return rule;
    const there = new Set(targetsOf(ctx.db, rule).map(({ Id }) => Id));
    for (const target of Targets) {
      const problem = problemOfTarget(target, ctx.region);
      if (problem) return problem;
      there.add(target.Id);
    }
    if (there.size > mostTargets) return eventErrors.limit();
    for (const target of Targets) {
      const id = targetId(rule.bus, rule.Name, target.Id);
      const before = targets(ctx.db).get(id);
      const stream = before?.Arn === target.Arn && before.logStream !== undefined ? { logStream: before.logStream } : {};
      targets(ctx.db).put(id, { rule: ruleId(rule.bus, rule.Name), Id: target.Id, Arn: target.Arn, target: target as unknown as JsonObject, ...stream });
    }
    return ok({ FailedEntryCount: 0, FailedEntries: [] });
  },
};

/** Errors: ResourceNotFoundException. Source: EventBridge API, RemoveTargets. */
export const RemoveTargets: Operation = {
  name: "RemoveTargets",
  authorise: ({ Rule, EventBusName }: Named, ctx) => askRule(ctx, "RemoveTargets", Rule, EventBusName),
  handle({ Rule, EventBusName, Ids }: Named & { Ids: string[] }, ctx) {
    const rule = ownRule(ctx, Rule, EventBusName);
    if ("ok" in rule) return rule;
    const failed: JsonObject[] = [];
    for (const Id of Ids) {
      const id = targetId(rule.bus, rule.Name, Id);
      if (targets(ctx.db).get(id)) targets(ctx.db).delete(id);
      else failed.push({ TargetId: Id, ErrorCode: "ResourceNotFoundException", ErrorMessage: `Rule '${Rule}' does not have a target with the Id '${Id}'.` });
    }
    return ok({ FailedEntryCount: failed.length, FailedEntries: failed });
  },
};

interface Paging {
  NextToken?: string;
  Limit?: number;
}

/** Errors: ResourceNotFoundException, ValidationException. Source: EventBridge API, ListTargetsByRule. */
export const ListTargetsByRule: Operation = {
  name: "ListTargetsByRule",
  authorise: ({ Rule, EventBusName }: Named, ctx) => askRule(ctx, "ListTargetsByRule", Rule, EventBusName),
  handle({ Rule, EventBusName, ...paging }: Named & Paging, ctx) {
    const rule = ownRule(ctx, Rule, EventBusName);
    if ("ok" in rule) return rule;
    const ids = targets(ctx.db).ids({ prefix: `${ruleId(rule.bus, rule.Name)}\0` });
    const part = page(`targets ${rule.bus} ${rule.Name}`, ids, (id) => targets(ctx.db).get(id)!.target, paging);
    return isFailure(part) ? part : ok({ Targets: part.items, ...(part.NextToken === undefined ? {} : { NextToken: part.NextToken }) });
  },
};

/** Errors: ResourceNotFoundException (bus), ValidationException. Source: EventBridge API, ListRuleNamesByTarget. */
export const ListRuleNamesByTarget: Operation = {
  name: "ListRuleNamesByTarget",
  authorise: (_input, ctx) => askAll(ctx, "ListRuleNamesByTarget", "rule"),
  handle({ TargetArn, EventBusName, ...paging }: { TargetArn: string; EventBusName?: string } & Paging, ctx) {
    const bus = ownBus(ctx, EventBusName);
    if ("ok" in bus) return bus;
    const found = new Set(targets(ctx.db).having("Arn", TargetArn).map(({ rule }) => rule).filter((id) => id.startsWith(`${bus.Name}\0`)));
    const part = page(`rules by target ${bus.Name} ${TargetArn}`, [...found].sort(), (id) => rules(ctx.db).get(id)!.Name, paging);
    return isFailure(part) ? part : ok({ RuleNames: part.items, ...(part.NextToken === undefined ? {} : { NextToken: part.NextToken }) });
  },
};
