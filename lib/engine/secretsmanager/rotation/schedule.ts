import { type Failure, fail } from "../../errors";
import { type Cron, leastHours, nextOpening, parseCron } from "./cron";

/** As RotateSecret takes them. */
export interface RotationRules {
  AutomaticallyAfterDays?: number;
  /** `3h` */
  Duration?: string;
  /** `rate(10 days)`, `cron(0 16 1,15 * ? *)` */
  ScheduleExpression?: string;
}

/** A time in which a rotation happens, ms: from `opens` up to but not including `closes`. */
export interface Window {
  opens: number;
  closes: number;
}

type Schedule = { every: "days" | "hours"; count: number; hours?: number } | { every: "cron"; cron: Cron; hours?: number };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const invalid = (message: string): Failure => fail("InvalidParameterException", message);

/**
 * What is wrong with rules, in Secrets Manager's words; undefined for good ones.
 * Sources: Secrets Manager User Guide, "Rotation schedules"; the texts as answers quoted in public show them.
 */
export function rulesProblem(rules: RotationRules): Failure | undefined {
  const schedule = read(rules);
  return schedule && "ok" in schedule ? schedule : undefined;
}

function read({ AutomaticallyAfterDays, Duration, ScheduleExpression }: RotationRules): Schedule | Failure | undefined {
  if (AutomaticallyAfterDays !== undefined && ScheduleExpression !== undefined) return invalid("You cannot specify both rotation frequency and schedule expression together.");
  const hours = Duration === undefined ? undefined : Number(/^(\d+)h$/.exec(Duration)?.[1] ?? 0);
  if (hours !== undefined && (hours < 1 || hours > 24)) return invalid("Duration must be at least 1 hour, at most 24 hour.");
  if (ScheduleExpression === undefined) return AutomaticallyAfterDays === undefined ? undefined : { every: "days", count: AutomaticallyAfterDays, hours };
  const [, word, inside] = /^(rate|cron)\((.+)\)$/.exec(ScheduleExpression) ?? [];
  if (word === "cron") {
    const cron = parseCron(inside);
    return cron ? cronSchedule(cron, hours) : invalid("Invalid schedule expression.");
  }
  const [, value, unit] = /^(\d+) (hour|hours|day|days)$/.exec(word === "rate" ? inside : "") ?? [];
  if (unit === undefined) return invalid("Invalid schedule expression.");
  const count = Number(value);
  if (unit.startsWith("day")) return count < 1 || count > 999 ? invalid("Rate in day should be greater than 0 and less than 1000.") : { every: "days", count, hours };
  if (count < leastHours || count > 23) return invalid("Rate in hour should be least 4 and less than 24.");
  return hours !== undefined && hours > count ? invalid("Duration cannot be greater than Rate in hour.") : { every: "hours", count, hours };
}

function cronSchedule(cron: Cron, hours: number | undefined): Schedule | Failure {
  const length = hours ?? (cron.inHours ? 1 : 0);
  const gap = cron.hours.length > 1 ? cron.hours[1] - cron.hours[0] : 24;
  if (length > gap) return invalid("Duration cannot be greater than Rate in hour.");
  return cron.hours.at(-1)! + length > 24 ? invalid("Starting hour and duration must be within a day.") : { every: "cron", cron, hours };
}

/**
 * The next window after a rotation at `last` (ms); undefined for rules without a schedule. A window in which the secret has
 * been rotated is used up: the next is another. A rate counts from the day (or hour) of the last rotation; where that window
 * has gone by, as after a new schedule, it is the first that opens from `now` on, or is open.
 */
export function nextWindow(rules: RotationRules, last: number, now: number): Window | undefined {
  const schedule = read(rules);
  if (!schedule || "ok" in schedule) return undefined;
  if (schedule.every === "cron") {
    const { cron, hours } = schedule;
    for (let opens = nextOpening(cron, last); ; opens = nextOpening(cron, opens)) {
      const closes = hours !== undefined || cron.inHours ? opens + (hours ?? 1) * HOUR : endOfDay(opens);
      if (closes > now) return { opens, closes };
    }
  }
  const { every, count, hours } = schedule;
  const unit = every === "days" ? DAY : HOUR;
  const length = hours !== undefined ? hours * HOUR : every === "days" ? DAY : HOUR;
  let opens = Math.floor(last / unit) * unit + count * unit;
  if (opens + length <= now) opens = Math.floor(now / unit) * unit;
  if (opens + length <= now) opens += unit;
  return { opens, closes: opens + length };
}

const endOfDay = (at: number): number => (Math.floor(at / DAY) + 1) * DAY;

/**
 * What DescribeSecret says of a window: the last second in which the rotation may still happen.
 * Source: Secrets Manager API, DescribeSecret (on or before this date); seen as 23:59:59 UTC in answers quoted in public.
 */
export const nextRotationDate = ({ closes }: Window): number => closes - 1_000;

/**
 * AutomaticallyAfterDays as it is shown: as it was given, the rate's days (1 for hours), or for cron() the days from the last
 * rotation to the next window. Source: Secrets Manager API, RotationRulesType (calculated after every successful rotation).
 */
export function shownRules(rules: RotationRules, last: number, window: Window | undefined): RotationRules {
  const { ScheduleExpression, Duration } = rules;
  if (ScheduleExpression === undefined || !window) return rules;
  const schedule = read(rules) as Schedule;
  const days = schedule.every === "days" ? schedule.count : schedule.every === "hours" ? 1 : Math.max(1, Math.floor(window.opens / DAY) - Math.floor(last / DAY));
  return { AutomaticallyAfterDays: days, ...(Duration === undefined ? {} : { Duration }), ScheduleExpression };
}
