import { type Failure, ok } from "../../errors";
import type { Operation } from "../../types";
import { isFailure, sqsErrors } from "../errors";
import { about, ask, findQueue, requestTags } from "../find";
import { queues } from "../state";

const most = 50;

/** Errors: InvalidParameterValue, MissingParameter. Source: SQS Developer Guide, Amazon SQS cost allocation tags. */
export function problemOfTags(queue: string, before: Readonly<Record<string, string>>, tags: Readonly<Record<string, string>>): Failure | undefined {
  for (const key of Object.keys(tags)) {
    if (/^aws:/i.test(key)) return sqsErrors.invalid(`Tag keys beginning with 'aws:' are reserved for system use.`);
    if (!key.length || key.length > 128 || tags[key].length > 256) return sqsErrors.invalid(`The tag ${key} is not valid: a key has 1 to 128 characters, a value up to 256.`);
  }
  return Object.keys({ ...before, ...tags }).length > most ? sqsErrors.invalid(`Too many tags added for queue ${queue}.`) : undefined;
}

/** Errors: AWS.SimpleQueueService.NonExistentQueue, InvalidParameterValue, MissingParameter. Source: SQS API, TagQueue. */
export const TagQueue: Operation = {
  name: "TagQueue",
  authorise({ QueueUrl, Tags }: { QueueUrl: string; Tags: Record<string, string> }, ctx) {
    const found = findQueue(ctx, QueueUrl);
    return isFailure(found) ? found : ask(ctx, "TagQueue", found.reference, requestTags(Tags));
  },
  handle({ QueueUrl, Tags }: { QueueUrl: string; Tags: Record<string, string> }, ctx) {
    const found = findQueue(ctx, QueueUrl);
    if (isFailure(found)) return found;
    if (!Object.keys(Tags).length) return sqsErrors.missing("Tags");
    const problem = problemOfTags(found.reference.name, found.row.tags, Tags);
    if (problem) return problem;
    Object.assign(queues(found.db).edit(found.reference.name).tags, Tags);
    return ok({});
  },
};

/** Errors: AWS.SimpleQueueService.NonExistentQueue, InvalidParameterValue. Source: SQS API, UntagQueue. */
export const UntagQueue: Operation = {
  name: "UntagQueue",
  authorise({ QueueUrl, TagKeys }: { QueueUrl: string; TagKeys: string[] }, ctx) {
    const found = findQueue(ctx, QueueUrl);
    return isFailure(found) ? found : ask(ctx, "UntagQueue", found.reference, TagKeys.length ? { "aws:TagKeys": TagKeys } : {});
  },
  handle({ QueueUrl, TagKeys }: { QueueUrl: string; TagKeys: string[] }, ctx) {
    const found = findQueue(ctx, QueueUrl);
    if (isFailure(found)) return found;
    if (!TagKeys.length) return sqsErrors.invalid("Tag keys must be between 1 and 128 characters in length.");
    const { tags } = queues(found.db).edit(found.reference.name);
    for (const key of TagKeys) delete tags[key];
    return ok({});
  },
};

/** Errors: AWS.SimpleQueueService.NonExistentQueue. Source: SQS API, ListQueueTags. */
export const ListQueueTags: Operation = {
  name: "ListQueueTags",
  authorise: about("ListQueueTags"),
  handle({ QueueUrl }: { QueueUrl: string }, ctx) {
    const found = findQueue(ctx, QueueUrl);
    if (isFailure(found)) return found;
    return ok(Object.keys(found.row.tags).length ? { Tags: { ...found.row.tags } } : {});
  },
};
