import { describe, expect, test } from "vitest";
import { createLab } from "../lab";
import { seededPorts } from "../ports";
import type { JsonObject } from "../types";
import { account, admin, allow, bench, days, otherAdmin, policy, seconds, text } from "./lifecycle.test-helper";

/** Source: KMS Developer Guide, Multi-Region keys in AWS KMS; KMS API, ReplicateKey, UpdatePrimaryRegion, ScheduleKeyDeletion. */
const west = "us-west-2";
const ireland = "eu-west-1";
const arnIn = (region: string, keyId: string): string => `arn:aws:kms:${region}:${account}:key/${keyId}`;

/** A primary in us-east-1 with replicas that are ready. */
async function family(replicas: string[] = [west], input: object = {}) {
  const made = bench(11);
  const { KeyId } = await made.key({ MultiRegion: true, ...input });
  for (const ReplicaRegion of replicas) await made.done("ReplicateKey", { KeyId, ReplicaRegion });
  await made.lab.advance(5 * seconds);
  const describe = async (region?: string) => (await made.done("DescribeKey", { KeyId }, admin, region)).KeyMetadata;
  return { ...made, KeyId, describe };
}

describe("ReplicateKey", () => {
  test("a replica has the same id and material, and its own ARN, policy, description and tags", async () => {
    const { done, key, lab } = bench(3);
    const { KeyId } = await key({ MultiRegion: true, Description: "first", Tags: [{ TagKey: "of", TagValue: "primary" }] });
    expect(KeyId).toMatch(/^mrk-[0-9a-f]{32}$/);
    const Policy = policy(allow(`arn:aws:iam::${account}:root`, "kms:*"));
    const answer = await done("ReplicateKey", { KeyId, ReplicaRegion: west, Description: "second", Policy, Tags: [{ TagKey: "of", TagValue: "replica" }] });
    expect(Object.keys(answer)).toEqual(["ReplicaKeyMetadata", "ReplicaPolicy", "ReplicaTags"]);
    const configuration = {
      PrimaryKey: { Arn: arnIn("us-east-1", KeyId), Region: "us-east-1" },
      ReplicaKeys: [{ Arn: arnIn(west, KeyId), Region: west }],
    };
    expect(answer.ReplicaKeyMetadata).toMatchObject({
      KeyId,
      Arn: arnIn(west, KeyId),
      KeyState: "Creating",
      Enabled: false,
      Description: "second",
      MultiRegion: true,
      MultiRegionConfiguration: { MultiRegionKeyType: "REPLICA", ...configuration },
    });
    expect(answer.ReplicaTags).toEqual([{ TagKey: "of", TagValue: "replica" }]);
    expect(JSON.parse(answer.ReplicaPolicy)).toEqual(JSON.parse(Policy));

    await lab.advance(5 * seconds);
    const primary = (await done("DescribeKey", { KeyId })).KeyMetadata;
    const replica = (await done("DescribeKey", { KeyId }, admin, west)).KeyMetadata;
    expect(primary).toMatchObject({ Description: "first", MultiRegionConfiguration: { MultiRegionKeyType: "PRIMARY", ...configuration } });
    expect(replica).toMatchObject({ KeyState: "Enabled", Enabled: true, CurrentKeyMaterialId: primary.CurrentKeyMaterialId });
    expect((await done("ListResourceTags", { KeyId })).Tags).toEqual([{ TagKey: "of", TagValue: "primary" }]);
    expect((await done("GetKeyPolicy", { KeyId }, admin, west)).Policy).not.toBe((await done("GetKeyPolicy", { KeyId })).Policy);
  });

  test("a replica is of no use while it is made", async () => {
    const { done, key, outcome, lab } = bench(3);
    const { KeyId } = await key({ MultiRegion: true });
    await done("ReplicateKey", { KeyId, ReplicaRegion: west });
    expect(await outcome("Encrypt", { KeyId, Plaintext: text("x") }, admin, west)).toBe(`KMSInvalidStateException: ${arnIn(west, KeyId)} is creating.`);
    expect(lab.upcoming().map(({ kind }) => kind)).toEqual(["kms:state-settled"]);
    await lab.advance(5 * seconds);
    expect(await outcome("Encrypt", { KeyId, Plaintext: text("x") }, admin, west)).toBe("ok");
  });

  test("what is encrypted in one Region is decrypted in the other, also after a rotation", async () => {
    const { done, KeyId } = await family();
    const EncryptionContext = { purpose: "travel" };
    const { CiphertextBlob } = await done("Encrypt", { KeyId, Plaintext: text("travel"), EncryptionContext });
    expect(await done("Decrypt", { CiphertextBlob, EncryptionContext }, admin, west)).toMatchObject({ Plaintext: text("travel"), KeyId: arnIn(west, KeyId) });
    await done("RotateKeyOnDemand", { KeyId });
    const later = await done("Encrypt", { KeyId, Plaintext: text("later") }, admin, west);
    expect(await done("Decrypt", { CiphertextBlob: later.CiphertextBlob })).toMatchObject({ Plaintext: text("later") });
    expect(await done("Decrypt", { CiphertextBlob, EncryptionContext }, admin, west)).toMatchObject({ Plaintext: text("travel") });
  });

  test("key pairs and HMAC keys are the same in both Regions", async () => {
    const signing = await family([west], { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
    const SigningAlgorithm = "ECDSA_SHA_256";
    const { Signature } = await signing.done("Sign", { KeyId: signing.KeyId, Message: text("m"), SigningAlgorithm });
    expect(await signing.outcome("Verify", { KeyId: signing.KeyId, Message: text("m"), SigningAlgorithm, Signature }, admin, west)).toBe("ok");
    const mac = await family([west], { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
    const { Mac } = await mac.done("GenerateMac", { KeyId: mac.KeyId, Message: text("m"), MacAlgorithm: "HMAC_SHA_256" });
    expect(await mac.outcome("VerifyMac", { KeyId: mac.KeyId, Message: text("m"), MacAlgorithm: "HMAC_SHA_256", Mac }, admin, west)).toBe("ok");
  });

  test("aliases and grants stay in their Region", async () => {
    const { done, KeyId, outcome } = await family();
    await done("CreateAlias", { AliasName: "alias/here", TargetKeyId: KeyId });
    await done("CreateGrant", { KeyId, GranteePrincipal: `arn:aws:iam::${account}:root`, Operations: ["Decrypt"] });
    expect(await outcome("DescribeKey", { KeyId: "alias/here" }, admin, west)).toBe(`NotFoundException: Alias arn:aws:kms:${west}:${account}:alias/here is not found.`);
    expect((await done("ListGrants", { KeyId }, admin, west)).Grants).toEqual([]);
    expect((await done("ListAliases", { KeyId }, admin, west)).Aliases).toEqual([]);
  });

  test.each([
    // input, Region, who, what AWS says
    [{ KeyId: "single", ReplicaRegion: west }, undefined, "UnsupportedOperationException: <single> is not a multi-region primary key."],
    [{ KeyId: "related", ReplicaRegion: ireland }, west, `UnsupportedOperationException: <${west}> is not a multi-region primary key.`],
    [{ KeyId: "related", ReplicaRegion: west }, undefined, `AlreadyExistsException: A multi-region key already exists: <${west}>`],
    [{ KeyId: "related", ReplicaRegion: "us-east-1" }, undefined, "AlreadyExistsException: A multi-region key already exists: <us-east-1>"],
    [{ KeyId: "related", ReplicaRegion: "mars-north-1" }, undefined, "ValidationException: mars-north-1 is not a Region that AWS KMS is available in."],
    [{ KeyId: "related", ReplicaRegion: ireland, Tags: [{ TagKey: "aws:x", TagValue: "" }] }, undefined, "TagException: Tags beginning with aws: are reserved"],
    [
      { KeyId: "related", ReplicaRegion: ireland, Policy: policy(allow(`arn:aws:iam::${account}:user/nobody`, "kms:*")) },
      undefined,
      "MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals.",
    ],
    [
      { KeyId: "related", ReplicaRegion: ireland, Policy: policy(allow(`arn:aws:iam::${account}:root`, "kms:Encrypt")) },
      undefined,
      "MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.",
    ],
  ])("%j in %s: %s", async (input, region, expected) => {
    const { key, KeyId, outcome } = await family();
    const single = await key();
    const answer = await outcome("ReplicateKey", { ...input, KeyId: input.KeyId === "single" ? single.KeyId : KeyId }, admin, region);
    expect(answer).toBe(expected.replace("<single>", single.Arn).replace(/<([a-z0-9-]+)>/, (_, place: string) => arnIn(place, KeyId)));
  });

  test("the key's state counts", async () => {
    const { done, KeyId, outcome } = await family();
    await done("DisableKey", { KeyId });
    expect(await outcome("ReplicateKey", { KeyId, ReplicaRegion: ireland })).toBe(`DisabledException: ${arnIn("us-east-1", KeyId)} is disabled.`);
  });

  test("other accounts cannot replicate", async () => {
    const { KeyId, kms } = await family();
    const reply = await kms("ReplicateKey", { KeyId: arnIn("us-east-1", KeyId), ReplicaRegion: ireland }, otherAdmin);
    expect(!reply.ok && reply.error.code).toBe("AccessDeniedException");
  });
});

describe("permission", () => {
  const statement = (Action: string[], Condition?: JsonObject): JsonObject => ({ Effect: "Allow", Action, Resource: "*", ...(Condition ? { Condition } : {}) });
  test.each([
    ["both", [statement(["kms:ReplicateKey", "kms:CreateKey"])], "ok"],
    ["no CreateKey", [statement(["kms:ReplicateKey"])], "kms:CreateKey"],
    ["no ReplicateKey", [statement(["kms:CreateKey"])], "kms:ReplicateKey"],
    ["CreateKey there", [statement(["kms:ReplicateKey"]), statement(["kms:CreateKey"], { StringEquals: { "aws:RequestedRegion": west } })], "ok"],
    ["CreateKey here", [statement(["kms:ReplicateKey"]), statement(["kms:CreateKey"], { StringEquals: { "aws:RequestedRegion": "us-east-1" } })], "kms:CreateKey"],
    ["only this Region", [statement(["kms:ReplicateKey"], { StringEquals: { "kms:ReplicaRegion": west } }), statement(["kms:CreateKey"])], "ok"],
    ["only another Region", [statement(["kms:ReplicateKey"], { StringEquals: { "kms:ReplicaRegion": ireland } }), statement(["kms:CreateKey"])], "kms:ReplicateKey"],
    ["replicas may be made", [statement(["kms:*"], { StringEqualsIfExists: { "kms:MultiRegionKeyType": ["PRIMARY", "REPLICA"] } })], "ok"],
    ["no replicas", [statement(["kms:ReplicateKey"]), statement(["kms:CreateKey"], { StringEquals: { "kms:MultiRegionKeyType": "PRIMARY" } })], "kms:CreateKey"],
    ["no multi-Region keys", [statement(["kms:*"], { Bool: { "kms:MultiRegion": "false" } })], "kms:ReplicateKey"],
  ])("ReplicateKey, %s: %s", async (_, statements, expected) => {
    const { user, key, kms } = bench(5);
    const { KeyId } = await key({ MultiRegion: true });
    const { caller } = await user("ana", statements);
    const reply = await kms("ReplicateKey", { KeyId, ReplicaRegion: west }, caller);
    expect(reply.ok ? "ok" : reply.error.message).toContain(expected);
  });

  test("tagging a replica is a permission of its own", async () => {
    const { user, key, kms } = bench(5);
    const { KeyId } = await key({ MultiRegion: true });
    const { caller } = await user("ana", [statement(["kms:ReplicateKey", "kms:CreateKey"])]);
    const reply = await kms("ReplicateKey", { KeyId, ReplicaRegion: west, Tags: [{ TagKey: "a", TagValue: "b" }] }, caller);
    expect(reply.ok ? "ok" : reply.error.message).toContain("kms:TagResource");
  });

  test.each([
    ["allowed by both", undefined, "ok"],
    ["only to west", { StringEquals: { "kms:PrimaryRegion": west } }, "ok"],
    ["only elsewhere", { StringEquals: { "kms:PrimaryRegion": ireland } }, "AccessDeniedException"],
    ["the primary only", { StringEquals: { "kms:MultiRegionKeyType": "PRIMARY" } }, "AccessDeniedException"],
  ])("UpdatePrimaryRegion, %s: %s", async (_, condition, expected) => {
    const { user, KeyId, kms } = await family();
    const { caller } = await user("ana", [statement(["kms:UpdatePrimaryRegion"], condition)]);
    const reply = await kms("UpdatePrimaryRegion", { KeyId, PrimaryRegion: west }, caller);
    expect(reply.ok ? "ok" : reply.error.code).toBe(expected);
  });

  test("each key is judged by its own policy", async () => {
    const { KeyId, done, outcome, user } = await family();
    const { caller, arn } = await user("ana");
    await done("PutKeyPolicy", { KeyId, Policy: policy(allow(`arn:aws:iam::${account}:root`, "kms:*"), allow(arn, "kms:Encrypt")) }, admin, west);
    expect(await outcome("Encrypt", { KeyId, Plaintext: text("x") }, caller, west)).toBe("ok");
    expect(await outcome("Encrypt", { KeyId, Plaintext: text("x") }, caller)).toContain("AccessDeniedException");
  });
});

describe("UpdatePrimaryRegion", () => {
  test("the two change places, Updating for a moment in which both can be used", async () => {
    const { KeyId, done, describe: look, outcome, lab } = await family([west, ireland]);
    expect(await done("UpdatePrimaryRegion", { KeyId, PrimaryRegion: west })).toEqual({});
    expect((await look()).KeyState).toBe("Updating");
    expect((await look(west)).KeyState).toBe("Updating");
    expect((await look(ireland)).KeyState).toBe("Enabled");
    expect(await outcome("Encrypt", { KeyId, Plaintext: text("x") })).toBe("ok");
    expect(await outcome("DisableKey", { KeyId })).toBe(`KMSInvalidStateException: ${arnIn("us-east-1", KeyId)} is updating.`);
    await lab.advance(5 * seconds);
    for (const [region, type] of [[undefined, "REPLICA"], [west, "PRIMARY"], [ireland, "REPLICA"]] as const) {
      const { KeyState, MultiRegionConfiguration } = await look(region);
      expect(KeyState).toBe("Enabled");
      expect(MultiRegionConfiguration).toMatchObject({ MultiRegionKeyType: type, PrimaryKey: { Region: west } });
      expect(MultiRegionConfiguration.ReplicaKeys.map(({ Region }: { Region: string }) => Region).sort()).toEqual([ireland, "us-east-1"]);
    }
    expect(await outcome("ReplicateKey", { KeyId, ReplicaRegion: "eu-central-1" })).toContain("is not a multi-region primary key");
    expect(await outcome("ReplicateKey", { KeyId, ReplicaRegion: "eu-central-1" }, admin, west)).toBe("ok");
  });

  test("what is not possible", async () => {
    const { KeyId, key, done, outcome } = await family();
    const single = await key();
    expect(await outcome("UpdatePrimaryRegion", { KeyId: single.KeyId, PrimaryRegion: west })).toBe(`UnsupportedOperationException: ${single.Arn} is not a multi-region primary key.`);
    expect(await outcome("UpdatePrimaryRegion", { KeyId, PrimaryRegion: ireland })).toBe(`NotFoundException: Key '${arnIn(ireland, KeyId)}' does not exist`);
    expect(await outcome("UpdatePrimaryRegion", { KeyId, PrimaryRegion: "us-east-1" })).toBe(`UnsupportedOperationException: ${arnIn("us-east-1", KeyId)} is already the multi-region primary key.`);
    expect(await outcome("UpdatePrimaryRegion", { KeyId, PrimaryRegion: west }, admin, west)).toBe(`UnsupportedOperationException: ${arnIn(west, KeyId)} is not a multi-region primary key.`);
    await done("DisableKey", { KeyId }, admin, west);
    expect(await outcome("UpdatePrimaryRegion", { KeyId, PrimaryRegion: west })).toBe(`DisabledException: ${arnIn(west, KeyId)} is disabled.`);
  });
});

describe("rotation", () => {
  test("is set on the primary, shown by all, and gives all the same material", async () => {
    const { KeyId, done, describe: look, outcome, lab } = await family();
    await done("EnableKeyRotation", { KeyId, RotationPeriodInDays: 90 });
    const status = await done("GetKeyRotationStatus", { KeyId });
    expect(await done("GetKeyRotationStatus", { KeyId }, admin, west)).toEqual({ ...status, KeyId: arnIn(west, KeyId) });
    for (const operation of ["EnableKeyRotation", "DisableKeyRotation", "RotateKeyOnDemand"])
      expect(await outcome(operation, { KeyId }, admin, west)).toBe(`UnsupportedOperationException: ${arnIn(west, KeyId)} is not a multi-region primary key.`);
    await lab.advance(91 * days);
    const [here, there] = [await look(), await look(west)];
    expect(there.CurrentKeyMaterialId).toBe(here.CurrentKeyMaterialId);
    expect((await done("ListKeyRotations", { KeyId }, admin, west)).Rotations).toEqual((await done("ListKeyRotations", { KeyId })).Rotations);
    expect((await done("ListKeyRotations", { KeyId })).Rotations).toHaveLength(1);
    await done("DisableKeyRotation", { KeyId });
    expect(await done("GetKeyRotationStatus", { KeyId }, admin, west)).toEqual({ KeyRotationEnabled: false, KeyId: arnIn(west, KeyId) });
  });

  test("goes on when the primary moves", async () => {
    const { KeyId, done, lab } = await family();
    await done("EnableKeyRotation", { KeyId, RotationPeriodInDays: 90 });
    await done("UpdatePrimaryRegion", { KeyId, PrimaryRegion: west });
    expect(lab.upcoming().filter(({ kind }) => kind === "kms:automatic-rotation").map(({ region }) => region)).toEqual([west]);
    await lab.advance(181 * days);
    expect((await done("ListKeyRotations", { KeyId }, admin, west)).Rotations).toHaveLength(2);
    expect((await done("ListKeyRotations", { KeyId })).Rotations).toHaveLength(2);
    await done("DisableKeyRotation", { KeyId }, admin, west);
    expect(lab.upcoming()).toEqual([]);
    await lab.advance(181 * days);
    expect((await done("ListKeyRotations", { KeyId }, admin, west)).Rotations).toHaveLength(2);
  });

  test("a replica that is made later has all material from the beginning", async () => {
    const { KeyId, done, lab } = await family([]);
    const { CiphertextBlob } = await done("Encrypt", { KeyId, Plaintext: text("old") });
    await done("RotateKeyOnDemand", { KeyId });
    await done("ReplicateKey", { KeyId, ReplicaRegion: west });
    await lab.advance(5 * seconds);
    expect((await done("Decrypt", { CiphertextBlob }, admin, west)).Plaintext).toBe(text("old"));
  });
});

describe("deletion", () => {
  test("a primary waits for its replicas; its own waiting period begins when the last is gone", async () => {
    const { KeyId, done, describe: look, lab, outcome } = await family([west, ireland]);
    expect(await done("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 })).toEqual({ KeyId: arnIn("us-east-1", KeyId), KeyState: "PendingReplicaDeletion", PendingWindowInDays: 7 });
    const waiting = await look();
    expect(waiting).toMatchObject({ KeyState: "PendingReplicaDeletion", PendingDeletionWindowInDays: 7 });
    expect(waiting).not.toHaveProperty("DeletionDate");
    expect(await outcome("Encrypt", { KeyId, Plaintext: text("x") })).toBe(`KMSInvalidStateException: ${arnIn("us-east-1", KeyId)} is pending replica deletion.`);
    await lab.advance(30 * days);
    expect((await look()).KeyState).toBe("PendingReplicaDeletion");

    await done("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 }, admin, west);
    await done("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 8 }, admin, ireland);
    await lab.advance(7 * days);
    expect((await look()).MultiRegionConfiguration.ReplicaKeys.map(({ Region }: { Region: string }) => Region)).toEqual([ireland]);
    const before = lab.now();
    await lab.advance(1 * days);
    const pending = await look();
    expect(pending.KeyState).toBe("PendingDeletion");
    expect(pending.DeletionDate).toBe((before + 8 * days) / 1000);
    await lab.advance(7 * days);
    expect(await outcome("DescribeKey", { KeyId })).toBe(`NotFoundException: Key '${arnIn("us-east-1", KeyId)}' does not exist`);
  });

  test("is cancelled at either stage", async () => {
    const { KeyId, done, describe: look, lab } = await family();
    await done("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
    await done("CancelKeyDeletion", { KeyId });
    expect((await look()).KeyState).toBe("Disabled");
    await done("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
    await done("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 }, admin, west);
    await lab.advance(8 * days);
    expect((await look()).KeyState).toBe("PendingDeletion");
    await done("CancelKeyDeletion", { KeyId });
    await lab.advance(30 * days);
    expect(await look()).toMatchObject({ KeyState: "Disabled", MultiRegionConfiguration: { ReplicaKeys: [] } });
  });

  test("a replica that waits to be deleted still stands in the way of another in its Region", async () => {
    const { KeyId, done, outcome, lab } = await family();
    await done("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 }, admin, west);
    expect(await outcome("ReplicateKey", { KeyId, ReplicaRegion: west })).toContain("AlreadyExistsException");
    await lab.advance(7 * days);
    expect(await outcome("ReplicateKey", { KeyId, ReplicaRegion: west })).toBe("ok");
  });

  test("of a replica that is not ready yet", async () => {
    const { done, key, lab } = bench(3);
    const { KeyId } = await key({ MultiRegion: true });
    await done("ReplicateKey", { KeyId, ReplicaRegion: west });
    await done("ScheduleKeyDeletion", { KeyId }, admin, west);
    await lab.advance(5 * seconds);
    expect((await done("DescribeKey", { KeyId }, admin, west)).KeyMetadata.KeyState).toBe("PendingDeletion");
  });
});

describe("records", () => {
  test("undo, redo, replay and a saved lab", async () => {
    const { KeyId, done, lab } = await family([west, ireland]);
    await done("UpdatePrimaryRegion", { KeyId, PrimaryRegion: west });
    await done("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 }, admin, ireland);
    await lab.advance(8 * days);
    const bytes = JSON.stringify(lab.snapshot());
    const entries = [...lab.journal];
    while (lab.undo());
    while (lab.redo());
    expect(JSON.stringify(lab.snapshot())).toBe(bytes);
    const replayed = createLab({ ports: seededPorts(99) });
    replayed.replay(entries);
    expect(JSON.stringify(replayed.snapshot().records)).toBe(JSON.stringify(lab.snapshot().records));
    expect(JSON.stringify(createLab({ ports: seededPorts(1), snapshot: lab.snapshot() }).snapshot())).toBe(bytes);
  });
});
