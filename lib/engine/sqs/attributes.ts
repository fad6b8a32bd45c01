import { parseArn } from "../arn";
import type { Failure } from "../errors";
import { isFailure, sqsErrors } from "./errors";

/**
 * A queue's attributes: which there are, what they may be, and what they are where nobody has set them.
 * Source: SQS API, SetQueueAttributes, CreateQueue; SQS Developer Guide, Amazon SQS message quotas.
 */
const numbers: Readonly<Record<string, [low: number, high: number, byDefault: number]>> = {
  DelaySeconds: [0, 900, 0],
  MaximumMessageSize: [1_024, 1_048_576, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600, 345_600],
  ReceiveMessageWaitTimeSeconds: [0, 20, 0],
  VisibilityTimeout: [0, 43_200, 30],
};
const reuse: [number, number, number] = [60, 86_400, 300];
const fifo = new Set(["FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"]);

export type Attributes = Readonly<Record<string, string>>;

export const numberOf = (attributes: Attributes, name: keyof typeof numbers & string): number => Number(attributes[name] ?? numbers[name][2]);
export const reusePeriod = (attributes: Attributes): number => Number(attributes.KmsDataKeyReusePeriodSeconds ?? reuse[2]);

const whole = (text: string, low: number, high: number): boolean => /^\d+$/.test(text) && Number(text) >= low && Number(text) <= high;

export interface Redrive {
  deadLetterTargetArn: string;
  maxReceiveCount: number;
}

/** Errors: InvalidParameterValue. */
function redriveIn(text: string): Redrive | Failure {
  const wrong = (reason: string) => sqsErrors.badValue(text, "RedrivePolicy", reason);
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return wrong("Redrive policy is not a valid JSON map.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong("Redrive policy is not a valid JSON map.");
  const { deadLetterTargetArn, maxReceiveCount } = value;
  if (deadLetterTargetArn === undefined) return wrong("Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
  if (maxReceiveCount === undefined) return wrong("Redrive policy does not contain mandatory attribute: maxReceiveCount.");
  const queue = typeof deadLetterTargetArn === "string" ? parseArn(deadLetterTargetArn) : undefined;
  if (queue?.service !== "sqs") return wrong("Invalid value for deadLetterTargetArn.");
  const count = Number(maxReceiveCount);
  return Number.isInteger(count) && count >= 1 && count <= 1_000 ? { deadLetterTargetArn: String(deadLetterTargetArn), maxReceiveCount: count } : wrong("Invalid value for maxReceiveCount.");
}

/** Where messages go that were received too often; undefined where they stay. */
export const redriveOf = (attributes: Attributes): Redrive | undefined => {
  const found = attributes.RedrivePolicy ? redriveIn(attributes.RedrivePolicy) : undefined;
  return found && !isFailure(found) ? found : undefined;
};

function isPolicy(text: string): boolean {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** What is wrong with an attribute. Errors: InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue, NotSimulated. */
function problemOf(name: string, value: string): Failure | undefined {
  if (Object.hasOwn(numbers, name)) return whole(value, numbers[name][0], numbers[name][1]) ? undefined : sqsErrors.badAttribute(name);
  if (fifo.has(name)) return sqsErrors.notSimulated("FIFO queues");
  switch (name) {
    case "Policy":
      return value === "" || isPolicy(value) ? undefined : sqsErrors.badAttribute(name);
    case "RedrivePolicy": {
      const found = value === "" ? undefined : redriveIn(value);
      return found && isFailure(found) ? found : undefined;
    }
    case "RedriveAllowPolicy":
      return value === "" || isPolicy(value) ? undefined : sqsErrors.badAttribute(name);
    case "KmsMasterKeyId":
      return undefined;
    case "KmsDataKeyReusePeriodSeconds":
      return whole(value, reuse[0], reuse[1]) ? undefined : sqsErrors.badAttribute(name);
    case "SqsManagedSseEnabled":
      return value === "true" || value === "false" ? undefined : sqsErrors.badAttribute(name);
    default:
      return sqsErrors.noAttribute(name);
  }
}

/** The attributes with others set; an empty text takes one away. */
export function withAttributes(before: Attributes, given: Attributes): Record<string, string> | Failure {
  for (const [name, value] of Object.entries(given)) {
    const problem = problemOf(name, value);
    if (problem) return problem;
  }
  if (given.KmsMasterKeyId && given.SqsManagedSseEnabled === "true") return sqsErrors.twoEncryptions();
  const after = { ...before, ...given };
  for (const name of Object.keys(after)) if (after[name] === "") delete after[name];
  if (given.KmsMasterKeyId) delete after.SqsManagedSseEnabled;
  if (given.SqsManagedSseEnabled === "true") {
    delete after.KmsMasterKeyId;
    delete after.KmsDataKeyReusePeriodSeconds;
  }
  return after;
}

/** All attributes as GetQueueAttributes shows them, what was never set included. */
export function shownAttributes(attributes: Attributes): Record<string, string> {
  const shown: Record<string, string> = Object.fromEntries(Object.keys(numbers).map((name) => [name, String(numberOf(attributes, name))]));
  for (const name of ["Policy", "RedrivePolicy", "RedriveAllowPolicy", "KmsMasterKeyId"]) if (attributes[name] !== undefined) shown[name] = attributes[name];
  if (attributes.KmsMasterKeyId !== undefined) shown.KmsDataKeyReusePeriodSeconds = String(reusePeriod(attributes));
  shown.SqsManagedSseEnabled = attributes.KmsMasterKeyId === undefined ? (attributes.SqsManagedSseEnabled ?? "true") : "false";
  return shown;
}

/** What ReceiveMessage tells of a message. Source: SQS API, ReceiveMessage (MessageSystemAttributeNames). */
export const messageNames = new Set([
  "All", "AWSTraceHeader", "ApproximateFirstReceiveTimestamp", "ApproximateReceiveCount", "DeadLetterQueueSourceArn", "MessageDeduplicationId", "MessageGroupId", "SenderId", "SentTimestamp", "SequenceNumber",
]);

/** Names that may be asked for beside those that can be set. */
export const knownNames = new Set([
  "All", "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesDelayed", "ApproximateNumberOfMessagesNotVisible", "CreatedTimestamp", "LastModifiedTimestamp", "QueueArn",
  "Policy", "RedrivePolicy", "RedriveAllowPolicy", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled", ...Object.keys(numbers), ...fifo,
]);
