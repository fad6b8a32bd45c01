import { describe, expect, test } from "vitest";
import { createLab, type Lab } from "./lab";
import { seededPorts } from "./ports";
import type { Caller, JsonObject, Reply } from "./types";

const admin: Caller = { account: "111122223333", user: "admin" };
const opened = (seed = 1): Lab => createLab({ ports: seededPorts(seed) });
const caller = (lab: Lab, as: Caller = admin, region?: string) => (service: string, operation: string, input: JsonObject = {}): Promise<Reply> => lab.call({ service, operation, input, caller: as, region });
const output = (reply: Reply): JsonObject => {
  if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`);
  return reply.output;
};
const bytes = (lab: Lab): string => JSON.stringify(lab.snapshot());

describe("the one door", () => {
  test.each([
    // service, operation, input, caller, stage, code
    ["kms", "MakeKey", {}, admin, "operation", "UnknownOperationException"],
    ["kms", "ConnectCustomKeyStore", { CustomKeyStoreId: "x" }, admin, "operation", "NotSimulated"],
    ["iam", "MakeUser", {}, admin, "operation", "InvalidAction"],
    ["s3", "ListBuckets", {}, admin, "operation", "NotSimulated"],
    ["kms", "DescribeKey", {}, admin, "shape", "ValidationException"],
    ["kms", "DescribeKey", { KeyId: 1 }, admin, "shape", "SerializationException"],
    ["kms", "DescribeKey", { KeyId: "x" }, { account: "111122223333", user: "nobody" }, "caller", "UnrecognizedClientException"],
    ["kms", "DescribeKey", { KeyId: "00000000-0000-4000-8000-000000000000" }, admin, "handler", "NotFoundException"],
  ] as const)("%s %s stops where it should: %j", async (service, operation, input, who, stage, code) => {
    const lab = opened();
    const before = bytes(lab);
    const reply = await lab.call({ service, operation, input, caller: who });
    expect(reply.ok).toBe(false);
    expect(reply.trace.outcome).toMatchObject({ ok: false, stage, code });
    expect(lab.journal).toHaveLength(1);
    expect(JSON.parse(bytes(lab)).records).toEqual(JSON.parse(before).records);
  });

  test.each([
    ["kms", "ListKeys", "ExpiredTokenException"], ["ssm", "DescribeParameters", "ExpiredTokenException"], ["organizations", "ListRoots", "ExpiredTokenException"],
    ["iam", "ListUsers", "ExpiredToken"], ["sts", "GetCallerIdentity", "ExpiredToken"],
  ])("%s %s after the end of a session: %s", async (service, operation, code) => {
    const lab = opened();
    const { Credentials } = output(await caller(lab)("sts", "GetSessionToken", { DurationSeconds: 900 })) as { Credentials: { AccessKeyId: string } };
    const as = caller(lab, { accessKeyId: Credentials.AccessKeyId });
    expect((await as("sts", "GetCallerIdentity")).ok).toBe(true);
    await lab.advance(901_000);
    expect(await as(service, operation)).toMatchObject({ ok: false, error: { code } });
    expect(await caller(lab, { account: "111122223333", user: "nobody" })(service, operation)).toMatchObject({ error: { code: code === "ExpiredToken" ? "InvalidClientTokenId" : "UnrecognizedClientException" } });
  });

  test("events of one moment stand in the order in which they were sent", async () => {
    const lab = opened();
    const names = Array.from({ length: 12 }, (_, i) => `/p${i}`);
    for (const Name of names) output(await caller(lab)("ssm", "PutParameter", { Name, Value: "1", Type: "String" }));
    const events = lab.read({ account: "111122223333", region: "us-east-1", service: "events" }).table<{ detail: JsonObject }>("log").all();
    expect(events.map(({ detail }) => detail.name)).toEqual(names);
  });

  test("an unknown Region has no endpoint", async () => {
    const reply = await caller(opened(), admin, "eu-nowhere-9")("kms", "ListKeys");
    expect(reply.ok || reply.error.message).toBe('Could not connect to the endpoint URL: "https://kms.eu-nowhere-9.amazonaws.com/"');
  });

  test("accounts and Regions are apart", async () => {
    const lab = opened();
    output(await caller(lab, admin, "us-east-1")("ssm", "PutParameter", { Name: "/a", Value: "1", Type: "String" }));
    for (const [as, region] of [[admin, "eu-west-2"], [{ account: "444455556666", user: "admin" }, "us-east-1"]] as const)
      expect(await caller(lab, as, region)("ssm", "GetParameter", { Name: "/a" })).toMatchObject({ ok: false, error: { code: "ParameterNotFound" } });
    expect(output(await caller(lab)("ssm", "GetParameter", { Name: "/a" }))).toMatchObject({ Parameter: { Value: "1" } });
  });

  test("a call that a handler makes shares its fate: SecureString under a key that is not there leaves nothing behind", async () => {
    const lab = opened();
    const before = JSON.parse(bytes(lab)).records;
    const reply = await caller(lab)("ssm", "PutParameter", { Name: "/a", Value: "1", Type: "SecureString", KeyId: "alias/none" });
    expect(reply).toMatchObject({ ok: false, error: { code: "InvalidKeyId" } });
    expect(JSON.parse(bytes(lab)).records).toEqual(before);
  });

  test("calls that wait for outside work do not let others overtake", async () => {
    const lab = opened();
    const call = caller(lab);
    const replies = await Promise.all([call("kms", "CreateKey", { KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" }), call("kms", "CreateKey"), call("sts", "GetCallerIdentity")]);
    expect(replies.map((reply) => reply.seq)).toEqual([1, 2, 3]);
    expect(replies.every((reply) => reply.ok)).toBe(true);
    expect(lab.journal.map((entry) => entry.call?.operation)).toEqual(["CreateKey", "CreateKey", "GetCallerIdentity"]);
  });
});

/** A walk through everything that state and clock can do. */
async function walk(lab: Lab): Promise<void> {
  const call = caller(lab);
  const { KeyId } = output(await call("kms", "CreateKey", { Description: "walk" })).KeyMetadata as { KeyId: string };
  await call("kms", "CreateAlias", { AliasName: "alias/walk", TargetKeyId: KeyId });
  await call("kms", "EnableKeyRotation", { KeyId, RotationPeriodInDays: 90 });
  await call("ssm", "PutParameter", { Name: "/walk/secret", Value: "s3cret", Type: "SecureString", KeyId: "alias/walk" });
  await call("ssm", "GetParameter", { Name: "/walk/none" });
  await call("kms", "CreateKey", { KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" });
  await lab.advance(200 * 86_400_000);
  await call("kms", "ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
  await lab.advance(8 * 86_400_000);
  await call("ssm", "GetParameter", { Name: "/walk/secret", WithDecryption: true });
  lab.ensureAccount("777788889999");
}

describe("journal and clock", () => {
  test("the clock rotates and deletes on the way, each thing at its own time", async () => {
    const lab = opened();
    await walk(lab);
    const jobs = lab.journal.filter((entry) => entry.kind === "job");
    expect(jobs.length).toBeGreaterThanOrEqual(3);
    const times = lab.journal.map((entry) => entry.at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(lab.journal.at(-2)?.reply).toMatchObject({ ok: false });
  });

  test("replaying the journal on the state that it began with gives the same bytes", async () => {
    const lab = opened();
    const start = lab.snapshot();
    await walk(lab);
    const journal = JSON.parse(JSON.stringify(lab.journal)) as typeof lab.journal;
    const other = createLab({ ports: { ...seededPorts(99), outside: () => Promise.reject(new Error("nothing may be asked again")) }, snapshot: JSON.parse(JSON.stringify(start)) });
    other.replay(journal);
    expect(bytes(other)).toBe(bytes(lab));
    expect(JSON.stringify(other.journal.map(({ reply, trace, changes }) => ({ reply, trace, changes })))).toBe(JSON.stringify(lab.journal.map(({ reply, trace, changes }) => ({ reply, trace, changes }))));
  });

  test("undo all, redo all: the same bytes at both ends", async () => {
    const lab = opened();
    const start = JSON.stringify(lab.snapshot().records);
    await walk(lab);
    const end = bytes(lab);
    while (lab.undo());
    expect(JSON.stringify(lab.snapshot().records)).toBe(start);
    while (lab.redo());
    expect(bytes(lab)).toBe(end);
  });

  test("a snapshot restored behaves as the lab it was taken from", async () => {
    const lab = opened();
    await walk(lab);
    const restored = createLab({ ports: seededPorts(1), snapshot: JSON.parse(bytes(lab)) });
    expect(bytes(restored)).toBe(bytes(lab));
    expect(restored.upcoming()).toEqual(lab.upcoming());
    output(await caller(restored)("ssm", "PutParameter", { Name: "/after", Value: "x", Type: "String" }));
  });

  test("the journal is bounded, and the newest stay", async () => {
    const lab = createLab({ ports: seededPorts(1), journalLimit: 16 });
    for (let i = 0; i < 50; i++) await caller(lab)("sts", "GetCallerIdentity");
    expect(lab.journal.length).toBeLessThanOrEqual(18);
    expect(lab.journal.at(-1)?.seq).toBe(50);
  });

  test.each([-1, NaN, Infinity])("the clock does not move by %d", async (ms) => {
    await expect(opened().advance(ms)).rejects.toThrow(/forward only/);
  });
});
