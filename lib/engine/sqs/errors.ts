import { type Failure, fail } from "../errors";

/**
 * SQS's errors, by the codes that its clients show (those of its older protocol); over the wire they have their new names beside
 * them (`lib/wire/query-compatible.ts`). Sources: SQS API Reference, each operation's Errors; texts as recorded from AWS
 * (github.com/localstack/localstack, tests/aws/services/sqs, test_sqs.snapshot.json).
 */
const service = (code: string): string => `AWS.SimpleQueueService.${code}`;

export const isFailure = (value: unknown): value is Failure => typeof value === "object" && value !== null && (value as { ok?: unknown }).ok === false;

export const sqsErrors = {
  noQueue: (): Failure => fail(service("NonExistentQueue"), "The specified queue does not exist."),
  queueExists: (attribute: string): Failure => fail("QueueAlreadyExists", `A queue already exists with the same name and a different value for attribute ${attribute}`),
  deletedRecently: (): Failure => fail(service("QueueDeletedRecently"), "You must wait 60 seconds after deleting a queue before you can create another with the same name."),
  purging: (queue: string): Failure => fail(service("PurgeQueueInProgress"), `Only one PurgeQueue operation on ${queue} is allowed every 60 seconds.`, undefined, 403),
  noAttribute: (name: string): Failure => fail("InvalidAttributeName", `Unknown Attribute ${name}.`),
  twoEncryptions: (): Failure => fail("InvalidAttributeName", "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE."),
  badAttribute: (name: string): Failure => fail("InvalidAttributeValue", `Invalid value for the parameter ${name}.`),
  badValue: (value: string, name: string, reason: string): Failure => fail("InvalidParameterValue", `Value ${value} for parameter ${name} is invalid. Reason: ${reason}`),
  invalid: (message: string): Failure => fail("InvalidParameterValue", message),
  missing: (name: string): Failure => fail("MissingParameter", `The request must contain the parameter ${name}.`),
  badHandle: (handle: string): Failure => fail("ReceiptHandleIsInvalid", `The input receipt handle "${handle}" is not a valid receipt handle.`, undefined, 404),
  notInFlight: (): Failure => fail(service("MessageNotInflight"), "The message is not in flight."),
  badContents: (): Failure => fail("InvalidMessageContents", "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF"),
  emptyBatch: (name: string): Failure => fail(service("EmptyBatchRequest"), `There should be at least one ${name} in the request.`),
  largeBatch: (count: number): Failure => fail(service("TooManyEntriesInBatchRequest"), `Maximum number of entries per request are 10. You have sent ${count}.`),
  sameIds: (id: string): Failure => fail(service("BatchEntryIdsNotDistinct"), `Id ${id} repeated.`),
  badBatchId: (): Failure => fail(service("InvalidBatchEntryId"), "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long."),
  longBatch: (most: number, bytes: number): Failure => fail(service("BatchRequestTooLong"), `Batch requests cannot be longer than ${most} bytes. You have sent ${bytes} bytes.`),
  noResource: (arn: string): Failure => fail("ResourceNotFoundException", `The resource ${arn} does not exist.`, undefined, 404),
  notSimulated: (what: string): Failure => fail("NotSimulated", `Keyhole does not simulate ${what}. Amazon SQS has it; this lab does not.`),
};
