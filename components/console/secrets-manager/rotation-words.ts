import type { RotationRules } from "./secret-types";

/** `every 30 days`, `rate(4 hours)`, with the window. */
export function rulesWords({ AutomaticallyAfterDays, ScheduleExpression, Duration }: RotationRules): string {
  const when = ScheduleExpression ?? (AutomaticallyAfterDays === undefined ? undefined : `every ${AutomaticallyAfterDays} ${AutomaticallyAfterDays === 1 ? "day" : "days"}`);
  return [when ?? "no schedule", Duration && `window of ${Duration}`].filter(Boolean).join(", ");
}

/** How a form says when a secret rotates. */
export interface ScheduleForm {
  kind: "builder" | "expression";
  unit: "hours" | "days" | "weeks" | "months";
  every: string;
  expression: string;
  window: string;
}

export const firstSchedule: ScheduleForm = { kind: "builder", unit: "days", every: "30", expression: "rate(10 days)", window: "" };

/**
 * RotationRules of a form. The builder writes rates; months are a cron expression of their first day, as AWS's console writes it.
 * Source: Secrets Manager User Guide, Rotation schedules.
 */
export function rulesOf({ kind, unit, every, expression, window }: ScheduleForm): RotationRules {
  const Duration = window.trim() ? { Duration: `${window.trim()}h` } : {};
  if (kind === "expression") return { ScheduleExpression: expression.trim(), ...Duration };
  const count = Number(every);
  if (unit === "months") return { ScheduleExpression: `cron(0 0 1 ${count === 1 ? "*" : `1/${count}`} ? *)`, ...Duration };
  return { ScheduleExpression: unit === "hours" ? `rate(${count} hours)` : `rate(${unit === "weeks" ? count * 7 : count} days)`, ...Duration };
}

/** The form that stands for rules that are there. */
export function scheduleOf({ AutomaticallyAfterDays, ScheduleExpression, Duration }: RotationRules): ScheduleForm {
  const window = /^(\d+)h$/.exec(Duration ?? "")?.[1] ?? "";
  const [, count, unit] = /^rate\((\d+) (hour|day)s?\)$/.exec(ScheduleExpression ?? (AutomaticallyAfterDays ? `rate(${AutomaticallyAfterDays} days)` : "")) ?? [];
  if (unit) return { ...firstSchedule, unit: unit === "hour" ? "hours" : "days", every: count, window };
  return { ...firstSchedule, kind: "expression", expression: ScheduleExpression ?? firstSchedule.expression, window };
}

export function scheduleProblem({ kind, every, expression }: ScheduleForm): string | undefined {
  if (kind === "expression") return expression.trim() ? undefined : "Enter a schedule expression.";
  return /^[1-9]\d{0,2}$/.test(every) ? undefined : "Enter a whole number from 1 to 999.";
}
