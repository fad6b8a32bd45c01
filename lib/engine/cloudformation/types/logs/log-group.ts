import { differs, type Properties, refuse, type ResourceType, tagChanges } from "../type";

/** Source: CloudFormation Template Reference, AWS::Logs::LogGroup. */
export const logGroup: ResourceType = {
  type: "AWS::Logs::LogGroup",
  properties: { KmsKeyId: "String", LogGroupClass: "String", LogGroupName: "String", RetentionInDays: "Number", Tags: "List" },
  notSimulated: ["DataProtectionPolicy", "DeletionProtectionEnabled", "FieldIndexPolicies", "ResourcePolicyDocument"],
  createOnly: ["LogGroupName"],
  attributes: ["Arn"],
  name: { property: "LogGroupName", max: 512 },
  tags: "list",
  create(aws, properties) {
    const logGroupName = properties.LogGroupName ?? aws.name(512);
    aws.call("logs", "CreateLogGroup", {
      logGroupName,
      ...(properties.KmsKeyId === undefined ? {} : { kmsKeyId: properties.KmsKeyId }),
      ...(properties.LogGroupClass === undefined ? {} : { logGroupClass: properties.LogGroupClass }),
      ...(properties.Tags?.length ? { tags: tagMap(properties.Tags) } : {}),
    });
    aws.created(logGroupName);
    if (properties.RetentionInDays !== undefined) aws.call("logs", "PutRetentionPolicy", { logGroupName, retentionInDays: properties.RetentionInDays });
    return { id: logGroupName, attributes: { Arn: `arn:aws:logs:${aws.region}:${aws.account}:log-group:${logGroupName}:*` } };
  },
  update(aws, id, next, previous) {
    if (differs(next.KmsKeyId, previous.KmsKeyId)) refuse(aws, "Keyhole does not simulate a change of a log group's KMS key.", "NotSimulated");
    if (differs(next.LogGroupClass, previous.LogGroupClass)) refuse(aws, "LogGroupClass cannot be updated.", "NotUpdatable");
    if (differs(next.RetentionInDays, previous.RetentionInDays)) {
      if (next.RetentionInDays === undefined) aws.call("logs", "DeleteRetentionPolicy", { logGroupName: id });
      else aws.call("logs", "PutRetentionPolicy", { logGroupName: id, retentionInDays: next.RetentionInDays });
    }
    const { add, remove } = tagChanges(next.Tags, previous.Tags);
    const resourceArn = `arn:aws:logs:${aws.region}:${aws.account}:log-group:${id}`;
    if (remove.length) aws.call("logs", "UntagResource", { resourceArn, tagKeys: remove });
    if (add.length) aws.call("logs", "TagResource", { resourceArn, tags: tagMap(add) });
  },
  remove(aws, id) {
    aws.remove("logs", "DeleteLogGroup", { logGroupName: id });
  },
  read(aws, id) {
    const groups = aws.call("logs", "DescribeLogGroups", { logGroupNamePrefix: id }).logGroups as Properties[];
    const found = groups.find(({ logGroupName }) => logGroupName === id);
    if (!found) return undefined;
    const tags = Object.entries((aws.call("logs", "ListTagsForResource", { resourceArn: `arn:aws:logs:${aws.region}:${aws.account}:log-group:${id}` }).tags ?? {}) as Record<string, string>);
    return {
      LogGroupName: id,
      ...(found.retentionInDays === undefined ? {} : { RetentionInDays: found.retentionInDays }),
      ...(found.kmsKeyId === undefined ? {} : { KmsKeyId: found.kmsKeyId }),
      ...(found.logGroupClass === undefined ? {} : { LogGroupClass: found.logGroupClass }),
      ...(tags.length ? { Tags: tags.map(([Key, Value]) => ({ Key, Value })) } : {}),
    };
  },
};

const tagMap = (tags: { Key: string; Value: string }[]): Record<string, string> => Object.fromEntries(tags.map(({ Key, Value }) => [Key, String(Value)]));
