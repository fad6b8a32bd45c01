import { jsonText, type Properties, refuse, type ResourceType, tagChanges } from "../type";

/** Property and the attribute of the queue that it sets. */
const numbers = ["DelaySeconds", "KmsDataKeyReusePeriodSeconds", "MessageRetentionPeriod", "VisibilityTimeout", "ReceiveMessageWaitTimeSeconds"] as const;
const attributeOf: Record<string, string> = { ...Object.fromEntries(numbers.map((name) => [name, name])), MaximumMessageSize: "MaximumMessageSize", KmsMasterKeyId: "KmsMasterKeyId", SqsManagedSseEnabled: "SqsManagedSseEnabled", RedrivePolicy: "RedrivePolicy", RedriveAllowPolicy: "RedriveAllowPolicy" };
const documents = new Set(["RedrivePolicy", "RedriveAllowPolicy"]);

/** Source: CloudFormation Template Reference, AWS::SQS::Queue (`Ref`: the queue's URL). */
export const queue: ResourceType = {
  type: "AWS::SQS::Queue",
  properties: {
    DelaySeconds: "Number", KmsDataKeyReusePeriodSeconds: "Number", KmsMasterKeyId: "String", MaximumMessageSize: "Number", MessageRetentionPeriod: "Number", QueueName: "String", ReceiveMessageWaitTimeSeconds: "Number",
    RedriveAllowPolicy: "Json", RedrivePolicy: "Json", SqsManagedSseEnabled: "Boolean", Tags: "List", VisibilityTimeout: "Number",
  },
  notSimulated: ["ContentBasedDeduplication", "DeduplicationScope", "FifoQueue", "FifoThroughputLimit"],
  createOnly: ["QueueName"],
  attributes: ["Arn", "QueueName", "QueueUrl"],
  name: { property: "QueueName", max: 80 },
  tags: "list",
  create(aws, properties) {
    const QueueName = properties.QueueName ?? aws.name(80);
    const known = aws.find("sqs", "GetQueueUrl", { QueueName });
    if (known) refuse(aws, `Resource of type 'AWS::SQS::Queue' with identifier '${QueueName}' already exists.`, "AlreadyExists");
    const { QueueUrl } = aws.call("sqs", "CreateQueue", { QueueName, Attributes: contents(properties), ...(properties.Tags?.length ? { tags: tagMap(properties.Tags) } : {}) });
    aws.created(QueueUrl);
    return { id: QueueUrl, attributes: { Arn: `arn:aws:sqs:${aws.region}:${aws.account}:${QueueName}`, QueueName, QueueUrl } };
  },
  update(aws, id, next, previous) {
    // What is no longer said goes back to what it is by itself; an empty text takes a document or a key away.
    const gone = Object.keys(attributeOf).filter((name) => next[name] === undefined && previous[name] !== undefined);
    const defaults = Object.fromEntries(gone.map((name) => [name, byDefault[name] ?? ""]));
    const Attributes = { ...defaults, ...contents(next) };
    if (Object.keys(Attributes).length) aws.call("sqs", "SetQueueAttributes", { QueueUrl: id, Attributes });
    const { add, remove } = tagChanges(next.Tags, previous.Tags);
    if (remove.length) aws.call("sqs", "UntagQueue", { QueueUrl: id, TagKeys: remove });
    if (add.length) aws.call("sqs", "TagQueue", { QueueUrl: id, Tags: tagMap(add) });
  },
  remove(aws, id) {
    aws.remove("sqs", "DeleteQueue", { QueueUrl: id });
  },
  read(aws, id, properties) {
    const found = aws.find("sqs", "GetQueueAttributes", { QueueUrl: id, AttributeNames: ["All"] });
    if (!found) return undefined;
    const { Attributes } = found as { Attributes: Record<string, string> };
    const { Tags = {} } = aws.call("sqs", "ListQueueTags", { QueueUrl: id }) as { Tags?: Record<string, string> };
    const shown: Properties = { QueueName: Attributes.QueueArn.split(":").at(-1) };
    for (const [name, attribute] of Object.entries(attributeOf)) {
      const value = Attributes[attribute];
      if (value === undefined || properties[name] === undefined) continue;
      shown[name] = documents.has(name) ? JSON.parse(value) : /^\d+$/.test(value) && typeof properties[name] !== "string" ? Number(value) : value === "true" || value === "false" ? value === "true" : value;
    }
    return { ...shown, ...(Object.keys(Tags).length ? { Tags: Object.entries(Tags).map(([Key, Value]) => ({ Key, Value })) } : {}) };
  },
};

const byDefault: Record<string, string> = { DelaySeconds: "0", KmsDataKeyReusePeriodSeconds: "300", MaximumMessageSize: "1048576", MessageRetentionPeriod: "345600", ReceiveMessageWaitTimeSeconds: "0", SqsManagedSseEnabled: "true", VisibilityTimeout: "30" };

const contents = (properties: Properties): Record<string, string> =>
  Object.fromEntries(Object.keys(attributeOf).flatMap((name) => (properties[name] === undefined ? [] : [[attributeOf[name], documents.has(name) ? jsonText(properties[name]) : String(properties[name])]])));

const tagMap = (tags: { Key: string; Value: string }[]): Record<string, string> => Object.fromEntries(tags.map(({ Key, Value }) => [Key, String(Value)]));
