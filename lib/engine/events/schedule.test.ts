import { describe, expect, test } from "vitest";
import { countTimes, lastTime, nextTime, parseSchedule } from "./schedule";

const at = (text: string): number => Date.parse(`${text}Z`);
const shown = (time: number | undefined): string | undefined => (time === undefined ? undefined : new Date(time).toISOString().slice(0, 16));
const start = at("2026-11-24T16:43:48");

const times = (expression: string, count = 3, from = start): (string | undefined)[] => {
  const schedule = parseSchedule(expression)!;
  const out: (string | undefined)[] = [];
  for (let time: number | undefined = from; out.length < count && time !== undefined; out.push(shown(time))) {
    time = nextTime(schedule, time, start);
    if (time === undefined) break;
  }
  return out;
};

describe("what is refused", () => {
  // Recorded from AWS: test_events_schedule.py
  test.each([
    "rate(10 seconds)", "rate(10 years)", "rate(1 minutes)", "rate(1 hours)", "rate(1 days)", "rate(10 minute)", "rate(10 hour)", "rate(10 day)", "rate()", "rate(10)",
    "rate(10 minutess)", "rate(foo minutes)", "rate(0 minutes)", "rate(-10 minutes)", "rate(10 MINUTES)", "rate( 10 minutes )", " rate(10 minutes)",
    "cron(0 1 * * * *)", "cron(7 20 * * NOT *)", "cron(INVALID)", "cron(0 dummy ? * MON-FRI *)", "cron(71 8 1 * ? *)",
    "cron(0 12 ? * ? *)", "cron(0 12 * * ?)", "cron(0 24 * * ? *)", "cron(0 12 32 * ? *)", "cron(0 12 ? 13 2 *)", "cron(0 12 ? * 8 *)", "cron(0 12 ? * 2#6 *)", "cron(0/0 12 * * ? *)",
    "cron(0#1 12 * * ? *)", "", "every minute", "at(2026-01-01T00:00:00)",
  ])("%s", (expression) => expect(parseSchedule(expression)).toBeUndefined());
});

describe("when", () => {
  // Expressions that AWS takes are from the same file, and from the User Guide's tables.
  test.each<[string, string[]]>([
    ["rate(1 minute)", ["2026-11-24T16:44", "2026-11-24T16:45", "2026-11-24T16:46"]],
    ["rate(12 hours)", ["2026-11-25T04:43", "2026-11-25T16:43", "2026-11-26T04:43"]],
    ["rate(7 days)", ["2026-12-01T16:43", "2026-12-08T16:43", "2026-12-15T16:43"]],
    ["cron(0 10 * * ? *)", ["2026-11-25T10:00", "2026-11-26T10:00", "2026-11-27T10:00"]],
    ["cron(15 12 * * ? *)", ["2026-11-25T12:15", "2026-11-26T12:15", "2026-11-27T12:15"]],
    ["cron(5,35 14 * * ? *)", ["2026-11-25T14:05", "2026-11-25T14:35", "2026-11-26T14:05"]],
    ["cron(0 18 ? * MON-FRI *)", ["2026-11-24T18:00", "2026-11-25T18:00", "2026-11-26T18:00"]],
    ["cron(0 8 1 * ? *)", ["2026-12-01T08:00", "2027-01-01T08:00", "2027-02-01T08:00"]],
    ["cron(0/15 * * * ? *)", ["2026-11-24T16:45", "2026-11-24T17:00", "2026-11-24T17:15"]],
    ["cron(0/30 20-23 ? * MON-FRI *)", ["2026-11-24T20:00", "2026-11-24T20:30", "2026-11-24T21:00"]],
    ["cron(0 2 ? * SAT *)", ["2026-11-28T02:00", "2026-12-05T02:00", "2026-12-12T02:00"]],
    ["cron(0 2 ? * SAT#3 *)", ["2026-12-19T02:00", "2027-01-16T02:00", "2027-02-20T02:00"]],
    ["cron(15 10 ? * 6L *)", ["2026-11-27T10:15", "2026-12-25T10:15", "2027-01-29T10:15"]],
    ["cron(0 9 L * ? *)", ["2026-11-30T09:00", "2026-12-31T09:00", "2027-01-31T09:00"]],
    ["cron(0 9 LW * ? *)", ["2026-11-30T09:00", "2026-12-31T09:00", "2027-01-29T09:00"]],
    ["cron(0 9 1W * ? *)", ["2026-12-01T09:00", "2027-01-01T09:00", "2027-02-01T09:00"]],
    ["cron(0 9 1W 5 ? *)", ["2027-05-03T09:00", "2028-05-01T09:00", "2029-05-01T09:00"]],
    ["cron(0 0 29 2 ? *)", ["2028-02-29T00:00", "2032-02-29T00:00", "2036-02-29T00:00"]],
    ["cron(0 0 ? * FRI-MON *)", ["2026-11-27T00:00", "2026-11-28T00:00", "2026-11-29T00:00"]],
    ["cron(0 0 1 1 ? 2030/5)", ["2030-01-01T00:00", "2035-01-01T00:00", "2040-01-01T00:00"]],
    ["cron(0/5 5 ? JAN 1-5 2022)", []],
    ["cron(15 10 ? * 6L 2002-2005)", []],
    ["cron(0 0 31 2 ? *)", []],
  ])("%s", (expression, expected) => expect(times(expression)).toEqual(expected));
});

describe("how often, and when last", () => {
  const year = start + 365 * 86_400_000;
  test.each<[string, number, string]>([
    ["rate(1 minute)", 525_600, "2027-11-24T16:43"],
    ["rate(7 days)", 52, "2027-11-23T16:43"],
    ["cron(0/15 * * * ? *)", 35_040, "2027-11-24T16:30"],
    ["cron(0 18 ? * MON-FRI *)", 261, "2027-11-23T18:00"],
    ["cron(0 8 1 * ? *)", 12, "2027-11-01T08:00"],
  ])("%s in a year", (expression, count, last) => {
    const schedule = parseSchedule(expression)!;
    expect(countTimes(schedule, start, year, start)).toBe(count);
    expect(shown(lastTime(schedule, start, year, start))).toBe(last);
  });

  test("counting agrees with walking", () => {
    for (const expression of ["rate(3 hours)", "cron(0/20 9-17 ? * 2-6 *)", "cron(30 4 L * ? *)", "cron(0 0 ? * 2#1 2026-2027)"]) {
      const schedule = parseSchedule(expression)!;
      const until = start + 40 * 86_400_000 + 12_345;
      let walked = 0;
      let last: number | undefined;
      for (let time = nextTime(schedule, start, start); time !== undefined && time <= until; time = nextTime(schedule, time, start)) {
        walked++;
        last = time;
      }
      expect([expression, countTimes(schedule, start, until, start), lastTime(schedule, start, until, start)]).toEqual([expression, walked, last]);
    }
  });
});
