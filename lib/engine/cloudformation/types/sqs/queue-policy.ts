import { type Aws, jsonText, type Properties, type ResourceType } from "../type";

/** Source: CloudFormation Template Reference, AWS::SQS::QueuePolicy: the policy of all queues that it names. */
export const queuePolicy: ResourceType = {
  type: "AWS::SQS::QueuePolicy",
  properties: { PolicyDocument: "Json!", Queues: "List!" },
  attributes: ["Id"],
  create(aws, properties) {
    const id = aws.name(80);
    put(aws, properties);
    aws.created(id);
    return { id, attributes: { Id: id } };
  },
  update(aws, id, next, previous) {
    for (const QueueUrl of (previous.Queues as string[]).filter((url) => !next.Queues.includes(url))) takeAway(aws, QueueUrl);
    put(aws, next);
    return { Id: id };
  },
  remove(aws, _id, { Queues }) {
    for (const QueueUrl of Queues as string[]) takeAway(aws, QueueUrl);
  },
  read(aws, _id, { Queues }) {
    const found = aws.find("sqs", "GetQueueAttributes", { QueueUrl: Queues[0], AttributeNames: ["Policy"] });
    return found?.Attributes ? { PolicyDocument: JSON.parse(found.Attributes.Policy), Queues } : undefined;
  },
};

function put(aws: Aws, { Queues, PolicyDocument }: Properties): void {
  for (const QueueUrl of Queues as string[]) aws.call("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy: jsonText(PolicyDocument) } });
}

const takeAway = (aws: Aws, QueueUrl: string): void => aws.remove("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy: "" } });
