import { describe, expect, it, test } from "vitest";
import { bills } from "../billing/bill";
import { cloudTrailEvents } from "../cloudtrail/records";
import type { Caller, JsonObject } from "../types";
import { account, admin, allow, testLab, token } from "./secretsmanager.test-helper";

const day = 86_400_000;
const alice: Caller = { account, user: "alice" };

describe("CloudTrail", () => {
  const last = (t: ReturnType<typeof testLab>) => cloudTrailEvents(t.lab.journal.at(-1)!);

  test.each<[string, JsonObject, JsonObject]>([
    ["CreateSecret", { Name: "new", SecretString: "hidden", ClientRequestToken: token(70) }, { name: "new", clientRequestToken: token(70) }],
    ["CreateSecret", { Name: "new", SecretBinary: "aGlkZGVu", ClientRequestToken: token(70) }, { name: "new", clientRequestToken: token(70) }],
    ["PutSecretValue", { SecretId: "s", SecretString: "hidden", ClientRequestToken: token(70) }, { secretId: "s", clientRequestToken: token(70) }],
    ["UpdateSecret", { SecretId: "s", SecretString: "hidden", Description: "d", ClientRequestToken: token(70) }, { secretId: "s", clientRequestToken: token(70), description: "d" }],
  ])("%s leaves the value out", async (operation, input, requestParameters) => {
    const t = testLab();
    await t.create("s");
    const { ARN } = await t.good(operation, input);
    const [record, ...kms] = last(t);
    expect(record).toMatchObject({ eventSource: "secretsmanager.amazonaws.com", eventName: operation, readOnly: false, requestParameters, responseElements: { arn: ARN } });
    expect(JSON.stringify(last(t))).not.toContain("hidden");
    expect(JSON.stringify(last(t))).not.toContain("aGlkZGVu");
    expect(kms).toMatchObject([{ eventSource: "kms.amazonaws.com", eventName: "GenerateDataKey", sourceIPAddress: "secretsmanager.amazonaws.com", userIdentity: { invokedBy: "secretsmanager.amazonaws.com" }, requestParameters: { encryptionContext: { SecretARN: ARN, SecretVersionId: token(70) } } }]);
  });

  it("reading is recorded without an answer, deletion with its date in words", async () => {
    const t = testLab();
    const { ARN } = await t.create("s");
    await t.get("s");
    expect(last(t).map(({ eventName, readOnly, responseElements }) => [eventName, readOnly, responseElements])).toEqual([["GetSecretValue", true, null], ["Decrypt", true, null]]);
    await t.good("DeleteSecret", { SecretId: "s", RecoveryWindowInDays: 30 });
    expect(last(t)).toMatchObject([
      { eventName: "DeleteSecret", requestParameters: { secretId: "s", recoveryWindowInDays: 30 }, responseElements: { name: "s", aRN: ARN, deletionDate: "Jan 31, 2026, 12:00:00 AM" } },
      { eventName: "StartSecretVersionDelete", eventType: "AwsServiceEvent", additionalEventData: { SecretId: ARN } },
    ]);
    await t.good("GetRandomPassword");
    expect(last(t)).toMatchObject([{ eventName: "GetRandomPassword", responseElements: null, requestParameters: null }]);
  });

  it("a batch is recorded as one reading for each secret", async () => {
    const t = testLab(1, { alice: [allow("secretsmanager:BatchGetSecretValue"), allow("secretsmanager:GetSecretValue", "*", { StringEquals: { "aws:ResourceTag/of": "alice" } })] });
    const { ARN } = await t.create("a", "1", { Tags: [{ Key: "of", Value: "alice" }] });
    await t.create("b");
    await t.good("BatchGetSecretValue", { SecretIdList: ["a", "b"] }, alice);
    expect(last(t).map(({ eventName, errorCode, requestParameters }) => [eventName, errorCode, requestParameters])).toEqual([
      ["BatchGetSecretValue", undefined, { secretIdList: ["a", "b"] }],
      ["GetSecretValue", undefined, { secretId: ARN }],
      ["GetSecretValue", "AccessDenied", null],
      ["Decrypt", undefined, expect.anything()],
    ]);
    expect(new Set(last(t).map(({ eventID }) => eventID)).size).toBe(4);
    for (let i = 0; i < 20; i++) await t.create(`s${i}`);
    await t.good("BatchGetSecretValue", { SecretIdList: Array.from({ length: 20 }, (_, i) => `s${i}`) });
    expect(new Set(last(t).map(({ eventID }) => eventID)).size).toBe(41);
  });
});

describe("EventBridge", () => {
  it("hears of a label that moves, save AWSPENDING and AWSPREVIOUS", async () => {
    const t = testLab();
    const { ARN } = await t.create("s", "1");
    const b = await t.put("s", "2");
    await t.put("s", "3", { VersionStages: ["AWSPENDING"] });
    const d = await t.put("s", "4", { VersionStages: ["blue"] });
    expect(t.events("Secret Label Updated").map(({ detail, resources }) => [detail, resources])).toEqual([
      [{ name: "s", labelUpdated: "AWSCURRENT", versionId: b }, [ARN]],
      [{ name: "s", labelUpdated: "blue", versionId: d }, [ARN]],
    ]);
  });

  it("hears of each version that is to be deleted, is kept, and is gone", async () => {
    const t = testLab();
    const { ARN, VersionId: a } = await t.create("s", "1");
    const b = await t.put("s", "2");
    await t.good("DeleteSecret", { SecretId: "s", RecoveryWindowInDays: 7 });
    await t.good("RestoreSecret", { SecretId: "s" });
    await t.good("DeleteSecret", { SecretId: "s", RecoveryWindowInDays: 7 });
    await t.lab.advance(8 * day);
    const told = t.events("AWS Service Event via CloudTrail");
    expect(told.map(({ detail }) => [detail.eventName, detail.additionalEventData.SecretVersionId])).toEqual(
      ["StartSecretVersionDelete", "CancelSecretVersionDelete", "StartSecretVersionDelete", "EndSecretVersionDelete"].flatMap((name) => [a, b].map((id) => [name, id])),
    );
    for (const { detail } of told) expect(detail).toMatchObject({ eventSource: "secretsmanager.amazonaws.com", eventType: "AwsServiceEvent", awsRegion: "us-east-1", recipientAccountId: account, userIdentity: { accountId: account, invokedBy: "secretsmanager.amazonaws.com" }, requestParameters: null, additionalEventData: { SecretId: ARN } });
  });
});

describe("what it costs", () => {
  const item = ({ lab }: ReturnType<typeof testLab>, name: string, of = account): [usd: number, quantity: number] => {
    const lines = bills(lab.read, of, lab.now()).flatMap(({ lines: all }) => all.filter((line) => line.item === name));
    return [lines.reduce((sum, { usd }) => sum + usd, 0), lines.reduce((sum, { quantity }) => sum + quantity, 0)].map((n) => Math.round(n * 1e6) / 1e6) as [number, number];
  };

  it("forty cents a month by the hour, replicas too; free while it is marked for deletion", async () => {
    const t = testLab();
    await t.create("a", "1", { AddReplicaRegions: [{ Region: "eu-west-1" }] });
    await t.create("b");
    // January has 31 days.
    await t.lab.advance(15.5 * day);
    expect(item(t, "secretsmanager:secret")).toEqual([0.6, 1.499999]);
    await t.good("DeleteSecret", { SecretId: "b" });
    await t.lab.advance(15 * day);
    expect(item(t, "secretsmanager:secret")[1]).toBeCloseTo(1.5 + (2 * 15) / 31, 4);
    await t.good("RestoreSecret", { SecretId: "b" });
    await t.good("RemoveRegionsFromReplication", { SecretId: "a", RemoveReplicaRegions: ["eu-west-1"] });
    await t.lab.advance(0.5 * day - 1);
    expect(item(t, "secretsmanager:secret")[1]).toBeCloseTo(1.5 + (2 * 15) / 31 + 1 / 31, 4);
  });

  it("five cents for ten thousand calls; what KMS is asked costs there", async () => {
    const t = testLab();
    await t.create("s");
    for (let i = 0; i < 9; i++) await t.get("s");
    await t.bad("GetSecretValue", { SecretId: "none" });
    expect(item(t, "secretsmanager:request")).toEqual([0.00005, 10]);
    expect(item(t, "kms:request")).toEqual([0, 10]);
  });

  it("who asks pays for the call, who owns it for the secret", async () => {
    const t = testLab();
    const { ARN } = await t.create("s");
    await t.good("PutResourcePolicy", { SecretId: "s", ResourcePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: "444455556666" }, Action: "secretsmanager:*", Resource: "*" }] }) });
    await t.good("DescribeSecret", { SecretId: ARN }, { account: "444455556666", user: "admin" });
    await t.lab.advance(day);
    expect([item(t, "secretsmanager:request", "444455556666")[1], item(t, "secretsmanager:secret", "444455556666")[1]]).toEqual([1, 0]);
    expect(admin).toBeDefined();
  });
});
