import { describe, expect, it, test } from "vitest";
import type { Caller, JsonObject } from "../types";
import { account, admin, allow, deny, kmsCalls, testLab } from "./secretsmanager.test-helper";

const west = "us-west-2";
const london = "eu-west-2";
const alice: Caller = { account, user: "alice" };

async function replicated(more: JsonObject = {}, people: Record<string, object[]> = {}) {
  const t = testLab(1, people);
  const made = await t.create("s", "1", { AddReplicaRegions: [{ Region: west }], Description: "d", Tags: [{ Key: "k", Value: "v" }], ...more });
  const status = async () => (await t.good("DescribeSecret", { SecretId: "s" })).ReplicationStatus;
  const there = (operation: string, input: JsonObject = {}, region = west) => t.good(operation, { SecretId: "s", ...input }, admin, region);
  return { ...t, made, status, there, settled: () => t.lab.advance(5_000) };
}

describe("replication", () => {
  it("is under way, then in sync: the same name and ending, another Region", async () => {
    const { made, status, there, settled, bad } = await replicated();
    expect(made.ReplicationStatus).toEqual([{ Region: west, KmsKeyId: "alias/aws/secretsmanager", Status: "InProgress" }]);
    expect((await bad("GetSecretValue", { SecretId: "s" }, admin, west)).code).toBe("ResourceNotFoundException");
    await settled();
    expect(await status()).toEqual([{ Region: west, KmsKeyId: "alias/aws/secretsmanager", Status: "InSync", StatusMessage: "Replication succeeded" }]);
    const ARN = made.ARN.replace("us-east-1", west);
    expect(await there("GetSecretValue")).toMatchObject({ ARN, SecretString: "1", VersionId: made.VersionId });
    const seen = await there("DescribeSecret");
    expect(seen).toMatchObject({ ARN, Description: "d", Tags: [{ Key: "k", Value: "v" }], PrimaryRegion: "us-east-1", VersionIdsToStages: { [made.VersionId]: ["AWSCURRENT"] } });
    expect(seen).not.toHaveProperty("ReplicationStatus");
    expect((await status())[0]).toHaveProperty("LastAccessedDate");
  });

  it("follows values, labels, tags, description and policy", async () => {
    const { good, put, there, settled, status, made } = await replicated();
    await settled();
    const b = await put("s", "2");
    await good("UpdateSecretVersionStage", { SecretId: "s", VersionStage: "mine", MoveToVersionId: made.VersionId });
    await good("TagResource", { SecretId: "s", Tags: [{ Key: "k", Value: "w" }] });
    await good("UpdateSecret", { SecretId: "s", Description: "e" });
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: account }, Action: "secretsmanager:*", Resource: "*" }] });
    await good("PutResourcePolicy", { SecretId: "s", ResourcePolicy: policy });
    expect((await status())[0].Status).toBe("InProgress");
    expect(await there("GetSecretValue")).toMatchObject({ SecretString: "1" });
    await settled();
    expect((await status())[0].Status).toBe("InSync");
    expect(await there("GetSecretValue")).toMatchObject({ SecretString: "2" });
    expect(await there("DescribeSecret")).toMatchObject({ Description: "e", Tags: [{ Key: "k", Value: "w" }], VersionIdsToStages: { [made.VersionId]: ["AWSPREVIOUS", "mine"], [b]: ["AWSCURRENT"] } });
    expect(await there("GetResourcePolicy")).toMatchObject({ ResourcePolicy: policy });
    await put("s", "3");
    await put("s", "4");
    await settled();
    expect((await there("ListSecretVersionIds", { IncludeDeprecated: true })).Versions.map(({ VersionStages }: any) => VersionStages)).toEqual([["mine"], ["AWSPREVIOUS"], ["AWSCURRENT"]]);
  });

  it("has a key of its own, which alone can be changed there", async () => {
    const t = testLab();
    const [home, first, second] = [await t.key(), await t.key({}, admin, west), await t.key({}, admin, west)];
    await t.create("s", "1", { KmsKeyId: home, AddReplicaRegions: [{ Region: west, KmsKeyId: first }] });
    const [job] = await t.lab.advance(5_000);
    expect(kmsCalls(job.trace).map((call) => call.split("(")[0])).toEqual(["GenerateDataKey", "Decrypt", "Encrypt"]);
    expect((await t.good("ListSecretVersionIds", { SecretId: "s" }, admin, west)).Versions[0].KmsKeyIds).toEqual([first]);
    await t.good("UpdateSecret", { SecretId: "s", KmsKeyId: second }, admin, west);
    expect((await t.good("DescribeSecret", { SecretId: "s" })).ReplicationStatus).toMatchObject([{ KmsKeyId: second }]);
    expect((await t.good("DescribeSecret", { SecretId: "s" }, admin, west)).KmsKeyId).toBe(second);
    await t.put("s", "2");
    await t.lab.advance(5_000);
    const { VersionIdsToStages } = await t.good("DescribeSecret", { SecretId: "s" }, admin, west);
    const current = Object.entries(VersionIdsToStages).find(([, stages]) => (stages as string[]).includes("AWSCURRENT"))![0];
    expect((await t.good("ListSecretVersionIds", { SecretId: "s" }, admin, west)).Versions.find(({ VersionId }: any) => VersionId === current).KmsKeyIds).toEqual([second]);
  });

  test.each<[string, JsonObject]>([
    ["PutSecretValue", { SecretString: "x" }],
    ["UpdateSecret", { SecretString: "x" }],
    ["UpdateSecret", { Description: "x", KmsKeyId: "alias/aws/secretsmanager" }],
    ["UpdateSecretVersionStage", { VersionStage: "x" }],
    ["TagResource", { Tags: [{ Key: "k", Value: "v" }] }],
    ["UntagResource", { TagKeys: ["k"] }],
    ["PutResourcePolicy", { ResourcePolicy: "{}" }],
    ["DeleteResourcePolicy", {}],
    ["DeleteSecret", {}],
    ["DeleteSecret", { ForceDeleteWithoutRecovery: true }],
    ["RestoreSecret", {}],
    ["RotateSecret", {}],
    ["ReplicateSecretToRegions", { AddReplicaRegions: [{ Region: london }] }],
    ["RemoveRegionsFromReplication", { RemoveReplicaRegions: [london] }],
  ])("a replica refuses %s %j", async (operation, input) => {
    const { settled, bad } = await replicated();
    await settled();
    expect(await bad(operation, { SecretId: "s", ...input }, admin, west)).toEqual({ code: "InvalidParameterException", message: "Operation not permitted on a replica secret. Call must be made in primary secret's region." });
  });

  it("keeps its primary from being deleted, until it is removed", async () => {
    const { settled, bad, good, there } = await replicated();
    await settled();
    expect(await bad("DeleteSecret", { SecretId: "s" })).toEqual({ code: "InvalidParameterException", message: `You can't delete secret s that still has replica regions [${west}]` });
    const { ARN } = await good("DescribeSecret", { SecretId: "s" });
    expect(await good("RemoveRegionsFromReplication", { SecretId: "s", RemoveReplicaRegions: [west] })).toEqual({ ARN, ReplicationStatus: [] });
    await expect(there("DescribeSecret")).rejects.toThrow("ResourceNotFoundException");
    await good("DeleteSecret", { SecretId: "s" });
  });

  it("becomes a secret of its own", async () => {
    const { settled, good, there, status, get, put } = await replicated();
    await settled();
    expect(await there("StopReplicationToReplica")).toEqual({ ARN: expect.stringContaining(`:${west}:`) });
    expect(await status()).toBeUndefined();
    expect((await there("DescribeSecret")).PrimaryRegion).toBe(west);
    await there("PutSecretValue", { SecretString: "own" });
    await put("s", "home");
    await settled();
    expect(await get("s")).toBe("home");
    expect(await there("GetSecretValue")).toMatchObject({ SecretString: "own" });
    // And its name stands in the way of a new replica, whatever is said.
    await good("ReplicateSecretToRegions", { SecretId: "s", AddReplicaRegions: [{ Region: west }] });
    await settled();
    expect(await status()).toMatchObject([{ Status: "Failed", StatusMessage: `Replication failed: Secret name s already exists in region ${west}.` }]);
  });

  it("fails where the name is taken, and writes over it only when told", async () => {
    const { good, settled, status, create, there } = testLabWithTaken();
    await create("s", "1", { AddReplicaRegions: [{ Region: west }] });
    await settled();
    expect(await status()).toMatchObject([{ Status: "Failed", StatusMessage: `Replication failed: Secret name s already exists in region ${west}.` }]);
    expect(await there("GetSecretValue")).toMatchObject({ SecretString: "in the way" });
    await good("ReplicateSecretToRegions", { SecretId: "s", AddReplicaRegions: [{ Region: west }], ForceOverwriteReplicaSecret: true });
    await settled();
    expect(await status()).toMatchObject([{ Status: "InSync" }]);
    expect(await there("GetSecretValue")).toMatchObject({ SecretString: "1" });
  });

  function testLabWithTaken() {
    const t = testLab();
    return {
      ...t,
      create: async (...args: Parameters<typeof t.create>) => (await t.good("CreateSecret", { Name: "s", SecretString: "in the way" }, admin, west), t.create(...args)),
      settled: () => t.lab.advance(5_000),
      status: async () => (await t.good("DescribeSecret", { SecretId: "s" })).ReplicationStatus,
      there: (operation: string) => t.good(operation, { SecretId: "s" }, admin, west),
    };
  }

  it("is never written over by another secret's replica", async () => {
    const t = testLab();
    await t.good("CreateSecret", { Name: "s", SecretString: "London's", AddReplicaRegions: [{ Region: west }] }, admin, london);
    await t.lab.advance(5_000);
    await t.create("s", "ours", { AddReplicaRegions: [{ Region: west }], ForceOverwriteReplicaSecret: true });
    await t.lab.advance(5_000);
    expect((await t.good("DescribeSecret", { SecretId: "s" })).ReplicationStatus).toMatchObject([{ Status: "Failed", StatusMessage: `Replication failed: Secret name s is currently replicated to ${west} with a different arn.` }]);
    expect((await t.good("GetSecretValue", { SecretId: "s" }, admin, west)).SecretString).toBe("London's");
  });

  test.each<[string, (keys: Record<string, string>) => object]>([
    ["GenerateDataKey with the replica's key", ({ there }) => deny("kms:GenerateDataKey", there)],
    ["Encrypt with the replica's key", ({ there }) => deny("kms:Encrypt", there)],
    ["Decrypt with the primary's key", ({ home }) => deny("kms:Decrypt", home)],
  ])("fails without %s, for whoever asked", async (_, statement) => {
    const t = testLab(1, { alice: [allow(["secretsmanager:*", "kms:*"])] });
    const keys = { home: await t.key(), there: await t.key({}, admin, west) };
    await t.create("s", "1", { KmsKeyId: keys.home });
    await t.of("iam").good("PutUserPolicy", { UserName: "alice", PolicyName: "no", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [statement(keys)] }) });
    await t.good("ReplicateSecretToRegions", { SecretId: "s", AddReplicaRegions: [{ Region: west, KmsKeyId: keys.there }] }, alice);
    await t.lab.advance(5_000);
    expect((await t.good("DescribeSecret", { SecretId: "s" })).ReplicationStatus).toMatchObject([{ Status: "Failed", StatusMessage: "Replication failed: Access to KMS is not allowed" }]);
    // The administrator asks again.
    await t.good("ReplicateSecretToRegions", { SecretId: "s", AddReplicaRegions: [{ Region: west, KmsKeyId: keys.there }] });
    await t.lab.advance(5_000);
    expect((await t.good("DescribeSecret", { SecretId: "s" })).ReplicationStatus).toMatchObject([{ Status: "InSync" }]);
  });

  test.each<[string, JsonObject, RegExp]>([
    ["ReplicateSecretToRegions", { AddReplicaRegions: [{ Region: "us-east-1" }] }, /^Invalid replica region\.$/],
    ["ReplicateSecretToRegions", { AddReplicaRegions: [{}] }, /^Invalid replica region\.$/],
    ["ReplicateSecretToRegions", { AddReplicaRegions: [{ Region: west }] }, /already replicated/],
    ["RemoveRegionsFromReplication", { RemoveReplicaRegions: [london] }, /not replicated to region eu-west-2/],
    ["StopReplicationToReplica", {}, /replica secret's region/],
  ])("the primary refuses %s %j", async (operation, input, message) => {
    const { settled, bad } = await replicated();
    await settled();
    expect(await bad(operation, { SecretId: "s", ...input })).toMatchObject({ code: "InvalidParameterException", message: expect.stringMatching(message) });
  });

  it("costs and is undone like anything else", async () => {
    const { lab, settled } = await replicated();
    const before = JSON.stringify(lab.snapshot().records[account][west]?.secretsmanager ?? {});
    await settled();
    while (lab.journal.at(-1)?.kind !== "call") lab.undo();
    expect(JSON.stringify(lab.snapshot().records[account][west]?.secretsmanager ?? {})).toBe(before);
    await settled();
    expect(lab.snapshot().records[account][west].secretsmanager.secrets).toHaveLength(1);
  });
});
