import { differs, jsonText, pick, type Properties, type ResourceType } from "../type";
import { keyTags, putPolicy, readKey, scheduleDeletion, tags } from "./key";

/** Source: CloudFormation Template Reference, AWS::KMS::ReplicaKey. */
export const replicaKey: ResourceType = {
  type: "AWS::KMS::ReplicaKey",
  properties: { PrimaryKeyArn: "String!", KeyPolicy: "Json!", Description: "String", Enabled: "Boolean", PendingWindowInDays: "Number", Tags: "List" },
  createOnly: ["PrimaryKeyArn"],
  attributes: ["Arn", "KeyId"],
  tags: "list",
  writeOnly: ["PendingWindowInDays"],
  create(aws, properties) {
    const primary = String(properties.PrimaryKeyArn);
    // The primary's Region makes the replica.
    const { ReplicaKeyMetadata } = aws.call(
      "kms",
      "ReplicateKey",
      { KeyId: primary, ReplicaRegion: aws.region, Policy: jsonText(properties.KeyPolicy), ...pick(properties, "Description"), ...(properties.Tags ? { Tags: keyTags(properties.Tags) } : {}) },
      primary.split(":")[3] || undefined,
    );
    return { id: ReplicaKeyMetadata.KeyId, attributes: { Arn: ReplicaKeyMetadata.Arn, KeyId: ReplicaKeyMetadata.KeyId } };
  },
  ready(aws, id, { Enabled }) {
    const { KeyState } = aws.call("kms", "DescribeKey", { KeyId: id }).KeyMetadata as Properties;
    if (KeyState === "Creating") return false;
    if (Enabled === false && KeyState === "Enabled") aws.call("kms", "DisableKey", { KeyId: id });
    return true;
  },
  update(aws, id, next, previous) {
    if (next.Enabled !== false && previous.Enabled === false) aws.call("kms", "EnableKey", { KeyId: id });
    if (differs(next.KeyPolicy, previous.KeyPolicy)) putPolicy(aws, id, next);
    if (differs(next.Description, previous.Description)) aws.call("kms", "UpdateKeyDescription", { KeyId: id, Description: next.Description ?? "" });
    if (next.Enabled === false && previous.Enabled !== false) aws.call("kms", "DisableKey", { KeyId: id });
    tags(aws, id, next, previous);
  },
  remove: scheduleDeletion,
  read(aws, id, { PrimaryKeyArn }) {
    const known = readKey(aws, id);
    return known && { ...pick(known, "KeyPolicy", "Description", "Enabled", "Tags"), PrimaryKeyArn };
  },
};
