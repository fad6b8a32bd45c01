import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type RotationRules, nextRotationDate, nextWindow, rulesProblem, shownRules } from "./schedule";

const utc = (text: string): number => Date.parse(`${text}Z`);
const iso = (at: number): string => new Date(at).toISOString().slice(0, 16);
const cron = (ScheduleExpression: string, Duration?: string): RotationRules => ({ ScheduleExpression, ...(Duration ? { Duration } : {}) });
const problem = (rules: RotationRules): string => {
  const found = rulesProblem(rules);
  return found ? `${found.error.code}: ${found.error.message}` : "ok";
};

const both = "InvalidParameterException: You cannot specify both rotation frequency and schedule expression together.";
const invalid = "InvalidParameterException: Invalid schedule expression.";
const hourRate = "InvalidParameterException: Rate in hour should be least 4 and less than 24.";
const dayRate = "InvalidParameterException: Rate in day should be greater than 0 and less than 1000.";
const duration = "InvalidParameterException: Duration must be at least 1 hour, at most 24 hour.";
const longer = "InvalidParameterException: Duration cannot be greater than Rate in hour.";
const midnight = "InvalidParameterException: Starting hour and duration must be within a day.";

describe("what is taken and what is not (User Guide: Rotation schedules)", () => {
  test.each<[RotationRules, string]>([
    [{ AutomaticallyAfterDays: 1 }, "ok"],
    [{ AutomaticallyAfterDays: 1000 }, "ok"],
    [{ AutomaticallyAfterDays: 30, Duration: "3h" }, "ok"],
    [{ AutomaticallyAfterDays: 30, ScheduleExpression: "rate(30 days)" }, both],
    [cron("rate(4 hours)"), "ok"],
    [cron("rate(23 hours)"), "ok"],
    [cron("rate(3 hours)"), hourRate],
    [cron("rate(24 hours)"), hourRate],
    [cron("rate(1 hour)"), hourRate],
    [cron("rate(1 day)"), "ok"],
    [cron("rate(10 days)"), "ok"],
    [cron("rate(999 days)"), "ok"],
    [cron("rate(1000 days)"), dayRate],
    [cron("rate(0 days)"), dayRate],
    [cron("rate(30 minutes)"), invalid],
    [cron("rate(2 weeks)"), invalid],
    [cron("rate(10days)"), invalid],
    [cron("rate(-1 days)"), invalid],
    [cron("every day"), invalid],
    [cron("at(2026-01-01)"), invalid],
    // The guide's examples
    [cron("cron(0 /8 * * ? *)"), "ok"],
    [cron("cron(0 8/8 * * ? *)"), "ok"],
    [cron("cron(0 2/10 * * ? *)"), "ok"],
    [cron("cron(0 4/12 * * ? *)"), "ok"],
    [cron("cron(0 10 * * ? *)"), "ok"],
    [cron("cron(0 18 ? * SAT *)"), "ok"],
    [cron("cron(0 8 1 * ? *)"), "ok"],
    [cron("cron(0 1 ? 1/3 SUN#1 *)"), "ok"],
    [cron("cron(0 17 L * ? *)"), "ok"],
    [cron("cron(0 8 ? * MON-FRI *)"), "ok"],
    [cron("cron(0 16 1,15 * ? *)"), "ok"],
    [cron("cron(0 0 ? * SUN#1 *)"), "ok"],
    [cron("cron(0 0 ? 1/11 2#1 *)"), "ok"],
    [cron("cron(0 9 SUNL * ? *)"), "ok"],
    [cron("cron(0 9 1-15 JAN,APR,JUL,OCT ? *)"), "ok"],
    [cron("cron(0 9 ? 1-3 L *)"), "ok"],
    [cron("cron(0 9 ? * 1/2 *)"), "ok"],
    // Each field's restrictions
    [cron("cron(15 10 * * ? *)"), invalid],
    [cron("cron(* 10 * * ? *)"), invalid],
    [cron("cron(0 24 * * ? *)"), invalid],
    [cron("cron(0 * * * ? *)"), invalid],
    [cron("cron(0 8-12 * * ? *)"), invalid],
    [cron("cron(0 /3 * * ? *)"), invalid],
    [cron("cron(0 1/11 * * ? *)"), invalid],
    [cron("cron(0 10 0 * ? *)"), invalid],
    [cron("cron(0 10 32 * ? *)"), invalid],
    [cron("cron(0 10 * 13 ? *)"), invalid],
    [cron("cron(0 10 * FOO ? *)"), invalid],
    [cron("cron(0 10 ? * 8 *)"), invalid],
    [cron("cron(0 10 ? * TUE#6 *)"), invalid],
    [cron("cron(0 10 15-1 * ? *)"), invalid],
    [cron("cron(0 10 * * ? 2027)"), invalid],
    [cron("cron(0 10 * * * *)"), invalid],
    [cron("cron(0 10 ? * ? *)"), invalid],
    [cron("cron(0 10 1 * MON *)"), invalid],
    [cron("cron(0 10 * * ?)"), invalid],
    [cron("cron(0 10 * * ? * *)"), invalid],
    [cron("cron()"), invalid],
    // More than a year apart, or never
    [cron("cron(0 10 29 2 ? *)"), invalid],
    [cron("cron(0 10 31 2,4 ? *)"), invalid],
    [cron("cron(0 10 31 12 ? *)"), "ok"],
    // Windows
    [cron("rate(4 hours)", "4h"), "ok"],
    [cron("rate(4 hours)", "5h"), longer],
    [cron("rate(10 days)", "24h"), "ok"],
    [cron("rate(10 days)", "25h"), duration],
    [cron("rate(10 days)", "0h"), duration],
    [cron("cron(0 16 1,15 * ? *)", "2h"), "ok"],
    [cron("cron(0 16 1,15 * ? *)", "8h"), "ok"],
    [cron("cron(0 16 1,15 * ? *)", "9h"), midnight],
    [cron("cron(0 8/8 * * ? *)", "8h"), "ok"],
    [cron("cron(0 8/8 * * ? *)", "9h"), longer],
    [cron("cron(0 2/10 * * ? *)", "2h"), "ok"],
    [cron("cron(0 2/10 * * ? *)", "3h"), midnight],
    [{ Duration: "3h" }, "ok"],
    [{}, "ok"],
  ])("%j: %s", (rules, expected) => expect(problem(rules)).toBe(expected));
});

describe("the next window", () => {
  test.each<[rules: RotationRules, last: string, opens: string, closes: string, shownDays: number, now?: string]>([
    // Seen in an answer quoted in public: rotated on Monday at 07:18, every Monday.
    [cron("cron(0 0 ? * 2 *)"), "2023-10-16T07:18", "2023-10-23T00:00", "2023-10-24T00:00", 7],
    [{ AutomaticallyAfterDays: 30 }, "2026-01-05T15:10", "2026-02-04T00:00", "2026-02-05T00:00", 30],
    [{ AutomaticallyAfterDays: 30, Duration: "3h" }, "2026-01-05T15:10", "2026-02-04T00:00", "2026-02-04T03:00", 30],
    [cron("rate(1 day)"), "2026-01-31T23:59", "2026-02-01T00:00", "2026-02-02T00:00", 1],
    [cron("rate(10 hours)"), "2026-01-05T15:10", "2026-01-06T01:00", "2026-01-06T02:00", 1],
    [cron("rate(4 hours)", "2h"), "2026-01-05T15:10", "2026-01-05T19:00", "2026-01-05T21:00", 1],
    [cron("cron(0 10 * * ? *)"), "2026-01-05T09:59", "2026-01-05T10:00", "2026-01-06T00:00", 1],
    [cron("cron(0 10 * * ? *)"), "2026-01-05T10:00", "2026-01-06T10:00", "2026-01-07T00:00", 1],
    [cron("cron(0 18 ? * SAT *)"), "2026-01-05T12:00", "2026-01-10T18:00", "2026-01-11T00:00", 5],
    [cron("cron(0 8 1 * ? *)"), "2026-01-05T12:00", "2026-02-01T08:00", "2026-02-02T00:00", 27],
    [cron("cron(0 1 ? 1/3 SUN#1 *)"), "2026-01-05T12:00", "2026-04-05T01:00", "2026-04-06T00:00", 90],
    [cron("cron(0 17 L * ? *)"), "2028-02-01T12:00", "2028-02-29T17:00", "2028-03-01T00:00", 28],
    [cron("cron(0 8 ? * MON-FRI *)"), "2026-01-02T12:00", "2026-01-05T08:00", "2026-01-06T00:00", 3],
    [cron("cron(0 16 1,15 * ? *)", "2h"), "2026-01-13T12:00", "2026-01-15T16:00", "2026-01-15T18:00", 2],
    [cron("cron(0 0 ? * SUN#1 *)"), "2026-01-05T12:00", "2026-02-01T00:00", "2026-02-02T00:00", 27],
    [cron("cron(0 0 ? 1/11 2#1 *)"), "2026-01-05T12:00", "2026-12-07T00:00", "2026-12-08T00:00", 336],
    [cron("cron(0 9 SUNL * ? *)"), "2026-01-05T12:00", "2026-01-25T09:00", "2026-01-26T00:00", 20],
    [cron("cron(0 9 ? * L *)"), "2026-01-05T12:00", "2026-01-10T09:00", "2026-01-11T00:00", 5],
    [cron("cron(0 2/10 * * ? *)"), "2026-01-05T12:30", "2026-01-05T22:00", "2026-01-05T23:00", 1],
    [cron("cron(0 2/10 * * ? *)"), "2026-01-05T22:00", "2026-01-06T02:00", "2026-01-06T03:00", 1],
    [cron("cron(0 9 31 * ? *)"), "2026-01-31T12:00", "2026-03-31T09:00", "2026-04-01T00:00", 59],
    // A rotation long ago, and a schedule that is new: the window that is open, or the next.
    [{ AutomaticallyAfterDays: 7 }, "2025-06-01T12:00", "2026-01-05T00:00", "2026-01-06T00:00", 7, "2026-01-05T12:00"],
    [{ AutomaticallyAfterDays: 7, Duration: "3h" }, "2025-06-01T12:00", "2026-01-06T00:00", "2026-01-06T03:00", 7, "2026-01-05T12:00"],
    [cron("rate(4 hours)"), "2025-06-01T12:00", "2026-01-05T12:00", "2026-01-05T13:00", 1, "2026-01-05T12:30"],
    [cron("cron(0 10 * * ? *)", "1h"), "2025-06-01T12:00", "2026-01-06T10:00", "2026-01-06T11:00", 219, "2026-01-05T12:00"],
  ])("%j after %s", (rules, last, opens, closes, days, now = last) => {
    const window = nextWindow(rules, utc(last), utc(now))!;
    expect([iso(window.opens), iso(window.closes)]).toEqual([opens, closes]);
    expect(nextRotationDate(window)).toBe(utc(closes) - 1_000);
    expect(shownRules(rules, utc(last), window).AutomaticallyAfterDays).toBe(days);
  });

  test("rules without a schedule have none", () => {
    expect(nextWindow({ Duration: "3h" }, 0, 0)).toBeUndefined();
    expect(shownRules({ Duration: "3h" }, 0, undefined)).toEqual({ Duration: "3h" });
  });

  test("is whole hours of one UTC day, after the last rotation, never over, and at least four hours after the window before", () => {
    const expressions = ["rate(4 hours)", "rate(23 hours)", "rate(1 day)", "rate(999 days)", "cron(0 /4 * * ? *)", "cron(0 2/10 ? * MON *)", "cron(0 23 L 2 ? *)", "cron(0 0 ? 1/11 2#5 *)"];
    fc.assert(
      fc.property(fc.constantFrom(...expressions), fc.integer({ min: utc("2024-01-01T00:00"), max: utc("2040-01-01T00:00") }), (ScheduleExpression, last) => {
        const rules = { ScheduleExpression };
        const { opens, closes } = nextWindow(rules, last, last)!;
        const after = nextWindow(rules, opens, opens)!;
        expect([opens % 3_600_000, closes % 3_600_000]).toEqual([0, 0]);
        expect(opens).toBeGreaterThan(last);
        expect(Math.floor((closes - 1) / 86_400_000)).toBe(Math.floor(opens / 86_400_000));
        expect(after.opens - opens).toBeGreaterThanOrEqual(4 * 3_600_000);
        expect(after.opens).toBeGreaterThanOrEqual(closes);
      }),
      { seed: 4, numRuns: 400 },
    );
  });
});
