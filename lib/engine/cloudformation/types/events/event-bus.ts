import { type Aws, differs, jsonText, pick, type Properties, refuse, type ResourceType, tagChanges } from "../type";

/** Source: CloudFormation Template Reference, AWS::Events::EventBus (`Ref`: the name). */
export const eventBus: ResourceType = {
  type: "AWS::Events::EventBus",
  properties: { Description: "String", Name: "String!", Policy: "Json", Tags: "List" },
  notSimulated: ["DeadLetterConfig", "EventSourceName", "KmsKeyIdentifier", "LogConfig"],
  createOnly: ["Name"],
  attributes: ["Arn", "Name"],
  tags: "list",
  create(aws, properties) {
    const { EventBusArn } = aws.call("events", "CreateEventBus", { ...pick(properties, "Name", "Description"), ...(properties.Tags?.length ? { Tags: properties.Tags } : {}) });
    aws.created(properties.Name);
    if (properties.Policy !== undefined) putPolicy(aws, properties);
    return { id: properties.Name, attributes: { Arn: EventBusArn, Name: properties.Name } };
  },
  update(aws, id, next, previous) {
    if (differs(next.Description, previous.Description)) refuse(aws, "Keyhole does not simulate UpdateEventBus, which changes a description.", "NotSimulated");
    if (next.Policy !== undefined) putPolicy(aws, next);
    else if (previous.Policy !== undefined) aws.call("events", "RemovePermission", { EventBusName: id, RemoveAllPermissions: true });
    const ResourceARN = `arn:aws:events:${aws.region}:${aws.account}:event-bus/${id}`;
    const { add, remove } = tagChanges(next.Tags, previous.Tags);
    if (remove.length) aws.call("events", "UntagResource", { ResourceARN, TagKeys: remove });
    if (add.length) aws.call("events", "TagResource", { ResourceARN, Tags: add as never });
  },
  remove(aws, id) {
    aws.remove("events", "DeleteEventBus", { Name: id });
  },
  read(aws, id, properties) {
    const found = aws.find("events", "DescribeEventBus", { Name: id });
    if (!found) return undefined;
    const { Tags } = aws.call("events", "ListTagsForResource", { ResourceARN: found.Arn });
    return {
      ...pick(found, "Name", "Description"),
      ...(found.Policy !== undefined && properties.Policy !== undefined ? { Policy: JSON.parse(found.Policy) } : {}),
      ...(Tags?.length ? { Tags } : {}),
    };
  },
};

const putPolicy = (aws: Aws, { Name, Policy }: Properties): void => void aws.call("events", "PutPermission", { EventBusName: Name, Policy: jsonText(Policy) });
