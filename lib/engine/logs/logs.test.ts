import { beforeAll, describe, expect, test } from "vitest";
import { loadServices } from "../catalog";
import { createLab, type Lab } from "../lab";
import { seededPorts } from "../ports";
import type { Caller, JsonObject } from "../types";
import { compile } from "./filter";

const A = "111122223333";
const admin: Caller = { account: A, user: "admin" };
const start = Date.UTC(2026, 0, 1);
const day = 86_400_000;

beforeAll(() => loadServices());

function logsLab() {
  const lab: Lab = createLab({ ports: seededPorts(3, start) });
  async function must(operation: string, input: JsonObject = {}, caller = admin, service = "logs"): Promise<any> {
    const reply = await lab.call({ service, operation, input, caller });
    if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`);
    return reply.output;
  }
  async function fails(operation: string, input: JsonObject = {}, caller = admin): Promise<string> {
    const reply = await lab.call({ service: "logs", operation, input, caller });
    return reply.ok ? `ok ${JSON.stringify(reply.output)}` : `${reply.error.code}: ${reply.error.message}`;
  }
  const put = (logStreamName: string, ...messages: string[]): Promise<any> => must("PutLogEvents", { logGroupName: "g", logStreamName, logEvents: messages.map((message, i) => ({ timestamp: lab.now() + i, message })) });
  async function furnish(...streams: string[]): Promise<void> {
    await must("CreateLogGroup", { logGroupName: "g" });
    for (const logStreamName of streams) await must("CreateLogStream", { logGroupName: "g", logStreamName });
  }
  const found = async (input: JsonObject = {}): Promise<string[]> => (await must("FilterLogEvents", { logGroupName: "g", ...input })).events.map(({ message }: { message: string }) => message);
  return { lab, must, fails, put, furnish, found };
}

test("a group and a stream, what they say of themselves, and their end", async () => {
  const { must, fails, put, lab } = logsLab();
  await must("CreateLogGroup", { logGroupName: "g", tags: { a: "b" } });
  expect(await fails("CreateLogGroup", { logGroupName: "g" })).toBe("ResourceAlreadyExistsException: The specified log group already exists");
  await must("CreateLogStream", { logGroupName: "g", logStreamName: "s" });
  expect(await fails("CreateLogStream", { logGroupName: "g", logStreamName: "s" })).toBe("ResourceAlreadyExistsException: The specified log stream already exists");
  expect(await fails("CreateLogStream", { logGroupName: "none", logStreamName: "s" })).toBe("ResourceNotFoundException: The specified log group does not exist.");
  await put("s", "hello");
  expect((await must("DescribeLogGroups")).logGroups).toEqual([
    { logGroupName: "g", creationTime: start, metricFilterCount: 0, arn: `arn:aws:logs:us-east-1:${A}:log-group:g:*`, storedBytes: 31, logGroupClass: "STANDARD", logGroupArn: `arn:aws:logs:us-east-1:${A}:log-group:g`, deletionProtectionEnabled: false },
  ]);
  expect((await must("DescribeLogStreams", { logGroupName: "g" })).logStreams).toEqual([
    { logStreamName: "s", creationTime: start, firstEventTimestamp: start, lastEventTimestamp: start, lastIngestionTime: start, uploadSequenceToken: expect.any(String), arn: `arn:aws:logs:us-east-1:${A}:log-group:g:log-stream:s`, storedBytes: 0 },
  ]);
  expect(await must("ListTagsForResource", { resourceArn: `arn:aws:logs:us-east-1:${A}:log-group:g` })).toEqual({ tags: { a: "b" } });
  await must("DeleteLogStream", { logGroupName: "g", logStreamName: "s" });
  expect((await must("DescribeLogGroups")).logGroups[0].storedBytes).toBe(0);
  await must("DeleteLogGroup", { logGroupName: "g" });
  expect(lab.snapshot().records[A]["us-east-1"]?.logs).toEqual(undefined);
});

test("a name that is none is refused as CloudWatch Logs refuses it", async () => {
  expect(await logsLab().fails("CreateLogGroup", { logGroupName: "a b" })).toMatch(/^InvalidParameterException: 1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: /);
});

describe("events", () => {
  test("of one stream: the newest first to be had, page by page to both ends", async () => {
    const { must, put, furnish, lab } = logsLab();
    await furnish("s");
    for (let i = 0; i < 5; i++) {
      await put("s", `m${i}`);
      await lab.advance(1_000);
    }
    const page = async (input: JsonObject = {}): Promise<{ texts: string[]; f: string; b: string }> => {
      const { events, nextForwardToken: f, nextBackwardToken: b } = await must("GetLogEvents", { logGroupName: "g", logStreamName: "s", limit: 2, ...input });
      return { texts: events.map(({ message }: { message: string }) => message), f, b };
    };
    const last = await page();
    expect(last.texts).toEqual(["m3", "m4"]);
    const before = await page({ nextToken: last.b });
    expect(before.texts).toEqual(["m1", "m2"]);
    expect((await page({ nextToken: before.f })).texts).toEqual(["m3", "m4"]);
    const end = await page({ nextToken: last.f });
    expect(end).toMatchObject({ texts: [], f: last.f });
    expect((await page({ startFromHead: true })).texts).toEqual(["m0", "m1"]);
    expect((await page({ startTime: start + 1_000, endTime: start + 3_000, limit: 10 })).texts).toEqual(["m1", "m2"]);
  });

  test("of a group: by time through all streams, page by page", async () => {
    const { must, put, furnish, found, lab } = logsLab();
    await furnish("a", "b");
    await put("a", "1", "3");
    await put("b", "2");
    await lab.advance(10);
    await put("b", "4");
    expect(await found()).toEqual(["1", "2", "3", "4"]);
    expect(await found({ logStreamNames: ["b"] })).toEqual(["2", "4"]);
    expect(await found({ logStreamNamePrefix: "a" })).toEqual(["1", "3"]);
    const first = await must("FilterLogEvents", { logGroupName: "g", limit: 3 });
    expect(first.events[0]).toEqual({ logStreamName: "a", timestamp: start, message: "1", ingestionTime: start, eventId: expect.stringMatching(/^\d{56}$/) });
    expect((await must("FilterLogEvents", { logGroupName: "g", limit: 3, nextToken: first.nextToken })).events.map(({ message }: { message: string }) => message)).toEqual(["4"]);
  });

  test.each<[string, { timestamp: number; message: string }[], string]>([
    ["out of order", [{ timestamp: start + 1, message: "a" }, { timestamp: start, message: "b" }], "InvalidParameterException: Log events in a single PutLogEvents request must be in chronological order."],
    ["over more than a day", [{ timestamp: start - day - 1, message: "a" }, { timestamp: start, message: "b" }], "InvalidParameterException: The batch of log events in a single PutLogEvents request cannot span more than 24 hours."],
    ["too large", Array.from({ length: 5 }, () => ({ timestamp: start, message: "x".repeat(250_000) })), "InvalidParameterException: Upload too large: 1250130 bytes exceeds limit of 1048576"],
  ])("refuses a batch %s", async (_, logEvents, text) => {
    const { fails, furnish } = logsLab();
    await furnish("s");
    expect(await fails("PutLogEvents", { logGroupName: "g", logStreamName: "s", logEvents })).toBe(text);
  });

  test("too old and too new ones are left out, and it says which", async () => {
    const { must, furnish, found } = logsLab();
    await furnish("s");
    const old = [start - 15 * day, start - 14 * day + 1].map((timestamp) => ({ timestamp, message: `old ${timestamp}` }));
    expect(await must("PutLogEvents", { logGroupName: "g", logStreamName: "s", logEvents: [{ timestamp: start - 14 * day - 1, message: "a" }, { timestamp: start - 14 * day + 5, message: "b" }] })).toMatchObject({ rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1 } });
    expect(await must("PutLogEvents", { logGroupName: "g", logStreamName: "s", logEvents: [{ timestamp: start, message: "c" }, { timestamp: start + 3 * 3_600_000, message: "d" }] })).toMatchObject({ rejectedLogEventsInfo: { tooNewLogEventStartIndex: 1 } });
    expect(await found()).toEqual(["b", "c"]);
    expect(old).toHaveLength(2);
  });

  test("are forgotten when their time is over, by the lab's clock", async () => {
    const { must, fails, put, furnish, found, lab } = logsLab();
    await furnish("s");
    await put("s", "old");
    expect(await fails("PutRetentionPolicy", { logGroupName: "g", retentionInDays: 2 })).toBe("InvalidParameterException: 1 validation error detected: Value '2' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]");
    await must("PutRetentionPolicy", { logGroupName: "g", retentionInDays: 3 });
    await lab.advance(3 * day - 1);
    expect(await found()).toEqual(["old"]);
    await lab.advance(2);
    expect(await found()).toEqual([]);
    await put("s", "new");
    expect(lab.read({ account: A, region: "us-east-1", service: "logs" }).table("batches").size).toBe(1);
    expect(await found()).toEqual(["new"]);
  });

  test("a lab keeps 2 MB of a group, the newest", async () => {
    const { must, furnish, put, lab, found } = logsLab();
    await furnish("s");
    for (let i = 0; i < 40; i++) await put("s", `${i} ${"x".repeat(100_000)}`);
    const rows = lab.read({ account: A, region: "us-east-1", service: "logs" }).table("batches").size;
    expect(rows).toBeLessThan(22);
    expect((await must("DescribeLogGroups")).logGroups[0].storedBytes).toBeLessThanOrEqual(2 * 1024 * 1024);
    expect((await found({ filterPattern: '"39 xxx"' })).length).toBe(1);
  });
});

describe("filter patterns", () => {
  const json = (value: unknown): string => JSON.stringify(value);
  test.each<[string, string, boolean]>([
    ["ERROR", "an ERROR here", true], ["ERROR", "an error here", false], ["ERROR db", "db: ERROR", true], ["ERROR db", "ERROR", false],
    ['"not found"', "it was not found", true], ['"not found"', "found, not", false], ["?a ?b", "only b", true], ["?alpha ?beta", "none", false],
    ["ERROR -debug", "ERROR", true], ["ERROR -debug", "ERROR debug", false], ["", "anything", true], ['"a \\"b\\""', 'a "b"', true],
    ["{ $.level = \"ERROR\" }", json({ level: "ERROR" }), true], ["{ $.level = \"ERR*\" }", json({ level: "ERROR" }), true], ["{ $.level = ERROR }", json({ level: "ERROR" }), true], ["{ $.level = \"ERROR\" }", "level ERROR", false],
    ["{ $.n > 3 }", json({ n: 4 }), true], ["{ $.n > 3 }", json({ n: "4" }), false], ["{ $.n = 3.0 }", json({ n: 3 }), true], ["{ $.n != 3 }", json({ n: 4 }), true], ["{ $.n != 3 }", json({}), false],
    ["{ $.user.name = \"a\" && $.n >= 1 }", json({ user: { name: "a" }, n: 1 }), true], ["{ ($.a = 1 || $.b = 1) && $.c = 1 }", json({ b: 1, c: 1 }), true], ["{ ($.a = 1 || $.b = 1) && $.c = 1 }", json({ b: 1, c: 2 }), false],
    ["{ $.list[0] = \"x\" }", json({ list: ["x"] }), true], ["{ $.list[*] = \"y\" }", json({ list: ["x", "y"] }), true], ["{ $[\"a b\"] = 1 }", json({ "a b": 1 }), true],
    ["{ $.x IS NULL }", json({ x: null }), true], ["{ $.x IS NULL }", json({}), false], ["{ $.x NOT EXISTS }", json({}), true], ["{ $.x IS TRUE }", json({ x: true }), true],
    ["{ $.__proto__ = \"x\" }", json({}), false], ["{ $.constructor NOT EXISTS }", json({}), true],
  ])("%s on %s: %s", (pattern, message, fits) => {
    const matches = compile(pattern);
    expect(typeof matches === "function" && matches(message)).toBe(fits);
  });

  test.each(["{ $.a }", "{ $.a = }", "{ a = 1 }", "{ $.a = 1", "{ $.a > x }", "a.b", '"open', `{ ${"(".repeat(200)}$.a = 1${")".repeat(200)} }`])("refuses %s", (pattern) => {
    expect(compile(pattern)).toMatchObject({ ok: false, error: { code: "InvalidParameterException", message: "Invalid filter pattern" } });
  });

  test.each(["[ip, user]", "%ERR.*%"])("%s is not simulated", (pattern) => expect(compile(pattern)).toMatchObject({ error: { code: "NotSimulated" } }));
});

test("policies name a group with `:*`", async () => {
  const { must, fails, furnish } = logsLab();
  await furnish("s");
  await must("CreateUser", { UserName: "eve" }, admin, "iam");
  const eve: Caller = { account: A, user: "eve" };
  const allow = (Resource: string): Promise<unknown> => must("PutUserPolicy", { UserName: "eve", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "logs:*", Resource }] }) }, admin, "iam");
  await allow(`arn:aws:logs:us-east-1:${A}:log-group:g`);
  expect(await fails("FilterLogEvents", { logGroupName: "g" }, eve)).toBe(`AccessDeniedException: User: arn:aws:iam::${A}:user/eve is not authorized to perform: logs:FilterLogEvents on resource: arn:aws:logs:us-east-1:${A}:log-group:g:log-stream: because no identity-based policy allows the logs:FilterLogEvents action`);
  await allow(`arn:aws:logs:us-east-1:${A}:log-group:g:*`);
  expect(await fails("FilterLogEvents", { logGroupName: "g" }, eve)).toMatch(/^ok/);
  expect(await fails("DescribeLogGroups", {}, eve)).toMatch(/^AccessDenied/);
});
