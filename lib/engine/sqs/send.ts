import { utf8 } from "../crypto/bytes";
import type { Failure } from "../errors";
import type { Context, JsonObject } from "../types";
import { numberOf } from "./attributes";
import { md5OfAttributes, md5OfText } from "./digest";
import { sealBody } from "./encryption";
import { isFailure, sqsErrors } from "./errors";
import type { Found } from "./find";
import { type MessageAttributes, type MessageRow, asMessageAttributes, messageId, messages, queues } from "./state";

export interface Message {
  MessageBody?: string;
  DelaySeconds?: number;
  MessageAttributes?: JsonObject;
  MessageSystemAttributes?: JsonObject;
  MessageDeduplicationId?: string;
  MessageGroupId?: string;
}

/** A lab keeps so much of a queue, and forgets the oldest first; AWS has no such end. */
const most = { messages: 1_000, bytes: 4 * 1024 * 1024 };

// What XML cannot hold. Source: SQS API, SendMessage (MessageBody).
const allowed = /^[\u0009\u000A\u000D\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;

/** What is wrong with a message's attributes. Source: SQS Developer Guide, Amazon SQS message metadata. */
function problemOfAttributes(attributes: MessageAttributes): Failure | undefined {
  const names = Object.keys(attributes);
  if (names.length > 10) return sqsErrors.invalid(`Number of message attributes [${names.length}] exceeds the allowed maximum [10].`);
  for (const name of names) {
    const { DataType, StringValue, BinaryValue } = attributes[name];
    if (!/^[\w.-]{1,256}$/.test(name) || /^(aws|amazon)\./i.test(name) || name.startsWith(".") || name.endsWith(".") || name.includes("..")) return sqsErrors.invalid(`The message attribute name '${name}' is invalid.`);
    if (!/^(String|Number|Binary)(\..+)?$/.test(DataType)) return sqsErrors.invalid(`The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`);
    const value = DataType.startsWith("Binary") ? BinaryValue : StringValue;
    if (!value) return sqsErrors.invalid(`The message (user) attribute '${name}' must contain a non-empty value of type '${DataType}'.`);
    if (DataType.startsWith("Number") && !Number.isFinite(Number(value))) return sqsErrors.invalid(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  return undefined;
}

export const sizeOf = ({ MessageBody = "", MessageAttributes: given }: Message): number =>
  utf8(MessageBody).length + Object.entries(asMessageAttributes(given)).reduce((sum, [name, { DataType, StringValue = "", BinaryValue = "" }]) => sum + utf8(name + DataType + StringValue).length + Math.floor((BinaryValue.length * 3) / 4), 0);

export interface Sent {
  MessageId: string;
  MD5OfMessageBody: string;
  MD5OfMessageAttributes?: string;
}

/** Puts a message in the queue. Errors: InvalidParameterValue, InvalidMessageContents, MissingParameter, KMS.…, NotSimulated. */
export function send(ctx: Context, found: Found, message: Message): Sent | Failure {
  const { MessageBody, DelaySeconds, MessageGroupId, MessageDeduplicationId, MessageSystemAttributes = {} } = message;
  const { row, db } = found;
  if (!MessageBody) return sqsErrors.missing("MessageBody");
  if (!allowed.test(MessageBody)) return sqsErrors.badContents();
  if (MessageDeduplicationId !== undefined) return sqsErrors.badValue(MessageDeduplicationId, "MessageDeduplicationId", "The request include parameter that is not valid for this queue type");
  if (DelaySeconds !== undefined && (DelaySeconds < 0 || DelaySeconds > 900)) return sqsErrors.badValue(String(DelaySeconds), "DelaySeconds", "DelaySeconds must be >= 0 and <= 900.");
  const attributes = asMessageAttributes(message.MessageAttributes);
  const problem = problemOfAttributes(attributes);
  if (problem) return problem;
  const bytes = sizeOf(message);
  const limit = numberOf(row.attributes, "MaximumMessageSize");
  if (bytes > limit) return sqsErrors.invalid(`One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`);
  const body = sealBody(ctx, found, MessageBody);
  if (isFailure(body)) return body;

  const queue = queues(db).edit(row.QueueName);
  const trace = (MessageSystemAttributes.AWSTraceHeader as { StringValue?: string } | undefined)?.StringValue;
  const kept: MessageRow = {
    queue: row.QueueName, number: queue.next++, MessageId: ctx.newId(), ...body, md5: md5OfText(MessageBody), attributes,
    system: { SenderId: ctx.principal.service ?? ctx.principal.userId, ...(trace === undefined ? {} : { AWSTraceHeader: trace }), ...(MessageGroupId === undefined ? {} : { MessageGroupId }) },
    sent: ctx.now, visible: ctx.now + (DelaySeconds ?? numberOf(row.attributes, "DelaySeconds")) * 1000, received: 0, bytes,
  };
  messages(db).put(messageId(row.QueueName, kept.number), kept);
  queue.bytes += bytes;
  forget(found, ctx.now);
  const md5 = md5OfAttributes(attributes);
  return { MessageId: kept.MessageId, MD5OfMessageBody: kept.md5, ...(md5 === undefined ? {} : { MD5OfMessageAttributes: md5 }) };
}

/** Takes a message out of its queue. */
export function remove({ db }: Found, message: Readonly<MessageRow>): void {
  messages(db).delete(messageId(message.queue, message.number));
  queues(db).edit(message.queue).bytes -= message.bytes;
}

/** Messages whose time is over go, and the oldest of a queue that holds more than a lab keeps. */
export function forget(found: Found, now: number): void {
  const { row, db } = found;
  const ids = messages(db).ids({ prefix: `${row.QueueName}\0` });
  const expired = now - numberOf(row.attributes, "MessageRetentionPeriod") * 1000;
  let left = ids.length;
  for (const id of ids) {
    const message = messages(db).get(id)!;
    if (message.sent >= expired && left <= most.messages && queues(db).get(row.QueueName)!.bytes <= most.bytes) break;
    remove(found, message);
    left--;
  }
}
