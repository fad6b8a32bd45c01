import { utf8 } from "../../crypto/bytes";
import type { Failure } from "../../errors";
import { ok } from "../../errors";
import type { AuthRequest, ConditionContext, Context, JsonObject, Operation } from "../../types";
import { type Tag, askAll, askRule, passRole, requestTags } from "../authorise";
import { eventErrors, isFailure } from "../errors";
import { ownBus, ownRule, ruleArn } from "../names";
import { type Pattern, compile } from "../pattern/compile";
import { parseSchedule } from "../schedule";
import { scheduleNext, unscheduleRule } from "../scheduled";
import { DEFAULT, type RuleRow, type RuleState, ruleId, rules, targetsOf } from "../state";
import { withTags } from "../tags";
import { page } from "../tokens";
import { noteWants } from "../wants";

/** Source: EventBridge User Guide, Amazon EventBridge quotas (rules per bus, event pattern size). */
const limits = { rules: 300, patternBytes: 2_048 };

interface Named {
  Name: string;
  EventBusName?: string;
}

interface Put extends Named {
  EventPattern?: string;
  ScheduleExpression?: string;
  State?: RuleState;
  Description?: string;
  RoleArn?: string;
  Tags?: Tag[];
}

/**
 * Values that a pattern wants of a field, for conditions on rules: `events:source`, `events:detail-type` and the like.
 * Source: EventBridge User Guide, Using IAM policy conditions in Amazon EventBridge.
 */
function conditionsOf(pattern: string | undefined): ConditionContext {
  const compiled = pattern === undefined ? undefined : compile(pattern);
  if (!compiled?.ok) return {};
  const context: ConditionContext = {};
  const fields = [["source", "events:source"], ["detail-type", "events:detail-type"], ["detail.service", "events:detail.service"], ["detail.eventTypeCode", "events:detail.eventTypeCode"], ["detail.userIdentity.principalId", "events:detail.userIdentity.principalId"]];
  for (const [field, key] of fields) {
    const values = exactValues(compiled.pattern, field);
    if (values.length) context[key] = values;
  }
  return context;
}

const exactValues = ({ branches }: Pattern, field: string): string[] =>
  branches.flatMap((fields) => (fields.get(field) ?? []).flatMap((matcher) => (matcher.kind === "exact" && matcher.text.startsWith('"') ? [JSON.parse(matcher.text) as string] : [])));

/** What is wrong with a rule's pattern and schedule, if anything. Errors: ValidationException, InvalidEventPatternException, LimitExceededException. */
function problemOf({ Name, EventPattern, ScheduleExpression }: Put, bus: string): Failure | undefined {
  if (!EventPattern && !ScheduleExpression) return eventErrors.invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
  if (ScheduleExpression && bus !== DEFAULT) return eventErrors.invalid("ScheduleExpression is supported only on the default event bus.");
  if (ScheduleExpression && !parseSchedule(ScheduleExpression)) return eventErrors.invalid("Parameter ScheduleExpression is not valid.");
  if (!EventPattern) return undefined;
  if (utf8(EventPattern).length > limits.patternBytes) return eventErrors.patternTooLong(Name, limits.patternBytes);
  const compiled = compile(EventPattern);
  return compiled.ok ? undefined : eventErrors.pattern(compiled.reason);
}

/**
 * Makes a rule, or puts another in its place: what is left out is not kept, but tags and targets are.
 * Errors: ValidationException, InvalidEventPatternException, ResourceNotFoundException, LimitExceededException.
 * Source: EventBridge API, PutRule.
 */
export const PutRule: Operation = {
  name: "PutRule",
  authorise({ Name, EventBusName, EventPattern, RoleArn, Tags }: Put, ctx): AuthRequest[] {
    const questions = [askRule(ctx, "PutRule", Name, EventBusName, { ...conditionsOf(EventPattern), ...requestTags(Tags) })];
    if (Tags?.length) questions.push(askRule(ctx, "TagResource", Name, EventBusName, requestTags(Tags)));
    if (RoleArn !== undefined) questions.push(passRole(RoleArn));
    return questions;
  },
  handle(input: Put, ctx) {
    const bus = ownBus(ctx, input.EventBusName);
    if ("ok" in bus) return bus;
    const problem = problemOf(input, bus.Name);
    if (problem) return problem;
    const { Name, EventPattern, ScheduleExpression, State = "ENABLED", Description, RoleArn, Tags = [] } = input;
    const id = ruleId(bus.Name, Name);
    const before = rules(ctx.db).get(id);
    if (!before && rules(ctx.db).ids({ prefix: `${bus.Name}\0` }).length >= limits.rules) return eventErrors.limit();
    const tags = before ? before.tags : withTags({}, Tags);
    if (isFailure(tags)) return tags;
    const goesOn = before?.ScheduleExpression === ScheduleExpression && before?.State !== "DISABLED";
    const row: RuleRow = {
      bus: bus.Name, Name, State, tags: tags as Record<string, string>,
      ...(EventPattern ? { EventPattern } : {}),
      ...(ScheduleExpression ? { ScheduleExpression } : {}),
      ...(Description === undefined ? {} : { Description }),
      ...(RoleArn === undefined ? {} : { RoleArn }),
      CreatedBy: before?.CreatedBy ?? ctx.principal.account,
      anchor: before && goesOn ? before.anchor : ctx.now,
      changed: ctx.now,
    };
    rules(ctx.db).put(id, row);
    after(ctx, row);
    return ok({ RuleArn: ruleArn(ctx, bus.Name, Name) });
  },
};

/** What follows from a rule that was made or changed. */
function after(ctx: Context, row: RuleRow): void {
  scheduleNext(ctx, row);
  noteWants(ctx);
}

/** A rule that is not there is as good as deleted. Errors: ResourceNotFoundException (bus), ValidationException. Source: EventBridge API, DeleteRule. */
export const DeleteRule: Operation = {
  name: "DeleteRule",
  authorise: ({ Name, EventBusName }: Named, ctx) => askRule(ctx, "DeleteRule", Name, EventBusName),
  handle({ Name, EventBusName }: Named, ctx) {
    const bus = ownBus(ctx, EventBusName);
    if ("ok" in bus) return bus;
    const row = rules(ctx.db).get(ruleId(bus.Name, Name));
    if (!row) return ok({});
    if (targetsOf(ctx.db, row).length) return eventErrors.invalid("Rule can't be deleted since it has targets.");
    rules(ctx.db).delete(ruleId(bus.Name, Name));
    unscheduleRule(ctx, row);
    noteWants(ctx);
    return ok({});
  },
};

const shown = (ctx: Context, { bus, Name, EventPattern, ScheduleExpression, State, Description, RoleArn }: Readonly<RuleRow>): JsonObject => ({
  Name,
  Arn: ruleArn(ctx, bus, Name),
  ...(EventPattern === undefined ? {} : { EventPattern }),
  ...(ScheduleExpression === undefined ? {} : { ScheduleExpression }),
  State,
  ...(Description === undefined ? {} : { Description }),
  ...(RoleArn === undefined ? {} : { RoleArn }),
  EventBusName: bus,
});

/** Errors: ResourceNotFoundException. Source: EventBridge API, DescribeRule. */
export const DescribeRule: Operation = {
  name: "DescribeRule",
  authorise: ({ Name, EventBusName }: Named, ctx) => askRule(ctx, "DescribeRule", Name, EventBusName),
  handle({ Name, EventBusName }: Named, ctx) {
    const row = ownRule(ctx, Name, EventBusName);
    return "ok" in row ? row : ok({ ...shown(ctx, row), CreatedBy: row.CreatedBy });
  },
};

/** Errors: ResourceNotFoundException. Source: EventBridge API, EnableRule, DisableRule. */
const setState = (name: string, State: RuleState): Operation => ({
  name,
  authorise: ({ Name, EventBusName }: Named, ctx) => askRule(ctx, name, Name, EventBusName),
  handle({ Name, EventBusName }: Named, ctx) {
    const found = ownRule(ctx, Name, EventBusName);
    if ("ok" in found) return found;
    // Enabling what is enabled changes nothing, not even which of the two ways.
    if ((found.State === "DISABLED") === (State === "DISABLED")) return ok({});
    const row = rules(ctx.db).edit(ruleId(found.bus, found.Name));
    row.State = State;
    row.changed = ctx.now;
    if (State !== "DISABLED") row.anchor = ctx.now;
    after(ctx, row);
    return ok({});
  },
});
export const EnableRule = setState("EnableRule", "ENABLED");
export const DisableRule = setState("DisableRule", "DISABLED");

interface List {
  NamePrefix?: string;
  EventBusName?: string;
  NextToken?: string;
  Limit?: number;
}

/** Errors: ResourceNotFoundException, ValidationException. Source: EventBridge API, ListRules. */
export const ListRules: Operation = {
  name: "ListRules",
  authorise: (_input, ctx) => askAll(ctx, "ListRules", "rule"),
  handle({ NamePrefix = "", EventBusName, ...paging }: List, ctx) {
    const bus = ownBus(ctx, EventBusName);
    if ("ok" in bus) return bus;
    const ids = rules(ctx.db).ids({ prefix: `${bus.Name}\0${NamePrefix}` });
    const part = page(`rules ${bus.Name} ${NamePrefix}`, ids, (id) => shown(ctx, rules(ctx.db).get(id)!), paging);
    return isFailure(part) ? part : ok({ Rules: part.items, ...(part.NextToken === undefined ? {} : { NextToken: part.NextToken }) });
  },
};
