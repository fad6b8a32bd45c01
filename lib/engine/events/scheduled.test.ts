import { beforeAll, describe, expect, test } from "vitest";
import { loadServices } from "../catalog";
import { A, labOf, recordsOf, replayed, ruleArn, start } from "./events.test-helper";
import { mostRuns } from "./scheduled";

beforeAll(() => loadServices());

const hour = 3_600_000;
const inbox = { Id: "t", Arn: `arn:aws:sqs:us-east-1:${A}:inbox` };

async function clocked(expression: string, more = {}) {
  const made = labOf();
  await made.queue("inbox");
  await made.rule("clock", expression, [inbox], more);
  return { ...made, times: () => made.log().map(({ time }) => (time - start) / hour) };
}

test("rate: the first run when the time is over, then each time", async () => {
  const { lab, times, messages } = await clocked("rate(2 hours)");
  await lab.advance(1 * hour);
  expect(times()).toEqual([]);
  await lab.advance(6 * hour);
  expect(times()).toEqual([2, 4, 6]);
  // Source: EventBridge User Guide, Creating a scheduled rule (the event that targets get).
  expect(JSON.parse((await messages("inbox"))[0].Body)).toEqual({ version: "0", id: expect.any(String), "detail-type": "Scheduled Event", source: "aws.events", account: A, time: "2026-01-01T02:00:00Z", region: "us-east-1", resources: [ruleArn("clock")], detail: {} });
});

test("cron, in UTC", async () => {
  const { lab, times } = await clocked("cron(30 10 ? * MON-FRI *)");
  await lab.advance(5 * 24 * hour);
  // 1 January 2026 is a Thursday.
  expect(times()).toEqual([10.5, 34.5, 106.5]);
});

test("only the rule's own targets get it, not rules whose pattern would fit", async () => {
  const { lab, rule, queue, messages, deliveries } = await clocked("rate(1 hour)");
  await queue("other");
  await rule("curious", { source: ["aws.events"], "detail-type": ["Scheduled Event"] }, [{ Id: "t", Arn: `arn:aws:sqs:us-east-1:${A}:other` }]);
  await lab.advance(hour);
  expect(await messages("inbox")).toHaveLength(1);
  expect(await messages("other")).toEqual([]);
  expect(deliveries().map(({ rule: arn }) => arn)).toEqual([ruleArn("clock")]);
});

test("disabled it rests, enabled it counts anew; deleted it is gone", async () => {
  const { lab, times, events } = await clocked("rate(2 hours)");
  await lab.advance(3 * hour);
  await events("DisableRule", { Name: "clock" });
  await lab.advance(6 * hour);
  expect(times()).toEqual([2]);
  await events("EnableRule", { Name: "clock" });
  await lab.advance(2 * hour);
  expect(times()).toEqual([2, 11]);
  await events("RemoveTargets", { Rule: "clock", Ids: ["t"] });
  await events("DeleteRule", { Name: "clock" });
  await lab.advance(6 * hour);
  expect(times()).toEqual([2, 11]);
  expect(lab.upcoming()).toEqual([]);
});

describe("a year", () => {
  test("at once is a few entries: the first run, one that stands for the many, and the last twelve", async () => {
    const { lab, times, deliveries, messages } = await clocked("rate(1 minute)");
    const entries = lab.journal.length;
    await lab.advance(365 * 24 * hour);
    const runs = 365 * 24 * 60;
    const made = lab.journal.slice(entries);
    expect(made.map(({ kind }) => kind)).toEqual([...Array.from({ length: 1 + mostRuns }, () => "job"), "advance"]);
    expect(times().map((at) => Math.round(at * 60))).toEqual([1, ...Array.from({ length: mostRuns }, (_, i) => runs - mostRuns + 1 + i)]);
    expect(deliveries().map(({ runs: n }) => n)).toEqual([undefined, runs - mostRuns, ...Array.from({ length: mostRuns - 1 }, () => undefined)]);
    expect(made[1].trace.steps).toContainEqual({ kind: "check", what: "the clock went far", ok: true, detail: `this run stands for ${(runs - mostRuns).toLocaleString("en")}: one event is sent for them, and one is charged` });
    await messages("inbox");
    expect(recordsOf(replayed(lab))).toBe(recordsOf(lab));
  });

  test("at once of a hundred rules by the minute is bounded too", async () => {
    const { lab, rule } = await clocked("rate(1 minute)");
    for (let i = 0; i < 100; i++) await rule(`r${i}`, "rate(1 minute)", [inbox]);
    const entries = lab.journal.length;
    const started = performance.now();
    await lab.advance(365 * 24 * hour);
    expect(lab.journal.length - entries).toBeLessThanOrEqual(101 * (mostRuns + 1) + 1);
    expect(performance.now() - started).toBeLessThan(20_000);
  }, 60_000);

  test("does not merge what comes step by step", async () => {
    const { lab, times } = await clocked("rate(1 day)");
    for (let i = 0; i < 30; i++) await lab.advance(24 * hour);
    expect(times()).toHaveLength(30);
  });
});
