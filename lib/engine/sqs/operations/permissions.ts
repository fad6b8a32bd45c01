import { arn } from "../../arn";
import { ok } from "../../errors";
import type { Operation } from "../../types";
import { isFailure, sqsErrors } from "../errors";
import { about, findQueue, queueArn } from "../find";
import { queues } from "../state";

/** What a queue's owner can let others do by AddPermission. Source: SQS API, AddPermission (Actions). */
const givable = new Set(["*", "ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl", "ListDeadLetterSourceQueues", "PurgeQueue", "ReceiveMessage", "SendMessage"]);
const most = 7;

interface Statement {
  Sid?: string;
}
interface Document {
  Version?: string;
  Id?: string;
  Statement: Statement | Statement[];
}

const statementsOf = ({ Statement }: Document): Statement[] => (Array.isArray(Statement) ? Statement : [Statement]);

/**
 * Puts a statement in the queue's policy, in AWS's form of it. Errors: AWS.SimpleQueueService.NonExistentQueue, OverLimit,
 * InvalidParameterValue, MissingParameter. Source: SQS API, AddPermission; texts as moto has them (tests/test_sqs).
 */
export const AddPermission: Operation = {
  name: "AddPermission",
  authorise: about("AddPermission"),
  handle({ QueueUrl, Label, AWSAccountIds, Actions }: { QueueUrl: string; Label: string; AWSAccountIds: string[]; Actions: string[] }, ctx) {
    const found = findQueue(ctx, QueueUrl);
    if (isFailure(found)) return found;
    if (!Actions.length) return sqsErrors.missing("Actions");
    if (!AWSAccountIds.length) return sqsErrors.badValue("[]", "PrincipalId", "Unable to verify.");
    if (Actions.length > most) return { ok: false, error: { code: "OverLimit", message: `${Actions.length} Actions were found, maximum allowed is ${most}.`, status: 403 } };
    const wrong = Actions.find((action) => !givable.has(action));
    if (wrong !== undefined) return sqsErrors.badValue(`SQS:${wrong}`, "ActionName", "Only the queue owner is allowed to invoke this action.");
    const stranger = AWSAccountIds.find((account) => !/^\d{12}$/.test(account));
    if (stranger !== undefined) return sqsErrors.badValue(`[${stranger}]`, "PrincipalId", "Unable to verify.");
    const Resource = queueArn(found.reference);
    const policy = (found.row.attributes.Policy ? JSON.parse(found.row.attributes.Policy) : { Version: "2008-10-17", Id: `${Resource}/SQSDefaultPolicy`, Statement: [] }) as Document;
    if (statementsOf(policy).some(({ Sid }) => Sid === Label)) return sqsErrors.badValue(Label, "Label", "Already exists.");
    const one = <T>(list: T[]): T | T[] => (list.length === 1 ? list[0] : list);
    const added = { Sid: Label, Effect: "Allow", Principal: { AWS: one(AWSAccountIds.map((account) => arn("iam", "", account, "root"))) }, Action: one(Actions.map((action) => `SQS:${action}`)), Resource };
    const queue = queues(found.db).edit(found.reference.name);
    queue.attributes.Policy = JSON.stringify({ ...policy, Statement: [...statementsOf(policy), added] });
    queue.modified = ctx.now;
    return ok({});
  },
};

/** Errors: AWS.SimpleQueueService.NonExistentQueue, InvalidParameterValue. Source: SQS API, RemovePermission. */
export const RemovePermission: Operation = {
  name: "RemovePermission",
  authorise: about("RemovePermission"),
  handle({ QueueUrl, Label }: { QueueUrl: string; Label: string }, ctx) {
    const found = findQueue(ctx, QueueUrl);
    if (isFailure(found)) return found;
    const policy = found.row.attributes.Policy ? (JSON.parse(found.row.attributes.Policy) as Document) : undefined;
    const left = policy && statementsOf(policy).filter(({ Sid }) => Sid !== Label);
    if (!policy || left!.length === statementsOf(policy).length) return sqsErrors.badValue(Label, "Label", "can't find label on existing policy.");
    const queue = queues(found.db).edit(found.reference.name);
    if (left!.length) queue.attributes.Policy = JSON.stringify({ ...policy, Statement: left });
    else delete queue.attributes.Policy;
    queue.modified = ctx.now;
    return ok({});
  },
};
