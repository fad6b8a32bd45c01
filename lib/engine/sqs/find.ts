import { arn, parseArn } from "../arn";
import type { Failure } from "../errors";
import { deniedError } from "../iam/denied";
import type { AuthRequest, AwsError, ConditionContext, Context, Db, Decision } from "../types";
import { sqsErrors } from "./errors";
import { type QueueRow, queues } from "./state";

/** A queue by its URL, in this account or another. */
export interface QueueReference {
  account: string;
  region: string;
  name: string;
}

/** The last two parts of a URL are the account and the name; whatever host the client came by. Source: SQS Developer Guide, Queue and message identifiers. */
export function referenceOf(ctx: Pick<Context, "region">, url: string): QueueReference | undefined {
  const match = /^(?:https?:\/\/([^/]+))?\/?(\d{12})\/([^/]+)$/.exec(url);
  if (!match) return undefined;
  const region = /^(?:sqs|queue)\.([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(match[1] ?? "")?.[1] ?? ctx.region;
  return { account: match[2], region, name: match[3] };
}

export const queueArn = ({ region, account, name }: QueueReference): string => arn("sqs", region, account, name);
export const queueUrl = ({ region, account, name }: QueueReference): string => `https://sqs.${region}.amazonaws.com/${account}/${name}`;

export function referenceInArn(text: string): QueueReference | undefined {
  const parsed = parseArn(text);
  return parsed?.service === "sqs" ? { account: parsed.account, region: parsed.region, name: parsed.resource } : undefined;
}

export interface Found {
  reference: QueueReference;
  db: Db;
  row: Readonly<QueueRow>;
}

export function findReference(ctx: Context, reference: QueueReference | undefined): Found | Failure {
  if (!reference || reference.region !== ctx.region) return sqsErrors.noQueue();
  const db = ctx.db.at({ account: reference.account, region: reference.region });
  const row = queues(db).get(reference.name);
  return row ? { reference, db, row } : sqsErrors.noQueue();
}

/** Errors: AWS.SimpleQueueService.NonExistentQueue, MissingParameter. */
export const findQueue = (ctx: Context, QueueUrl: string | undefined): Found | Failure => (QueueUrl ? findReference(ctx, referenceOf(ctx, QueueUrl)) : sqsErrors.missing("QueueUrl"));

/** Actions that a queue's policy cannot give to another account. Source: SQS Developer Guide, Limitations of Amazon SQS custom policies. */
const ownOnly = new Set([
  "AddPermission", "CancelMessageMoveTask", "CreateQueue", "DeleteQueue", "ListMessageMoveTasks", "ListQueues", "ListQueueTags", "RemovePermission", "SetQueueAttributes", "StartMessageMoveTask", "TagQueue", "UntagQueue",
]);

/** SQS names actions in small letters where it refuses them. Source: answers quoted in public issues (`sqs:sendmessage`). */
const denied = (decision: Decision): AwsError => ({ code: "AccessDenied", message: deniedError({ ...decision, action: decision.action.toLowerCase() }, "sqs").message, status: 403 });

/** The question that SQS asks of the policies. Source: Service Authorization Reference, Amazon SQS. */
export function ask(ctx: Context, action: string, reference: QueueReference, context: ConditionContext = {}): AuthRequest {
  const row = queues(ctx.db.at({ account: reference.account, region: reference.region })).get(reference.name);
  const tags: ConditionContext = Object.fromEntries(Object.entries(row?.tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
  const policy = row?.attributes.Policy;
  return {
    action: `sqs:${action}`,
    resource: queueArn(reference),
    context: { ...tags, ...context },
    denied,
    ...(reference.account === ctx.account ? {} : { resourceAccount: reference.account }),
    ...(ownOnly.has(action) ? { sameAccountOnly: true } : {}),
    ...(policy ? { resourcePolicy: { name: "queue policy", document: policy, from: `queue ${reference.name}`, kind: "ResourcePolicy" as const, authority: "shared" as const } } : {}),
  };
}

/** As an operation's `authorise`: about the queue that QueueUrl names. */
export const about =
  (action: string) =>
  ({ QueueUrl }: { QueueUrl?: string }, ctx: Context): AuthRequest | Failure => {
    const found = findQueue(ctx, QueueUrl);
    return "ok" in found ? found : ask(ctx, action, found.reference);
  };

export function requestTags(tags: Readonly<Record<string, string>> = {}): ConditionContext {
  const context: ConditionContext = Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value]));
  if (Object.keys(tags).length) context["aws:TagKeys"] = Object.keys(tags);
  return context;
}
