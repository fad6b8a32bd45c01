import { beforeAll, describe, expect, test } from "vitest";
import { createLab, type Lab } from "../lab";
import { seededPorts } from "../ports";
import type { Call, Caller, JsonObject } from "../types";
import { type CloudTrailRecord, cloudTrailEvents } from "./records";

/** Records as AWS writes them, whole, by kind of principal and of call. */
const account = "111122223333";
const other = "444455556666";
const admin: Caller = { account, user: "admin" };
const london = "eu-west-2";
const when = "2026-01-01T00:00:00Z";
const later = "2026-01-01T01:00:00Z";

let lab: Lab;
type More = Partial<Pick<Call, "door" | "sourceIp" | "userAgent" | "secureTransport">>;
async function done(service: string, operation: string, input: JsonObject = {}, caller: Caller = admin, more: More = {}): Promise<any> {
  const reply = await lab.call({ service, operation, input, caller, region: london, ...more });
  return reply.ok ? reply.output : reply.error;
}
const records = (): CloudTrailRecord[] => cloudTrailEvents(lab.journal.at(-1)!);
const idOf = async (name: string): Promise<string> => (await done("iam", "GetUser", { UserName: name })).User.UserId;
const uuid: unknown = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);

let key: { KeyId: string; Arn: string };
beforeAll(async () => {
  lab = createLab({ ports: seededPorts(21) });
  key = (await done("kms", "CreateKey", {})).KeyMetadata;
});

describe("who", () => {
  let roleId: string;
  const rest = { eventTime: later, eventSource: "kms.amazonaws.com", eventName: "ListKeys", awsRegion: london, requestParameters: null, responseElements: null, readOnly: true, eventType: "AwsApiCall", managementEvent: true, recipientAccountId: account, eventCategory: "Management" };
  async function identity(caller: Caller): Promise<JsonObject> {
    await done("kms", "ListKeys", {}, caller);
    const [record, ...more] = records();
    expect(more).toEqual([]);
    expect(record).toMatchObject(rest);
    return record.userIdentity;
  }
  beforeAll(async () => {
    await done("iam", "CreateUser", { UserName: "alice", Path: "/eng/" });
    await done("iam", "AttachUserPolicy", { UserName: "alice", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
    const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: account }, Action: ["sts:AssumeRole", "sts:SetSourceIdentity"] }] };
    roleId = (await done("iam", "CreateRole", { RoleName: "app", AssumeRolePolicyDocument: JSON.stringify(trust) })).Role.RoleId;
    await lab.advance(3_600_000);
  });

  test("an IAM user", async () => expect(await identity({ account, user: "alice" })).toEqual({ type: "IAMUser", principalId: await idOf("alice"), arn: `arn:aws:iam::${account}:user/eng/alice`, accountId: account, userName: "alice" }));

  test("an IAM user by access key", async () => {
    const { AccessKeyId } = (await done("iam", "CreateAccessKey", { UserName: "alice" })).AccessKey;
    expect(await identity({ accessKeyId: AccessKeyId })).toMatchObject({ type: "IAMUser", accessKeyId: AccessKeyId, userName: "alice" });
  });

  test("an IAM user's temporary credentials: a session without an issuer", async () => {
    const { Credentials } = await done("sts", "GetSessionToken", {}, { account, user: "alice" });
    expect(await identity({ accessKeyId: Credentials.AccessKeyId })).toEqual({
      type: "IAMUser", principalId: await idOf("alice"), arn: `arn:aws:iam::${account}:user/eng/alice`, accountId: account, accessKeyId: Credentials.AccessKeyId,
      sessionContext: { attributes: { creationDate: later, mfaAuthenticated: "false" } }, userName: "alice",
    });
  });

  test("root", async () => expect(await identity({ account, root: true })).toEqual({ type: "Root", principalId: account, arn: `arn:aws:iam::${account}:root`, accountId: account }));

  test("a role's session, with its source identity", async () => {
    const { Credentials } = await done("sts", "AssumeRole", { RoleArn: `arn:aws:iam::${account}:role/app`, RoleSessionName: "night", SourceIdentity: "alice" }, { account, user: "alice" });
    expect(await identity({ accessKeyId: Credentials.AccessKeyId })).toEqual({
      type: "AssumedRole", principalId: `${roleId}:night`, arn: `arn:aws:sts::${account}:assumed-role/app/night`, accountId: account, accessKeyId: Credentials.AccessKeyId,
      sessionContext: {
        sessionIssuer: { type: "Role", principalId: roleId, arn: `arn:aws:iam::${account}:role/app`, accountId: account, userName: "app" },
        attributes: { creationDate: later, mfaAuthenticated: "false" },
        sourceIdentity: "alice",
      },
    });
  });

  test("a federated user", async () => {
    const { Credentials } = await done("sts", "GetFederationToken", { Name: "visitor" }, { account, user: "alice" });
    expect(await identity({ accessKeyId: Credentials.AccessKeyId })).toMatchObject({
      type: "FederatedUser", principalId: `${account}:visitor`, arn: `arn:aws:sts::${account}:federated-user/visitor`, accountId: account,
      sessionContext: { sessionIssuer: { type: "IAMUser", arn: `arn:aws:iam::${account}:user/eng/alice`, accountId: account, userName: "alice" } },
    });
  });

  test("nobody: what fails authentication is not recorded, whatever else is wrong with it", async () => {
    for (const input of [{}, { Limit: 5000 }]) {
      expect((await done("kms", "ListKeys", input, { accessKeyId: "AKIAIOSFODNN7EXAMPLE" })).code).toMatch(/Unrecognized|Validation/);
      expect(records()).toEqual([]);
    }
  });

  test("a request that is refused for its form is recorded with what it says of its sender", async () => {
    await done("kms", "Encrypt", { KeyId: "" }, { account, user: "alice" });
    expect(records()).toMatchObject([{ userIdentity: { type: "IAMUser", accountId: account, userName: "alice" }, errorCode: "ValidationException" }]);
  });
});

describe("what", () => {
  test("Encrypt by the AWS CLI, whole: no plaintext, the context in clear, the material, the host", async () => {
    await done("kms", "Encrypt", { KeyId: "alias/none", Plaintext: btoa("secret") });
    await done("kms", "Encrypt", { KeyId: key.KeyId, Plaintext: btoa("secret"), EncryptionContext: { Department: "Engineering" } }, admin, { door: "terminal", sourceIp: "203.0.113.10", userAgent: "aws-cli/2.31.0", secureTransport: true });
    const [record] = records();
    const { KeyMaterialId } = (lab.read({ account, region: london, service: "kms" }).table("keys").get(key.KeyId) as { materials: { KeyMaterialId: string }[] }).materials[0];
    expect(Object.keys(record)).toEqual([
      "eventVersion", "userIdentity", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "userAgent", "requestParameters", "responseElements",
      "additionalEventData", "requestID", "eventID", "readOnly", "resources", "eventType", "managementEvent", "recipientAccountId", "eventCategory", "tlsDetails",
    ]);
    expect(record).toEqual({
      eventVersion: "1.11",
      userIdentity: { type: "IAMUser", principalId: await idOf("admin"), arn: `arn:aws:iam::${account}:user/admin`, accountId: account, userName: "admin" },
      eventTime: later,
      eventSource: "kms.amazonaws.com",
      eventName: "Encrypt",
      awsRegion: london,
      sourceIPAddress: "203.0.113.10",
      userAgent: "aws-cli/2.31.0",
      requestParameters: { encryptionAlgorithm: "SYMMETRIC_DEFAULT", keyId: key.KeyId, encryptionContext: { Department: "Engineering" } },
      responseElements: null,
      additionalEventData: { keyMaterialId: KeyMaterialId },
      requestID: uuid,
      eventID: uuid,
      readOnly: true,
      resources: [{ accountId: account, type: "AWS::KMS::Key", ARN: key.Arn }],
      eventType: "AwsApiCall",
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: "Management",
      tlsDetails: { tlsVersion: "TLSv1.3", cipherSuite: "TLS_AES_128_GCM_SHA256", clientProvidedHostHeader: "kms.eu-west-2.amazonaws.com" },
    });
  });

  test("from the console: said so, and no TLS details", async () => {
    await done("kms", "ListKeys", {}, admin, { door: "console", secureTransport: true });
    expect(records()[0]).toMatchObject({ sessionCredentialFromConsole: "true" });
    expect(records()[0]).not.toHaveProperty("tlsDetails");
  });

  const kmsRows: [operation: string, input: () => JsonObject, requestParameters: () => JsonObject, responseElements: () => unknown][] = [
    ["DisableKey", () => ({ KeyId: key.KeyId }), () => ({ keyId: key.KeyId }), () => ({ keyId: key.Arn })],
    ["EnableKey", () => ({ KeyId: key.KeyId }), () => ({ keyId: key.KeyId }), () => ({ keyId: key.Arn })],
    ["TagResource", () => ({ KeyId: key.KeyId, Tags: [{ TagKey: "a", TagValue: "b" }] }), () => ({ keyId: key.KeyId, tags: [{ tagKey: "a", tagValue: "b" }] }), () => ({ keyId: key.Arn })],
    ["EnableKeyRotation", () => ({ KeyId: key.KeyId, RotationPeriodInDays: 90 }), () => ({ keyId: key.KeyId, rotationPeriodInDays: 90 }), () => ({ keyId: key.Arn })],
    ["DescribeKey", () => ({ KeyId: key.Arn }), () => ({ keyId: key.Arn }), () => null],
    ["GenerateDataKey", () => ({ KeyId: key.KeyId, KeySpec: "AES_256" }), () => ({ keyId: key.KeyId, keySpec: "AES_256" }), () => null],
    ["GenerateRandom", () => ({ NumberOfBytes: 8 }), () => ({ numberOfBytes: 8 }), () => null],
    ["CreateGrant", () => ({ KeyId: key.KeyId, GranteePrincipal: `arn:aws:iam::${account}:user/admin`, Operations: ["Decrypt"] }), () => ({ keyId: key.KeyId, granteePrincipal: `arn:aws:iam::${account}:user/admin`, operations: ["Decrypt"] }), () => ({ grantId: expect.stringMatching(/^[0-9a-f]{64}$/) })],
    ["ScheduleKeyDeletion", () => ({ KeyId: key.KeyId, PendingWindowInDays: 7 }), () => ({ keyId: key.KeyId, pendingWindowInDays: 7 }), () => ({ keyId: key.Arn, deletionDate: "Jan 8, 2026, 1:00:00 AM", keyState: "PendingDeletion", pendingWindowInDays: 7 })],
  ];
  test.each(kmsRows)("kms %s", async (operation, input, requestParameters, responseElements) => {
    await done("kms", operation, input());
    const [record] = records();
    expect(record.errorCode).toBeUndefined();
    expect(record.requestParameters).toEqual(requestParameters());
    expect(record.responseElements).toEqual(responseElements());
    expect(record.readOnly).toBe(/^(Describe|Generate)/.test(operation));
  });

  test("CreateKey: what was left out is written as understood; the new key is a resource", async () => {
    const { KeyMetadata } = await done("kms", "CreateKey", { Description: "payroll" });
    expect(records()).toMatchObject([{
      requestParameters: { description: "payroll", keyUsage: "ENCRYPT_DECRYPT", keySpec: "SYMMETRIC_DEFAULT", customerMasterKeySpec: "SYMMETRIC_DEFAULT", origin: "AWS_KMS", multiRegion: false, bypassPolicyLockoutSafetyCheck: false },
      responseElements: { keyMetadata: { aWSAccountId: account, keyId: KeyMetadata.KeyId, arn: KeyMetadata.Arn, creationDate: "Jan 1, 2026, 1:00:00 AM", keyState: "Enabled" } },
      resources: [{ type: "AWS::KMS::Key", ARN: KeyMetadata.Arn }],
    }]);
  });

  test("ReEncrypt: both keys in order, both materials", async () => {
    const [a, b] = [(await done("kms", "CreateKey")).KeyMetadata, (await done("kms", "CreateKey")).KeyMetadata];
    const { CiphertextBlob } = await done("kms", "Encrypt", { KeyId: a.Arn, Plaintext: btoa("x") });
    const sealed = records()[0].additionalEventData!.keyMaterialId;
    const moved = await done("kms", "ReEncrypt", { CiphertextBlob, DestinationKeyId: b.KeyId });
    expect(records()).toMatchObject([{
      requestParameters: { sourceEncryptionAlgorithm: "SYMMETRIC_DEFAULT", destinationEncryptionAlgorithm: "SYMMETRIC_DEFAULT", destinationKeyId: b.KeyId },
      additionalEventData: { sourceKeyMaterialId: sealed, destinationKeyMaterialId: moved.DestinationKeyMaterialId },
      resources: [{ ARN: a.Arn }, { ARN: b.Arn }],
    }]);
  });

  test("secrets: a parameter's value is hidden, a secret access key is left out, a session token is not", async () => {
    await done("ssm", "PutParameter", { Name: "/app/pw", Value: "hush", Type: "SecureString", Tags: [{ Key: "k", Value: "v" }] });
    const [put, encrypt] = records();
    expect(put).toMatchObject({ requestParameters: { name: "/app/pw", value: "HIDDEN_DUE_TO_SECURITY_REASONS", type: "SecureString", tags: [{ key: "k", value: "v" }] }, responseElements: { version: 1, tier: "Standard" }, resources: [{ accountId: account, ARN: `arn:aws:ssm:${london}:${account}:parameter/app/pw` }] });
    expect(put.resources![0]).not.toHaveProperty("type");
    expect(encrypt).toMatchObject({ eventName: "Encrypt", sourceIPAddress: "ssm.amazonaws.com", userAgent: "ssm.amazonaws.com", userIdentity: { type: "IAMUser", invokedBy: "ssm.amazonaws.com" }, requestParameters: { encryptionContext: { PARAMETER_ARN: `arn:aws:ssm:${london}:${account}:parameter/app/pw` } } });
    await done("iam", "CreateUser", { UserName: "bob" });
    const made = await done("iam", "CreateAccessKey", { UserName: "bob" });
    const [created] = records();
    expect(created.responseElements).toEqual({ accessKey: { userName: "bob", accessKeyId: made.AccessKey.AccessKeyId, status: "Active", createDate: "Jan 1, 2026, 1:00:00 AM" } });
    const { Credentials } = await done("sts", "GetSessionToken", {}, { account, user: "bob" });
    const [session] = records();
    expect(session).toMatchObject({ readOnly: true, awsRegion: london, responseElements: { credentials: { accessKeyId: Credentials.AccessKeyId, sessionToken: Credentials.SessionToken } } });
    for (const secret of ["hush", made.AccessKey.SecretAccessKey, Credentials.SecretAccessKey]) expect(JSON.stringify([put, encrypt, created, session])).not.toContain(secret);
  });

  test("names of organizations and their mail are stars", async () => {
    await done("organizations", "CreateOrganization", { FeatureSet: "ALL" });
    await done("organizations", "CreateAccount", { Email: "a@example.com", AccountName: "Sandbox" });
    const [record] = records();
    expect(record).toMatchObject({ awsRegion: "us-east-1", requestParameters: { email: "****", accountName: "****" } });
    expect(JSON.stringify(record)).not.toMatch(/Sandbox|example\.com/);
  });
});

describe("two accounts", () => {
  test("a role of another account: both have the event, the owner sees an account", async () => {
    const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: other }, Action: "sts:AssumeRole" }] };
    await done("iam", "CreateRole", { RoleName: "shared", AssumeRolePolicyDocument: JSON.stringify(trust) });
    const RoleArn = `arn:aws:iam::${account}:role/shared`;
    await done("sts", "AssumeRole", { RoleArn, RoleSessionName: "visit" }, { account: other, user: "admin" });
    const [theirs, ours, ...more] = records();
    expect(more).toEqual([]);
    const resources = [{ accountId: account, type: "AWS::IAM::Role", ARN: RoleArn }];
    expect(theirs).toMatchObject({ userIdentity: { type: "IAMUser", accountId: other }, recipientAccountId: other, resources });
    expect(ours).toMatchObject({ userIdentity: { type: "AWSAccount", accountId: other }, recipientAccountId: account, resources });
    expect(ours.userIdentity).not.toHaveProperty("arn");
    expect(ours.sharedEventID).toBe(theirs.sharedEventID);
    expect(Object.keys(ours).indexOf("sharedEventID")).toBe(Object.keys(ours).indexOf("eventCategory") - 1);
  });

  test("refused: in the caller's account alone", async () => {
    await done("sts", "AssumeRole", { RoleArn: `arn:aws:iam::${account}:role/none`, RoleSessionName: "visit" }, { account: other, user: "admin" });
    expect(records()).toMatchObject([{ recipientAccountId: other, errorCode: "AccessDenied", requestParameters: null, responseElements: null }]);
    expect(records()[0]).not.toHaveProperty("resources");
  });
});

test("times are whole seconds", () => expect(lab.journal.flatMap(cloudTrailEvents).map(({ eventTime }) => eventTime).filter((time) => time !== when && time !== later)).toEqual([]));
