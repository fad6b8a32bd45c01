import { fromBase64, isBase64, strictUtf8Text, toBase64, utf8 } from "../crypto/bytes";
import type { Failure } from "../errors";
import type { Context, JsonObject } from "../types";
import { knownNames, messageNames, numberOf, redriveOf } from "./attributes";
import { md5OfAttributes } from "./digest";
import { openBody } from "./encryption";
import { isFailure, sqsErrors } from "./errors";
import { type Found, findReference, queueArn, referenceInArn } from "./find";
import { remove } from "./send";
import { type MessageAttributes, type MessageRow, messageId, messages, queues } from "./state";

export interface Receive {
  AttributeNames?: string[];
  MessageSystemAttributeNames?: string[];
  MessageAttributeNames?: string[];
  MaxNumberOfMessages?: number;
  VisibilityTimeout?: number;
}

/** A handle says which message it was given out for, and the how-manieth time. */
const handleOf = ({ queue, number, receipt }: Readonly<MessageRow>): string => toBase64(utf8(JSON.stringify([queue, number, receipt])));

/** The message of a handle; undefined where it is gone. Errors: ReceiptHandleIsInvalid. */
export function messageOf({ row, db }: Found, handle: string): { message: Readonly<MessageRow>; newest: boolean } | undefined | Failure {
  let parts: unknown;
  try {
    parts = JSON.parse((isBase64(handle) ? strictUtf8Text(fromBase64(handle)) : undefined) ?? "");
  } catch {
    return sqsErrors.badHandle(handle);
  }
  if (!Array.isArray(parts) || parts.length !== 3 || parts[0] !== row.QueueName || typeof parts[1] !== "number") return sqsErrors.badHandle(handle);
  const message = messages(db).get(messageId(row.QueueName, parts[1]));
  return message && { message, newest: message.receipt === parts[2] };
}

/** Whether a message's attribute is asked for: by name, by `All` or `.*`, or by its beginning (`order.*`). */
const wanted = (names: readonly string[], name: string): boolean => names.some((each) => each === "All" || each === ".*" || each === name || (each.endsWith(".*") && name.startsWith(each.slice(0, -2))));

function shown(row: Readonly<MessageRow>, body: string, input: Receive): JsonObject {
  const { MessageAttributeNames = [], AttributeNames = [], MessageSystemAttributeNames = [] } = input;
  const systemNames = [...AttributeNames, ...MessageSystemAttributeNames];
  const system: Record<string, string> = { ...row.system, SentTimestamp: String(row.sent), ApproximateReceiveCount: String(row.received), ApproximateFirstReceiveTimestamp: String(row.firstReceived) };
  const Attributes = Object.fromEntries(Object.entries(system).filter(([name]) => systemNames.includes("All") || systemNames.includes(name)));
  const MessageAttributes: MessageAttributes = Object.fromEntries(Object.entries(row.attributes).filter(([name]) => wanted(MessageAttributeNames, name)));
  const md5 = md5OfAttributes(MessageAttributes);
  return {
    MessageId: row.MessageId,
    ReceiptHandle: handleOf(row),
    MD5OfBody: row.md5,
    Body: body,
    ...(Object.keys(Attributes).length ? { Attributes } : {}),
    ...(md5 === undefined ? {} : { MD5OfMessageAttributes: md5, MessageAttributes: MessageAttributes as unknown as JsonObject }),
  };
}

/**
 * Gives out messages that can be seen, oldest first, and hides them for a while. One that was given out too often goes to the
 * dead-letter queue instead. Errors: InvalidAttributeName, InvalidParameterValue, KMS.….
 */
export function receive(ctx: Context, found: Found, input: Receive): JsonObject[] | Failure {
  const { MaxNumberOfMessages: most = 1, VisibilityTimeout = numberOf(found.row.attributes, "VisibilityTimeout") } = input;
  if (most < 1 || most > 10) return sqsErrors.badValue(String(most), "MaxNumberOfMessages", "Must be between 1 and 10, if provided.");
  if (VisibilityTimeout < 0 || VisibilityTimeout > 43_200) return sqsErrors.badValue(String(VisibilityTimeout), "VisibilityTimeout", "Must be between 0 and 43200, if provided.");
  const unknown = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])].find((name) => !messageNames.has(name) && !knownNames.has(name));
  if (unknown !== undefined) return sqsErrors.noAttribute(unknown);
  const { db, row } = found;
  const expired = ctx.now - numberOf(row.attributes, "MessageRetentionPeriod") * 1000;
  const redrive = redriveOf(row.attributes);
  const out: JsonObject[] = [];
  for (const id of messages(db).ids({ prefix: `${row.QueueName}\0` })) {
    if (out.length >= most) break;
    const message = messages(db).get(id)!;
    if (message.sent < expired) {
      remove(found, message);
      continue;
    }
    if (message.visible > ctx.now) continue;
    if (redrive && message.received >= redrive.maxReceiveCount && toDeadLetters(ctx, found, message, redrive.deadLetterTargetArn)) continue;
    const body = openBody(ctx, found, message);
    if (isFailure(body)) return body;
    const taken = messages(db).edit(id);
    taken.received++;
    taken.firstReceived ??= ctx.now;
    taken.visible = ctx.now + VisibilityTimeout * 1000;
    taken.receipt = ctx.newId();
    out.push(shown(taken, body, input));
  }
  return out;
}

/** Moves a message; false where there is no such queue, and it stays. Source: SQS Developer Guide, Using dead-letter queues in Amazon SQS. */
function toDeadLetters(ctx: Context, from: Found, message: Readonly<MessageRow>, target: string): boolean {
  const to = findReference(ctx, referenceInArn(target));
  if (isFailure(to)) return false;
  remove(from, message);
  const queue = queues(to.db).edit(to.row.QueueName);
  const moved: MessageRow = { ...structuredClone(message as MessageRow), queue: to.row.QueueName, number: queue.next++, visible: ctx.now, received: 0, system: { ...message.system, DeadLetterQueueSourceArn: queueArn(from.reference) } };
  delete moved.receipt;
  delete moved.firstReceived;
  messages(to.db).put(messageId(moved.queue, moved.number), moved);
  queue.bytes += moved.bytes;
  ctx.note({ kind: "check", what: "a message went to the dead-letter queue", ok: true, detail: `it was received ${message.received} times` });
  return true;
}
