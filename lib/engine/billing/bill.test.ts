import { describe, expect, test } from "vitest";
import { createLab, type Lab } from "../lab";
import { seededPorts } from "../ports";
import type { Caller, JsonObject } from "../types";
import { type Bill, bills } from "./bill";
import { monthOf, monthsBetween } from "./month";

const account = "111122223333";
const other = "444455556666";
const admin: Caller = { account, user: "admin" };
const east = "us-east-1";
const day = 86_400_000;
/** A month of 30 days: 720 hours. */
const november = Date.UTC(2026, 10, 1);

function bench(at = november) {
  const lab = createLab({ ports: seededPorts(7, at) });
  const call = (service: string, operation: string, input: JsonObject = {}, { caller = admin, region = east }: { caller?: Caller; region?: string } = {}) => lab.call({ service, operation, input, caller, region });
  async function done(...args: Parameters<typeof call>): Promise<any> {
    const reply = await call(...args);
    if (!reply.ok) throw new Error(`${args[1]}: ${reply.error.code} ${reply.error.message}`);
    return reply.output;
  }
  const createKey = async (input: JsonObject = {}, where = {}): Promise<string> => (await done("kms", "CreateKey", input, where)).KeyMetadata.KeyId;
  const all = (of = account): Bill[] => bills(lab.read, of, lab.now());
  const bill = (month?: string, of = account): Bill => (month ? all(of).find((one) => one.month.id === month)! : all(of)[0]);
  return { lab, call, done, createKey, all, bill };
}

/** Dollars and quantity of an item on a bill, all Regions together. */
function item(bill: Bill, name: string): [usd: number, quantity: number] {
  const lines = bill.lines.filter((line) => line.item === name);
  return [lines.reduce((sum, { usd }) => sum + usd, 0), lines.reduce((sum, { quantity }) => sum + quantity, 0)].map((n) => Math.round(n * 1e9) / 1e9) as [number, number];
}

describe("keys: $1 a month, by the hour", () => {
  test("three keys for 17 days of 30", async () => {
    const { lab, createKey, bill } = bench();
    for (let i = 0; i < 3; i++) await createKey();
    await lab.advance(17 * day);
    expect(item(bill(), "kms:key")).toEqual([1.7, 1.7]);
    expect(bill().lines.find((line) => line.item === "kms:key")!.kept).toEqual({ hours: 3 * 17 * 24, units: 3, hoursInMonth: 720 });
    // Kept to the month's end they are a dollar each; three requests are free.
    expect(bill().forecast).toBeCloseTo(3, 9);
  });

  test("the month's end closes the bill, and it stays", async () => {
    const { lab, createKey, all, bill } = bench();
    await createKey();
    await lab.advance(29 * day);
    await createKey();
    await lab.advance(40 * day);
    expect(all().map(({ month, closed }) => [month.id, closed])).toEqual([["2027-01", false], ["2026-12", true], ["2026-11", true]]);
    expect(item(bill("2026-11"), "kms:key")[0]).toBeCloseTo(1 + 1 / 30, 9);
    expect(item(bill("2026-12"), "kms:key")).toEqual([2, 2]);
    expect(item(bill("2027-01"), "kms:key")[0]).toBeCloseTo((2 * 8) / 31, 9);
    const closed = JSON.stringify([bill("2026-11"), bill("2026-12")]);
    await createKey();
    await lab.advance(5 * day);
    expect(JSON.stringify([bill("2026-11"), bill("2026-12")])).toBe(closed);
    expect(bill("2026-11").forecast).toBe(bill("2026-11").usd);
  });

  test("the first two rotations add a dollar each, the others nothing", async () => {
    const { lab, done, createKey, bill } = bench();
    const KeyId = await createKey();
    for (const days of [6, 9, 10, 3]) {
      await done("kms", "RotateKeyOnDemand", { KeyId });
      await lab.advance(days * day);
    }
    // Days 0–28 one rotation, 6–28 the second.
    expect(item(bill(), "kms:key")[0]).toBeCloseTo(28 / 30, 9);
    expect(item(bill(), "kms:key:rotation")[0]).toBeCloseTo((28 + 22) / 30, 9);
  });

  test("rotation by date, months later", async () => {
    const { lab, done, createKey, bill } = bench();
    await done("kms", "EnableKeyRotation", { KeyId: await createKey(), RotationPeriodInDays: 90 });
    // Rotated on January 30 and April 30; then June 1.
    await lab.advance(212 * day);
    expect(item(bill("2027-01"), "kms:key:rotation")[0]).toBeCloseTo(2 / 31, 9);
    expect(item(bill("2027-03"), "kms:key:rotation")).toEqual([1, 1]);
    expect(item(bill("2027-05"), "kms:key:rotation")).toEqual([2, 2]);
  });

  test("free from the moment its deletion is scheduled, and after it", async () => {
    const { lab, done, createKey, bill } = bench();
    const KeyId = await createKey();
    await lab.advance(6 * day);
    await done("kms", "ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
    await lab.advance(20 * day);
    expect(item(bill(), "kms:key")).toEqual([0.2, 0.2]);
    expect(bill().lines.find((line) => line.item === "kms:key")!.kept!.units).toBe(0);
  });

  test("a deletion that is cancelled is charged as though it never was", async () => {
    const { lab, done, createKey, bill } = bench();
    const KeyId = await createKey();
    await lab.advance(6 * day);
    await done("kms", "ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 30 });
    await lab.advance(9 * day);
    expect(item(bill(), "kms:key")[0]).toBeCloseTo(6 / 30, 9);
    await done("kms", "CancelKeyDeletion", { KeyId });
    expect(item(bill(), "kms:key")[0]).toBeCloseTo(15 / 30, 9);
  });

  test("cancelled in the next month: the closed bill stays, the free time is on the open one", async () => {
    const { lab, done, createKey, bill } = bench();
    const KeyId = await createKey();
    await lab.advance(20 * day);
    await done("kms", "ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 30 });
    await lab.advance(12 * day);
    await done("kms", "CancelKeyDeletion", { KeyId });
    expect(item(bill("2026-11"), "kms:key")[0]).toBeCloseTo(20 / 30, 9);
    expect(item(bill("2026-12"), "kms:key")[0]).toBeCloseTo((2 + 10) / 31, 9);
  });

  test("AWS managed keys are kept free; their requests are not", async () => {
    const { lab, done, bill } = bench();
    await done("ssm", "PutParameter", { Name: "/s", Value: "v", Type: "SecureString" });
    await lab.advance(10 * day);
    expect(item(bill(), "kms:key")).toEqual([0, 0]);
    expect(item(bill(), "kms:request")).toEqual([0, 1]);
  });

  test("of all Regions, each on a line of its own; of one account only", async () => {
    const { lab, createKey, bill } = bench();
    await createKey();
    await createKey({}, { region: "eu-west-2" });
    await createKey({}, { caller: { account: other, user: "admin" } });
    await lab.advance(30 * day - 1);
    expect(bill().lines.filter((line) => line.item === "kms:key").map(({ region }) => region)).toEqual([east, "eu-west-2"]);
    expect([Math.round(bill().usd * 100), Math.round(bill(undefined, other).usd * 100)]).toEqual([200, 100]);
  });
});

describe("requests", () => {
  test("25,000 of them: 20,000 are free, the rest at three cents for ten thousand", async () => {
    const { lab, call, createKey, bill } = bench();
    const KeyId = await createKey();
    for (let i = 0; i < 24_999; i++) await call("kms", "DescribeKey", { KeyId });
    expect(item(bill(), "kms:request")).toEqual([0.015, 25_000]);
    expect(lab.journal.length).toBeLessThan(3_000);
  }, 60_000);

  test("the free ones are of all Regions together, and new every month", async () => {
    const { lab, call, bill } = bench();
    const rows = lab.snapshot();
    for (const region of [east, "eu-west-2"]) await call("kms", "ListKeys", {}, { region });
    await lab.advance(31 * day);
    await call("kms", "ListKeys");
    expect([item(bill("2026-11"), "kms:request"), item(bill("2026-12"), "kms:request")]).toEqual([[0, 2], [0, 1]]);
    expect(rows.seq).toBe(0);
    // As if there had been many: the rows as a lab would have them after 15,000 calls in each Region.
    const many = lab.snapshot();
    for (const region of [east, "eu-west-2"]) (many.records[account][region].billing.ledger[0][1] as { quantity: number }).quantity = 15_000;
    const busy = bills(createLab({ ports: seededPorts(8, lab.now()), snapshot: many }).read, account, lab.now()).find(({ month }) => month.id === "2026-11")!;
    expect(busy.lines.map(({ region, free }) => [region, free])).toEqual([[east, 15_000], ["eu-west-2", 5_000]]);
    expect(busy.usd).toBeCloseTo(0.03, 9);
  });

  test.each<[string, JsonObject, string, JsonObject, string, number]>([
    ["RSA 2048, at the plain price and never free", { KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" }, "Sign", { Message: btoa("m"), SigningAlgorithm: "RSASSA_PSS_SHA_256" }, "kms:request:rsa-2048", 0.000003],
    ["an elliptic curve", { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" }, "Sign", { Message: btoa("m"), SigningAlgorithm: "ECDSA_SHA_256" }, "kms:request:asymmetric", 0.000015],
    ["a data key pair", {}, "GenerateDataKeyPair", { KeyPairSpec: "ECC_NIST_P256" }, "kms:request:data-key-pair:ecc", 0.00001],
  ])("%s", async (_, spec, operation, input, name, usd) => {
    const { done, createKey, bill } = bench();
    const KeyId = await createKey(spec);
    await done("kms", operation, { KeyId, ...input });
    expect(item(bill(), name)).toEqual([usd, 1]);
  });

  test("who asks pays, also for a key of another account", async () => {
    const { done, bill } = bench();
    const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: [account, other] }, Action: "kms:*", Resource: "*" }] };
    const { Arn } = (await done("kms", "CreateKey", { Policy: JSON.stringify(policy) })).KeyMetadata;
    await done("kms", "Encrypt", { KeyId: Arn, Plaintext: btoa("x") }, { caller: { account: other, user: "admin" } });
    expect([item(bill(), "kms:request")[1], item(bill(undefined, other), "kms:request")[1], item(bill(undefined, other), "kms:key")[1]]).toEqual([1, 1, 0]);
  });

  test("refused and failed requests cost nothing; IAM is free", async () => {
    const { call, bill } = bench();
    await call("kms", "DescribeKey", { KeyId: "alias/none" });
    await call("kms", "ListKeys", { Limit: 5_000 });
    await call("iam", "ListUsers");
    expect(bill().lines).toEqual([]);
    expect(bill().usd).toBe(0);
  });

  test("the forecast goes on with requests as they came, the first day counting whole", async () => {
    const { lab, call, createKey, bill } = bench();
    const KeyId = await createKey();
    for (let i = 0; i < 199; i++) await call("kms", "DescribeKey", { KeyId });
    await lab.advance(15 * day);
    expect(bill().forecast).toBeCloseTo(1, 9);
    const busy = lab.snapshot();
    const ledger = busy.records[account][east].billing.ledger as [string, { quantity: number }][];
    ledger.find(([id]) => id === "2026-11 kms:request")![1].quantity = 20_000;
    const [one] = bills(createLab({ ports: seededPorts(8, lab.now()), snapshot: busy }).read, account, lab.now());
    expect([one.usd, one.forecast].map((usd) => Math.round(usd * 1e6) / 1e6)).toEqual([0.5, 1.06]);
  });
});

describe("Parameter Store", () => {
  test("an advanced parameter: five cents a month by the hour, and its requests", async () => {
    const { lab, done, bill } = bench();
    await done("ssm", "PutParameter", { Name: "/a", Value: "v", Type: "String", Tier: "Advanced" });
    await done("ssm", "PutParameter", { Name: "/b", Value: "v", Type: "String" });
    await lab.advance(15 * day);
    await done("ssm", "PutParameter", { Name: "/b", Value: "w", Type: "String", Tier: "Advanced", Overwrite: true });
    await lab.advance(6 * day);
    await done("ssm", "DeleteParameter", { Name: "/a" });
    await lab.advance(3 * day);
    // /a 21 days, /b 9.
    expect(item(bill(), "ssm:parameter:advanced")).toEqual([0.05, 1]);
    expect(item(bill(), "ssm:request:standard")).toEqual([0, 1]);
    expect(item(bill(), "ssm:request:advanced")).toEqual([0.000015, 3]);
  });

  test("Intelligent-Tiering pays for what became advanced", async () => {
    const { lab, done, bill } = bench();
    await done("ssm", "PutParameter", { Name: "/small", Value: "v", Type: "String", Tier: "Intelligent-Tiering" });
    await done("ssm", "PutParameter", { Name: "/large", Value: "v".repeat(5_000), Type: "String", Tier: "Intelligent-Tiering" });
    await lab.advance(15 * day);
    expect(item(bill(), "ssm:parameter:advanced")).toEqual([0.025, 0.5]);
  });
});

describe("the ledger is part of the state", () => {
  async function busyLab(): Promise<ReturnType<typeof bench>> {
    const one = bench();
    const KeyId = await one.createKey();
    await one.lab.advance(3 * day);
    await one.done("kms", "RotateKeyOnDemand", { KeyId });
    await one.done("ssm", "PutParameter", { Name: "/s", Value: "v", Type: "SecureString", Tier: "Advanced" });
    await one.done("ssm", "GetParameter", { Name: "/s", WithDecryption: true });
    await one.lab.advance(40 * day);
    await one.done("kms", "ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
    return one;
  }
  const written = (lab: Lab, at: number): string => JSON.stringify(bills(lab.read, account, at));

  test("undo takes the cost back, redo brings it again", async () => {
    const { lab, all } = await busyLab();
    const at = lab.now();
    const states = [written(lab, at)];
    while (lab.undo()) states.push(written(lab, at));
    expect(bills(lab.read, account, at)[0].usd).toBe(0);
    expect(all()[0].lines).toEqual([]);
    for (let i = states.length - 2; i >= 0; i--) {
      lab.redo();
      expect(written(lab, at)).toBe(states[i]);
    }
  });

  test("replay, and a lab saved and opened, have the same bills", async () => {
    const { lab } = await busyLab();
    const again = createLab({ ports: seededPorts(99, november) });
    again.replay(lab.journal);
    expect(JSON.stringify(again.snapshot())).toBe(JSON.stringify(lab.snapshot()));
    const opened = createLab({ ports: seededPorts(98, november), snapshot: JSON.parse(JSON.stringify(lab.snapshot())) });
    expect(written(opened, lab.now())).toBe(written(lab, lab.now()));
  });

  test("no step of the trace tells of it", async () => {
    const { lab } = await busyLab();
    expect(lab.journal.flatMap(({ trace }) => trace.steps).filter((step) => step.kind === "change" && step.service === "billing")).toEqual([]);
    expect(lab.journal.some(({ changes }) => changes.some(({ service }) => service === "billing"))).toBe(true);
  });
});

test.each([
  ["2026-11-01T00:00:00Z", "2026-11"],
  ["2026-11-30T23:59:59.999Z", "2026-11"],
  ["2026-12-01T00:00:00Z", "2026-12"],
  ["2028-02-29T12:00:00Z", "2028-02"],
])("%s is in %s", (time, id) => {
  const month = monthOf(Date.parse(time));
  expect(month.id).toBe(id);
  expect(monthOf(month.start).id).toBe(id);
  expect(monthOf(month.end).id).not.toBe(id);
});

test("months between, over a year's end", () => expect(monthsBetween("2026-11", monthOf(Date.UTC(2027, 1, 3))).map(({ id }) => id)).toEqual(["2026-11", "2026-12", "2027-01", "2027-02"]));
