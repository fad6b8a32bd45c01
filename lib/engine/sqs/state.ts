import type { Db, JsonObject, Table } from "../types";

/**
 * What SQS keeps, by account and Region. Times are ms since the epoch. Tables: `queues` by name; `messages` by
 * `<queue>\0<number, 12 digits>`, so that the oldest stand first; `data-keys`, those in use for encrypted queues, by
 * `<queue>\0<who uses it>`; `deleted` by name, when.
 */
export interface QueueRow {
  QueueName: string;
  /** As set; what was never set is by default. */
  attributes: Record<string, string>;
  tags: Record<string, string>;
  created: number;
  modified: number;
  /** Number of the next message. */
  next: number;
  /** Bytes of all messages. */
  bytes: number;
  purged?: number;
}

/** `DataType` and a value, as the API has it. */
export type MessageAttributes = Record<string, { DataType: string; StringValue?: string; BinaryValue?: string }>;

export interface MessageRow {
  queue: string;
  number: number;
  MessageId: string;
  /** In the clear, unless the queue has a KMS key. */
  body?: string;
  /** Under a data key, which is under the KMS key: base64. */
  sealed?: { data: string; nonce: string; key: string };
  md5: string;
  attributes: MessageAttributes;
  /** AWSTraceHeader, DeadLetterQueueSourceArn, MessageGroupId, SenderId. */
  system: Record<string, string>;
  sent: number;
  /** From when on it can be received. */
  visible: number;
  received: number;
  firstReceived?: number;
  bytes: number;
  /** Of the newest receipt handle. */
  receipt?: string;
}

export interface DataKeyRow {
  queue: string;
  /** Under the KMS key, base64. */
  blob: string;
  /** In the clear, base64: SQS keeps it in memory for its time. */
  key: string;
  until: number;
}

export interface DeletedRow {
  at: number;
}

export const queues = (db: Db): Table<QueueRow> => db.table<QueueRow>("queues");
export const messages = (db: Db): Table<MessageRow> => db.table<MessageRow>("messages");
export const dataKeys = (db: Db): Table<DataKeyRow> => db.table<DataKeyRow>("data-keys");

export const deletedQueues = (db: Db): Table<DeletedRow> => db.table<DeletedRow>("deleted");

export const messageId = (queue: string, number: number): string => `${queue}\0${String(number).padStart(12, "0")}`;

export const asMessageAttributes = (given: JsonObject | undefined): MessageAttributes => (given ?? {}) as unknown as MessageAttributes;
