import { ok } from "../../errors";
import type { JsonObject, Operation } from "../../types";
import { type Attributes, knownNames, numberOf, redriveOf, shownAttributes, withAttributes } from "../attributes";
import { isFailure, sqsErrors } from "../errors";
import { about, ask, findQueue, queueArn, queueUrl, requestTags } from "../find";
import { type QueueRow, dataKeys, deletedQueues, messageId, messages, queues } from "../state";
import { page } from "../tokens";
import { problemOfTags } from "./tags";

const wait = 60_000;

interface Creation {
  QueueName: string;
  Attributes?: Attributes;
  tags?: Record<string, string>;
}

/** A queue that has all the attributes already is there already. Errors: QueueAlreadyExists, AWS.SimpleQueueService.QueueDeletedRecently, InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue, NotSimulated. Source: SQS API, CreateQueue. */
export const CreateQueue: Operation = {
  name: "CreateQueue",
  authorise({ QueueName, tags }: Creation, ctx) {
    const reference = { account: ctx.account, region: ctx.region, name: QueueName };
    return [ask(ctx, "CreateQueue", reference, requestTags(tags)), ...(tags && Object.keys(tags).length ? [ask(ctx, "TagQueue", reference, requestTags(tags))] : [])];
  },
  handle({ QueueName, Attributes = {}, tags = {} }: Creation, ctx) {
    if (QueueName.endsWith(".fifo")) return sqsErrors.notSimulated("FIFO queues");
    if (!/^[\w-]{1,80}$/.test(QueueName)) return sqsErrors.invalid("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    const wrongTags = problemOfTags(QueueName, {}, tags);
    if (wrongTags) return wrongTags;
    const attributes = withAttributes({}, Attributes);
    if (isFailure(attributes)) return attributes;
    const answer = ok({ QueueUrl: queueUrl({ account: ctx.account, region: ctx.region, name: QueueName }) });
    const there = queues(ctx.db).get(QueueName);
    if (there) {
      const has = shownAttributes(there.attributes);
      const other = Object.keys(Attributes).find((name) => (has[name] ?? "") !== Attributes[name]);
      return other === undefined ? answer : sqsErrors.queueExists(other);
    }
    const deleted = deletedQueues(ctx.db).get(QueueName);
    if (deleted && ctx.now < deleted.at + wait) return sqsErrors.deletedRecently();
    if (deleted) deletedQueues(ctx.db).delete(QueueName);
    const row: QueueRow = { QueueName, attributes, tags: { ...tags }, created: ctx.now, modified: ctx.now, next: 1, bytes: 0 };
    queues(ctx.db).put(QueueName, row);
    return answer;
  },
};

/** Errors: AWS.SimpleQueueService.NonExistentQueue. Source: SQS API, DeleteQueue. */
export const DeleteQueue: Operation = {
  name: "DeleteQueue",
  authorise: about("DeleteQueue"),
  handle({ QueueUrl }: { QueueUrl: string }, ctx) {
    const found = findQueue(ctx, QueueUrl);
    if (isFailure(found)) return found;
    const { db, reference } = found;
    for (const table of [messages(db), dataKeys(db)]) for (const id of table.ids({ prefix: `${reference.name}\0` })) table.delete(id);
    queues(db).delete(reference.name);
    deletedQueues(db).put(reference.name, { at: ctx.now });
    return ok({});
  },
};

/** All of a queue's messages go at once; with AWS it takes up to a minute. Errors: AWS.SimpleQueueService.NonExistentQueue, AWS.SimpleQueueService.PurgeQueueInProgress. Source: SQS API, PurgeQueue. */
export const PurgeQueue: Operation = {
  name: "PurgeQueue",
  authorise: about("PurgeQueue"),
  handle({ QueueUrl }: { QueueUrl: string }, ctx) {
    const found = findQueue(ctx, QueueUrl);
    if (isFailure(found)) return found;
    const { db, row, reference } = found;
    if (row.purged !== undefined && ctx.now < row.purged + wait) return sqsErrors.purging(reference.name);
    for (const id of messages(db).ids({ prefix: messagePrefix(reference.name) })) messages(db).delete(id);
    const queue = queues(db).edit(reference.name);
    queue.purged = ctx.now;
    queue.bytes = 0;
    return ok({});
  },
};

const messagePrefix = (queue: string): string => messageId(queue, 0).slice(0, queue.length + 1);

/** Errors: AWS.SimpleQueueService.NonExistentQueue. Source: SQS API, GetQueueUrl. */
export const GetQueueUrl: Operation = {
  name: "GetQueueUrl",
  authorise: ({ QueueName, QueueOwnerAWSAccountId }: { QueueName: string; QueueOwnerAWSAccountId?: string }, ctx) => {
    const reference = { account: QueueOwnerAWSAccountId ?? ctx.account, region: ctx.region, name: QueueName };
    return queues(ctx.db.at({ account: reference.account })).get(QueueName) ? ask(ctx, "GetQueueUrl", reference) : sqsErrors.noQueue();
  },
  handle: ({ QueueName, QueueOwnerAWSAccountId }: { QueueName: string; QueueOwnerAWSAccountId?: string }, ctx) => ok({ QueueUrl: queueUrl({ account: QueueOwnerAWSAccountId ?? ctx.account, region: ctx.region, name: QueueName }) }),
};

interface List {
  QueueNamePrefix?: string;
  NextToken?: string;
  MaxResults?: number;
}

/** Errors: InvalidParameterValue. Source: SQS API, ListQueues. */
export const ListQueues: Operation = {
  name: "ListQueues",
  authorise: (_input, ctx) => ask(ctx, "ListQueues", { account: ctx.account, region: ctx.region, name: "" }),
  handle({ QueueNamePrefix = "", ...paging }: List, ctx) {
    const part = page(`queues ${QueueNamePrefix}`, queues(ctx.db).ids({ prefix: QueueNamePrefix }), paging);
    if (isFailure(part)) return part;
    const urls = part.names.map((name) => queueUrl({ account: ctx.account, region: ctx.region, name }));
    return ok({ ...(urls.length ? { QueueUrls: urls } : {}), ...(part.NextToken === undefined ? {} : { NextToken: part.NextToken }) });
  },
};

/** Queues whose dead letters come here. Errors: AWS.SimpleQueueService.NonExistentQueue, InvalidParameterValue. Source: SQS API, ListDeadLetterSourceQueues. */
export const ListDeadLetterSourceQueues: Operation = {
  name: "ListDeadLetterSourceQueues",
  authorise: about("ListDeadLetterSourceQueues"),
  handle({ QueueUrl, ...paging }: List & { QueueUrl: string }, ctx) {
    const found = findQueue(ctx, QueueUrl);
    if (isFailure(found)) return found;
    const target = queueArn(found.reference);
    const names = queues(found.db).all().flatMap(({ QueueName, attributes }) => (redriveOf(attributes)?.deadLetterTargetArn === target ? [QueueName] : []));
    const part = page(`sources ${target}`, names, paging);
    if (isFailure(part)) return part;
    return ok({ queueUrls: part.names.map((name) => queueUrl({ ...found.reference, name })), ...(part.NextToken === undefined ? {} : { NextToken: part.NextToken }) });
  },
};

/** Numbers of messages are exact here, "approximate" with AWS. Errors: AWS.SimpleQueueService.NonExistentQueue, InvalidAttributeName. Source: SQS API, GetQueueAttributes. */
export const GetQueueAttributes: Operation = {
  name: "GetQueueAttributes",
  authorise: about("GetQueueAttributes"),
  handle({ QueueUrl, AttributeNames = [] }: { QueueUrl: string; AttributeNames?: string[] }, ctx) {
    const found = findQueue(ctx, QueueUrl);
    if (isFailure(found)) return found;
    const unknown = AttributeNames.find((name) => !knownNames.has(name));
    if (unknown !== undefined) return sqsErrors.noAttribute(unknown);
    const { row, db } = found;
    const expired = ctx.now - numberOf(row.attributes, "MessageRetentionPeriod") * 1000;
    const counts = { visible: 0, delayed: 0, hidden: 0 };
    for (const id of messages(db).ids({ prefix: messagePrefix(row.QueueName) })) {
      const { visible, received, sent } = messages(db).get(id)!;
      if (sent >= expired) counts[visible <= ctx.now ? "visible" : received ? "hidden" : "delayed"]++;
    }
    const all: Record<string, string> = {
      QueueArn: queueArn(found.reference),
      ApproximateNumberOfMessages: String(counts.visible),
      ApproximateNumberOfMessagesNotVisible: String(counts.hidden),
      ApproximateNumberOfMessagesDelayed: String(counts.delayed),
      CreatedTimestamp: String(Math.floor(row.created / 1000)),
      LastModifiedTimestamp: String(Math.floor(row.modified / 1000)),
      ...shownAttributes(row.attributes),
    };
    const shown: JsonObject = Object.fromEntries(Object.entries(all).filter(([name]) => AttributeNames.includes("All") || AttributeNames.includes(name)));
    return ok(Object.keys(shown).length ? { Attributes: shown } : {});
  },
};

/** Errors: AWS.SimpleQueueService.NonExistentQueue, InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue, NotSimulated. Source: SQS API, SetQueueAttributes. */
export const SetQueueAttributes: Operation = {
  name: "SetQueueAttributes",
  authorise: about("SetQueueAttributes"),
  handle({ QueueUrl, Attributes }: { QueueUrl: string; Attributes: Attributes }, ctx) {
    const found = findQueue(ctx, QueueUrl);
    if (isFailure(found)) return found;
    const attributes = withAttributes(found.row.attributes, Attributes);
    if (isFailure(attributes)) return attributes;
    Object.assign(queues(found.db).edit(found.reference.name), { attributes, modified: ctx.now });
    return ok({});
  },
};
