import { beforeAll, describe, expect, test } from "vitest";
import { loadServices } from "../catalog";
import { createLab } from "../lab";
import { seededPorts } from "../ports";
import type { Caller, JsonObject } from "../types";

const A = "111122223333";
const B = "444455556666";
const start = Date.UTC(2026, 0, 1);
const admin: Caller = { account: A, user: "admin" };
const url = `https://sqs.us-east-1.amazonaws.com/${A}/jobs`;
const arn = `arn:aws:sqs:us-east-1:${A}:jobs`;

beforeAll(() => loadServices());

function house() {
  const lab = createLab({ ports: seededPorts(5, start) });
  lab.ensureAccount(B);
  const as = (caller: Caller) => async (operation: string, input: JsonObject = {}, service = "sqs"): Promise<any> => {
    const reply = await lab.call({ service, operation, input, caller });
    return reply.ok ? reply.output : `${reply.error.code}: ${reply.error.message}`;
  };
  return { lab, as, ask: as(admin) };
}

/** A house with a queue in it. */
async function withQueue(Attributes: JsonObject = {}) {
  const made = house();
  expect(await made.ask("CreateQueue", { QueueName: "jobs", Attributes })).toEqual({ QueueUrl: url });
  const send = (MessageBody: string, more: JsonObject = {}) => made.ask("SendMessage", { QueueUrl: url, MessageBody, ...more });
  const take = async (more: JsonObject = {}): Promise<any[]> => (await made.ask("ReceiveMessage", { QueueUrl: url, MaxNumberOfMessages: 10, ...more })).Messages ?? [];
  return { ...made, send, take };
}

describe("queues", () => {
  test("made, found, listed by pages, deleted, and not made again at once", async () => {
    const { ask, lab } = await withQueue({ VisibilityTimeout: "60" });
    expect(await ask("CreateQueue", { QueueName: "jobs", Attributes: { VisibilityTimeout: "60" } })).toEqual({ QueueUrl: url });
    expect(await ask("CreateQueue", { QueueName: "jobs", Attributes: { VisibilityTimeout: "61" } })).toBe("QueueAlreadyExists: A queue already exists with the same name and a different value for attribute VisibilityTimeout");
    expect(await ask("GetQueueUrl", { QueueName: "jobs" })).toEqual({ QueueUrl: url });
    expect(await ask("GetQueueUrl", { QueueName: "none" })).toBe("AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist.");
    for (const name of ["a", "b", "jobs2"]) await ask("CreateQueue", { QueueName: name });
    const first = await ask("ListQueues", { MaxResults: 3 });
    expect(first.QueueUrls.map((each: string) => each.split("/").at(-1))).toEqual(["a", "b", "jobs"]);
    expect((await ask("ListQueues", { MaxResults: 3, NextToken: first.NextToken })).QueueUrls).toEqual([`${url}2`]);
    expect((await ask("ListQueues", { QueueNamePrefix: "jobs" })).QueueUrls).toEqual([url, `${url}2`]);
    expect(await ask("ListQueues", { QueueNamePrefix: "z" })).toEqual({});
    expect(await ask("DeleteQueue", { QueueUrl: url })).toEqual({});
    expect(await ask("DeleteQueue", { QueueUrl: url })).toBe("AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist.");
    expect(await ask("CreateQueue", { QueueName: "jobs" })).toBe("AWS.SimpleQueueService.QueueDeletedRecently: You must wait 60 seconds after deleting a queue before you can create another with the same name.");
    await lab.advance(60_000);
    expect(await ask("CreateQueue", { QueueName: "jobs" })).toEqual({ QueueUrl: url });
  });

  test("attributes: what they are by themselves, and what they may be", async () => {
    const { ask } = await withQueue();
    expect(await ask("GetQueueAttributes", { QueueUrl: url, AttributeNames: ["All"] })).toEqual({
      Attributes: {
        QueueArn: arn, ApproximateNumberOfMessages: "0", ApproximateNumberOfMessagesNotVisible: "0", ApproximateNumberOfMessagesDelayed: "0", CreatedTimestamp: String(start / 1000), LastModifiedTimestamp: String(start / 1000),
        VisibilityTimeout: "30", MaximumMessageSize: "1048576", MessageRetentionPeriod: "345600", DelaySeconds: "0", ReceiveMessageWaitTimeSeconds: "0", SqsManagedSseEnabled: "true",
      },
    });
    expect(await ask("GetQueueAttributes", { QueueUrl: url })).toEqual({});
    const set = (Attributes: JsonObject) => ask("SetQueueAttributes", { QueueUrl: url, Attributes });
    expect(await set({ DelaySeconds: "901" })).toBe("InvalidAttributeValue: Invalid value for the parameter DelaySeconds.");
    expect(await set({ Colour: "red" })).toBe("InvalidAttributeName: Unknown Attribute Colour.");
    expect(await set({ RedrivePolicy: "{" })).toBe("InvalidParameterValue: Value { for parameter RedrivePolicy is invalid. Reason: Redrive policy is not a valid JSON map.");
    expect(await set({ RedrivePolicy: "{}" })).toBe("InvalidParameterValue: Value {} for parameter RedrivePolicy is invalid. Reason: Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
    expect(await set({ Policy: "nothing" })).toBe("InvalidAttributeValue: Invalid value for the parameter Policy.");
    expect(await set({ FifoQueue: "true" })).toMatch(/^NotSimulated: Keyhole does not simulate FIFO queues/);
    expect(await ask("CreateQueue", { QueueName: "a.fifo" })).toMatch(/^NotSimulated/);
    expect(await ask("CreateQueue", { QueueName: "a b" })).toBe("InvalidParameterValue: Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    expect(await ask("StartMessageMoveTask", { SourceArn: arn })).toMatch(/^NotSimulated/);
  });

  test("tags, and a policy by AddPermission", async () => {
    const { ask, as } = await withQueue();
    expect(await ask("TagQueue", { QueueUrl: url, Tags: { team: "blue", cost: "1" } })).toEqual({});
    expect(await ask("UntagQueue", { QueueUrl: url, TagKeys: ["cost"] })).toEqual({});
    expect(await ask("ListQueueTags", { QueueUrl: url })).toEqual({ Tags: { team: "blue" } });
    expect(await ask("AddPermission", { QueueUrl: url, Label: "theirs", AWSAccountIds: [B], Actions: ["SendMessage"] })).toEqual({});
    expect(await ask("AddPermission", { QueueUrl: url, Label: "theirs", AWSAccountIds: [B], Actions: ["SendMessage"] })).toBe("InvalidParameterValue: Value theirs for parameter Label is invalid. Reason: Already exists.");
    expect(await ask("AddPermission", { QueueUrl: url, Label: "more", AWSAccountIds: [B], Actions: ["AddPermission"] })).toBe("InvalidParameterValue: Value SQS:AddPermission for parameter ActionName is invalid. Reason: Only the queue owner is allowed to invoke this action.");
    expect(JSON.parse((await ask("GetQueueAttributes", { QueueUrl: url, AttributeNames: ["Policy"] })).Attributes.Policy)).toEqual({
      Version: "2008-10-17", Id: `${arn}/SQSDefaultPolicy`, Statement: [{ Sid: "theirs", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${B}:root` }, Action: "SQS:SendMessage", Resource: arn }],
    });
    const other = as({ account: B, user: "admin" });
    expect(await other("SendMessage", { QueueUrl: url, MessageBody: "from B" })).toMatchObject({ MD5OfMessageBody: expect.any(String) });
    expect(await other("ReceiveMessage", { QueueUrl: url })).toBe(`AccessDenied: User: arn:aws:iam::${B}:user/admin is not authorized to perform: sqs:receivemessage on resource: ${arn} because no resource-based policy allows the sqs:receivemessage action`);
    expect(await ask("RemovePermission", { QueueUrl: url, Label: "theirs" })).toEqual({});
    expect(await ask("RemovePermission", { QueueUrl: url, Label: "theirs" })).toBe("InvalidParameterValue: Value theirs for parameter Label is invalid. Reason: can't find label on existing policy.");
    expect(await other("SendMessage", { QueueUrl: url, MessageBody: "again" })).toMatch(/^AccessDenied/);
  });
});

describe("messages", () => {
  test("one goes in and out, is hidden, comes again, and is deleted by its newest handle only", async () => {
    const { ask, lab, send, take } = await withQueue();
    // Digests as AWS gives them: recorded by moto, tests/test_sqs/test_sqs.py.
    expect(await send("derp", { MessageAttributes: { timestamp: { StringValue: "1493147359900", DataType: "Number" } } })).toEqual({ MessageId: expect.any(String), MD5OfMessageBody: "58fd9edd83341c29f1aebba81c31e257", MD5OfMessageAttributes: "235c5c510d26fb653d073faed50ae77c" });
    const [first] = await take({ AttributeNames: ["All"], MessageAttributeNames: ["All"] });
    expect(first).toMatchObject({ Body: "derp", MD5OfBody: "58fd9edd83341c29f1aebba81c31e257", MD5OfMessageAttributes: "235c5c510d26fb653d073faed50ae77c", Attributes: { SenderId: expect.stringMatching(/^AIDA/), ApproximateReceiveCount: "1", SentTimestamp: String(start), ApproximateFirstReceiveTimestamp: String(start) } });
    expect(await take()).toEqual([]);
    await lab.advance(30_000);
    const [second] = await take({ AttributeNames: ["ApproximateReceiveCount"] });
    expect(second.Attributes).toEqual({ ApproximateReceiveCount: "2" });
    expect(second.MessageAttributes).toBeUndefined();
    expect(second.ReceiptHandle).not.toBe(first.ReceiptHandle);
    expect(await ask("DeleteMessage", { QueueUrl: url, ReceiptHandle: first.ReceiptHandle })).toEqual({});
    await lab.advance(30_000);
    const [third] = await take();
    expect(await ask("DeleteMessage", { QueueUrl: url, ReceiptHandle: third.ReceiptHandle })).toEqual({});
    expect(await ask("DeleteMessage", { QueueUrl: url, ReceiptHandle: third.ReceiptHandle })).toEqual({});
    await lab.advance(60_000);
    expect(await take()).toEqual([]);
    expect(await ask("DeleteMessage", { QueueUrl: url, ReceiptHandle: "x" })).toBe('ReceiptHandleIsInvalid: The input receipt handle "x" is not a valid receipt handle.');
  });

  test.each<[string, JsonObject, string]>([
    ["no body", { MessageBody: "" }, "MissingParameter: The request must contain the parameter MessageBody."],
    ["characters that XML cannot hold", { MessageBody: "\u0001" }, "InvalidMessageContents: Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF"],
    ["too long", { MessageBody: "x".repeat(1025) }, "InvalidParameterValue: One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes."],
    ["a delay too long", { MessageBody: "x", DelaySeconds: 901 }, "InvalidParameterValue: Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900."],
    ["a deduplication id", { MessageBody: "x", MessageDeduplicationId: "d" }, "InvalidParameterValue: Value d for parameter MessageDeduplicationId is invalid. Reason: The request include parameter that is not valid for this queue type"],
    ["an attribute of no type", { MessageBody: "x", MessageAttributes: { a: { DataType: "Odd", StringValue: "1" } } }, "InvalidParameterValue: The type of message (user) attribute 'a' is invalid. You must use only the following supported type prefixes: Binary, Number, String."],
    ["an empty attribute", { MessageBody: "x", MessageAttributes: { a: { DataType: "String", StringValue: "" } } }, "InvalidParameterValue: The message (user) attribute 'a' must contain a non-empty value of type 'String'."],
    ["no number", { MessageBody: "x", MessageAttributes: { a: { DataType: "Number", StringValue: "one" } } }, "InvalidParameterValue: Can't cast the value of message (user) attribute 'a' to a number."],
  ])("a message with %s is refused", async (_name, message, text) => {
    const { ask } = await withQueue({ MaximumMessageSize: "1024" });
    expect(await ask("SendMessage", { QueueUrl: url, ...message })).toBe(text);
  });

  test("delayed, forgotten after their time, purged", async () => {
    const { ask, lab, send, take } = await withQueue({ MessageRetentionPeriod: "120" });
    await send("later", { DelaySeconds: 10 });
    expect(await take()).toEqual([]);
    expect((await ask("GetQueueAttributes", { QueueUrl: url, AttributeNames: ["ApproximateNumberOfMessagesDelayed"] })).Attributes).toEqual({ ApproximateNumberOfMessagesDelayed: "1" });
    await lab.advance(10_000);
    expect(await take({ VisibilityTimeout: 0 })).toHaveLength(1);
    await lab.advance(111_000);
    expect((await ask("GetQueueAttributes", { QueueUrl: url, AttributeNames: ["ApproximateNumberOfMessages"] })).Attributes).toEqual({ ApproximateNumberOfMessages: "0" });
    expect(await take()).toEqual([]);
    await send("a");
    expect(await ask("PurgeQueue", { QueueUrl: url })).toEqual({});
    expect(await take()).toEqual([]);
    expect(await ask("PurgeQueue", { QueueUrl: url })).toBe("AWS.SimpleQueueService.PurgeQueueInProgress: Only one PurgeQueue operation on jobs is allowed every 60 seconds.");
  });

  test("how long a message is hidden can be changed while it is", async () => {
    const { ask, lab, send, take } = await withQueue();
    await send("a");
    const [{ ReceiptHandle }] = await take();
    expect(await ask("ChangeMessageVisibility", { QueueUrl: url, ReceiptHandle, VisibilityTimeout: 43_201 })).toMatch(/VisibilityTimeout must be an integer between 0 and 43200/);
    expect(await ask("ChangeMessageVisibility", { QueueUrl: url, ReceiptHandle, VisibilityTimeout: 100 })).toEqual({});
    await lab.advance(99_000);
    expect(await take()).toEqual([]);
    await lab.advance(1_000);
    expect(await ask("ChangeMessageVisibility", { QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 })).toBe("AWS.SimpleQueueService.MessageNotInflight: The message is not in flight.");
    expect(await take()).toHaveLength(1);
    expect(await ask("ChangeMessageVisibility", { QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 })).toMatch(/Reason: Message does not exist or is not available for visibility timeout change\.$/);
  });

  test("batches: each entry by itself", async () => {
    const { ask, take } = await withQueue();
    const sent = await ask("SendMessageBatch", { QueueUrl: url, Entries: [{ Id: "a", MessageBody: "1" }, { Id: "b", MessageBody: "\u0001" }, { Id: "c", MessageBody: "3" }] });
    expect(sent.Successful.map(({ Id }: JsonObject) => Id)).toEqual(["a", "c"]);
    expect(sent.Failed).toEqual([{ Id: "b", SenderFault: true, Code: "InvalidMessageContents", Message: expect.stringMatching(/^Invalid characters/) }]);
    expect(await ask("SendMessageBatch", { QueueUrl: url, Entries: [] })).toBe("AWS.SimpleQueueService.EmptyBatchRequest: There should be at least one SendMessageBatchRequestEntry in the request.");
    expect(await ask("SendMessageBatch", { QueueUrl: url, Entries: Array.from({ length: 11 }, (_, i) => ({ Id: `${i}`, MessageBody: "x" })) })).toBe("AWS.SimpleQueueService.TooManyEntriesInBatchRequest: Maximum number of entries per request are 10. You have sent 11.");
    expect(await ask("SendMessageBatch", { QueueUrl: url, Entries: [{ Id: "a", MessageBody: "1" }, { Id: "a", MessageBody: "2" }] })).toBe("AWS.SimpleQueueService.BatchEntryIdsNotDistinct: Id a repeated.");
    const given = await take();
    const Entries = given.map(({ ReceiptHandle }, i) => ({ Id: `m${i}`, ReceiptHandle }));
    expect(await ask("ChangeMessageVisibilityBatch", { QueueUrl: url, Entries: Entries.map((entry) => ({ ...entry, VisibilityTimeout: 5 })) })).toEqual({ Successful: [{ Id: "m0" }, { Id: "m1" }] });
    expect(await ask("DeleteMessageBatch", { QueueUrl: url, Entries: [...Entries, { Id: "odd", ReceiptHandle: "y" }] })).toEqual({ Successful: [{ Id: "m0" }, { Id: "m1" }], Failed: [{ Id: "odd", SenderFault: true, Code: "ReceiptHandleIsInvalid", Message: 'The input receipt handle "y" is not a valid receipt handle.' }] });
  });

  test("what was received too often goes to the dead-letter queue, which knows its sources", async () => {
    const dead = `${url}-dead`;
    const { ask, lab, send, take } = await withQueue({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `${arn}-dead`, maxReceiveCount: 2 }), VisibilityTimeout: "1" });
    await ask("CreateQueue", { QueueName: "jobs-dead" });
    expect(await ask("ListDeadLetterSourceQueues", { QueueUrl: dead })).toEqual({ queueUrls: [url] });
    await send("poison");
    for (let i = 0; i < 2; i++) {
      expect(await take()).toHaveLength(1);
      await lab.advance(1_000);
    }
    expect(await take()).toEqual([]);
    const { Messages } = await ask("ReceiveMessage", { QueueUrl: dead, AttributeNames: ["All"] });
    expect(Messages).toMatchObject([{ Body: "poison", Attributes: { DeadLetterQueueSourceArn: arn, ApproximateReceiveCount: "1", SentTimestamp: String(start) } }]);
  });

  test("a queue under a KMS key: senders and receivers need the key, and the body is not kept in the clear", async () => {
    const { ask, as, lab } = house();
    const { KeyMetadata } = await ask("CreateKey", {}, "kms");
    await ask("CreateQueue", { QueueName: "jobs", Attributes: { KmsMasterKeyId: KeyMetadata.KeyId, KmsDataKeyReusePeriodSeconds: "60" } });
    for (const name of ["sender", "reader"]) {
      await ask("CreateUser", { UserName: name }, "iam");
      await ask("PutUserPolicy", { UserName: name, PolicyName: "queue", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "sqs:*", Resource: "*" } }) }, "iam");
    }
    const sender = as({ account: A, user: "sender" });
    expect(await sender("SendMessage", { QueueUrl: url, MessageBody: "secret" })).toMatch(/^KMS\.AccessDeniedException: User: .*user\/sender is not authorized to perform: kms:GenerateDataKey/);
    expect(await ask("SendMessage", { QueueUrl: url, MessageBody: "secret words" })).toMatchObject({ MessageId: expect.any(String) });
    expect(JSON.stringify(lab.read({ service: "sqs", account: A, region: "us-east-1" }).table("messages").all())).not.toContain("secret words");
    expect(await as({ account: A, user: "reader" })("ReceiveMessage", { QueueUrl: url })).toMatch(/^KMS\.AccessDeniedException: .*kms:Decrypt/);
    expect((await ask("ReceiveMessage", { QueueUrl: url })).Messages[0].Body).toBe("secret words");
    await lab.advance(61_000);
    await ask("DisableKey", { KeyId: KeyMetadata.KeyId }, "kms");
    expect(await ask("ReceiveMessage", { QueueUrl: url })).toMatch(/^KMS\.DisabledException/);
  });

  test("a queue in a lab keeps no more than a thousand messages", async () => {
    const { ask } = await withQueue();
    const Entries = Array.from({ length: 10 }, (_, i) => ({ Id: `${i}`, MessageBody: "x" }));
    for (let i = 0; i < 101; i++) await ask("SendMessageBatch", { QueueUrl: url, Entries });
    expect((await ask("GetQueueAttributes", { QueueUrl: url, AttributeNames: ["ApproximateNumberOfMessages"] })).Attributes).toEqual({ ApproximateNumberOfMessages: "1000" });
  });
});
