import { beforeAll, describe, expect, test } from "vitest";
import { createLab, type Lab } from "../lab";
import { seededPorts } from "../ports";
import type { Caller, JsonObject } from "../types";
import type { LookedUpEvent } from "./lookup-events";
import { cloudTrailEvents } from "./records";

const account = "111122223333";
const admin: Caller = { account, user: "admin" };
const london = "eu-west-2";
const day = 86_400_000;
const start = Date.UTC(2026, 0, 1) / 1000;

let lab: Lab;
let keyArn: string;
let accessKeyId: string;

const call = (service: string, operation: string, input: JsonObject = {}, caller: Caller = admin, region = london) => lab.call({ service, operation, input, caller, region });
async function done(...args: Parameters<typeof call>): Promise<any> {
  const reply = await call(...args);
  if (!reply.ok) throw new Error(`${args[1]}: ${reply.error.code} ${reply.error.message}`);
  return reply.output;
}
const lookUp = (input: JsonObject = {}, caller: Caller = admin, region = london) => call("cloudtrail", "LookupEvents", input, caller, region);
const by = (AttributeKey: string, AttributeValue: string): JsonObject => ({ LookupAttributes: [{ AttributeKey, AttributeValue }] });
async function names(input: JsonObject, region = london, caller: Caller = admin): Promise<string[]> {
  const reply = await lookUp(input, caller, region);
  return reply.ok ? (reply.output.Events as unknown as LookedUpEvent[]).map(({ EventName }) => EventName) : [reply.error.code];
}

/** One lab for all rows: alice with an access key of her own, a role, a key, a parameter; each call once. */
beforeAll(async () => {
  lab = createLab({ ports: seededPorts(11) });
  await done("iam", "CreateUser", { UserName: "alice" });
  accessKeyId = (await done("iam", "CreateAccessKey", { UserName: "alice" })).AccessKey.AccessKeyId;
  keyArn = (await done("kms", "CreateKey", { Description: "payroll" })).KeyMetadata.Arn;
  await done("kms", "CreateAlias", { AliasName: "alias/payroll", TargetKeyId: keyArn });
  await done("kms", "Encrypt", { KeyId: keyArn, Plaintext: btoa("x") });
  await call("kms", "Encrypt", { KeyId: keyArn, Plaintext: btoa("x") }, { accessKeyId });
  await done("ssm", "PutParameter", { Name: "/app/url", Value: "v", Type: "String" }, { account, root: true });
  await done("kms", "CreateKey", {}, admin, "us-west-2");
});

describe("finds by one attribute", () => {
  test.each<[key: string, value: () => string, found: string[], region?: string]>([
    ["EventName", () => "Encrypt", ["Encrypt", "Encrypt"]],
    ["EventName", () => "encrypt", []],
    ["EventSource", () => "ssm.amazonaws.com", ["PutParameter"]],
    ["ReadOnly", () => "false", ["PutParameter", "CreateAlias", "CreateKey"]],
    ["Username", () => "root", ["PutParameter"]],
    ["Username", () => "alice", ["Encrypt"]],
    ["AccessKeyId", () => accessKeyId, ["Encrypt"]],
    ["ResourceType", () => "AWS::KMS::Key", ["Encrypt", "CreateAlias", "CreateKey"]],
    ["ResourceName", () => keyArn, ["Encrypt", "CreateAlias", "CreateKey"]],
    ["ResourceName", () => "/app/url", ["PutParameter"]],
    ["ResourceName", () => "alias/payroll", ["CreateAlias"]],
    // Global services are recorded in us-east-1, and each Region has its own.
    ["EventSource", () => "iam.amazonaws.com", []],
    ["EventSource", () => "iam.amazonaws.com", ["CreateAccessKey", "CreateUser"], "us-east-1"],
    ["ResourceName", () => "alice", ["CreateAccessKey", "CreateUser"], "us-east-1"],
    ["ResourceType", () => "AWS::IAM::AccessKey", ["CreateAccessKey"], "us-east-1"],
    ["EventSource", () => "kms.amazonaws.com", ["CreateKey"], "us-west-2"],
  ])("%s", async (key, value, found, region) => {
    expect(await names(by(key, value()), region)).toEqual(found);
  });

  test("EventId finds the one, and its text is the record that Why? shows", async () => {
    const entry = lab.journal.find(({ trace }) => trace.operation === "CreateAlias")!;
    const [record] = cloudTrailEvents(entry);
    const reply = await lookUp(by("EventId", record.eventID));
    expect(reply).toMatchObject({ ok: true, output: { Events: [{ EventId: record.eventID, EventName: "CreateAlias", ReadOnly: "false", EventTime: start, EventSource: "kms.amazonaws.com", Username: "admin", CloudTrailEvent: JSON.stringify(record) }] } });
    expect(reply.ok && Object.keys(reply.output)).toEqual(["Events"]);
  });

  test("a refusal by permission is there, without what it asked for", async () => {
    const reply = await lookUp(by("Username", "alice"));
    const [event] = (reply.ok ? reply.output.Events : []) as unknown as LookedUpEvent[];
    expect(event).toMatchObject({ EventName: "Encrypt", AccessKeyId: accessKeyId, Resources: [] });
    expect(JSON.parse(event.CloudTrailEvent)).toMatchObject({ errorCode: "AccessDenied", errorMessage: expect.stringContaining("is not authorized to perform: kms:Encrypt"), requestParameters: null, responseElements: null });
  });

  test("another account sees nothing of it", async () => {
    expect(await names(by("EventSource", "kms.amazonaws.com"), london, { account: "444455556666", user: "admin" })).toEqual([]);
  });
});

describe("refuses", () => {
  const attribute = { AttributeKey: "EventName", AttributeValue: "Encrypt" };
  test.each<[string, JsonObject, string]>([
    ["51 results", { MaxResults: 51 }, "InvalidMaxResultsException"],
    ["0 results", { MaxResults: 0 }, "ValidationException"],
    ["two attributes", { LookupAttributes: [attribute, attribute] }, "InvalidLookupAttributesException"],
    ["ReadOnly of another value", by("ReadOnly", "yes"), "InvalidLookupAttributesException"],
    ["an unknown attribute", by("EventColour", "red"), "ValidationException"],
    ["an empty value", by("EventName", ""), "ValidationException"],
    ["a start after the end", { StartTime: start + 1, EndTime: start }, "InvalidTimeRangeException"],
    ["a made-up token", { NextToken: "bm9uc2Vuc2U=" }, "InvalidNextTokenException"],
    ["what is not base64", { NextToken: "?" }, "InvalidNextTokenException"],
    ["a category that does not exist", { EventCategory: "data" }, "ValidationException"],
  ])("%s", async (_, input, code) => {
    expect(await lookUp(input)).toMatchObject({ ok: false, error: { code } });
  });

  test("without permission", async () => {
    expect(await lookUp({}, { accessKeyId })).toMatchObject({ ok: false, error: { code: "AccessDeniedException", message: `User: arn:aws:iam::${account}:user/alice is not authorized to perform: cloudtrail:LookupEvents because no identity-based policy allows the cloudtrail:LookupEvents action` } });
  });

  test("what is not simulated, by name", async () => {
    for (const operation of ["DescribeTrails", "CreateTrail", "GetTrailStatus", "ListTrails", "GetEventSelectors"])
      expect(await call("cloudtrail", operation)).toMatchObject({ ok: false, error: { code: "NotSimulated", message: expect.stringContaining(`${operation} of AWS CloudTrail`) } });
  });

  test("Insights are none without a trail", async () => expect(await lookUp({ EventCategory: "insight" })).toMatchObject({ ok: true, output: { Events: [] } }));
});

describe("pages and times", () => {
  let own: Lab;
  const at = (operation: string, input: JsonObject = {}) => own.call({ service: operation === "LookupEvents" ? "cloudtrail" : "kms", operation, input, caller: admin, region: london });
  async function page(input: JsonObject): Promise<{ Events: LookedUpEvent[]; NextToken?: string }> {
    const reply = await at("LookupEvents", input);
    if (!reply.ok) throw new Error(reply.error.code);
    return reply.output as never;
  }
  beforeAll(async () => {
    own = createLab({ ports: seededPorts(12) });
    for (let i = 0; i < 57; i++) await at("ListKeys");
  });

  test("50 on a page, newest first, and the next page goes on where this one ended though calls came in between", async () => {
    const first = await page(by("EventName", "ListKeys"));
    expect(first.Events).toHaveLength(50);
    await at("ListKeys");
    const second = await page({ ...by("EventName", "ListKeys"), NextToken: first.NextToken! });
    expect(second.Events).toHaveLength(7);
    expect(second.NextToken).toBeUndefined();
    expect(new Set([...first.Events, ...second.Events].map(({ EventId }) => EventId)).size).toBe(57);
    await expect(page({ ...by("EventName", "ListAliases"), NextToken: first.NextToken! })).rejects.toThrow("InvalidNextTokenException");
    // The size of a page is not one of the parameters that must stay.
    expect((await page({ ...by("EventName", "ListKeys"), NextToken: first.NextToken!, MaxResults: 3 })).Events).toHaveLength(3);
  });

  test("both ends of a time range count; 90 days by the lab's clock", async () => {
    await own.advance(10 * day);
    await at("ListAliases");
    const later = start + 10 * 86_400;
    expect((await page({ StartTime: later })).Events.map(({ EventName }) => EventName)).toEqual(["ListAliases"]);
    expect((await page({ ...by("EventName", "ListAliases"), EndTime: later })).Events).toHaveLength(1);
    expect((await page({ EndTime: later - 1, MaxResults: 1 })).Events[0].EventTime).toBe(start);
    await own.advance(80 * day);
    expect((await page(by("EventName", "ListKeys"))).Events).toHaveLength(50);
    await own.advance(1000);
    expect((await page(by("EventName", "ListKeys"))).Events).toHaveLength(0);
    expect((await page(by("EventName", "ListAliases"))).Events).toHaveLength(1);
    expect((await page({ ...by("EventName", "ListKeys"), StartTime: start })).Events).toHaveLength(0);
  });

  test("what is undone was never recorded; a lookup is itself recorded, and changes nothing", async () => {
    const before = JSON.stringify(own.snapshot().records);
    await at("LookupEvents");
    expect(JSON.stringify(own.snapshot().records)).toBe(before);
    expect((await page({ MaxResults: 1 })).Events[0].EventName).toBe("LookupEvents");
    await at("CreateKey");
    expect((await page(by("EventName", "CreateKey"))).Events).toHaveLength(1);
    own.undo();
    own.undo();
    expect((await page(by("EventName", "CreateKey"))).Events).toHaveLength(0);
  });

  test("a reload with its journal, and a replay, have the same history", async () => {
    const a = createLab({ ports: seededPorts(13) });
    const ask = (lab: Lab) => lab.call({ service: "cloudtrail", operation: "LookupEvents", caller: admin });
    for (const operation of ["CreateKey", "ListKeys", "CreateKey"]) await a.call({ service: "kms", operation, caller: admin });
    const b = createLab({ ports: seededPorts(99), snapshot: a.snapshot(), journal: [...a.journal] });
    const c = createLab({ ports: seededPorts(98) });
    c.replay(a.journal);
    const [x, y, z] = await Promise.all([a, b, c].map(ask));
    expect(x).toMatchObject({ ok: true, output: { Events: [{ EventName: "CreateKey" }, { EventName: "ListKeys" }, { EventName: "CreateKey" }] } });
    expect([y.ok && y.output, z.ok && z.output]).toEqual([x.ok && x.output, x.ok && x.output]);
  });
});
