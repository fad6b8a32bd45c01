import { describe, expect, test } from "vitest";
import { cloudTrailEvents } from "../cloudtrail/records";
import { wrap } from "./import.test-helper";
import { account, admin, bench, seconds, text } from "./lifecycle.test-helper";

/** What CloudTrail has of multi-Region keys, imported material and the last use of a key. Source: KMS Developer Guide, Log entries. */
const west = "us-west-2";
const arnIn = (region: string, keyId: string): string => `arn:aws:kms:${region}:${account}:key/${keyId}`;

describe("CloudTrail", () => {
  test("ReplicateKey here, CreateKey there, SynchronizeMultiRegionKey by AWS; RotateKey of the primary alone", async () => {
    const { done, lab, key } = bench(11);
    const { KeyId } = await key({ MultiRegion: true });
    await done("ReplicateKey", { KeyId, ReplicaRegion: west });
    await lab.advance(5 * seconds);
    const entries = lab.journal.flatMap(cloudTrailEvents).map(({ eventName, awsRegion, eventType, resources }) => [eventName, awsRegion, eventType, resources?.[0]?.ARN].join(" "));
    expect(entries.slice(1).sort()).toEqual([
      `CreateKey ${west} AwsApiCall ${arnIn(west, KeyId)}`,
      `ReplicateKey us-east-1 AwsApiCall ${arnIn("us-east-1", KeyId)}`,
      `SynchronizeMultiRegionKey us-east-1 AwsApiCall ${arnIn("us-east-1", KeyId)}`,
    ]);
    await done("RotateKeyOnDemand", { KeyId });
    const rotation = cloudTrailEvents(lab.journal.at(-1)!);
    expect(rotation.map(({ eventName, awsRegion }) => `${eventName} ${awsRegion}`).sort()).toEqual(["RotateKey us-east-1", "RotateKeyOnDemand us-east-1", "SynchronizeMultiRegionKey us-east-1"]);
    const ids = lab.journal.flatMap(cloudTrailEvents).map(({ eventID }) => eventID);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("imported material: no bytes of it, and its end", async () => {
    const { done, lab, key } = bench(12);
    const { KeyId, Arn } = await key({ Origin: "EXTERNAL" });
    const { ImportToken, PublicKey } = await done("GetParametersForImport", { KeyId, WrappingAlgorithm: "RSAES_OAEP_SHA_256", WrappingKeySpec: "RSA_2048" });
    await done("ImportKeyMaterial", { KeyId, ImportToken, EncryptedKeyMaterial: wrap("RSAES_OAEP_SHA_256", PublicKey, new Uint8Array(32).fill(1)), ValidTo: lab.now() / 1000 + 60 });
    const [record] = cloudTrailEvents(lab.journal.at(-1)!);
    expect(record).toMatchObject({ eventName: "ImportKeyMaterial", readOnly: false, resources: [{ ARN: Arn }] });
    expect(JSON.stringify(record)).not.toContain(ImportToken.slice(0, 40));
    const happened = await lab.advance(120 * seconds);
    expect(happened.flatMap(cloudTrailEvents).map(({ eventName, eventType, resources }) => [eventName, eventType, resources?.[0]?.ARN])).toEqual([["DeleteExpiredKeyMaterial", "AwsServiceEvent", Arn]]);
  });
});

describe("GetKeyLastUsage", () => {
  test("names the event by which CloudTrail has the use, of ReEncrypt in both keys", async () => {
    const { done, lab, key } = bench(13);
    const { KeyId, CreationDate } = await key();
    const { KeyId: other } = await key();
    expect(await done("GetKeyLastUsage", { KeyId })).toEqual({ KeyId, KeyLastUsage: {}, TrackingStartDate: CreationDate, KeyCreationDate: CreationDate });
    const { CiphertextBlob } = await done("Encrypt", { KeyId, Plaintext: text("x") });
    await lab.advance(60 * seconds);
    await done("DescribeKey", { KeyId });
    const used = cloudTrailEvents(lab.journal[2 + 1])[0];
    expect((await done("GetKeyLastUsage", { KeyId })).KeyLastUsage).toEqual({
      Operation: "Encrypt",
      Timestamp: lab.journal[3].at / 1000,
      CloudTrailEventId: used.eventID,
      KmsRequestId: used.requestID,
    });
    await done("ReEncrypt", { CiphertextBlob, DestinationKeyId: other });
    const both = await Promise.all([KeyId, other].map((id) => done("GetKeyLastUsage", { KeyId: id })));
    expect(both.map(({ KeyLastUsage }) => KeyLastUsage.Operation)).toEqual(["ReEncrypt", "ReEncrypt"]);
    expect(both[0].KeyLastUsage).toEqual(both[1].KeyLastUsage);
  });

  test.each([
    ["a refused call", { KeyId: "", Plaintext: text("x"), DryRun: true }],
    ["a call on a disabled key", { KeyId: "", Plaintext: text("x") }],
  ])("%s is no use", async (what, input) => {
    const { done, outcome, key } = bench(13);
    const { KeyId } = await key();
    if (what.includes("disabled")) await done("DisableKey", { KeyId });
    expect(await outcome("Encrypt", { ...input, KeyId })).not.toBe("ok");
    expect((await done("GetKeyLastUsage", { KeyId })).KeyLastUsage).toEqual({});
  });

  test("each key of a multi-Region key has its own; through a service too", async () => {
    const { done, key, lab } = bench(13);
    const { KeyId } = await key({ MultiRegion: true });
    await done("ReplicateKey", { KeyId, ReplicaRegion: west });
    await lab.advance(5 * seconds);
    const input = { Name: "/p", Value: "v", Type: "SecureString", KeyId };
    expect((await lab.call({ service: "ssm", operation: "PutParameter", input, caller: admin })).ok).toBe(true);
    const { KeyLastUsage } = await done("GetKeyLastUsage", { KeyId });
    const nested = cloudTrailEvents(lab.journal.at(-2)!).find(({ eventSource }) => eventSource.startsWith("kms"));
    expect(KeyLastUsage).toMatchObject({ Operation: "Encrypt", CloudTrailEventId: nested!.eventID });
    expect((await done("GetKeyLastUsage", { KeyId }, admin, west)).KeyLastUsage).toEqual({});
  });

  test("of another account's key the owner sees its own record", async () => {
    const { done, key, lab } = bench(13);
    const { KeyId, Arn } = await key();
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [account, "444455556666"].map((id) => ({ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${id}:root` }, Action: "kms:*", Resource: "*" })) });
    await done("PutKeyPolicy", { KeyId, Policy });
    await done("Encrypt", { KeyId: Arn, Plaintext: text("x") }, { account: "444455556666", user: "admin" });
    const owners = cloudTrailEvents(lab.journal.at(-1)!).find(({ recipientAccountId }) => recipientAccountId === account)!;
    expect((await done("GetKeyLastUsage", { KeyId })).KeyLastUsage.CloudTrailEventId).toBe(owners.eventID);
  });
});
