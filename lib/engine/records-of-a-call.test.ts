import { beforeAll, describe, expect, test } from "vitest";
import { cloudTrailEvent, cloudTrailEvents } from "./cloudtrail/records";
import { createLab, type Lab } from "./lab";
import { metrics, metricsOf } from "./metrics";
import { seededPorts } from "./ports";
import { dollars } from "./pricing";
import type { Caller, JsonObject } from "./types";

/** What a call leaves beside its trace: CloudTrail records, metrics, cost lines. */
const admin: Caller = { account: "111122223333", user: "admin" };
let lab: Lab;
const call = (service: string, operation: string, input: JsonObject, caller: Caller = admin) => lab.call({ service, operation, input, caller, region: "eu-west-2" });
const newest = () => lab.journal.at(-1)!;
beforeAll(() => void (lab = createLab({ ports: seededPorts(3) })));

describe("CloudTrail", () => {
  test("a decrypted SecureString is two records, the second made by Parameter Store for the same person", async () => {
    await call("ssm", "PutParameter", { Name: "/app/secret", Value: "hush", Type: "SecureString" });
    const written = cloudTrailEvent(newest())!;
    expect(written).toMatchObject({ eventSource: "ssm.amazonaws.com", eventName: "PutParameter", readOnly: false, awsRegion: "eu-west-2", userIdentity: { type: "IAMUser", userName: "admin" }, requestParameters: { name: "/app/secret", value: "HIDDEN_DUE_TO_SECURITY_REASONS" } });
    await call("ssm", "GetParameter", { Name: "/app/secret", WithDecryption: true });
    const [get, decrypt, ...more] = cloudTrailEvents(newest());
    expect(more).toEqual([]);
    expect(get).toMatchObject({ eventName: "GetParameter", readOnly: true, responseElements: null });
    expect(decrypt).toMatchObject({
      eventSource: "kms.amazonaws.com", eventName: "Decrypt", sourceIPAddress: "ssm.amazonaws.com", userIdentity: { userName: "admin", invokedBy: "ssm.amazonaws.com" },
      requestParameters: { encryptionContext: { PARAMETER_ARN: "arn:aws:ssm:eu-west-2:111122223333:parameter/app/secret" } },
      resources: [{ type: "AWS::KMS::Key", accountId: "111122223333" }],
    });
    expect(JSON.stringify([get, decrypt])).not.toContain("hush");
  });

  test("an encryption context is in clear, plaintext and ciphertext are not there", async () => {
    const made = await call("kms", "CreateKey", {});
    const { KeyId } = (made.ok ? made.output.KeyMetadata : {}) as { KeyId: string };
    await call("kms", "Encrypt", { KeyId, Plaintext: btoa("very secret"), EncryptionContext: { Department: "IT" } });
    const record = cloudTrailEvent(newest())!;
    expect(record.requestParameters).toEqual({ keyId: KeyId, encryptionContext: { Department: "IT" }, encryptionAlgorithm: "SYMMETRIC_DEFAULT" });
    expect(record.responseElements).toBeNull();
  });

  test("a refusal carries its code and words", async () => {
    await call("kms", "DescribeKey", { KeyId: "alias/none" });
    expect(cloudTrailEvent(newest())).toMatchObject({ errorCode: "NotFoundException", errorMessage: "Alias arn:aws:kms:eu-west-2:111122223333:alias/none is not found." });
  });

  test("a call on another account's key is recorded in both accounts, a refused one in the caller's", async () => {
    const made = await call("kms", "CreateKey", {});
    const { KeyId, Arn } = (made.ok ? made.output.KeyMetadata : {}) as { KeyId: string; Arn: string };
    const other: Caller = { account: "444455556666", user: "admin" };
    const encrypt = () => call("kms", "Encrypt", { KeyId: Arn, Plaintext: btoa("x") }, other);
    await encrypt();
    expect(cloudTrailEvents(newest()).map(({ recipientAccountId, errorCode }) => [recipientAccountId, errorCode])).toEqual([["444455556666", "AccessDenied"]]);

    const allow = (account: string) => ({ Effect: "Allow", Principal: { AWS: account }, Action: "kms:*", Resource: "*" });
    await call("kms", "PutKeyPolicy", { KeyId, Policy: JSON.stringify({ Version: "2012-10-17", Statement: [allow("111122223333"), allow("444455556666")] }) });
    await encrypt();
    const [theirs, ours, ...more] = cloudTrailEvents(newest());
    expect(more).toEqual([]);
    expect([theirs.recipientAccountId, ours.recipientAccountId]).toEqual(["444455556666", "111122223333"]);
    expect(theirs.userIdentity).toMatchObject({ type: "IAMUser", arn: "arn:aws:iam::444455556666:user/admin" });
    expect(ours.userIdentity).toEqual({ type: "AWSAccount", principalId: theirs.userIdentity.principalId, accountId: "444455556666" });
    expect(ours.sharedEventID).toBe(theirs.sharedEventID);
    expect(new Set([ours.eventID, theirs.eventID, ours.sharedEventID]).size).toBe(3);
  });

  test("what AWS never saw has no record", async () => {
    await call("kms", "MakeKey", {});
    expect(cloudTrailEvent(newest())).toBeUndefined();
    await lab.advance(1000);
    expect(cloudTrailEvent(newest())).toBeUndefined();
  });
});

describe("CloudTrail: what KMS does by itself", () => {
  const ids = (records: { eventID: string }[]) => records.map(({ eventID }) => eventID);
  test("rotation by date, rotation on demand, a rotation made up for, and deletion after the waiting period", async () => {
    lab = createLab({ ports: seededPorts(4) });
    const made = await call("kms", "CreateKey", {});
    const { KeyId, Arn } = (made.ok ? made.output.KeyMetadata : {}) as { KeyId: string; Arn: string };
    await call("kms", "EnableKeyRotation", { KeyId, RotationPeriodInDays: 90 });
    expect(cloudTrailEvents(newest())).toHaveLength(1);

    const internal = { sourceIPAddress: "AWS Internal", userAgent: "AWS Internal", userIdentity: { accountId: "111122223333", invokedBy: "AWS Internal" }, eventType: "AwsServiceEvent", awsRegion: "eu-west-2", recipientAccountId: "111122223333", requestParameters: null };
    const happened = await lab.advance(91 * 86_400_000);
    const [rotated, ...more] = happened.flatMap(cloudTrailEvents);
    expect(more).toEqual([]);
    expect(rotated).toMatchObject({ ...internal, eventName: "RotateKey", readOnly: false, resources: [{ ARN: Arn }], serviceEventDetails: { rotationType: "AUTOMATIC", keyId: KeyId } });
    expect(rotated).not.toHaveProperty("requestID");
    expect(cloudTrailEvent(happened[0])).toEqual(rotated);

    await call("kms", "RotateKeyOnDemand", { KeyId });
    const demand = cloudTrailEvents(newest());
    expect(demand.map(({ eventName, eventType }) => [eventName, eventType])).toEqual([["RotateKeyOnDemand", "AwsApiCall"], ["RotateKey", "AwsServiceEvent"]]);
    expect(demand[1].serviceEventDetails).toMatchObject({ rotationType: "ON_DEMAND", keyId: KeyId });
    expect(new Set(ids(demand)).size).toBe(2);

    await call("kms", "DisableKey", { KeyId });
    expect((await lab.advance(91 * 86_400_000)).flatMap(cloudTrailEvents)).toEqual([]);
    await call("kms", "EnableKey", { KeyId });
    expect(cloudTrailEvents(newest()).map(({ eventName }) => eventName)).toEqual(["EnableKey", "RotateKey"]);
    const chain = lab.journal.flatMap(cloudTrailEvents).flatMap(({ serviceEventDetails }) => (serviceEventDetails ? [serviceEventDetails] : []));
    for (let i = 1; i < chain.length; i++) expect(chain[i].previousKeyMaterialId).toBe(chain[i - 1].currentKeyMaterialId);
    expect(chain.map(({ keyOrigin }) => keyOrigin)).toEqual(["AWS_KMS", "AWS_KMS", "AWS_KMS"]);

    await call("kms", "ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
    expect(cloudTrailEvents(newest())).toHaveLength(1);
    const gone = (await lab.advance(8 * 86_400_000)).flatMap(cloudTrailEvents);
    expect(gone).toMatchObject([{ ...internal, eventName: "DeleteKey", resources: [{ ARN: Arn }], responseElements: { keyId: Arn } }]);
  });
});

describe("metrics and cost", () => {
  beforeAll(async () => void (await call("ssm", "PutParameter", { Name: "/app/secret", Value: "hush", Type: "SecureString", Overwrite: true })));

  test("each call is counted once, calls within calls too", async () => {
    await call("ssm", "GetParameter", { Name: "/app/secret", WithDecryption: true });
    expect(metricsOf(newest()).map(({ Dimensions }) => `${Dimensions.Service} ${Dimensions.Resource}`)).toEqual(["SSM GetParameter", "KMS Decrypt"]);
    const total = metrics(lab.journal).reduce((sum, { value }) => sum + value, 0);
    expect(total).toBe(lab.journal.flatMap(metricsOf).length);
  });

  test("10,000 symmetric requests cost three cents", async () => {
    await call("kms", "GenerateRandom", { NumberOfBytes: 1 });
    const line = newest().trace.cost;
    expect(dollars(line) * 10_000).toBeCloseTo(0.03, 6);
  });
});
