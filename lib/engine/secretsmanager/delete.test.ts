import { describe, expect, it } from "vitest";
import type { JsonObject } from "../types";
import { account, adminOfOther, testLab } from "./secretsmanager.test-helper";

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1) / 1000;
const marked = { code: "InvalidRequestException", message: "You can't perform this operation on the secret because it was marked for deletion." };

describe("DeleteSecret", () => {
  it.each<[string, JsonObject, number]>([
    ["thirty days unless it is told", {}, 30],
    ["seven", { RecoveryWindowInDays: 7 }, 7],
    ["thirty", { RecoveryWindowInDays: 30 }, 30],
    ["none", { ForceDeleteWithoutRecovery: true }, 0],
    ["not forced", { ForceDeleteWithoutRecovery: false, RecoveryWindowInDays: 8 }, 8],
  ])("waits %s", async (_, input, days) => {
    const { create, good } = testLab();
    const { ARN } = await create("s");
    expect(await good("DeleteSecret", { SecretId: "s", ...input })).toEqual({ ARN, Name: "s", DeletionDate: start + days * 86_400 });
  });

  it.each<[JsonObject, string, string]>([
    [{ RecoveryWindowInDays: 6 }, "InvalidParameterException", "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive)."],
    [{ RecoveryWindowInDays: 31 }, "InvalidParameterException", "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive)."],
    [{ RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true }, "InvalidParameterException", "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays."],
    [{ SecretId: "none" }, "ResourceNotFoundException", "Secrets Manager can't find the specified secret."],
  ])("refuses %j", async (input, code, message) => {
    const { create, bad } = testLab();
    await create("s");
    expect(await bad("DeleteSecret", { SecretId: "s", ...input })).toEqual({ code, message });
  });

  it.each<[string, JsonObject]>([
    ["GetSecretValue", {}],
    ["PutSecretValue", { SecretString: "x" }],
    ["UpdateSecret", { Description: "x" }],
    ["UpdateSecretVersionStage", { VersionStage: "x", MoveToVersionId: "x".repeat(32) }],
    ["TagResource", { Tags: [{ Key: "k", Value: "v" }] }],
    ["UntagResource", { TagKeys: ["k"] }],
    ["GetResourcePolicy", {}],
    ["PutResourcePolicy", { ResourcePolicy: "{}" }],
    ["DeleteResourcePolicy", {}],
    ["ReplicateSecretToRegions", { AddReplicaRegions: [{ Region: "eu-west-1" }] }],
    ["RemoveRegionsFromReplication", { RemoveReplicaRegions: ["eu-west-1"] }],
    ["RotateSecret", {}],
    ["CancelRotateSecret", {}],
    ["DeleteSecret", {}],
  ])("what is marked refuses %s", async (operation, input) => {
    const { create, good, bad } = testLab();
    await create("s");
    await good("DeleteSecret", { SecretId: "s" });
    expect(await bad(operation, { SecretId: "s", ...input })).toEqual(marked);
  });

  it("a marked secret is described with its date, keeps its name, and can be forced away", async () => {
    const { create, good, bad } = testLab();
    await create("s");
    await good("DeleteSecret", { SecretId: "s" });
    expect(await good("DescribeSecret", { SecretId: "s" })).toMatchObject({ DeletedDate: start + 30 * 86_400 });
    expect(await bad("CreateSecret", { Name: "s" })).toEqual({ code: "InvalidRequestException", message: "You can't create this secret because a secret with this name is already scheduled for deletion." });
    await good("DeleteSecret", { SecretId: "s", ForceDeleteWithoutRecovery: true });
    await create("s");
  });

  it("29 days later it can be restored, 31 days later it is gone", async () => {
    const { create, good, bad, get, lab } = testLab();
    await create("a", "kept");
    await create("b");
    for (const SecretId of ["a", "b"]) await good("DeleteSecret", { SecretId });
    await lab.advance(29 * day);
    const { ARN } = await good("RestoreSecret", { SecretId: "a" });
    expect(await get("a")).toBe("kept");
    await lab.advance(2 * day);
    expect(await get(ARN)).toBe("kept");
    expect(await bad("RestoreSecret", { SecretId: "b" })).toMatchObject({ code: "ResourceNotFoundException" });
    const db = lab.read({ account, region: "us-east-1", service: "secretsmanager" });
    expect(["secrets", "versions", "created"].map((table) => db.table(table).ids().length)).toEqual([1, 1, 1]);
    await create("b");
  });

  it("undo brings back what the clock took", async () => {
    const { create, good, get, lab, bad } = testLab();
    await create("s", "kept");
    await good("DeleteSecret", { SecretId: "s", RecoveryWindowInDays: 7 });
    const entries = await lab.advance(8 * day);
    expect(entries.map(({ trace }) => trace.operation)).toEqual(["SecretDeletion", "Advance"]);
    await bad("DescribeSecret", { SecretId: "s" });
    for (let i = 0; i < 3; i++) lab.undo();
    await good("RestoreSecret", { SecretId: "s" });
    expect(await get("s")).toBe("kept");
  });

  it("restoring what is not marked changes nothing; what is gone cannot be restored", async () => {
    const { create, good, bad } = testLab();
    const { ARN } = await create("s");
    expect(await good("RestoreSecret", { SecretId: "s" })).toEqual({ ARN, Name: "s" });
    expect((await bad("RestoreSecret", { SecretId: "none" })).code).toBe("ResourceNotFoundException");
  });

  it("forcing away what is not there is no error", async () => {
    const { good, lab } = testLab();
    expect(await good("DeleteSecret", { SecretId: "none", ForceDeleteWithoutRecovery: true })).toMatchObject({ Name: "none", DeletionDate: start });
    expect(lab.journal.at(-1)!.changes.filter(({ service }) => service === "secretsmanager")).toEqual([]);
  });

  it("from another account: the secret's own account has the job, the event and the end", async () => {
    const { create, good, lab, events } = testLab();
    const { ARN } = await create("s");
    const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: "444455556666" }, Action: "secretsmanager:*", Resource: "*" }] };
    await good("PutResourcePolicy", { SecretId: "s", ResourcePolicy: JSON.stringify(policy) });
    await good("DeleteSecret", { SecretId: ARN, RecoveryWindowInDays: 7 }, adminOfOther);
    expect(lab.upcoming().find(({ kind }) => kind === "SecretDeletion")).toMatchObject({ account });
    await good("RestoreSecret", { SecretId: ARN });
    expect(lab.upcoming().some(({ kind }) => kind === "SecretDeletion")).toBe(false);
    expect(events("AWS Service Event via CloudTrail").map(({ detail }) => detail.eventName)).toEqual(["StartSecretVersionDelete", "CancelSecretVersionDelete"]);
  });
});
