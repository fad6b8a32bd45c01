import type { CostLine, Operation, Service } from "../types";
import { ChangeMessageVisibility, ChangeMessageVisibilityBatch, DeleteMessage, DeleteMessageBatch, ReceiveMessage, SendMessage, SendMessageBatch } from "./operations/messages";
import { AddPermission, RemovePermission } from "./operations/permissions";
import { CreateQueue, DeleteQueue, GetQueueAttributes, GetQueueUrl, ListDeadLetterSourceQueues, ListQueues, PurgeQueue, SetQueueAttributes } from "./operations/queues";
import { ListQueueTags, TagQueue, UntagQueue } from "./operations/tags";

const operations: Operation[] = [
  AddPermission,
  ChangeMessageVisibility,
  ChangeMessageVisibilityBatch,
  CreateQueue,
  DeleteMessage,
  DeleteMessageBatch,
  DeleteQueue,
  GetQueueAttributes,
  GetQueueUrl,
  ListDeadLetterSourceQueues,
  ListQueueTags,
  ListQueues,
  PurgeQueue,
  ReceiveMessage,
  RemovePermission,
  SendMessage,
  SendMessageBatch,
  SetQueueAttributes,
  TagQueue,
  UntagQueue,
];

/** Each 64 KB that go in or out are a request. Source: aws.amazon.com/sqs/pricing. */
const cost = (input: object): CostLine[] => [{ item: "sqs:request", quantity: Math.max(1, Math.ceil(JSON.stringify(input).length / (64 * 1024))) }];

/** SQS: standard queues, of which messages come oldest first and once. FIFO queues and message move tasks are not simulated. */
export const sqs: Service = {
  name: "sqs",
  deniedCode: "AccessDenied",
  invalidCode: "InvalidParameterValue",
  operations: operations.map((operation) => ({ cost, ...operation })),
};
