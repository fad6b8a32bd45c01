import { parseSchedule } from "@/lib/engine/events/schedule";
import type { JsonObject } from "@/lib/engine/types";
import type { Tag } from "../../frame/tag-changes";
import type { Rule, RuleState, Target } from "../event-types";
import { mostPatternBytes, patternProblem } from "../pattern/pattern-problem";
import { ownSample, sampleOf, services } from "../pattern/pick-lists";
import { emptyPick, type Pick, pickedPattern } from "./pick";
import { emptyTarget, type TargetDraft, targetDraftOf, targetProblems } from "./target-draft";

export interface RuleDraft {
  step: number;
  name: string;
  description: string;
  bus: string;
  on: boolean;
  /** Calls that only read, too. */
  allCalls: boolean;
  kind: "pattern" | "schedule";
  method: "form" | "json";
  pick: Pick;
  /** JSON, where it is written by hand. */
  pattern: string;
  sample: string;
  clock: "rate" | "cron";
  rate: string;
  unit: "minute" | "hour" | "day";
  cron: string;
  targets: TargetDraft[];
  tags: Tag[];
}

const print = (value: unknown): string => JSON.stringify(value, null, 2);

export const emptyRule = (bus: string): RuleDraft => ({
  step: 0, name: "", description: "", bus, on: true, allCalls: false, kind: "pattern", method: bus === "default" ? "form" : "json", pick: emptyPick, pattern: bus === "default" ? "" : print({ source: ["com.example.shop"] }),
  sample: print(bus === "default" ? sampleOf(services[0], services[0].types[0]) : ownSample), clock: "rate", rate: "5", unit: "minute", cron: "0 10 * * ? *", targets: [emptyTarget("target-1")], tags: [],
});

/** A rule that is there, to be changed: its pattern as it was written. */
export function draftOf(rule: Rule, targets: readonly Target[]): RuleDraft {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(rule.ScheduleExpression ?? "");
  const cron = /^cron\((.*)\)$/.exec(rule.ScheduleExpression ?? "");
  return {
    ...emptyRule(rule.EventBusName),
    name: rule.Name,
    description: rule.Description ?? "",
    on: rule.State !== "DISABLED",
    allCalls: rule.State === "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
    kind: rule.EventPattern ? "pattern" : "schedule",
    method: "json",
    pattern: rule.EventPattern ? print(JSON.parse(rule.EventPattern)) : "",
    ...(rate && { clock: "rate" as const, rate: rate[1], unit: rate[2] as RuleDraft["unit"] }),
    ...(cron && { clock: "cron" as const, cron: cron[1] }),
    targets: targets.map(targetDraftOf),
  };
}

/** The pattern that the rule will have, for people. */
export const patternOf = ({ method, pick, pattern }: RuleDraft): string => (method === "form" ? print(pickedPattern(pick)) : pattern);

/** `rate(1 hour)`, `rate(5 minutes)`, `cron(…)`. */
export function expressionOf({ clock, rate, unit, cron }: RuleDraft): string {
  if (clock === "cron") return `cron(${cron.trim()})`;
  return `rate(${rate.trim()} ${unit}${rate.trim() === "1" ? "" : "s"})`;
}

const stateOf = ({ on, allCalls, kind }: RuleDraft): RuleState => (!on ? "DISABLED" : allCalls && kind === "pattern" ? "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" : "ENABLED");

/** As PutRule takes it. Spaces in a pattern count, and so it goes without. */
export function ruleInput(draft: RuleDraft, isNew: boolean): JsonObject {
  const { name, description, bus, kind, tags } = draft;
  return {
    Name: name.trim(),
    EventBusName: bus,
    State: stateOf(draft),
    ...(description.trim() && { Description: description.trim() }),
    ...(kind === "pattern" ? { EventPattern: JSON.stringify(JSON.parse(patternOf(draft))) } : { ScheduleExpression: expressionOf(draft) }),
    ...(isNew && tags.length && { Tags: tags.map(({ key, value }) => ({ Key: key, Value: value })) }),
  };
}

/** Source: EventBridge API, PutRule (Name). */
export const nameProblem = (name: string): string | undefined => (/^[.\-_A-Za-z0-9]{1,64}$/.test(name.trim()) ? undefined : "Enter a name of 1 to 64 letters, digits, points, hyphens and underscores.");

export function scheduleProblem(draft: RuleDraft): string | undefined {
  if (parseSchedule(expressionOf(draft))) return undefined;
  return draft.clock === "rate" ? "Enter a whole number, 1 or more." : "Enter six fields: minutes, hours, day of month, month, day of week, year. One of the two days must be a question mark.";
}

function eventProblem(draft: RuleDraft): string | undefined {
  if (draft.kind === "schedule") return scheduleProblem(draft);
  const text = patternOf(draft);
  const problem = patternProblem(text);
  if (problem) return `Event pattern is not valid: ${problem.message}`;
  return JSON.stringify(JSON.parse(text)).length > mostPatternBytes ? "The pattern is longer than EventBridge takes." : undefined;
}

/** Why a step cannot be left: those of the wizard, in their order. */
export function stepProblems(draft: RuleDraft): (string | undefined)[] {
  const wrong = draft.targets.findIndex((target) => Object.keys(targetProblems(target)).length > 0);
  const schedule = draft.kind === "schedule" && draft.bus !== "default" ? "Schedules run on the default event bus only." : undefined;
  return [nameProblem(draft.name) ?? schedule, eventProblem(draft), wrong >= 0 ? `Target ${wrong + 1}: ${Object.values(targetProblems(draft.targets[wrong]))[0]}` : undefined];
}
