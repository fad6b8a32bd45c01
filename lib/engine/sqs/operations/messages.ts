import { ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { isFailure, sqsErrors } from "../errors";
import { about, findQueue } from "../find";
import { type Receive, messageOf, receive } from "../receive";
import { type Message, remove, send } from "../send";
import { messageId, messages } from "../state";
import { type Entry, inBatch } from "../batch";

interface Named {
  QueueUrl: string;
}
interface Handle {
  ReceiptHandle: string;
}
interface Visibility extends Handle {
  VisibilityTimeout: number;
}

/** Source of its texts: github.com/localstack/localstack, tests/aws/services/sqs. */
const longest = 43_200;

/** Errors: AWS.SimpleQueueService.NonExistentQueue, InvalidParameterValue, InvalidMessageContents, MissingParameter, KMS.…. Source: SQS API, SendMessage. */
export const SendMessage: Operation = {
  name: "SendMessage",
  authorise: about("SendMessage"),
  handle({ QueueUrl, ...message }: Named & Message, ctx) {
    const found = findQueue(ctx, QueueUrl);
    if (isFailure(found)) return found;
    const sent = send(ctx, found, message);
    return isFailure(sent) ? sent : ok(sent);
  },
};

/** Errors: AWS.SimpleQueueService.NonExistentQueue, those of a batch, KMS.…. Source: SQS API, SendMessageBatch. */
export const SendMessageBatch: Operation = {
  name: "SendMessageBatch",
  authorise: about("SendMessage"),
  handle({ QueueUrl, Entries }: Named & { Entries: (Entry & Message)[] }, ctx) {
    const found = findQueue(ctx, QueueUrl);
    if (isFailure(found)) return found;
    return inBatch(Entries, "SendMessageBatchRequestEntry", (entry) => send(ctx, found, entry) as JsonObject | ReturnType<typeof sqsErrors.noQueue>);
  },
};

/**
 * The lab's clock stands during a call: WaitTimeSeconds waits for nothing, and what is not there now is not there.
 * Errors: AWS.SimpleQueueService.NonExistentQueue, InvalidParameterValue, KMS.…. Source: SQS API, ReceiveMessage.
 */
export const ReceiveMessage: Operation = {
  name: "ReceiveMessage",
  authorise: about("ReceiveMessage"),
  handle({ QueueUrl, WaitTimeSeconds = 0, ...input }: Named & Receive & { WaitTimeSeconds?: number }, ctx) {
    const found = findQueue(ctx, QueueUrl);
    if (isFailure(found)) return found;
    if (WaitTimeSeconds < 0 || WaitTimeSeconds > 20) return sqsErrors.badValue(String(WaitTimeSeconds), "WaitTimeSeconds", "Must be >= 0 and <= 20, if provided.");
    const given = receive(ctx, found, input);
    if (isFailure(given)) return given;
    return ok(given.length ? { Messages: given } : {});
  },
};

/** A handle that is not the newest deletes nothing, and is no error. */
function deleteOne(ctx: Context, found: Exclude<ReturnType<typeof findQueue>, { ok: false }>, { ReceiptHandle }: Handle): JsonObject | ReturnType<typeof sqsErrors.noQueue> {
  const given = messageOf(found, ReceiptHandle);
  if (isFailure(given)) return given;
  if (given?.newest) remove(found, given.message);
  return {};
}

/** Errors: AWS.SimpleQueueService.NonExistentQueue, ReceiptHandleIsInvalid. Source: SQS API, DeleteMessage. */
export const DeleteMessage: Operation = {
  name: "DeleteMessage",
  authorise: about("DeleteMessage"),
  handle({ QueueUrl, ...input }: Named & Handle, ctx) {
    const found = findQueue(ctx, QueueUrl);
    if (isFailure(found)) return found;
    const done = deleteOne(ctx, found, input);
    return isFailure(done) ? done : ok({});
  },
};

/** Errors: AWS.SimpleQueueService.NonExistentQueue, those of a batch. Source: SQS API, DeleteMessageBatch. */
export const DeleteMessageBatch: Operation = {
  name: "DeleteMessageBatch",
  authorise: about("DeleteMessage"),
  handle({ QueueUrl, Entries }: Named & { Entries: (Entry & Handle)[] }, ctx) {
    const found = findQueue(ctx, QueueUrl);
    return isFailure(found) ? found : inBatch(Entries, "DeleteMessageBatchRequestEntry", (entry) => deleteOne(ctx, found, entry));
  },
};

function changeOne(ctx: Context, found: Exclude<ReturnType<typeof findQueue>, { ok: false }>, { ReceiptHandle, VisibilityTimeout }: Visibility): JsonObject | ReturnType<typeof sqsErrors.noQueue> {
  if (VisibilityTimeout < 0 || VisibilityTimeout > longest) return sqsErrors.badValue(String(VisibilityTimeout), "VisibilityTimeout", `VisibilityTimeout must be an integer between 0 and ${longest}.`);
  const given = messageOf(found, ReceiptHandle);
  if (isFailure(given)) return given;
  if (!given?.newest) return sqsErrors.badValue(ReceiptHandle, "ReceiptHandle", "Message does not exist or is not available for visibility timeout change.");
  const { queue, number, visible } = given.message;
  if (visible <= ctx.now) return sqsErrors.notInFlight();
  messages(found.db).edit(messageId(queue, number)).visible = ctx.now + VisibilityTimeout * 1000;
  return {};
}

/** Errors: AWS.SimpleQueueService.NonExistentQueue, AWS.SimpleQueueService.MessageNotInflight, InvalidParameterValue, ReceiptHandleIsInvalid. Source: SQS API, ChangeMessageVisibility. */
export const ChangeMessageVisibility: Operation = {
  name: "ChangeMessageVisibility",
  authorise: about("ChangeMessageVisibility"),
  handle({ QueueUrl, ...input }: Named & Visibility, ctx) {
    const found = findQueue(ctx, QueueUrl);
    if (isFailure(found)) return found;
    const done = changeOne(ctx, found, input);
    return isFailure(done) ? done : ok({});
  },
};

/** Errors: AWS.SimpleQueueService.NonExistentQueue, those of a batch. Source: SQS API, ChangeMessageVisibilityBatch. */
export const ChangeMessageVisibilityBatch: Operation = {
  name: "ChangeMessageVisibilityBatch",
  authorise: about("ChangeMessageVisibility"),
  handle({ QueueUrl, Entries }: Named & { Entries: (Entry & Visibility)[] }, ctx) {
    const found = findQueue(ctx, QueueUrl);
    return isFailure(found) ? found : inBatch(Entries, "ChangeMessageVisibilityBatchRequestEntry", (entry) => changeOne(ctx, found, entry));
  },
};
