import { beforeEach, describe, expect, test } from "vitest";
import { createLab, type Lab } from "@/lib/engine/lab";
import { seededPorts } from "@/lib/engine/ports";
import type { JsonObject } from "@/lib/engine/types";
import type { Ask } from "../frame/use-load";
import { AT_ONCE, loadEvents, loadGroup, loadGroups, loadStreams } from "./load-logs";
import { bytesWords, RETENTIONS, retentionWords } from "./logs-types";

const start = Date.UTC(2026, 0, 1);
let lab: Lab;
let ask: Ask;

beforeEach(async () => {
  lab = createLab({ ports: seededPorts(3, start) });
  ask = async (service, operation, input: JsonObject = {}) => {
    const reply = await lab.call({ service, operation, input, caller: { account: "111122223333", user: "admin" } });
    if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`);
    return reply.output as never;
  };
});

async function written(group: string, stream: string, count: number): Promise<void> {
  await ask("logs", "CreateLogGroup", { logGroupName: group }).catch(() => undefined);
  await ask("logs", "CreateLogStream", { logGroupName: group, logStreamName: stream });
  await ask("logs", "PutLogEvents", { logGroupName: group, logStreamName: stream, logEvents: Array.from({ length: count }, (_, n) => ({ timestamp: start + n, message: `${stream} line ${n}` })) });
}

describe("what the console reads", () => {
  test("groups by a part of the name, one by its whole name", async () => {
    for (const name of ["/aws/lambda/f", "/aws/lambda/f2", "/my-app/audit"]) await ask("logs", "CreateLogGroup", { logGroupName: name });
    expect((await loadGroups(ask, "LAMBDA")).items.map(({ logGroupName }) => logGroupName)).toEqual(["/aws/lambda/f", "/aws/lambda/f2"]);
    expect((await loadGroup(ask, "/aws/lambda/f"))?.logGroupName).toBe("/aws/lambda/f");
    expect(await loadGroup(ask, "/aws/lambda")).toBeUndefined();
  });

  test("more groups than a page", async () => {
    for (let n = 0; n < 60; n++) await ask("logs", "CreateLogGroup", { logGroupName: `/g/${String(n).padStart(2, "0")}` });
    const first = await loadGroups(ask, "");
    expect([first.items.length, (await loadGroups(ask, "", first.next)).items.length]).toEqual([50, 10]);
    expect((await loadGroup(ask, "/g/59"))?.logGroupName).toBe("/g/59");
  });

  test("streams, the newest events first", async () => {
    await written("/g", "old", 1);
    await written("/g", "new", 5);
    expect((await loadStreams(ask, "/g")).items.map(({ logStreamName }) => logStreamName)).toEqual(["new", "old"]);
  });

  test("a stream's newest events, and older ones until there are none", async () => {
    await written("/g", "s", AT_ONCE + 30);
    const newest = await loadEvents(ask, { group: "/g", stream: "s", pattern: "" });
    expect([newest.events.length, newest.events.at(-1)?.message]).toEqual([AT_ONCE, `s line ${AT_ONCE + 29}`]);
    const older = await loadEvents(ask, { group: "/g", stream: "s", pattern: "" }, newest.next);
    expect([older.events.length, older.events[0].message, older.next]).toEqual([30, "s line 0", undefined]);
  });

  test("a stream that has no more than a page has no older events", async () => {
    await written("/g", "s", 3);
    expect((await loadEvents(ask, { group: "/g", stream: "s", pattern: "" })).next).toBeUndefined();
  });

  test("a pattern in one stream, and in all", async () => {
    await written("/g", "a", 3);
    await written("/g", "b", 3);
    const messages = async (asked: Parameters<typeof loadEvents>[1]) => (await loadEvents(ask, asked)).events.map(({ message }) => message);
    expect(await messages({ group: "/g", stream: "a", pattern: '"line 1"' })).toEqual(["a line 1"]);
    expect(await messages({ group: "/g", pattern: '"line 1"' })).toEqual(["a line 1", "b line 1"]);
    expect(await messages({ group: "/g", pattern: "", from: start + 2 })).toEqual(["a line 2", "b line 2"]);
    await expect(messages({ group: "/g", pattern: "%re%" })).rejects.toThrow("NotSimulated");
  });
});

test("each retention that is offered is one that AWS takes, and has words of its own", async () => {
  await ask("logs", "CreateLogGroup", { logGroupName: "/g" });
  for (const retentionInDays of RETENTIONS) await ask("logs", "PutRetentionPolicy", { logGroupName: "/g", retentionInDays });
  const words = [undefined, ...RETENTIONS].map(retentionWords);
  expect(new Set(words).size).toBe(words.length);
  expect(words.slice(0, 8)).toEqual(["Never expire", "1 day", "3 days", "5 days", "1 week", "2 weeks", "1 month", "2 months"]);
});

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [1023, "1023 bytes"],
  [1536, "1.5 KB"],
  [2 * 1024 * 1024, "2.0 MB"],
])("%d: %s", (bytes, words) => expect(bytesWords(bytes)).toBe(words));
