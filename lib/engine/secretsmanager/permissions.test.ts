import { describe, expect, it, test } from "vitest";
import type { Caller, JsonObject, Trace } from "../types";
import { isKnownKey } from "../iam/policy/known-keys";
import { account, adminOfOther, allow, deny, other, testLab, token } from "./secretsmanager.test-helper";

const alice: Caller = { account, user: "alice" };
const noPolicy = (action: string, resource: string): string =>
  `User: arn:aws:iam::${account}:user/alice is not authorized to perform: secretsmanager:${action} on resource: ${resource} because no identity-based policy allows the secretsmanager:${action} action`;
const contextOf = ({ steps }: Trace) => steps.flatMap((step) => (step.kind === "decision" ? [step.decision.context] : []))[0];

/** Every operation on a secret, with an input that its shape takes. */
const onSecret: [operation: string, input: JsonObject][] = [
  ["CancelRotateSecret", {}],
  ["DeleteResourcePolicy", {}],
  ["DeleteSecret", {}],
  ["DescribeSecret", {}],
  ["GetResourcePolicy", {}],
  ["GetSecretValue", {}],
  ["ListSecretVersionIds", {}],
  ["PutResourcePolicy", { ResourcePolicy: "{}" }],
  ["PutSecretValue", { SecretString: "x" }],
  ["RemoveRegionsFromReplication", { RemoveReplicaRegions: ["eu-west-1"] }],
  ["ReplicateSecretToRegions", { AddReplicaRegions: [{ Region: "eu-west-1" }] }],
  ["RestoreSecret", {}],
  ["RotateSecret", {}],
  ["StopReplicationToReplica", {}],
  ["TagResource", { Tags: [{ Key: "k", Value: "v" }] }],
  ["UntagResource", { TagKeys: ["k"] }],
  ["UpdateSecret", { Description: "x" }],
  ["UpdateSecretVersionStage", { VersionStage: "x", MoveToVersionId: token(1) }],
  ["ValidateResourcePolicy", { ResourcePolicy: "{}" }],
];

describe("each operation is an action of its own", () => {
  test.each(onSecret)("%s, on the secret's ARN", async (operation, input) => {
    const t = testLab(1, { alice: [allow("secretsmanager:None")] });
    const { ARN } = await t.create("app");
    for (const SecretId of ["app", ARN, ARN.slice(0, -7)]) expect(await t.bad(operation, { SecretId, ...input }, alice)).toEqual({ code: "AccessDeniedException", message: noPolicy(operation, ARN) });
    const allowed = testLab(1, { alice: [allow([`secretsmanager:${operation}`, "secretsmanager:PutResourcePolicy"], `arn:aws:secretsmanager:us-east-1:${account}:secret:app-??????`)] });
    await allowed.create("app");
    const reply = await allowed.lab.call({ service: "secretsmanager", operation, input: { SecretId: "app", ClientRequestToken: token(9), ...input }, caller: alice });
    expect(reply.trace.outcome.ok || reply.trace.outcome.stage).not.toBe("permission");
  });

  test.each<[string, JsonObject]>([["ListSecrets", {}], ["GetRandomPassword", {}], ["BatchGetSecretValue", { SecretIdList: ["a"] }], ["ValidateResourcePolicy", { ResourcePolicy: "{}" }]])("%s, on everything", async (operation, input) => {
    const t = testLab(1, { alice: [allow("secretsmanager:*", `arn:aws:secretsmanager:us-east-1:${account}:secret:*`)] });
    expect(await t.bad(operation, input, alice)).toEqual({ code: "AccessDeniedException", message: noPolicy(operation, "*") });
  });

  it("what is not there is asked about in the caller's own words", async () => {
    const t = testLab(1, { alice: [allow("secretsmanager:*", `arn:aws:secretsmanager:us-east-1:${account}:secret:app-*`)] });
    expect(await t.bad("GetSecretValue", { SecretId: "app" }, alice)).toEqual({ code: "AccessDeniedException", message: noPolicy("GetSecretValue", "app") });
    const all = testLab(1, { alice: [allow("secretsmanager:*")] });
    expect((await all.bad("GetSecretValue", { SecretId: "app" }, alice)).code).toBe("ResourceNotFoundException");
  });

  test.each<[string, string, boolean]>([
    ["the name and six question marks", "secret:app-??????", true],
    ["the name and a star", "secret:app-*", true],
    ["a prefix", "secret:a*", true],
    ["the bare name", "secret:app", false],
    ["another name", "secret:other-*", false],
  ])("CreateSecret may be allowed by %s", async (_, resource, can) => {
    const t = testLab(1, { alice: [allow("secretsmanager:CreateSecret", `arn:aws:secretsmanager:us-east-1:${account}:${resource}`)] });
    const input = { Name: "app", SecretString: "v" };
    if (can) await t.good("CreateSecret", input, alice);
    else expect(await t.bad("CreateSecret", input, alice)).toEqual({ code: "AccessDeniedException", message: noPolicy("CreateSecret", "app") });
  });

  test.each<[string, JsonObject]>([
    ["TagResource", { Tags: [{ Key: "k", Value: "v" }] }],
    ["ReplicateSecretToRegions", { AddReplicaRegions: [{ Region: "eu-west-1" }] }],
  ])("CreateSecret asks for %s too where it does that", async (action, more) => {
    const t = testLab(1, { alice: [allow("secretsmanager:CreateSecret")] });
    await t.good("CreateSecret", { Name: "plain" }, alice);
    expect(await t.bad("CreateSecret", { Name: "app", ...more }, alice)).toEqual({ code: "AccessDeniedException", message: noPolicy(action, "app") });
  });
});

describe("resource policies share the say with IAM", () => {
  const policy = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });

  it("the policy alone lets in a user of the account; a Deny in either keeps out", async () => {
    const t = testLab(1, { alice: [allow("secretsmanager:None")], bob: [allow("secretsmanager:*")] });
    const { ARN } = await t.create("s");
    await t.good("PutResourcePolicy", { SecretId: "s", ResourcePolicy: policy({ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:user/alice` }, Action: "secretsmanager:GetSecretValue", Resource: "*" }, { Effect: "Deny", Principal: { AWS: `arn:aws:iam::${account}:user/bob` }, Action: "secretsmanager:GetSecretValue", Resource: "*" }) });
    await t.good("GetSecretValue", { SecretId: "s" }, alice);
    expect(await t.bad("GetSecretValue", { SecretId: "s" }, { account, user: "bob" })).toEqual({ code: "AccessDeniedException", message: `User: arn:aws:iam::${account}:user/bob is not authorized to perform: secretsmanager:GetSecretValue on resource: ${ARN} with an explicit deny in a resource-based policy` });
    const denied = testLab(1, { alice: [deny("secretsmanager:*")] });
    await denied.create("s");
    await denied.good("PutResourcePolicy", { SecretId: "s", ResourcePolicy: policy({ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:user/alice` }, Action: "secretsmanager:*", Resource: "*" }) });
    expect((await denied.bad("GetSecretValue", { SecretId: "s" }, alice)).message).toContain("with an explicit deny in an identity-based policy");
  });

  it("another account needs both, and the whole ARN", async () => {
    const t = testLab();
    const KmsKeyId = await t.key({ Policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: [account, other] }, Action: "kms:*", Resource: "*" }] }) });
    const { ARN } = await t.create("s", "v", { KmsKeyId });
    expect(await t.bad("GetSecretValue", { SecretId: ARN }, adminOfOther)).toEqual({ code: "AccessDeniedException", message: `User: arn:aws:iam::${other}:user/admin is not authorized to perform: secretsmanager:GetSecretValue on resource: ${ARN} because no resource-based policy allows the secretsmanager:GetSecretValue action` });
    await t.good("PutResourcePolicy", { SecretId: "s", ResourcePolicy: policy({ Effect: "Allow", Principal: { AWS: other }, Action: "secretsmanager:GetSecretValue", Resource: "*" }) });
    await t.good("GetSecretValue", { SecretId: ARN }, adminOfOther);
    expect((await t.bad("GetSecretValue", { SecretId: "s" }, adminOfOther)).code).toBe("ResourceNotFoundException");
    // What is not there in another account is not told.
    expect((await t.bad("GetSecretValue", { SecretId: `${ARN.slice(0, -6)}aaaaaa` }, adminOfOther)).code).toBe("AccessDeniedException");
  });
});

describe("condition keys", () => {
  /** What the policies see, by operation and input. */
  test.each<[string, JsonObject, Record<string, string | string[]>]>([
    ["CreateSecret", { Name: "n", Description: "d", KmsKeyId: "alias/k", Type: "T", AddReplicaRegions: [{ Region: "eu-west-1" }, { Region: "eu-west-2" }], ForceOverwriteReplicaSecret: true, Tags: [{ Key: "a", Value: "1" }] }, {
      "secretsmanager:Name": "n", "secretsmanager:Description": "d", "secretsmanager:KmsKeyId": "alias/k", "secretsmanager:Type": "T", "secretsmanager:AddReplicaRegions": ["eu-west-1", "eu-west-2"], "secretsmanager:ForceOverwriteReplicaSecret": "true", "aws:RequestTag/a": "1", "aws:TagKeys": ["a"],
    }],
    ["GetSecretValue", {}, { "secretsmanager:VersionStage": ["AWSCURRENT"], "secretsmanager:ResourceTag/team": "blue", "aws:ResourceTag/team": "blue" }],
    ["GetSecretValue", { VersionStage: "AWSPREVIOUS" }, { "secretsmanager:VersionStage": ["AWSPREVIOUS"] }],
    ["GetSecretValue", { VersionId: token(1) }, { "secretsmanager:VersionId": token(1) }],
    ["DeleteSecret", { RecoveryWindowInDays: 8 }, { "secretsmanager:RecoveryWindowInDays": "8" }],
    ["DeleteSecret", { ForceDeleteWithoutRecovery: true }, { "secretsmanager:ForceDeleteWithoutRecovery": "true" }],
    ["PutResourcePolicy", { ResourcePolicy: "{}", BlockPublicPolicy: true }, { "secretsmanager:BlockPublicPolicy": "true" }],
    ["ReplicateSecretToRegions", { AddReplicaRegions: [{ Region: "eu-west-1" }], ForceOverwriteReplicaSecret: false }, { "secretsmanager:AddReplicaRegions": ["eu-west-1"], "secretsmanager:ForceOverwriteReplicaSecret": "false" }],
    ["RotateSecret", { ExternalSecretRotationRoleArn: "arn:aws:iam::111122223333:role/rotate-partner" }, { "secretsmanager:ExternalSecretRotationRoleArn": "arn:aws:iam::111122223333:role/rotate-partner" }],
    ["RotateSecret", { RotationLambdaARN: "arn:x", RotateImmediately: false, RotationRules: { AutomaticallyAfterDays: 3 } }, { "secretsmanager:RotationLambdaARN": "arn:x", "secretsmanager:RotateImmediately": "false", "secretsmanager:ModifyRotationRules": "true" }],
    ["TagResource", { Tags: [{ Key: "a", Value: "1" }] }, { "aws:RequestTag/a": "1", "aws:TagKeys": ["a"] }],
    ["UntagResource", { TagKeys: ["a"] }, { "aws:TagKeys": ["a"] }],
    ["UpdateSecret", { Description: "d", KmsKeyId: "alias/k", Type: "T" }, { "secretsmanager:Description": "d", "secretsmanager:KmsKeyId": "alias/k", "secretsmanager:Type": "T" }],
    ["UpdateSecretVersionStage", { VersionStage: "x" }, { "secretsmanager:VersionStage": ["x"] }],
  ])("%s %j", async (operation, input, expected) => {
    const t = testLab(1, { alice: [allow("secretsmanager:None")] });
    const KmsKeyArn = await t.key();
    await t.of("kms").good("CreateAlias", { AliasName: "alias/k", TargetKeyId: KmsKeyArn });
    const { ARN } = await t.create("s", "v", { Tags: [{ Key: "team", Value: "blue" }] });
    await t.bad(operation, operation === "CreateSecret" ? input : { SecretId: "s", ...input }, alice);
    const seen = contextOf(t.trace());
    expect(seen).toMatchObject({ ...expected, ...(input.KmsKeyId ? { "secretsmanager:KmsKeyArn": KmsKeyArn } : {}), ...(operation === "CreateSecret" ? {} : { "secretsmanager:SecretId": ARN }) });
    for (const key of Object.keys(seen)) expect(isKnownKey(key.toLowerCase()), key).toBe(true);
  });

  it("a version that is named by its id has no default label", async () => {
    const t = testLab();
    const { VersionId } = await t.create("s");
    await t.get("s", { VersionId });
    expect(contextOf(t.trace())).not.toHaveProperty("secretsmanager:VersionStage");
  });

  it("the primary Region is known of secrets with replicas, and of replicas", async () => {
    const t = testLab();
    await t.create("one");
    await t.good("DescribeSecret", { SecretId: "one" });
    expect(contextOf(t.trace())).not.toHaveProperty("secretsmanager:SecretPrimaryRegion");
    await t.create("s", "v", { AddReplicaRegions: [{ Region: "eu-west-1" }] });
    await t.lab.advance(5_000);
    await t.good("DescribeSecret", { SecretId: "s" }, undefined, "eu-west-1");
    expect(contextOf(t.trace())).toMatchObject({ "secretsmanager:SecretPrimaryRegion": "us-east-1" });
  });

  test.each<[string, object, JsonObject, boolean]>([
    ["only AWSCURRENT may be read", { "ForAnyValue:StringEquals": { "secretsmanager:VersionStage": "AWSCURRENT" } }, {}, true],
    ["and nothing else", { "ForAnyValue:StringEquals": { "secretsmanager:VersionStage": "AWSCURRENT" } }, { VersionStage: "AWSPREVIOUS" }, false],
    ["only secrets of one's team", { StringEquals: { "aws:ResourceTag/team": "blue" } }, {}, true],
    ["and of no other", { StringEquals: { "secretsmanager:ResourceTag/team": "red" } }, {}, false],
    ["only through no other Region", { StringEquals: { "secretsmanager:SecretPrimaryRegion": "us-east-1" } }, {}, false],
  ])("%s", async (_, condition, input, can) => {
    const t = testLab(1, { alice: [allow("secretsmanager:GetSecretValue", "*", condition)] });
    await t.create("s", "1", { Tags: [{ Key: "team", Value: "blue" }] });
    await t.put("s", "2");
    const reply = await t.lab.call({ service: "secretsmanager", operation: "GetSecretValue", input: { SecretId: "s", ...input }, caller: alice });
    expect(reply.ok).toBe(can);
  });

  it("whoever would tag away his own permission is stopped", async () => {
    const t = testLab(1, { alice: [allow("secretsmanager:*", "*", { StringEquals: { "aws:ResourceTag/team": "blue" } })] });
    const { ARN } = await t.create("s", "1", { Tags: [{ Key: "team", Value: "blue" }] });
    await t.good("TagResource", { SecretId: "s", Tags: [{ Key: "x", Value: "y" }] }, alice);
    expect(await t.bad("TagResource", { SecretId: "s", Tags: [{ Key: "team", Value: "red" }] }, alice)).toEqual({ code: "AccessDeniedException", message: noPolicy("TagResource", ARN) });
    expect(await t.bad("UntagResource", { SecretId: "s", TagKeys: ["team"] }, alice)).toEqual({ code: "AccessDeniedException", message: noPolicy("UntagResource", ARN) });
    await t.good("UntagResource", { SecretId: "s", TagKeys: ["x"] }, alice);
  });
});
