import { describe, expect, test } from "vitest";
import { firstSchedule, rulesOf, rulesWords, scheduleOf, scheduleProblem } from "./rotation-words";

describe("schedules as a form has them", () => {
  test.each([
    [{}, { ScheduleExpression: "rate(30 days)" }],
    [{ unit: "hours", every: "4" }, { ScheduleExpression: "rate(4 hours)" }],
    [{ unit: "weeks", every: "2", window: "3" }, { ScheduleExpression: "rate(14 days)", Duration: "3h" }],
    [{ unit: "months", every: "1" }, { ScheduleExpression: "cron(0 0 1 * ? *)" }],
    [{ unit: "months", every: "3" }, { ScheduleExpression: "cron(0 0 1 1/3 ? *)" }],
    [{ kind: "expression", expression: " cron(0 8 ? * SUN *) " }, { ScheduleExpression: "cron(0 8 ? * SUN *)" }],
  ] as const)("%j", (part, rules) => expect(rulesOf({ ...firstSchedule, ...part })).toEqual(rules));

  test.each([{ ScheduleExpression: "rate(4 hours)" }, { ScheduleExpression: "rate(14 days)", Duration: "3h" }, { ScheduleExpression: "cron(0 8 ? * SUN *)" }])("%j comes back as it was", (rules) => expect(rulesOf(scheduleOf(rules))).toEqual(rules));
  test("days alone become a rate", () => expect(rulesOf(scheduleOf({ AutomaticallyAfterDays: 30 }))).toEqual({ ScheduleExpression: "rate(30 days)" }));

  test.each([
    [{ AutomaticallyAfterDays: 30 }, "every 30 days"],
    [{ AutomaticallyAfterDays: 1, Duration: "2h" }, "every 1 day, window of 2h"],
    [{ ScheduleExpression: "rate(4 hours)" }, "rate(4 hours)"],
    [{}, "no schedule"],
  ])("%j in words", (rules, words) => expect(rulesWords(rules)).toBe(words));

  test("what cannot be sent is said", () => {
    expect(scheduleProblem({ ...firstSchedule, every: "0" })).toBe("Enter a whole number from 1 to 999.");
    expect(scheduleProblem({ ...firstSchedule, kind: "expression", expression: " " })).toBe("Enter a schedule expression.");
    expect(scheduleProblem(firstSchedule)).toBeUndefined();
  });
});
