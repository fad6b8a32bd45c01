import { beforeAll, describe, expect, test } from "vitest";
import { loadServices } from "../catalog";
import type { CloudEvent, JsonObject } from "../types";
import { A, B, labOf, recordsOf, replayed } from "./events.test-helper";

/** What the lab's services tell EventBridge, in the form of each service's documentation, and through rules that wait for it. */
beforeAll(() => loadServices());

const inbox = { Id: "t", Arn: `arn:aws:sqs:us-east-1:${A}:inbox` };

/** A rule with a queue for its target: what comes to it, as events. */
async function watching(pattern: JsonObject, more: JsonObject = {}) {
  const made = labOf();
  await made.queue("inbox");
  await made.rule("watch", pattern, [inbox], more);
  const take = async (): Promise<any[]> => {
    const got: CloudEvent[] = [];
    for (let some = await made.messages("inbox"); some.length; some = await made.messages("inbox")) got.push(...some.map(({ Body }) => JSON.parse(Body) as CloudEvent));
    return got;
  };
  return { ...made, take };
}
const said = (events: any[]): string[] => events.map(({ "detail-type": type, detail }) => `${type}: ${detail.operation ?? detail["policy-type"] ?? detail.eventName ?? detail["key-id"]}`);
const hour = 3_600_000;

test("Parameter Store: created, updated, labelled, deleted. Source: Systems Manager User Guide, EventBridge event examples", async () => {
  const { done, take } = await watching({ source: ["aws.ssm"], "detail-type": ["Parameter Store Change"], detail: { name: [{ prefix: "/app/" }], operation: ["Create", "Update", "Delete", "LabelParameterVersion"] } });
  await done("ssm", "PutParameter", { Name: "/other", Value: "1", Type: "String" });
  await done("ssm", "PutParameter", { Name: "/app/a", Value: "1", Type: "SecureString", Description: "d" });
  await done("ssm", "PutParameter", { Name: "/app/a", Value: "2", Type: "SecureString", Overwrite: true });
  await done("ssm", "LabelParameterVersion", { Name: "/app/a", Labels: ["prod"] });
  await done("ssm", "DeleteParameter", { Name: "/app/a" });
  const got = await take();
  expect(said(got)).toEqual(["Create", "Update", "LabelParameterVersion", "Delete"].map((what) => `Parameter Store Change: ${what}`));
  expect(got[0]).toMatchObject({ resources: [`arn:aws:ssm:us-east-1:${A}:parameter/app/a`], detail: { operation: "Create", name: "/app/a", type: "SecureString", description: "d" } });
});

test("Parameter Store's policies. Source: Systems Manager User Guide, Assigning parameter policies", async () => {
  const { done, take, lab } = await watching({ source: ["aws.ssm"], "detail-type": ["Parameter Store Policy Action"], detail: { "policy-type": ["Expiration", "ExpirationNotification", "NoChangeNotification"] } });
  const at = new Date(lab.now() + 72 * hour).toISOString();
  const Policies = JSON.stringify([
    { Type: "Expiration", Version: "1.0", Attributes: { Timestamp: at } },
    { Type: "ExpirationNotification", Version: "1.0", Attributes: { Before: "24", Unit: "Hours" } },
    { Type: "NoChangeNotification", Version: "1.0", Attributes: { After: "1", Unit: "Days" } },
  ]);
  await done("ssm", "PutParameter", { Name: "/short", Value: "v", Type: "String", Tier: "Advanced", Policies });
  await lab.advance(100 * hour);
  const got = await take();
  expect(said(got)).toEqual(["NoChangeNotification", "ExpirationNotification", "Expiration"].map((what) => `Parameter Store Policy Action: ${what}`));
  expect(got[2].detail).toMatchObject({ "parameter-name": "/short", "parameter-type": "String", "action-status": "Success" });
});

test("KMS: rotation, deletion. Source: KMS Developer Guide, Monitor KMS keys with Amazon EventBridge", async () => {
  const { done, take, lab } = await watching({ source: ["aws.kms"], "detail-type": [{ prefix: "KMS " }] });
  const { KeyMetadata } = await done("kms", "CreateKey");
  await done("kms", "RotateKeyOnDemand", { KeyId: KeyMetadata.KeyId });
  await lab.advance(hour);
  const got = await take();
  await done("kms", "ScheduleKeyDeletion", { KeyId: KeyMetadata.KeyId, PendingWindowInDays: 7 });
  await lab.advance(8 * 24 * hour);
  got.push(...(await take()));
  expect(said(got)).toEqual([`KMS CMK Rotation: ${KeyMetadata.KeyId}`, `KMS CMK Deletion: ${KeyMetadata.KeyId}`]);
  expect(got[0]).toMatchObject({ resources: [KeyMetadata.Arn], detail: { "key-origin": "AWS_KMS", "rotation-type": "ON_DEMAND" } });
});

describe("calls, via CloudTrail", () => {
  const calls = { "detail-type": ["AWS API Call via CloudTrail"] };

  test("those that change something, the record as detail. Source: EventBridge User Guide, AWS service events delivered via AWS CloudTrail", async () => {
    const { done, take, ask } = await watching({ source: ["aws.kms"], ...calls, detail: { eventSource: ["kms.amazonaws.com"] } });
    const { KeyMetadata } = await done("kms", "CreateKey", { Description: "d" });
    await done("kms", "DescribeKey", { KeyId: KeyMetadata.KeyId });
    await done("kms", "ListKeys");
    await ask("kms", "DisableKey", { KeyId: "alias/none" });
    const got = await take();
    expect(got.map(({ detail }) => [detail.eventName, detail.errorCode])).toEqual([["CreateKey", undefined], ["DisableKey", "NotFoundException"]]);
    expect(got[0]).toMatchObject({ source: "aws.kms", "detail-type": "AWS API Call via CloudTrail", resources: [], detail: { eventSource: "kms.amazonaws.com", eventName: "CreateKey", userIdentity: { type: "IAMUser", userName: "admin" }, requestParameters: { description: "d" }, eventType: "AwsApiCall", managementEvent: true } });
  });

  test("refused ones as well", async () => {
    const { done, take, ask } = await watching({ ...calls, detail: { errorCode: ["AccessDenied"] } });
    await done("iam", "CreateUser", { UserName: "nobody" });
    expect(await ask("ssm", "DeleteParameter", { Name: "/a" }, { account: A, user: "nobody" })).toMatch(/^AccessDeniedException/);
    expect((await take()).map(({ detail }) => [detail.eventName, detail.userIdentity.userName])).toEqual([["DeleteParameter", "nobody"]]);
  });

  test("those that read only for rules that want all. Source: EventBridge User Guide, Receiving read-only management events from AWS services", async () => {
    const pattern = { source: ["aws.ssm"], ...calls };
    const plain = await watching(pattern);
    await plain.ask("ssm", "DescribeParameters");
    expect(await plain.take()).toEqual([]);
    const all = await watching(pattern, { State: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" });
    await all.ask("ssm", "DescribeParameters");
    expect((await all.take()).map(({ detail }) => detail.eventName)).toEqual(["DescribeParameters"]);
  });

  test("never data events, and none of PutEvents", async () => {
    const { put, done, take } = await watching({ ...calls, detail: { eventName: [{ "anything-but": ["CreateLogGroup", "PutTargets"] }] } }, { State: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" });
    await put("Order");
    await done("logs", "CreateLogGroup", { logGroupName: "g" });
    const url = `https://sqs.us-east-1.amazonaws.com/${A}/inbox`;
    await done("sqs", "SendMessage", { QueueUrl: url, MessageBody: "{}" });
    expect((await take()).filter(({ detail }) => detail)).toEqual([]);
  });

  test("of a service that acts by itself: jobs", async () => {
    const { done, take, lab } = await watching({ source: ["aws.kms"], "detail-type": ["AWS Service Event via CloudTrail"] });
    const { KeyMetadata } = await done("kms", "CreateKey");
    await done("kms", "RotateKeyOnDemand", { KeyId: KeyMetadata.KeyId });
    await lab.advance(hour);
    expect((await take()).map(({ detail }) => [detail.eventName, detail.eventType])).toEqual([["RotateKey", "AwsServiceEvent"]]);
  });

  test("to the account that was asked, and where a key is another's to both", async () => {
    const { done, take, events, queue, log } = await watching({ source: ["aws.kms"], ...calls, detail: { eventName: ["Encrypt"] } });
    await queue("unused");
    const theirs = { account: B, user: "admin" };
    await events("PutRule", { Name: "theirs", EventPattern: JSON.stringify({ source: ["aws.kms"], ...calls }) }, theirs);
    const { KeyMetadata } = await done("kms", "CreateKey", { Policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: [`arn:aws:iam::${A}:root`, `arn:aws:iam::${B}:root`] }, Action: "kms:*", Resource: "*" }] }) });
    await done("kms", "Encrypt", { KeyId: KeyMetadata.Arn, Plaintext: "AAAA" }, theirs);
    expect((await take()).map(({ detail }) => [detail.eventName, detail.recipientAccountId, detail.userIdentity.accountId])).toEqual([["Encrypt", A, B]]);
    expect(log(B).map(({ detail }) => [detail.eventName, detail.recipientAccountId])).toContainEqual(["Encrypt", B]);
  });

  test("only while a rule could want them: the lab is as cheap after it as before", async () => {
    const { done, log, events } = await watching({ source: ["aws.iam"], ...calls });
    await done("iam", "CreateUser", { UserName: "a" });
    const count = log().length;
    expect(count).toBeGreaterThan(0);
    await events("DisableRule", { Name: "watch" });
    const after = log().length;
    await done("iam", "CreateUser", { UserName: "b" });
    expect(log().length).toBe(after);
    await events("EnableRule", { Name: "watch" });
    await done("iam", "CreateUser", { UserName: "c" });
    expect(log().length).toBeGreaterThan(after);
  });

  test("replay is the same to the byte, refused calls too", async () => {
    const { lab, done, ask, events } = await watching({ ...calls }, { State: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" });
    await done("kms", "CreateKey");
    await ask("kms", "DescribeKey", { KeyId: "alias/none" });
    await ask("sts", "GetCallerIdentity");
    await events("DisableRule", { Name: "watch" });
    expect(recordsOf(replayed(lab))).toBe(recordsOf(lab));
  });

  test("a rule on all calls does not chase its own deliveries", async () => {
    const { lab, done } = await watching({ ...calls }, { State: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" });
    const before = lab.journal.length;
    await done("ssm", "PutParameter", { Name: "/a", Value: "1", Type: "String" });
    await lab.settle();
    // The call, the delivery of "Parameter Store Change", that of the call's record. SendMessage is a data event.
    expect(lab.journal.length - before).toBe(3);
  });
});
